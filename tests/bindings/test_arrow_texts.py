"""Texts from Arrow columns: the ratios of the same texts as str."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy
import pandas
import polars
import pyarrow
import pytest

from musicsync import EngineError, process
from musicsync._core import ratio_matrix

TEXTS = ["Africa", "", "café", "夜に駆ける", "🎵 emoji", "a text of more than twelve bytes"]
TEXT_PRODUCERS: dict[str, Callable[[], Any]] = {
    "utf8": lambda: pyarrow.array(TEXTS),
    "large_utf8": lambda: pyarrow.array(TEXTS, pyarrow.large_utf8()),
    "string_view": lambda: pyarrow.array(TEXTS, pyarrow.string_view()),
    "dictionary": lambda: pyarrow.array(TEXTS).dictionary_encode(),
    "sliced": lambda: pyarrow.array(["x", *TEXTS, "y"]).slice(1, len(TEXTS)),
    "chunked": lambda: pyarrow.chunked_array([TEXTS[:2], [], TEXTS[2:]]),
    "polars": lambda: polars.Series(TEXTS),
    "pandas": lambda: pandas.Series(TEXTS),
    "numpy objects": lambda: numpy.array(TEXTS, dtype=object),
    "numpy texts": lambda: numpy.array(TEXTS),
    "tuple": lambda: tuple(TEXTS),
}


@pytest.mark.parametrize("producer", TEXT_PRODUCERS)
def test_texts_of_every_producer_have_the_same_ratios(producer: str) -> None:
    expected = ratio_matrix(TEXTS, TEXTS, dtype="float64")
    numpy.testing.assert_array_equal(ratio_matrix(TEXT_PRODUCERS[producer](), TEXTS, dtype="float64"), expected)
    numpy.testing.assert_array_equal(ratio_matrix(TEXTS, TEXT_PRODUCERS[producer](), dtype="float64"), expected)
    numpy.testing.assert_array_equal(
        process.cdist(TEXT_PRODUCERS[producer](), TEXTS, dtype=numpy.float64),
        process.cdist(TEXTS, TEXTS, dtype=numpy.float64),
    )


@pytest.mark.parametrize("producer", TEXT_PRODUCERS)
def test_texts_of_every_producer_can_be_prepared(producer: str) -> None:
    def call(texts: Any, **how: Any) -> Any:
        return process.cdist(texts, [text[::-1] for text in TEXTS], **how)

    for how in ({"processor": lambda text: text[::-1]}, {"scorer": process.token_sort_ratio}):
        numpy.testing.assert_array_equal(call(TEXT_PRODUCERS[producer](), **how), call(TEXTS, **how))


def test_texts_that_are_none_are_refused_by_position() -> None:
    with pytest.raises(TypeError, match=r"choices\[1\] is null, not str"):
        process.cdist(["a"], pyarrow.array(["a", None]), processor=str.lower)
    with pytest.raises(TypeError, match=r"queries\[1\] is int, not str"):
        process.cdist(["a", 1], ["a"], scorer=process.token_sort_ratio)  # type: ignore[list-item]
    with pytest.raises(TypeError, match=r"choices\[1\] is null, not str"):
        ratio_matrix(["a"], pyarrow.array(["a", None]))
    with pytest.raises(TypeError, match=r"queries is an Arrow column of int64, not of text"):
        ratio_matrix(pyarrow.array([1]), ["a"])
    bad = pyarrow.Array.from_buffers(
        pyarrow.utf8(), 1, [None, pyarrow.py_buffer(numpy.array([0, 1], "i4")), pyarrow.py_buffer(b"\xff")]
    )
    with pytest.raises(EngineError, match=r"choices\[0\] is not UTF-8") as caught:
        ratio_matrix(["a"], bad)
    assert (caught.value.code, caught.value.row) == ("invalid_utf8", 0)
