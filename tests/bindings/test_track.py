"""Track from Python: what it takes, what it refuses and how it says so."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

import musicsync
from musicsync import EngineError, Track


@dataclass(frozen=True)
class Song:
    title: str
    artist: str
    duration_ms: int | None = None


AFRICA = Track(
    id="1",
    title="Africa",
    artists=["Toto"],
    album="Toto IV",
    isrc="us-sm1-82-00342",
    duration_ms=295_893,
    release_year=1982,
    explicit=False,
)


def test_a_track_gives_its_fields_back() -> None:
    assert AFRICA.to_dict() == {
        "id": "1",
        "title": "Africa",
        "artists": ["Toto"],
        "album": "Toto IV",
        "isrc": "USSM18200342",
        "duration_ms": 295_893,
        "release_year": 1982,
        "explicit": False,
    }
    assert repr(AFRICA).startswith("Track(id='1', title='Africa', artists=['Toto']")


def test_readings_are_fields_that_are_told_only_where_given() -> None:
    track = Track(title="夜", artists=["Nobody"], title_reading=" yoru ", artist_reading="nobody")
    assert track.title_reading == "yoru"
    assert track.artist_reading == "nobody"
    assert track.to_dict()["title_reading"] == "yoru"
    assert Track.from_mapping(track.to_dict()) == track == pickle.loads(pickle.dumps(track)) == copy.deepcopy(track)
    assert track != Track(title="夜", artists=["Nobody"])
    assert hash(track) != hash(Track(title="夜", artists=["Nobody"]))
    assert "title_reading" not in AFRICA.to_dict()
    assert AFRICA.title_reading is None


def test_a_reading_must_be_text() -> None:
    with pytest.raises(TypeError, match="title_reading must be str, not int"):
        Track(title="夜", title_reading=1)  # type: ignore[arg-type]
    with pytest.raises(EngineError, match="artist_reading holds U\\+0000"):
        Track(title="夜", artist_reading="a\0b")


def test_a_reading_is_compared_with_another_script() -> None:
    matcher, latin = musicsync.Matcher(), Track(title="Yoru ni Kakeru", artists=["Nobody"])
    unread = Track(title="夜に駆ける", artists=["Nobody"])
    read = Track(title="夜に駆ける", artists=["Nobody"], title_reading="yoru ni kakeru")
    misread = Track(title="夜に駆ける", artists=["Nobody"], title_reading="ban no kane")
    assert matcher.explain(latin, unread).fields["title"]["similarity"] is None
    assert matcher.explain(latin, read).fields["title"]["similarity"] == 1.0
    assert matcher.explain(read, latin).fields["title"]["similarity"] == 1.0
    assert matcher.explain(latin, misread).fields["title"]["similarity"] is None


def test_a_reading_of_the_credits_is_compared_with_another_script() -> None:
    matcher, latin = musicsync.Matcher(), Track(title="Home", artists=["Hanako Yamada"])
    unread, read = (
        Track(title="Home", artists=["山田はなこ"]),
        Track(title="Home", artists=["山田はなこ"], artist_reading="yamada hanako"),
    )
    assert matcher.explain(latin, unread).fields["artists"]["similarity"] is None
    assert matcher.explain(latin, read).fields["artists"]["similarity"] == 1.0  # the order of words is free


def test_none_blank_and_zero_are_unknown() -> None:
    blank = Track(title="", artists=[None, " "], album="  ", isrc="no code", duration_ms=0, release_year=0)
    assert blank == Track()
    assert blank.title is None
    assert blank.artists == []
    assert blank.duration_ms is None


def test_a_track_is_immutable() -> None:
    with pytest.raises(AttributeError):
        AFRICA.title = "Rosanna"  # type: ignore[misc]


def test_equal_tracks_hash_alike_and_survive_pickle_and_copy() -> None:
    restored = pickle.loads(pickle.dumps(AFRICA))
    assert restored == AFRICA
    assert hash(restored) == hash(AFRICA)
    assert copy.deepcopy(AFRICA) == AFRICA
    assert Track(title="Rosanna") != AFRICA
    assert object() != AFRICA


def test_a_mapping_may_use_the_other_names() -> None:
    row = {"track_name": "Africa", "artist": "Toto", "duration_s": 295.893, "year": 1982, "more": object()}
    track = Track.from_mapping(row)
    assert (track.title, track.artists, track.duration_ms, track.release_year) == ("Africa", ["Toto"], 295_893, 1982)


class Spelling(str):
    """A key that equals a text and is another object."""


def test_the_keys_of_a_mapping_may_be_any_text_that_equals_them() -> None:
    fields = {"title": "Africa", "artists": ["Toto"], "duration_ms": 295_893, "explicit": False, "more": 1}
    expected = Track.from_mapping(fields)
    rows: list[dict[Any, Any]] = [
        json.loads(json.dumps(fields)),  # new texts, which are not interned
        {Spelling(key): value for key, value in fields.items()},
        {**fields, 7: "another kind of key"},
        {**fields, **{f"key{n}": n for n in range(40)}},
    ]
    for row in rows:
        assert Track.from_mapping(row) == expected
        assert musicsync.Matcher().rank(expected, [row])[0].track == expected


@pytest.mark.parametrize(
    "value",
    [
        AFRICA,
        {"title": "Africa", "artist": "Toto"},
        Song("Africa", "Toto"),
        SimpleNamespace(title="Africa", artists=("Toto",)),
    ],
)
def test_whatever_has_a_title_is_taken_for_a_track(value: Any) -> None:
    assert musicsync.Matcher().score(value, AFRICA) > 0.9


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"title": "\ud800"}, "invalid_utf8", "title"),
        ({"artists": ["ok", "\udfff"]}, "invalid_utf8", "artists[1]"),
        ({"title": "a\0b"}, "invalid_value", "title"),
        ({"title": "x" * (2**20 + 1)}, "too_long", "title"),
        ({"duration_ms": float("nan")}, "invalid_value", "duration_ms"),
        ({"duration_ms": float("inf")}, "invalid_value", "duration_ms"),
        ({"duration_ms": -1}, "invalid_value", "duration_ms"),
        ({"duration_ms": 10**400}, "invalid_value", "duration_ms"),
        ({"release_year": 1999.5}, "invalid_value", "release_year"),
        ({"release_year": 12_345}, "invalid_value", "release_year"),
    ],
)
def test_a_bad_value_is_refused_by_name(fields: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(EngineError) as caught:
        Track(**fields)
    assert (caught.value.code, caught.value.field, caught.value.row) == (code, field, None)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": 3}, "title must be str, not int"),
        ({"title": b"Africa"}, "title must be str, not bytes"),
        ({"artists": [1]}, r"artists\[0\] must be str, not int"),
        ({"artists": {"Toto"}}, "artists must be a str or a list of str, not set"),
        ({"duration_ms": "3:45"}, "duration_ms must be a number, not str"),
        ({"duration_ms": True}, "duration_ms must be a number, not bool"),
        ({"explicit": 1}, "explicit must be a bool, not int"),
        ({"id": 1.5}, "id must be str, not float"),
    ],
)
def test_a_wrong_type_is_refused_by_name(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Track(**fields)


def test_an_error_in_a_list_names_its_row() -> None:
    with pytest.raises(EngineError, match=r"candidates\[1\]: title holds a lone surrogate") as caught:
        musicsync.Matcher().rank(AFRICA, [AFRICA, {"title": "\ud800"}])
    assert (caught.value.row, caught.value.field) == (1, "title")
    with pytest.raises(
        TypeError, match=r"candidates\[0\] must be a Track, a mapping or an object with a title, not int"
    ):
        musicsync.Matcher().decide(AFRICA, [7])  # type: ignore[list-item]


def test_an_engine_error_survives_pickle() -> None:
    with pytest.raises(EngineError) as caught:
        Track(title="\ud800")
    restored = pickle.loads(pickle.dumps(caught.value))
    assert (str(restored), restored.code, restored.field) == (str(caught.value), "invalid_utf8", "title")


def test_a_title_of_one_mebibyte_is_compared() -> None:
    long = Track(title="ab " * 349_525, artists=["Toto"])
    assert musicsync.Matcher().score(long, AFRICA) < 0.6
    assert musicsync.Matcher().score(long, long) == 1.0


def test_an_exception_of_a_property_is_not_swallowed() -> None:
    class Broken:
        @property
        def title(self) -> str:
            raise RuntimeError("no database")

    with pytest.raises(RuntimeError, match="no database"):
        musicsync.Matcher().score(Broken(), AFRICA)
