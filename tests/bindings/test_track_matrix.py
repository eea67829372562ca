"""Matcher.score_matrix and Matcher.matrix_top_k: what score and rank give, from whatever tracks come in."""

from __future__ import annotations

import doctest
import pathlib
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musicsync import EngineError, Matcher, Profile, Rankings, Track

GUIDE = pathlib.Path(__file__).resolve().parents[2] / "docs/guide.md"
WORDS = st.sampled_from(
    ["love", "night", "Live", "(Remix)", "Pt. 2", "Африка", "夜", "F**k", "Toto", "feat. X", "- Ann"]
)
TEXTS = st.lists(WORDS, max_size=4).map(" ".join)
TRACKS = st.builds(
    Track,
    id=st.integers(0, 2),
    title=TEXTS,
    artists=st.lists(TEXTS, max_size=2),
    album=TEXTS,
    isrc=st.sampled_from([None, "USRC17607839", "GBAYE0601498"]),
    duration_ms=st.none() | st.integers(0, 600_000),
)
PROFILES = st.sampled_from(["standard", "classic", Profile("standard", weights={"title": 0.1, "artists": 0.9})])
QUERIES = [{"title": "Africa", "artist": "Toto"}, {"title": "Rosanna", "artist": "Toto"}]
CHOICES = {"title": ["Hello", "Rosanna", "Afrika"], "artist": ["Adele", "Toto", "Toto"], "id": ["a", "b", "c"]}
ROWS = [dict(zip(CHOICES, row, strict=True)) for row in zip(*CHOICES.values(), strict=True)]


@settings(max_examples=200, deadline=None)
@given(st.lists(TRACKS, max_size=4), st.lists(TRACKS, max_size=40), PROFILES, st.sampled_from([0.0, 0.3]))
def test_a_matrix_has_the_scores_of_its_pairs(
    queries: list[Track], choices: list[Track], profile: str | Profile, cutoff: float
) -> None:
    matcher = Matcher(profile)
    found = matcher.score_matrix(queries, choices, cutoff=cutoff)
    scores = [matcher.score(query, choice) for query in queries for choice in choices]
    expected = np.array([score if score >= cutoff else 0.0 for score in scores]).reshape(len(queries), len(choices))
    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, expected)
    rounded = matcher.score_matrix(queries, choices, cutoff=cutoff, dtype=np.float32)
    assert rounded.dtype == np.float32
    np.testing.assert_array_equal(rounded, expected.astype(np.float32))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(TRACKS, max_size=4), st.lists(TRACKS, max_size=40), st.none() | st.integers(0, 12), PROFILES,
    st.sampled_from([0.0, 0.3]),
)  # fmt: skip
def test_the_best_of_a_matrix_are_those_of_each_ranking(
    queries: list[Track], choices: list[Track], k: int | None, profile: str | Profile, cutoff: float
) -> None:
    matcher = Matcher(profile)
    found = matcher.matrix_top_k(queries, choices, k, cutoff=cutoff)
    expected = [matcher.rank(query, choices, k, cutoff) for query in queries]
    assert [[match.to_dict() for match in hits] for hits in found] == [
        [match.to_dict() for match in hits] for hits in expected
    ]


@pytest.mark.parametrize("threads", [None, 1, 3])
def test_results_do_not_depend_on_the_threads(threads: int | None) -> None:
    queries = [Track(title=f"Song {i % 7}", artists=[f"Band {i % 5}"]) for i in range(150)]
    choices = [Track(id=str(i % 3), title=f"Song {i % 11}", artists=[f"Band {i % 4}"]) for i in range(300)]
    matcher = Matcher()
    found = matcher.matrix_top_k(queries, choices, 4, threads=threads)
    batch = matcher.rank_batch(queries, [choices] * len(queries), limit=4)
    assert found.to_columns()["index"].tolist() == batch.indices.tolist()
    assert found.scores.tolist() == batch.scores.tolist()
    assert found.probabilities.tolist() == batch.probabilities.tolist()
    scores = matcher.score_matrix(queries, choices, threads=threads)
    assert scores[7].tolist() == matcher.score_pairs([queries[7]] * 300, choices).tolist()


@pytest.mark.parametrize("choices", [ROWS, CHOICES, pa.table(CHOICES), [Track.from_mapping(row) for row in ROWS]])
def test_choices_may_be_lists_and_columns(choices: Any) -> None:
    matcher = Matcher()
    best = matcher.matrix_top_k(iter(QUERIES), choices, 2)
    assert isinstance(best, Rankings)
    assert [[match.track.title for match in hits] for hits in best] == [["Afrika", "Rosanna"], ["Rosanna", "Afrika"]]
    assert best.starts.tolist() == [0, 2, 4]
    assert pa.table(best.to_columns()).to_pydict()["query"] == [0, 0, 1, 1]
    scores = matcher.score_matrix(pa.table({"title": ["Africa"], "artist": ["Toto"]}), choices)
    assert scores.tolist() == [[matcher.score(QUERIES[0], row) for row in ROWS]]


def test_long_calls_tell_how_many_pairs_are_done_and_stop_for_an_exception() -> None:
    def stop(done: int, total: int) -> None:
        raise RuntimeError(f"stopped at {done} of {total}")

    matcher = Matcher()
    told: list[tuple[int, int]] = []
    matcher.matrix_top_k(QUERIES, CHOICES, 1, progress=lambda done, total: told.append((done, total)))
    matcher.score_matrix(QUERIES, CHOICES, progress=lambda done, total: told.append((done, total)))
    assert told == [(6, 6), (6, 6)]
    with pytest.raises(RuntimeError, match="stopped at 6 of 6"):
        matcher.matrix_top_k(QUERIES, CHOICES, 1, progress=stop)
    with pytest.raises(RuntimeError, match="stopped at 6 of 6"):
        matcher.score_matrix(QUERIES, CHOICES, progress=stop)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"cutoff": 1.5}, EngineError, "cutoff is not between 0 and 1"),
        ({"cutoff": float("nan")}, EngineError, "cutoff is NaN"),
        ({"threads": 0}, EngineError, "threads is not between 1 and 1024"),
        ({"progress": 3}, TypeError, "progress must be a callable or None, not int"),
        ({"queries": [QUERIES[0], 3]}, TypeError, r"queries\[1\] must be a Track, a mapping"),
        ({"queries": "Africa"}, TypeError, "queries must be a list of tracks, not str"),
        ({"choices": [{"title": "a\0"}]}, EngineError, r"choices\[0\].*title holds U\+0000"),
        ({"choices": {"title": ["a"], "artist": ["b", "c"]}}, EngineError, "choices: column artist has 2 rows"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(arguments: dict[str, Any], error: type[Exception], message: str) -> None:
    given = {"queries": QUERIES, "choices": CHOICES} | arguments
    with pytest.raises(error, match=message):
        Matcher().matrix_top_k(k=3, **given)
    with pytest.raises(error, match=message):
        Matcher().score_matrix(**given)


@pytest.mark.parametrize("dtype", ["uint8", np.int32, ">f4", "complex128"])
def test_a_matrix_is_of_float64_or_float32(dtype: Any) -> None:
    with pytest.raises(ValueError, match=r"\(there are: float64, float32\)"):
        Matcher().score_matrix(QUERIES, CHOICES, dtype=dtype)
    with pytest.raises(TypeError, match="nonsense"):
        Matcher().score_matrix(QUERIES, CHOICES, dtype="nonsense")


@pytest.mark.parametrize(
    ("k", "error", "message"), [(-1, EngineError, "k is negative"), ("3", TypeError, "k must be an int, not str")]
)
def test_k_is_a_number_of_hits(k: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        Matcher().matrix_top_k(QUERIES, CHOICES, k)
    assert [len(hits) for hits in Matcher().matrix_top_k(QUERIES, CHOICES, 0)] == [0, 0]
    assert [len(hits) for hits in Matcher().matrix_top_k(QUERIES, CHOICES, None)] == [3, 3]


def test_the_example_of_the_guide_is_true() -> None:
    result = doctest.testfile(str(GUIDE), module_relative=False)
    assert result.failed == 0
    assert result.attempted >= 9
