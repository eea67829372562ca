"""Whatever kind of mapping tells of a track, and whichever way it is read, the track or the exception is the same."""

from __future__ import annotations

from collections import UserDict
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from musicsync import EngineError, Matcher, Track

KEYS = [
    "id",
    "title",
    "track_name",
    "artists",
    "artist",
    "album",
    "isrc",
    "title_reading",
    "artist_reading",
    "duration_ms",
    "duration_s",
    "release_year",
    "year",
    "explicit",
    "more",
    "Title",
    "título",
]
TEXTS = st.text(max_size=20) | st.text(alphabet="aB é\0\ud800\t東", max_size=20)
VALUES: st.SearchStrategy[Any] = (
    st.none()
    | TEXTS
    | TEXTS
    | st.sampled_from([0, 1982, -1, 10**400, True, False, 0.5, float("nan"), b"Toto", {"Toto"}, object()])
    | st.lists(st.none() | TEXTS | st.just(7), max_size=3)
    | st.lists(TEXTS, max_size=3).map(tuple)
)
ROWS = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8)


class Dict(dict[str, Any]):
    """Read by its __getitem__."""


class Key(str):
    """A key that equals a text and is no plain one."""


def kinds_of(row: dict[str, Any]) -> list[Any]:
    """The row as mappings that are read in different ways."""
    return [
        row,
        {"".join([*key]): value for key, value in row.items()},  # as json.loads makes keys: none is interned
        {Key(key): value for key, value in row.items()},
        {**row, **{f"more {n}": n for n in range(20)}},
        Dict(row),
        UserDict(row),
    ]


def outcome(call: Any) -> Any:
    try:
        return call()
    except EngineError as error:
        return str(error), error.code, error.field, error.row
    except TypeError as error:
        return str(error)


@settings(max_examples=200, deadline=None)
@given(ROWS)
@example({"title": "\ud800", "album": 3})
@example({"track_name": "Africa", "title": None, "artist": "Toto", "artists": None, "year": 1982, "duration_s": 295.9})
def test_kinds_of_mappings_agree(row: dict[str, Any]) -> None:
    expected, *others = [outcome(lambda kind=kind: Track.from_mapping(kind)) for kind in kinds_of(row)]
    assert all(other == expected for other in others)


@settings(max_examples=200, deadline=None)
@given(ROWS, st.integers(0, 2))
def test_kinds_of_mappings_agree_in_a_list(row: dict[str, Any], before: int) -> None:
    matcher, query = Matcher(), {"title": "Africa", "artist": "Toto"}

    def ranking(kind: Any) -> Any:
        return [(match.index, match.score, match.track) for match in matcher.rank(query, [query] * before + [kind])]

    expected, *others = [outcome(lambda kind=kind: ranking(kind)) for kind in kinds_of(row)]
    assert all(other == expected for other in others)
    if isinstance(expected, (str, tuple)):
        message = expected if isinstance(expected, str) else expected[0]
        assert message.startswith(f"candidates[{before}]: ")


@pytest.mark.parametrize("field", ["duration_ms", "release_year"])
def test_a_number_may_empty_the_dict_that_it_is_read_from(field: str) -> None:
    class Number:
        def __float__(self) -> float:
            row.clear()
            return 1982.0

    row: dict[str, Any] = {"explicit": True, "title": "Africa " * 9, "artist": ["Toto " * 9]}
    row[field] = Number()
    assert Track.from_mapping(row).explicit is True


@pytest.mark.parametrize("size", [*range(1, 34), 255, 256])
def test_a_symbol_that_no_text_may_have_is_found_wherever_it_stands(size: int) -> None:
    for place in {0, 1, size // 2, size - 2, size - 1} & set(range(size)):
        text = "a" * place + "{}" + "a" * (size - place - 1)
        with pytest.raises(EngineError, match=r"title holds U\+0000"):
            Track.from_mapping({"title": text.format("\0")})
        assert Track.from_mapping({"title": text.format("é")}).title == text.format("é")
        assert Track.from_mapping({"title": text.format(" ")}).title == (text.format(" ").strip() or None)
