"""Spotify's JSON → our model. Whatever the JSON is, the result is valid or one clear `SpotifyUnavailable`.

What a track must have is a uri and a name. Everything else may be missing or null and is then unknown; a value of
another type than documented is an error that names the call and the field, because guessing hides a changed API.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn, TypeVar

import orjson

from musicsync.errors import SpotifyUnavailable
from musicsync.model import ItemPage, Playlist, PlaylistItem, SpotifyTrack

T = TypeVar("T")
_YEAR = re.compile(r"(\d{4})(?:-\d{2}){0,2}")
_MAX_NUMBER = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in. `account_id` is stable, `id` may be a name that the person chose."""

    id: str
    display_name: str = ""
    account_id: str = ""


class Field:
    """A value inside an answer, and where it stands: `GET /search: tracks.items[3].name`."""

    __slots__ = ("value", "where")

    def __init__(self, value: object, where: str) -> None:
        self.value, self.where = value, where

    @classmethod
    def parse(cls, endpoint: object, body: bytes) -> Field:
        """The JSON of an answer to `endpoint`."""
        try:
            return cls(orjson.loads(body), f"{endpoint}: the answer")
        except orjson.JSONDecodeError as error:
            raise SpotifyUnavailable(f"{endpoint}: the answer is not JSON ({error})") from error

    def __getitem__(self, name: str) -> Field:
        """Member `name` of an object; a missing one is null."""
        if not isinstance(self.value, dict):
            self.fail("an object")
        return Field(self.value.get(name), f"{self.where}.{name}")

    def fail(self, expected: str) -> NoReturn:
        """Say what stands here instead of what was expected (its type only: values may be long or private)."""
        raise SpotifyUnavailable(f"{self.where} is {_kind(self.value)}, not {expected}")

    def get(self, read: Callable[[Field], T]) -> T | None:
        """`read` of the value, None for null."""
        return None if self.value is None else read(self)

    def text(self) -> str:
        """A text, without NUL characters."""
        return self.value.replace("\0", "") if isinstance(self.value, str) else self.fail("a text")

    def name(self) -> str:
        """A text that is not empty."""
        return self.text() or self.fail("a text with characters")

    def whole(self) -> int:
        """A whole number from 0 to 2³¹ - 1."""
        if isinstance(self.value, int) and not isinstance(self.value, bool) and 0 <= self.value <= _MAX_NUMBER:
            return self.value
        self.fail("a whole number from 0 on")

    def flag(self) -> bool:
        """True or false."""
        return self.value if isinstance(self.value, bool) else self.fail("true or false")

    def each(self) -> list[Field]:
        """The entries of an array."""
        if not isinstance(self.value, list):
            self.fail("an array")
        return [Field(entry, f"{self.where}[{n}]") for n, entry in enumerate(self.value)]


def _kind(value: object) -> str:
    names = {type(None): "missing", str: "a text", bool: "true or false", list: "an array", dict: "an object"}
    return names.get(type(value), "a number that does not fit" if isinstance(value, (int, float)) else "something else")


def track(field: Field) -> SpotifyTrack:
    """A track, an episode (no artists, no album) or a local file (`id` null)."""
    album = field["album"]
    names = [artist["name"].get(Field.text) for artist in field["artists"].get(Field.each) or ()]
    return SpotifyTrack(
        id=field["id"].get(Field.name),
        uri=field["uri"].name(),
        title=field["name"].text(),
        artists=tuple(name for name in names if name),
        album=album["name"].get(Field.text) if album.value is not None else None,
        album_type=album["album_type"].get(Field.text) if album.value is not None else None,
        isrc=_isrc(field["external_ids"]),
        duration_ms=field["duration_ms"].get(Field.whole) or None,
        release_year=_year(album["release_date"]) if album.value is not None else None,
        explicit=field["explicit"].get(Field.flag) or None,  # false means "no, or unknown"
        is_playable=field["is_playable"].get(Field.flag),
    )


def _isrc(external_ids: Field) -> str | None:
    text = external_ids["isrc"].get(Field.text) if external_ids.value is not None else None
    return (text or "").strip() or None


def _year(release_date: Field) -> int | None:
    """The year of a date of any precision; local files have none, and some albums "0000"."""
    found = _YEAR.fullmatch(release_date.get(Field.text) or "")
    return int(found.group(1)) or None if found else None


def found_tracks(field: Field) -> tuple[SpotifyTrack, ...]:
    """The tracks of a search. Entries that are null, or cannot be added (no id), are left out."""
    tracks = [track(entry) for entry in field["tracks"]["items"].each() if entry.value is not None]
    return tuple(one for one in tracks if one.id is not None)


def playlist(field: Field) -> Playlist:
    """A playlist's metadata. The number of items is 0 where Spotify does not show them to this account."""
    items = field["items"] if field["items"].value is not None else field["tracks"]
    owner = field["owner"]
    return Playlist(
        id=field["id"].name(),
        name=field["name"].get(Field.text) or "",
        snapshot_id=field["snapshot_id"].get(Field.text) or "",
        total=(items["total"].get(Field.whole) or 0) if items.value is not None else 0,
        owner_id=(owner["id"].get(Field.text) or "") if owner.value is not None else "",
    )


def playlists(field: Field) -> tuple[list[Playlist], int, int]:
    """One page of playlists without its null entries, how many entries it had, and how many there are in all."""
    entries = field["items"].each()
    found = [playlist(entry) for entry in entries if entry.value is not None]
    return found, len(entries), field["total"].whole()


def item_page(field: Field, offset: int) -> ItemPage:
    """One page of a playlist's items, read from `offset` on."""
    return ItemPage(tuple(_item(entry) for entry in field["items"].each()), offset, field["total"].whole())


def _item(entry: Field) -> PlaylistItem:
    if entry.value is None:
        return PlaylistItem(None)
    shown = entry["item"] if entry["item"].value is not None else entry["track"]
    return PlaylistItem(shown.get(track), entry["added_at"].get(Field.text))


def snapshot(field: Field) -> str:
    """The playlist's state after a write."""
    return field["snapshot_id"].name()


def account(field: Field) -> Account:
    """The signed-in account."""
    return Account(
        field["id"].name(), field["display_name"].get(Field.text) or "", field["account_id"].get(Field.text) or ""
    )
