"""Search, tracks and the user; and the endpoints that only `extended` still has."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from musicsync.emulator.catalogue import Track
from musicsync.emulator.gate import Call
from musicsync.emulator.ids import is_base62_id
from musicsync.emulator.shapes import API, audio_features, page
from musicsync.emulator.wire import Json, Refused, base_url, whole_number

_TYPES = ("album", "artist", "playlist", "track", "show", "episode", "audiobook")
_MOST_IDS = 50


async def search(call: Call) -> Response:
    """`GET /v1/search`. Tracks, and the albums and artists of the tracks that match; nothing of the other types."""
    query = call.request.query_params
    text = query.get("q", "").strip()
    if not text:
        raise Refused(400, "No search query")
    types = [one for one in query.get("type", "").split(",") if one]
    if not types:
        raise Refused(400, "Missing parameter type")
    strange = [one for one in types if one not in _TYPES]
    if strange:
        raise Refused(400, f"Bad search type field {strange[0]}")
    most, default = (50, 20) if call.emulator.extended else (10, 5)
    limit = whole_number(call.request, "limit", default, 0, most)
    offset = whole_number(call.request, "offset", 0, 0, 1000)
    market = call.market
    places: tuple[int, ...] = ()
    if not call.fate.suffers("empty_isrc"):
        places = await call.emulator.found(text, market, offset + limit + 1)
    found = [call.emulator.catalogue[place] for place in places]
    keep = {"q": text, **({"market": market} if market else {})}
    url = f"{base_url(call.request)}/v1/search"
    return Json({
        f"{kind}s": page(url, items, limit=limit, offset=offset, total=total, keep=urlencode({**keep, "type": kind}))
        for kind in dict.fromkeys(types)
        for items, total in [_of_type(call, kind, found, market, slice(offset, offset + limit))]
    })  # fmt: skip


def _of_type(call: Call, kind: str, found: list[Track], market: str | None, part: slice) -> tuple[list[Any], int]:
    shapes = call.emulator.shapes
    if kind == "track":
        return [shapes.track(track, market) for track in found[part]], len(found)
    if kind == "album":
        albums = list({track.album_id: track for track in found}.values())
        return [shapes.album(track) for track in albums[part]], len(albums)
    if kind == "artist":
        artists = list(dict.fromkeys(artist for track in found for artist in track.artists))
        return [shapes.artist(*artist) for artist in artists[part]], len(artists)
    return [], 0


def _known(call: Call, track_id: str) -> Track:
    if not is_base62_id(track_id):
        raise Refused(400, "Invalid base62 id")
    track = call.emulator.catalogue.get(track_id)
    if track is None:
        raise Refused(404, "Resource not found")
    return track


async def track(call: Call) -> Response:
    """`GET /v1/tracks/{id}`."""
    track_id = call.request.path_params["id"]
    known = _known(call, track_id)
    return Json(call.emulator.shapes.track(known, call.market, relinked=track_id != known.id))


async def me(call: Call) -> Response:
    """`GET /v1/me`."""
    return Json(call.emulator.shapes.me(call.session.user, call.emulator.account_id, call.session.scopes))


def _ids(call: Call) -> list[str]:
    ids = [one for one in call.request.query_params.get("ids", "").split(",") if one]
    if not ids:
        raise Refused(400, "No ids provided")
    if len(ids) > _MOST_IDS:
        raise Refused(400, "Too many ids requested")
    if not all(map(is_base62_id, ids)):
        raise Refused(400, "Invalid base62 id")
    return ids


async def tracks(call: Call) -> Response:
    """`GET /v1/tracks?ids=` (`extended`): null for what does not exist."""
    shapes, market = call.emulator.shapes, call.market
    known = [call.emulator.catalogue.get(one) for one in _ids(call)]
    return Json({"tracks": [shapes.track(one, market) if one else None for one in known]})


async def features(call: Call) -> Response:
    """`GET /v1/audio-features?ids=` (`extended`)."""
    known = [call.emulator.catalogue.get(one) for one in _ids(call)]
    return Json({"audio_features": [audio_features(one) if one else None for one in known]})


async def features_of_one(call: Call) -> Response:
    """`GET /v1/audio-features/{id}` (`extended`)."""
    return Json(audio_features(_known(call, call.request.path_params["id"])))


async def recommendations(call: Call) -> Response:
    """`GET /v1/recommendations?seed_tracks=` (`extended`): other tracks of the same artists."""
    limit = whole_number(call.request, "limit", 20, 1, 100)
    ids = [one for one in call.request.query_params.get("seed_tracks", "").split(",") if one]
    if not ids:
        raise Refused(400, "At least one seed is required")
    seeds = [_known(call, one) for one in ids]
    names = {name for seed in seeds for name in seed.artist_names}
    chosen = [other for other in call.emulator.catalogue.of_artists(names, limit + len(seeds)) if other not in seeds]
    return Json({
        "seeds": [{"id": seed.id, "type": "TRACK", "href": f"{API}/tracks/{seed.id}", "initialPoolSize": len(chosen),
                   "afterFilteringSize": len(chosen), "afterRelinkingSize": len(chosen)} for seed in seeds],
        "tracks": [call.emulator.shapes.track(one, call.market) for one in chosen[:limit]],
    })  # fmt: skip


async def forbidden(call: Call) -> Response:
    """What is closed to new apps."""
    raise Refused(403, "Forbidden")


async def gone(call: Call) -> Response:
    """What new apps do not see at all."""
    raise Refused(404, "Resource not found")
