"""Matcher.rank however it is called, and what a Ranking keeps of its candidates."""

from __future__ import annotations

import contextlib
import gc
import inspect
import sys
from collections.abc import Callable
from typing import Any

import pytest

from musicsync import EngineError, Matcher, Ranking, Track

SONG = {"title": "Africa", "artist": "Toto", "album": "Toto IV"}
TRACKS = [Track(id=str(i), title=title, artists=["Toto"]) for i, title in enumerate(["Rosanna", "Africa", "Afrika"])]


class Own(Matcher):
    """A class of somebody's own."""


CALLS: list[Callable[[Any, Any], Ranking]] = [
    lambda query, candidates: Matcher().rank(query, candidates),
    lambda query, candidates: Matcher().rank(query, candidates=candidates),
    lambda query, candidates: Matcher().rank(candidates=candidates, query=query),
    lambda query, candidates: Matcher().rank(query, candidates, None, 0.0),
    lambda query, candidates: Matcher().rank(query, candidates, cutoff=0.0),
    lambda query, candidates: Matcher.rank(Matcher(), query, candidates),
    lambda query, candidates: Own().rank(query, candidates),
    lambda query, candidates: Matcher().rank(query, tuple(candidates)),
    lambda query, candidates: Matcher().rank(query, [SONG | {"title": x.title, "album": None} for x in candidates]),
]


MATCHER: Any = Matcher
RANKING: Any = Ranking


def _counts(tracks: list[Track]) -> list[int]:
    return [sys.getrefcount(track) for track in tracks]


@pytest.mark.parametrize("call", CALLS)
def test_every_way_of_calling_gives_the_same(call: Callable[[Any, Any], Ranking]) -> None:
    ranking = call(Track.from_mapping(SONG), TRACKS)
    assert list(ranking.indices) == [1, 2, 0]
    assert list(ranking.scores) == [Matcher().score(SONG, TRACKS[i]) for i in ranking.indices]
    assert [match.track.title for match in ranking] == ["Africa", "Afrika", "Rosanna"]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: MATCHER().rank(), TypeError, "rank"),
        (lambda: MATCHER().rank(SONG), TypeError, "rank"),
        (lambda: MATCHER().rank(SONG, TRACKS, 1, 0.5, 2), TypeError, "rank"),
        (lambda: MATCHER().rank(SONG, TRACKS, most=1), TypeError, "rank"),
        (lambda: MATCHER.rank(3, SONG, TRACKS), TypeError, "Matcher"),
        (lambda: MATCHER().rank(SONG, 3), TypeError, "candidates must be a list of tracks"),
        (lambda: MATCHER().rank(3, TRACKS), TypeError, "query must be a Track"),
        (lambda: MATCHER().rank(SONG, [*TRACKS, 3]), TypeError, r"candidates\[3\] must be a Track"),
        (lambda: MATCHER().rank(SONG, [{"title": "a\0"}]), EngineError, r"candidates\[0\].*holds U\+0000"),
        (lambda: RANKING(), TypeError, "Ranking"),
        (lambda: type("Mine", (RANKING,), {}), TypeError, "Ranking"),
    ],
)
def test_wrong_calls_say_what_is_wrong(call: Callable[[], Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()


def test_rank_has_its_documentation() -> None:
    documentation = inspect.getdoc(Matcher.rank) or ""
    assert documentation.startswith("rank(self: musicsync._core.Matcher, query: object,")
    assert "The Ranking of the candidates" in documentation
    assert Matcher.rank.__name__ == "rank"


@pytest.mark.parametrize("count", [1, 3, 100, 1000])
def test_a_ranking_keeps_its_candidates_and_no_more(count: int) -> None:
    tracks = [Track(title=f"Africa {i}", artists=["Toto"]) for i in range(count)]
    before = _counts(tracks)
    ranking = Matcher().rank(SONG, tracks)
    titles = [track.title for track in tracks]
    assert _counts(tracks) == [references + 1 for references in before]
    copy = list(tracks)
    tracks.clear()
    assert [match.track.title for match in ranking] == [titles[i] for i in ranking.indices]
    del ranking
    gc.collect()
    assert _counts(copy) == before


def test_a_ranking_and_its_type_leave_nothing_behind() -> None:
    matcher, columns = Matcher("classic"), {"title": ["Africa"], "artist": ["Toto"]}
    before = sys.getrefcount(Ranking), sys.getrefcount(columns)
    rankings = [matcher.rank(SONG, columns) for _ in range(10)]
    assert (sys.getrefcount(Ranking), sys.getrefcount(columns)) == (before[0] + 10, before[1] + 10)
    rankings.clear()
    assert (sys.getrefcount(Ranking), sys.getrefcount(columns)) == before


class Meddling:
    """A key that looks like "album" and empties the dict when it is asked whether it is."""

    def __init__(self, entries: dict[Any, Any]) -> None:
        self.entries = entries

    def __hash__(self) -> int:
        return hash("album")

    def __eq__(self, other: object) -> bool:
        self.entries.clear()
        return False


def test_a_dict_that_changes_while_it_is_read_is_no_danger() -> None:
    for _ in range(100):
        query: dict[Any, Any] = {}
        query |= {Meddling(query): 1, "title": "Afri" + "ca" * 100, "artist": "To" * 100}
        columns: dict[Any, Any] = {}
        columns |= {Meddling(columns): 1, "title": ["Afri" + "ca" * 100], "artist": ["To" * 100]}
        for asked, candidates in ((query, {"title": ["Africa"]}), (SONG, columns)):
            with contextlib.suppress(RuntimeError, EngineError, TypeError):
                Matcher("classic").rank(asked, candidates)


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ({"track_name": "Africa", "artists": "Toto"}, {"title": ["Rosanna", "Africa"], "artist": ["Toto", "Toto"]}),
        ({"title": None, "track_name": "Africa"}, {"title": ["Rosanna", "Africa"], "id": ["b", "a"]}),
        ({"title": "Africa", "artist": "Nobody", "artists": "Toto"}, {"artist": ["x", "Toto"], "isrc": [None, None]}),
        ({"title": "Africa"}, {"track_name": ["Rosanna", "Africa"], "artists": ["Toto", "Toto"]}),
        ({"title": "Africa", "year": 1982}, {"title": ["Rosanna", "Africa"], "year": [1982, 1982], "album": None}),
    ],
)
def test_other_names_of_fields_are_read_as_those_of_tracks(query: Any, columns: Any) -> None:
    matcher = Matcher("classic")
    rows = [
        {name: column[i] for name, column in columns.items() if column is not None}
        for i in range(max(len(column) for column in columns.values() if column is not None))
    ]
    expected = matcher.rank(Track.from_mapping(query), [Track.from_mapping(row) for row in rows])
    assert list(matcher.rank(query, columns).scores) == list(expected.scores)
    assert list(matcher.rank(query, columns).indices) == list(expected.indices) == [1, 0]
