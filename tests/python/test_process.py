"""`musicsync.process` gives what RapidFuzz's calls of the same names give, on every kernel."""

from __future__ import annotations

import doctest
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import rapidfuzz
from hypothesis import given
from hypothesis import strategies as st

import musicsync
from musicsync import process

TEXTS = st.lists(st.text(st.characters(codec=None, exclude_categories=()), max_size=80), min_size=1, max_size=12)
SCORERS = [
    (process.ratio, rapidfuzz.fuzz.ratio),
    (process.token_sort_ratio, rapidfuzz.fuzz.token_sort_ratio),
]


@pytest.fixture(params=musicsync.kernels())
def kernel(request: pytest.FixtureRequest) -> Iterator[str]:
    yield musicsync.set_kernel(request.param)
    musicsync.set_kernel("auto")


def songs(count: int, seed: int) -> list[str]:
    draw = random.Random(seed)
    words = ["love", "night", "Rivière", "夜", "Ночь", "a", "(Live)", "feat.", "x" * 40]
    return [" ".join(draw.choices(words, k=draw.randint(0, 6))) for _ in range(count)]


@given(TEXTS, TEXTS)
def test_any_texts_score_as_rapidfuzz_scores_them(queries: list[str], choices: list[str]) -> None:
    for ours, theirs in SCORERS:
        if ours is process.token_sort_ratio:  # RapidFuzz does not split at these in every text
            queries, choices = (
                [s.replace("\x85", "").replace("\xa0", "") for s in side] for side in (queries, choices)
            )
        wanted = rapidfuzz.process.cdist(queries, choices, scorer=theirs, dtype=np.float64)
        assert np.allclose(process.cdist(queries, choices, scorer=ours, dtype=np.float64), wanted, rtol=0, atol=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64", "uint8"])
@pytest.mark.parametrize("workers", [1, -1])
def test_many_texts_score_as_rapidfuzz_scores_them(kernel: str, dtype: str, workers: int) -> None:
    queries, choices = songs(90, 1), songs(5000, 2)
    wanted = rapidfuzz.process.cdist(queries, choices, scorer=rapidfuzz.fuzz.ratio, dtype=np.float64, score_cutoff=40)
    found = process.cdist(queries, choices, dtype=dtype, score_cutoff=40, workers=workers)
    assert found.dtype == np.dtype(dtype)
    assert np.allclose(found, wanted, rtol=0, atol=0.5001 if dtype == "uint8" else 1e-4)


@pytest.mark.parametrize("workers", [1, -1])
def test_pairs_score_as_rapidfuzz_scores_them(kernel: str, workers: int) -> None:
    queries, choices = songs(3000, 5), songs(3000, 6)
    for ours, theirs in SCORERS:
        wanted = rapidfuzz.process.cpdist(queries, choices, scorer=theirs, dtype=np.float64, score_cutoff=40)
        found = process.cpdist(queries, choices, scorer=ours, dtype=np.float64, score_cutoff=40, workers=workers)
        assert np.allclose(found, wanted, rtol=0, atol=1e-6)
    assert process.cpdist([], []).shape == (0,)


def test_extracting_for_many_queries_is_extracting_for_each() -> None:
    choices: list[str | None] = [*songs(300, 3), None]
    queries = songs(20, 4)
    found = process.extractMany(queries, choices, limit=4, score_cutoff=30, workers=-1)
    assert found == [process.extract(query, choices, limit=4, score_cutoff=30) for query in queries]
    assert process.extractMany(queries, [], limit=4) == [[] for _ in queries]


def test_a_processor_is_applied_to_both_sides() -> None:
    assert process.cdist(["KITTEN"], ["kitten"], processor=str.lower).tolist() == [[100.0]]
    assert process.cdist(["B a"], ["A b"], scorer=process.token_sort_ratio, processor=str.lower).tolist() == [[100.0]]


@pytest.mark.parametrize("limit", [1, 5, None])
@pytest.mark.parametrize("cutoff", [None, 50.0])
def test_extract_gives_rapidfuzzs_choices_in_its_order(limit: int | None, cutoff: float | None) -> None:
    choices: list[str | None] = [*songs(200, 3), None]
    for query in songs(20, 4):
        wanted = rapidfuzz.process.extract(
            query, choices, scorer=rapidfuzz.fuzz.ratio, limit=limit, score_cutoff=cutoff
        )
        found = process.extract(query, choices, limit=limit, score_cutoff=cutoff)
        assert [(choice, key) for choice, _, key in found] == [(choice, key) for choice, _, key in wanted]
        assert [score for _, score, _ in found] == pytest.approx([score for _, score, _ in wanted])


def test_extract_takes_a_mapping_and_gives_its_keys() -> None:
    [(choice, score, key)] = process.extract("kitten", {"a": "sitting", "b": None, "c": "mitten"}, limit=1)
    assert (choice, key) == ("mitten", "c")
    assert score == pytest.approx(83.3333333)
    assert process.extractOne("kitten", {}) is None
    assert process.extractOne("kitten", ["xyz"], score_cutoff=10) is None


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: process.cdist(["a"], ["b", 3]), TypeError, r"choices\[1\] is int, not str"),  # type: ignore[list-item]
        (lambda: process.cpdist(["a"], ["b", "c"]), ValueError, "1 queries and 2 choices"),
        (lambda: process.cdist(["a"], ["b"], dtype="int64"), ValueError, "int64.*float32"),
        (lambda: process.cdist(["a"], ["b"], scorer=len), ValueError, "len.*process.ratio"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_scored_is_named(call: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()


def test_the_examples_of_its_page_are_true() -> None:
    result = doctest.testmod(process)
    assert (result.failed, result.attempted) == (0, 3)


def test_no_texts_give_an_empty_matrix() -> None:
    assert process.cdist([], ["a"]).shape == (0, 1)
    assert process.cdist(["a"], []).shape == (1, 0)
    assert process.extract("a", []) == []
