"""Results as columns: numpy and Arrow over one memory."""

from __future__ import annotations

import gc
import pickle

import numpy
import polars
import pyarrow
import pytest

from musicsync._core import ResultColumns


def columns() -> ResultColumns:
    return ResultColumns({"index": [3, 1, 2], "score": [0.5, float("nan"), 1.0], "id": ["a", None, "ü"]}, "Ranked")


EXPECTED = {"index": [3, 1, 2], "score": [0.5, None, 1.0], "id": ["a", None, "ü"]}


def test_every_arrow_consumer_takes_them() -> None:
    assert pyarrow.table(columns()).to_pydict() == EXPECTED
    assert pyarrow.record_batch(columns()).to_pydict() == EXPECTED
    assert pyarrow.schema(columns()).names == ["index", "score", "id"]
    pyarrow.table(columns()).validate(full=True)
    assert polars.DataFrame(columns()).to_dict(as_series=False) == EXPECTED


def test_numpy_arrow_and_the_result_share_one_memory() -> None:
    result = columns()
    scores = result["score"]
    assert scores.__array_interface__["data"] == result["score"].__array_interface__["data"]
    arrow = pyarrow.record_batch(result).column("score").buffers()[1].address
    assert arrow == scores.__array_interface__["data"][0]
    assert not scores.flags.writeable
    numpy.testing.assert_array_equal(scores, [0.5, numpy.nan, 1.0])
    assert result["id"] == ["a", None, "ü"]


def test_what_was_handed_out_outlives_the_result() -> None:
    scores, table = columns()["score"], pyarrow.table(columns())
    half = pyarrow.record_batch(columns()).column("id")
    gc.collect()
    assert scores[2] == 1.0
    assert table.to_pydict() == EXPECTED
    assert half.to_pylist() == ["a", None, "ü"]


def test_an_export_that_nobody_takes_is_freed() -> None:
    result = columns()
    for _ in range(100):
        result.__arrow_c_stream__()
        result.__arrow_c_array__()
        result.__arrow_c_schema__()


def test_it_is_a_value_with_a_length_and_names() -> None:
    result = columns()
    assert (len(result), result.columns) == (3, ["index", "score", "id"])
    assert repr(result) == "<Ranked: 3 rows of index score id>"
    assert pyarrow.table(pickle.loads(pickle.dumps(result))).equals(pyarrow.table(result))
    with pytest.raises(KeyError, match="title"):
        result["title"]
    with pytest.raises(ValueError, match="column b has 1 rows, not 2"):
        ResultColumns({"a": [1, 2], "b": [1]})


def test_of_no_rows_it_still_has_its_columns() -> None:
    assert pyarrow.table(ResultColumns({"a": [], "b": []})).schema.names == ["a", "b"]
