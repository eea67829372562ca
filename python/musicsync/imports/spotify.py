"""Tracks in the JSON that Spotify's Web API answers with: tracks, albums, playlists, saved tracks, search results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_LISTS = ("tracks", "items", "albums")
_WRAPPED = ("track", "item")  # of saved tracks and of playlists
_DEEPEST = 16  # no answer has lists in as many others


class NoTrack(Exception):
    """Why an entry of a list is none."""


def entries(
    document: Any, album: Mapping[str, Any] | None = None, *, depth: int = 0
) -> Iterator[tuple[Any, Mapping[str, Any] | None]]:
    """What stands where tracks stand, each with the album object around it, in order."""
    if isinstance(document, list) and depth < _DEEPEST:
        for one in document:
            yield from entries(one, album, depth=depth + 1)
        return
    if not isinstance(document, Mapping) or depth == _DEEPEST:
        yield document, album
        return
    lists = [document[name] for name in _LISTS if isinstance(document.get(name), list | Mapping)]
    if not lists:
        yield document, album
        return
    around = document if "release_date" in document or document.get("type") == "album" else album
    for some in lists:
        yield from entries(some, around, depth=depth + 1)


def fields(entry: Any, album: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The fields of a track, as JSON Lines name them. Raises `NoTrack`."""
    if isinstance(entry, Mapping):
        entry = next((entry[name] for name in _WRAPPED if name in entry), entry)
    if entry is None:
        raise NoTrack("is null: Spotify no longer has the track")
    if not isinstance(entry, Mapping) or not isinstance(entry.get("name"), str):
        raise NoTrack("is no track of Spotify's: it has no name")
    if entry.get("type", "track") != "track":
        raise NoTrack(f"is no track: it is of the type {entry['type']}")
    own = entry.get("album")
    around: Mapping[str, Any] = own if isinstance(own, Mapping) else album or {}
    codes = entry.get("external_ids")
    found = {
        "id": entry.get("id"), "title": entry["name"], "artists": _names(entry.get("artists")),
        "album": around.get("name"), "isrc": codes.get("isrc") if isinstance(codes, Mapping) else None,
        "duration_ms": entry.get("duration_ms"), "year": _year(around.get("release_date")),
        "explicit": entry.get("explicit"),
    }  # fmt: skip
    return {name: value for name, value in found.items() if value is not None}


def _names(artists: Any) -> list[str]:
    named = artists if isinstance(artists, list) else []
    return [one["name"] for one in named if isinstance(one, Mapping) and isinstance(one.get("name"), str)]


def _year(date: Any) -> int | None:
    """Of 1982, 1982-04 or 1982-04-08; Spotify says 0000 for what it does not know."""
    year = date[:4] if isinstance(date, str) else ""
    return int(year) if year.isdecimal() and year != "0000" else None
