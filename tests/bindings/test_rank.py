"""Matcher.rank over columns of texts, in batches, with threads, progress and cancellation; Ranking and Rankings."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musicsync import EngineError, Matcher, Ranking, Track

TEXTS = st.none() | st.text(alphabet="abAB Éß東ı\t", max_size=12) | st.text(alphabet="ab c", min_size=60, max_size=140)
CODES = st.sampled_from([None, "USRC17607839", "us-rc1-76-07839", "no code", "GBAYE0601498"])
ROWS = st.fixed_dictionaries(
    {"title": TEXTS, "artist": TEXTS, "album": TEXTS, "isrc": CODES, "id": st.sampled_from("abc")}
)
SONG = {"title": "Africa", "artist": "Toto", "album": "Toto IV"}
TRACKS = [Track(id=str(i), title=title, artists=["Toto"]) for i, title in enumerate(["Rosanna", "Africa", "Afrika"])]


def _columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in ("title", "artist", "album", "isrc", "id")}


@settings(max_examples=300, deadline=None)
@given(ROWS, st.lists(ROWS, min_size=1, max_size=40), st.none() | st.integers(0, 5), st.sampled_from([0.0, 0.4]))
def test_columns_of_texts_are_ranked_as_the_tracks_they_tell_of(
    query: dict[str, Any], rows: list[dict[str, Any]], limit: int | None, cutoff: float
) -> None:
    matcher = Matcher("classic")
    found = matcher.rank(query, _columns(rows), limit, cutoff)
    expected = matcher.rank(Track.from_mapping(query), [Track.from_mapping(row) for row in rows], limit, cutoff)
    assert [match.to_dict() for match in found] == [match.to_dict() for match in expected]


def test_other_profiles_take_columns_too() -> None:
    columns = {"title": ["Rosanna", "Africa"], "artist": ["Toto", "Toto"]}
    assert [match.index for match in Matcher().rank(SONG, columns)] == [1, 0]
    assert [match.index for match in Matcher("classic").rank(SONG, pa.table(columns))] == [1, 0]


@pytest.mark.parametrize(
    ("columns", "error", "message"),
    [
        ({"title": ["a", "b"], "artist": ["x"]}, EngineError, "column artist has 1 rows and title has 2"),
        ({"title": ["a", "b"], "artist": []}, EngineError, "column artist has 0 rows and title has 2"),
        ({"title": ["a", "b\0"]}, EngineError, r"candidates\[1\].*title holds U\+0000"),
        ({"title": ["a", "\ud800"]}, EngineError, r"candidates\[1\].*title holds a lone surrogate"),
        ({"title": ["a", 3]}, TypeError, r"candidates\[1\].*title must be str"),
    ],
)
def test_bad_columns_are_refused_by_row_and_name(columns: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        Matcher("classic").rank(SONG, columns)


def test_a_ranking_is_a_sequence_and_numbers() -> None:
    ranking = Matcher().rank(SONG, TRACKS)
    assert isinstance(ranking, Ranking)
    assert len(ranking) == 3
    assert [match.track.title for match in ranking] == ["Africa", "Afrika", "Rosanna"]
    assert ranking[-1].index == ranking[2].index == 0
    assert [match.index for match in ranking[:2]] == [1, 2]
    assert list(ranking.indices) == [match.index for match in ranking]
    assert list(ranking.scores) == [match.score for match in ranking]
    assert list(ranking.probabilities) == [match.probability for match in ranking]
    with pytest.raises(IndexError, match="place 3 of 3"):
        ranking[3]
    assert "Africa" in repr(ranking)
    assert pa.table(ranking.to_columns()).column_names == ["index", "score", "probability"]
    assert np.isnan(Matcher("classic").rank(SONG, TRACKS).probabilities).all()


@pytest.mark.parametrize("threads", [None, 1, 3])
def test_a_batch_gives_what_rank_gives(threads: int | None) -> None:
    queries = [Track(title="Africa", artists=["Toto"])] * 40 + [Track(title="Rosanna")] * 40
    lists = [TRACKS[: 1 + i % 3] for i in range(80)]
    matcher = Matcher()
    rankings = matcher.rank_batch(queries, lists, limit=2, threads=threads)
    assert len(rankings) == 80
    for query, tracks, found in zip(queries, lists, rankings, strict=True):
        expected = matcher.rank(query, tracks, limit=2)
        assert [match.to_dict() for match in found] == [match.to_dict() for match in expected]
    table = pa.table(rankings.to_columns()).to_pydict()
    assert table["query"] == [i for i, found in enumerate(rankings) for _ in found]
    assert list(rankings.starts) == [0, *np.cumsum([len(found) for found in rankings])]


def test_long_calls_tell_how_far_they_are_and_stop_for_an_exception() -> None:
    told: list[tuple[int, int]] = []
    matcher = Matcher()
    matcher.rank_batch([SONG] * 5, [TRACKS] * 5, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (5, 5)

    def stop(done: int, total: int) -> None:
        raise RuntimeError(f"stopped at {done} of {total}")

    for call in (
        lambda: matcher.rank_batch([SONG] * 5, [TRACKS] * 5, progress=stop),
        lambda: matcher.score_pairs(TRACKS, TRACKS, progress=stop),
        lambda: matcher.probability_pairs(TRACKS, TRACKS, progress=stop),
        lambda: matcher.features(TRACKS, TRACKS, progress=stop),
    ):
        with pytest.raises(RuntimeError, match="stopped at"):
            call()


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"threads": 0}, EngineError, "threads is not between 1 and 1024"),
        ({"threads": -1}, EngineError, "threads is negative"),
        ({"threads": 2**32 + 1}, EngineError, "threads is not between 1 and 1024"),
        ({"threads": "2"}, TypeError, "threads must be an int"),
        ({"progress": 3}, TypeError, "progress must be a callable or None, not int"),
    ],
)
def test_bad_ways_to_work_are_refused_by_name(arguments: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        Matcher().rank_batch([SONG], [TRACKS], **arguments)
    with pytest.raises(EngineError, match="2 queries and 1 lists of candidates"):
        Matcher().rank_batch([SONG, SONG], [TRACKS])
