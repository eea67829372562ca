"""The JSON of the Web API: the shapes of late 2026, and what `extended` had before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from musicsync.emulator.catalogue import Catalogue, Track, twin_id
from musicsync.emulator.file_catalogue import FileCatalogue
from musicsync.emulator.ids import made_id, track_uri
from musicsync.emulator.playlists import Playlist, State
from musicsync.emulator.search import popularity
from musicsync.emulator.store import Entry

API = "https://api.spotify.com/v1"
_WEB = "https://open.spotify.com"
MARKETS = ("AT", "AU", "BR", "CA", "CH", "DE", "ES", "FR", "GB", "IE", "IT", "JP", "MX", "NL", "PL", "SE", "US", "VN")


class Shapes:
    """Makes the objects of one profile. Tracks are made once and kept as bytes."""

    def __init__(self, catalogue: Catalogue | FileCatalogue, *, extended: bool) -> None:
        self._catalogue, self._extended = catalogue, extended
        self._tracks: dict[tuple[int, bool | None, bool], orjson.Fragment] = {}

    def track(self, track: Track, market: str | None, *, relinked: bool = False) -> orjson.Fragment:
        """A track; with a market it says whether it can be played there. `relinked` shows it under its other id."""
        playable = track.playable_in(market) if market else None
        key = (track.index, playable, relinked)
        if key not in self._tracks:
            self._tracks[key] = orjson.Fragment(orjson.dumps(self._track(track, playable, relinked)))
        return self._tracks[key]

    def _track(self, track: Track, playable: bool | None, relinked: bool) -> dict[str, Any]:
        track_id = twin_id(track) if relinked else track.id
        shape: dict[str, Any] = {
            "album": self.album(track),
            "artists": [self.artist(artist_id, name) for artist_id, name in track.artists],
            "disc_number": 1,
            "duration_ms": track.duration_ms,
            "explicit": track.explicit,
            "external_ids": {"isrc": track.isrc} if track.isrc else {},
            **_links("track", track_id),
            "is_local": False,
            "name": track.name,
            "preview_url": None,
            "track_number": 1,
        }
        if playable is not None:
            shape["is_playable"] = playable
            if not playable:
                shape["restrictions"] = {"reason": "market"}
        if self._extended:
            shape["popularity"] = popularity(track)
            shape["available_markets"] = sorted(track.markets or MARKETS)
            if relinked:
                shape["linked_from"] = _links("track", track.id)
        return shape

    def album(self, track: Track) -> dict[str, Any]:
        """The simplified album of a track."""
        shape = {
            "album_type": track.album_type,
            "artists": [self.artist(artist_id, name) for artist_id, name in track.artists[:1]],
            "images": [],
            "name": track.album,
            "release_date": track.release_date,
            "release_date_precision": "year",
            "total_tracks": self._catalogue.album_size(track.album_id),
            **_links("album", track.album_id),
        }
        if self._extended:
            shape["available_markets"] = sorted(track.markets or MARKETS)
        return shape

    def artist(self, artist_id: str, name: str) -> dict[str, Any]:
        return {**_links("artist", artist_id), "name": name}

    def local_track(self, uri: str) -> dict[str, Any]:
        """A file on somebody's machine: `spotify:local:artist:album:title:seconds`."""
        artist, album, title, seconds = ([*uri.split(":")[2:], "", "", "", ""])[:4]
        plain: dict[str, Any] = {"external_urls": {}, "href": None, "id": None}
        return {
            "album": {**plain, "album_type": None, "artists": [], "images": [], "name": album.replace("+", " "),
                      "release_date": None, "release_date_precision": None, "type": "album", "uri": None},
            "artists": [{**plain, "name": artist.replace("+", " "), "type": "artist", "uri": None}],
            **plain, "disc_number": 0, "duration_ms": int(seconds) * 1000 if seconds.isdecimal() else 0,
            "explicit": False, "external_ids": {}, "is_local": True, "name": title.replace("+", " "),
            "preview_url": None, "track_number": 0, "type": "track", "uri": uri,
        }  # fmt: skip

    def entry(self, entry: Entry, item: orjson.Fragment | dict[str, Any] | None) -> dict[str, Any]:
        """One entry of a playlist; `track` is the old name of `item`."""
        return {
            "added_at": entry.added_at,
            "added_by": user(entry.added_by),
            "is_local": entry.uri.startswith("spotify:local:"),
            "primary_color": None,
            "item": item,
            "track": item,
            "video_thumbnail": {"url": None},
        }

    def playlist(self, playlist: Playlist, snapshot: State, items: Any) -> dict[str, Any]:
        """A playlist; `items` is a page or a reference, None where the user may not see them."""
        facts = playlist.facts
        shape: dict[str, Any] = {
            "collaborative": facts.collaborative,
            "description": facts.description,
            **_links("playlist", facts.id),
            "images": [],
            "name": facts.name,
            "owner": {**user(facts.owner), "display_name": facts.owner.title()},
            "primary_color": None,
            "public": facts.public,
            "snapshot_id": playlist.snapshot_id(snapshot),
        }
        if items is not None:
            shape["items"] = items
            if self._extended:
                shape["tracks"] = items
        return shape

    def me(self, user_id: str, account_id: str, scopes: frozenset[str]) -> dict[str, Any]:
        """The signed-in user."""
        shape = {**user(user_id), "account_id": account_id, "display_name": user_id.title(), "images": []}
        if self._extended:
            shape["followers"] = {"href": None, "total": 0}
            if "user-read-private" in scopes:
                shape |= {"country": "GB", "product": "premium"}
            if "user-read-email" in scopes:
                shape["email"] = f"{user_id}@example.com"
        return shape


def user(user_id: str) -> dict[str, Any]:
    """The public part of a user."""
    return {
        "external_urls": {"spotify": f"{_WEB}/user/{user_id}"},
        "href": f"{API}/users/{user_id}",
        "id": user_id,
        "type": "user",
        "uri": f"spotify:user:{user_id}",
    }


def page(url: str, items: Sequence[Any], *, limit: int, offset: int, total: int, keep: str = "") -> dict[str, Any]:
    """A page of a longer list. `url` is the list's address, `keep` query parameters that `next` must carry on."""

    def at(place: int) -> str:
        return f"{url}?offset={place}&limit={limit}" + (f"&{keep}" if keep else "")

    return {
        "href": at(offset),
        "items": items,
        "limit": limit,
        "next": at(offset + limit) if limit and offset + limit < total else None,
        "offset": offset,
        "previous": at(max(0, offset - limit)) if offset else None,
        "total": total,
    }


def _links(kind: str, thing_id: str) -> dict[str, Any]:
    return {
        "external_urls": {"spotify": f"{_WEB}/{kind}/{thing_id}"},
        "href": f"{API}/{kind}s/{thing_id}",
        "id": thing_id,
        "type": kind,
        "uri": track_uri(thing_id) if kind == "track" else f"spotify:{kind}:{thing_id}",
    }


def audio_features(track: Track) -> dict[str, Any]:
    """Made-up features (`extended` only): always the same for a track."""
    digits = made_id("features", track.id)
    names = ("acousticness", "danceability", "energy", "instrumentalness", "liveness", "speechiness", "valence")
    return {
        **{name: round(ord(digits[place]) % 100 / 100, 2) for place, name in enumerate(names)},
        "analysis_url": f"{API}/audio-analysis/{track.id}", "duration_ms": track.duration_ms, "id": track.id,
        "key": ord(digits[8]) % 12, "loudness": -float(ord(digits[9]) % 20), "mode": ord(digits[10]) % 2,
        "tempo": 60.0 + ord(digits[11]), "time_signature": 4, "track_href": f"{API}/tracks/{track.id}",
        "type": "audio_features", "uri": track.uri,
    }  # fmt: skip
