"""Catalogues of what Spotify's Web API answers with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicsync import CatalogBuilder
from musicsync.imports import spotify
from musicsync.imports.tracks import UnreadableFile, add_file

ALBUM = {"type": "album", "name": "Toto IV", "release_date": "1982-04-08", "release_date_precision": "day"}
TRACK = {
    "type": "track", "id": "2374M0fQpWi3dLnB54qaLX", "name": "Africa", "explicit": False, "duration_ms": 295_893,
    "artists": [{"type": "artist", "name": "Toto"}, {"type": "artist", "name": "Åsa"}], "album": ALBUM,
    "external_ids": {"isrc": "USSM18200342"},
}  # fmt: skip
SIMPLE = {name: value for name, value in TRACK.items() if name not in ("album", "external_ids")}
RELEASE = ALBUM | {"tracks": {"items": [SIMPLE]}}
WANTED = {
    "id": "2374M0fQpWi3dLnB54qaLX", "title": "Africa", "artists": ["Toto", "Åsa"], "album": "Toto IV",
    "isrc": "USSM18200342", "duration_ms": 295_893, "year": 1982, "explicit": False,
}  # fmt: skip


@pytest.mark.parametrize(
    "document",
    [
        TRACK,
        [TRACK],
        {"tracks": [TRACK]},
        {"tracks": {"items": [TRACK], "next": None}, "artists": {"items": []}},
        {"items": [{"added_at": "2024-01-01T00:00:00Z", "track": TRACK}]},
        {"name": "Party", "type": "playlist", "tracks": {"items": [{"is_local": False, "item": TRACK}]}},
        [{"items": [{"track": TRACK}]}],
    ],
)
def test_every_answer_with_tracks_is_read(document: Any) -> None:
    assert [spotify.fields(*one) for one in spotify.entries(document)] == [WANTED]


@pytest.mark.parametrize("document", [RELEASE, {"albums": [RELEASE]}])
def test_a_track_of_an_album_has_its_name_and_year(document: Any) -> None:
    expected = {name: value for name, value in WANTED.items() if name != "isrc"}
    assert [spotify.fields(*one) for one in spotify.entries(document)] == [expected]


@pytest.mark.parametrize(
    ("date", "year"), [("1982", 1982), ("1982-04", 1982), ("0000", None), ("", None), (None, None)]
)
def test_a_date_may_be_a_year(date: Any, year: int | None) -> None:
    assert spotify.fields(TRACK | {"album": {"release_date": date}}).get("year") == year


def test_what_is_no_track_is_told_by_its_place(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    episode = {"type": "episode", "name": "News"}
    path.write_text(json.dumps({"items": [{"track": one} for one in (TRACK, None, episode, 3, TRACK | {"name": 7})]}))
    builder = CatalogBuilder()
    bad = add_file(builder, path)
    assert [(one.line, one.reason) for one in bad] == [
        (2, "is null: Spotify no longer has the track"),
        (3, "is no track: it is of the type episode"),
        (4, "is no track of Spotify's: it has no name"),
        (5, "is no track of Spotify's: it has no name"),
    ]
    (found,) = builder.build()
    assert (found.title, found.artists, found.album, found.release_year) == ("Africa", ["Toto", "Åsa"], "Toto IV", 1982)


def test_a_value_that_no_track_can_have_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps([TRACK | {"duration_ms": -1}, TRACK | {"explicit": "no"}, TRACK]))
    builder = CatalogBuilder()
    assert [one.line for one in add_file(builder, path)] == [1, 2]
    assert len(builder) == 1


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe"])
def test_a_file_that_is_no_json_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mine.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"mine\.json: is no JSON: "):
        add_file(CatalogBuilder(), path)


_KEYS = [
    "tracks",
    "items",
    "albums",
    "track",
    "item",
    "name",
    "artists",
    "album",
    "release_date",
    "type",
    "external_ids",
    "isrc",
    "id",
]
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=5),
    max_leaves=20,
)


@given(_JSON)
def test_any_json_gives_fields_or_a_reason(document: Any) -> None:
    for entry in spotify.entries(document):
        try:
            found = spotify.fields(*entry)
        except spotify.NoTrack:
            continue
        assert isinstance(found["title"], str)
        assert all(isinstance(name, str) for name in found["artists"])


def test_json_that_is_nested_too_deep_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text("[" * 40 + "]" * 40)
    assert [one.line for one in add_file(CatalogBuilder(), path)] == [1]
    path.write_text("[" * 100_000 + "]" * 100_000)
    with pytest.raises(UnreadableFile, match="nested too deep"):
        add_file(CatalogBuilder(), path)
