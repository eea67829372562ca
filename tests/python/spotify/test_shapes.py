"""Whatever Spotify answers is either valid or one clear error that names the call and the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicsync.errors import SpotifyUnavailable
from musicsync.model import SpotifyTrack
from musicsync.spotify import shapes
from musicsync.spotify.shapes import Field
from tests.python.spotify.server import track

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
NAMES = (
    *("id", "uri", "name", "artists", "album", "external_ids", "isrc", "duration_ms", "explicit", "is_playable"),
    *("release_date", "album_type", "items", "tracks", "item", "track", "total", "owner", "snapshot_id", "added_at"),
    *("display_name", "account_id"),
)
LIKELY = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 3) | st.sampled_from(["", "x", "1982", "1982-05", "0000", "\0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=8),
    max_leaves=40,
)
PARSERS = [
    shapes.track, shapes.found_tracks, shapes.playlist, shapes.playlists, shapes.snapshot, shapes.account,
    lambda field: shapes.item_page(field, 0),
]  # fmt: skip


def read(data: Any) -> SpotifyTrack:
    return shapes.track(Field.parse("GET /tracks/{id}", orjson.dumps(data)))


def failure(call: Callable[[], object]) -> str | None:
    """The text of the one error that may be raised, None where none is."""
    try:
        call()
    except SpotifyUnavailable as error:
        return str(error)
    return None


@given(JSON | LIKELY, st.sampled_from(PARSERS))
def test_arbitrary_json_is_valid_or_one_clear_error(data: Any, parse: Any) -> None:
    refusal = failure(lambda: parse(Field(data, "GET /x: the answer")))
    assert refusal is None or refusal.startswith("GET /x: the answer")


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_json_or_one_clear_error(body: bytes) -> None:
    refusal = failure(lambda: Field.parse("GET /x", body))
    assert refusal is None or refusal.startswith("GET /x: the answer is not JSON")


@given(st.sampled_from(sorted(track())), JSON | LIKELY)
def test_a_track_with_one_strange_field_is_still_a_valid_track_or_an_error(name: str, value: Any) -> None:
    data = Field({**track(), name: value}, "GET /x: the answer")
    refusal = failure(lambda: shapes.track(data))
    if refusal is not None:
        assert f".{name}" in refusal
        return
    got = shapes.track(data)
    assert got.uri
    assert got.id is None or got.id
    assert all(isinstance(text, str) and text for text in got.artists)
    assert got.duration_ms is None or 0 < got.duration_ms < 2**31
    assert got.release_year is None or 0 < got.release_year < 10_000
    assert got.explicit in (None, True)
    assert "\0" not in got.title


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"uri": None}, "GET /tracks/{id}: the answer.uri is missing, not a text"),
        ({"uri": ""}, "GET /tracks/{id}: the answer.uri is a text, not a text with characters"),
        ({"name": 7}, "GET /tracks/{id}: the answer.name is a number that does not fit, not a text"),
        ({"artists": {"name": "x"}}, "GET /tracks/{id}: the answer.artists is an object, not an array"),
        ({"artists": [{"name": "a"}, "b"]}, "GET /tracks/{id}: the answer.artists[1] is a text, not an object"),
        ({"album": "Hot Space"}, "GET /tracks/{id}: the answer.album is a text, not an object"),
        ({"album": {"release_date": 1982}}, "GET /tracks/{id}: the answer.album.release_date is a number"),
        ({"external_ids": []}, "GET /tracks/{id}: the answer.external_ids is an array, not an object"),
        ({"duration_ms": -1}, "GET /tracks/{id}: the answer.duration_ms is a number that does not fit"),
        ({"duration_ms": 1.5}, "GET /tracks/{id}: the answer.duration_ms is a number that does not fit"),
        ({"duration_ms": True}, "GET /tracks/{id}: the answer.duration_ms is true or false"),
        ({"explicit": "yes"}, "GET /tracks/{id}: the answer.explicit is a text, not true or false"),
    ],
)
def test_a_field_of_another_type_is_named(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(SpotifyUnavailable) as caught:
        read(track(**changes))
    assert str(caught.value).startswith(where)


def test_an_error_does_not_quote_the_value() -> None:
    with pytest.raises(SpotifyUnavailable) as caught:
        read(track(uri=["private"]))
    assert "private" not in str(caught.value)


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("1981", 1981), ("1981-12", 1981), ("1981-12-15", 1981), ("0000", None), ("", None), (None, None),
        ("81-12-15", None), ("unknown", None),
    ],
)  # fmt: skip
def test_a_release_date_of_any_precision_gives_its_year(date: str | None, year: int | None) -> None:
    assert read(track(album={"name": "x", "release_date": date})).release_year == year


def test_what_may_be_missing_is_unknown() -> None:
    assert read({"uri": "spotify:track:x", "name": "X"}) == SpotifyTrack(None, "spotify:track:x", "X")
    assert read(track(external_ids={})).isrc is None
    assert read(track(external_ids={"isrc": " "})).isrc is None
    assert read(track(duration_ms=0)).duration_ms is None
    assert read(track(artists=[{"name": None}, {"name": "B"}])).artists == ("B",)


def test_explicit_false_means_unknown() -> None:
    assert read(track(explicit=False)).explicit is None
    assert read(track(explicit=True)).explicit is True


def test_an_item_and_its_deprecated_twin_are_one() -> None:
    page = {"items": [{"item": track(1), "track": track(2)}, {"item": None, "track": track(3)}], "total": 2}
    got = shapes.item_page(Field(page, "x"), 40)
    assert [item.track and item.track.id for item in got.items] == ["track1", "track3"]
    assert got.offset == 40


def test_a_playlist_counts_its_items_under_either_name() -> None:
    for name in ("items", "tracks"):
        assert shapes.playlist(Field({"id": "p", name: {"total": 7}}, "x")).total == 7
    assert shapes.playlist(Field({"id": "p", "name": None, "owner": None}, "x")).total == 0
