"""Catalogues out of data frames and Arrow streams: a part at a time, and what a bad row costs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pandas
import polars
import pyarrow
import pytest

from musicsync import Catalog, CatalogBuilder, EngineError, Track, read_columns

GOOD = [{"title": f"Song {n}", "artist": "Toto", "year": 1982} for n in range(5)]
BAD = [
    {"title": "a", "artist": "Toto", "year": 1982},
    {"title": "b\0", "artist": "Toto", "year": 1982},
    {"title": None, "artist": "Toto", "year": 1982},
    {"title": "d", "artist": "Toto", "year": 19_820},
    {"title": "e", "artist": None, "year": None},
]
REASONS = [
    (2, "invalid_value", "title", "title holds U+0000"),
    (4, "invalid_value", "release_year", "release_year is 19820, not between 1 and 9999"),
]
TABLE = pyarrow.Table.from_pylist(BAD)


class OnlyAStream:
    """Anything that has `__arrow_c_stream__`, such as a result of DuckDB."""

    def __init__(self, table: pyarrow.Table) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.table.to_reader(max_chunksize=2).__arrow_c_stream__(requested_schema)


GIVEN: dict[str, Callable[[list[dict[str, Any]]], Any]] = {
    "polars": polars.DataFrame,
    "pandas": lambda rows: pandas.DataFrame(rows).astype({"year": "Int64"}),
    "pyarrow table": pyarrow.Table.from_pylist,
    "reader": lambda rows: pyarrow.Table.from_pylist(rows).to_reader(max_chunksize=2),
    "record batch": lambda rows: pyarrow.Table.from_pylist(rows).to_batches()[0],
    "a stream": lambda rows: OnlyAStream(pyarrow.Table.from_pylist(rows)),
    "columns": lambda rows: {name: [row[name] for row in rows] for name in rows[0]},
    "mappings": lambda rows: rows,
    "generator": lambda rows: (row for row in rows),
}


@pytest.mark.parametrize("given", GIVEN)
def test_all_are_tracks(given: str) -> None:
    builder = CatalogBuilder()
    assert builder.add(GIVEN[given](GOOD)) == []
    assert builder.add(GIVEN[given](GOOD), on_error="skip") == []
    assert list(builder.build()) == [Track.from_mapping(row) for row in GOOD] * 2


@pytest.mark.parametrize("given", GIVEN)
def test_a_bad_row_is_told_of_and_costs_no_other(given: str) -> None:
    builder = CatalogBuilder()
    rejected = builder.add(GIVEN[given](BAD), on_error="skip")
    assert [(one.line, one.code, one.field, one.reason) for one in rejected] == REASONS
    assert {one.file for one in rejected} == {"tracks"}
    assert list(builder.build()) == [Track.from_mapping(BAD[n]) for n in (0, 2, 4)]
    catalogue = Catalog.from_tracks(GIVEN[given](BAD), on_error="skip")
    assert (len(catalogue), [one.line for one in catalogue.rejected]) == (3, [2, 4])


@pytest.mark.parametrize("given", GIVEN)
def test_a_bad_row_raises_where_nothing_else_is_asked_for(given: str) -> None:
    builder = CatalogBuilder()
    with pytest.raises(EngineError, match=r"tracks\[1\]: title holds U\+0000") as raised:
        builder.add(GIVEN[given](BAD))
    assert (raised.value.row, raised.value.field) == (1, "title")
    assert len(builder) == 0


def test_a_row_that_is_null_is_told_of() -> None:
    structs = pyarrow.StructArray.from_arrays(
        [pyarrow.array(["a", "b", "c"])], ["title"], mask=pyarrow.array([False, True, False])
    )
    builder = CatalogBuilder()
    assert [str(one.line) + one.reason for one in builder.add(structs, on_error="skip")] == ["2is null"]
    assert len(builder) == 2
    with pytest.raises(EngineError, match=r"tracks\[1\] is null"):
        builder.add(structs)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (polars.DataFrame({"title": [1, 2]}), "tracks: column title is int64, not text"),
        (pyarrow.table({"year": ["1982"]}), "tracks: column year is utf8, not a number"),
        (pyarrow.table({"name": ["Africa"]}), "tracks has no column of a track"),
        ({"title": "Africa"}, "tracks: column title must be a list, not str"),
        (pandas.DataFrame({"title": ["a", 5]}), "Conversion failed for column title"),
        ("Africa", "tracks must be a list of tracks, not str"),
        (5, "tracks must be a list of tracks, not int"),
    ],
)
@pytest.mark.parametrize("on_error", ["raise", "skip"])
def test_a_column_that_cannot_be_is_named(given: Any, said: str, on_error: Any) -> None:
    builder = CatalogBuilder()
    with pytest.raises(TypeError, match=said):
        builder.add(given, on_error=on_error)
    assert len(builder) == 0


def test_rows_of_a_frame_of_mixed_types_are_told_of_as_mappings() -> None:
    frame = pandas.DataFrame({"title": ["a", 5, "c"]})
    builder = CatalogBuilder()
    (bad,) = builder.add(frame.to_dict("records"), on_error="skip")
    assert (bad.line, bad.reason, len(builder)) == (2, "title must be str, not int", 2)


def test_on_error_is_raise_or_skip() -> None:
    with pytest.raises(EngineError, match="on_error is 'ignore', not 'raise' or 'skip'"):
        CatalogBuilder().add(GOOD, on_error="ignore")  # type: ignore[arg-type]


def test_a_stream_is_read_as_it_comes_and_let_go() -> None:
    """Of a batch nothing is left when the next one is asked for."""
    schema = pyarrow.schema([("title", pyarrow.utf8())])
    before, held = pyarrow.total_allocated_bytes(), []

    def batches() -> Iterator[pyarrow.RecordBatch]:
        for n in range(12):
            held.append(pyarrow.total_allocated_bytes() - before)
            yield pyarrow.record_batch({"title": [f"song {n} {row} of many words" for row in range(20_000)]})

    builder, told = CatalogBuilder(), []
    builder.add(
        pyarrow.RecordBatchReader.from_batches(schema, batches()),
        progress=lambda done, total: told.append((done, total, len(builder))),
    )
    assert len(held) == 12
    assert max(held) < 100_000  # a batch has half a million bytes
    assert told == [(80_000, 80_000, 80_000), (160_000, 160_000, 160_000), (240_000, 240_000, 240_000)]


def test_one_batch_of_many_rows_is_made_tracks_of_a_part_at_a_time() -> None:
    frame = polars.DataFrame({"title": [f"song {n}" for n in range(150_000)]})
    builder, told = CatalogBuilder(), []
    builder.add(frame, progress=lambda done, total: told.append((done, total, len(builder))))
    assert told == [(65_536, 150_000, 65_536), (131_072, 150_000, 131_072), (150_000, 150_000, 150_000)]
    assert builder.build()[149_999].title == "song 149999"


def test_what_progress_raises_stops_the_reading() -> None:
    asked = 0

    def batches() -> Iterator[pyarrow.RecordBatch]:
        nonlocal asked
        for _ in range(9):
            asked += 1
            yield pyarrow.record_batch({"title": ["a"] * 70_000})

    def stop(done: int, total: int) -> None:
        raise RuntimeError("enough")

    reader = pyarrow.RecordBatchReader.from_batches(pyarrow.schema([("title", pyarrow.utf8())]), batches())
    with pytest.raises(RuntimeError, match="enough"):
        CatalogBuilder().add(reader, progress=stop)
    assert asked == 1


def test_a_stream_that_breaks_says_why_and_keeps_the_parts_before() -> None:
    def batches() -> Iterator[pyarrow.RecordBatch]:
        yield pyarrow.record_batch({"title": ["a"] * 70_000})
        raise OSError("the line was cut")

    reader = pyarrow.RecordBatchReader.from_batches(pyarrow.schema([("title", pyarrow.utf8())]), batches())
    builder = CatalogBuilder()
    with pytest.raises(TypeError, match=r"tracks could not be read: .*the line was cut"):
        builder.add(reader)
    assert len(builder) == 65_536


def test_columns_of_a_file_are_taken_too(tmp_path: Any) -> None:
    (tmp_path / "songs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in GOOD))
    builder = CatalogBuilder()
    assert builder.add(read_columns(tmp_path / "songs.jsonl"), on_error="skip") == []
    assert list(builder.build()) == [Track.from_mapping(row) for row in GOOD]


def test_the_catalogue_is_that_of_the_same_tracks_at_once(tmp_path: Any) -> None:
    rows = [{"title": f"Song {n} of the {n % 97} nights", "artist": f"Band {n % 31}"} for n in range(70_000)]
    Catalog.from_tracks(polars.DataFrame(rows)).save(tmp_path / "parts.msc")
    Catalog.from_tracks([Track.from_mapping(row) for row in rows]).save(tmp_path / "once.msc")
    assert (tmp_path / "parts.msc").read_bytes() == (tmp_path / "once.msc").read_bytes()
