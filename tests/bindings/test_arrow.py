"""Tracks and texts from Arrow producers and columns of Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy
import pandas
import polars
import pyarrow
import pytest

from musicsync import Catalog, EngineError, Matcher, Track

SONGS: list[dict[str, Any]] = [
    {"id": "1", "title": "Africa", "artists": ["Toto"], "album": "Toto IV", "isrc": "USSM18200342",
     "duration_ms": 295893, "release_year": 1982, "explicit": False},
    {"id": "2", "title": "夜に駆ける", "artists": ["YOASOBI", "A"], "album": None, "isrc": None,
     "duration_ms": 261000, "release_year": None, "explicit": True},
    {"id": None, "title": None, "artists": None, "album": None, "isrc": None,
     "duration_ms": None, "release_year": None, "explicit": None},
    {"id": "4", "title": "a title of more than twelve bytes", "artists": [], "album": "", "isrc": "x",
     "duration_ms": 1, "release_year": 9999, "explicit": None},
]  # fmt: skip
TRACKS = [Track.from_mapping(song) for song in SONGS]
TABLE = pyarrow.Table.from_pylist(SONGS)


def read(source: Any) -> list[Track]:
    return list(Catalog.from_tracks(source))


def cast(table: pyarrow.Table, **types: pyarrow.DataType) -> pyarrow.Table:
    for name, kind in types.items():
        table = table.set_column(table.schema.get_field_index(name), name, table.column(name).cast(kind))
    return table


STRINGS = ("id", "title", "album", "isrc")
PRODUCERS: dict[str, Callable[[], Any]] = {
    "pyarrow table": lambda: TABLE,
    "record batch": lambda: TABLE.to_batches()[0],
    "reader": lambda: TABLE.to_reader(),
    "struct array": lambda: TABLE.to_struct_array().combine_chunks(),
    "chunked": lambda: pyarrow.concat_tables([TABLE.slice(0, 1), TABLE.slice(1, 0), TABLE.slice(1)]),
    "polars": lambda: polars.from_arrow(TABLE),
    "polars rechunked": lambda: polars.concat([polars.from_arrow(TABLE.slice(i, 1)) for i in range(4)], rechunk=False),
    "pandas": lambda: pandas.DataFrame(SONGS).astype({"duration_ms": "Int64", "release_year": "Int64"}),
    "large_utf8": lambda: cast(TABLE, **dict.fromkeys(STRINGS, pyarrow.large_utf8())),
    "string_view": lambda: cast(TABLE, **dict.fromkeys(STRINGS, pyarrow.string_view())),
    "dictionary": lambda: cast(TABLE, **dict.fromkeys(STRINGS, pyarrow.dictionary(pyarrow.int8(), pyarrow.utf8()))),
    "large_list": lambda: cast(TABLE, artists=pyarrow.large_list(pyarrow.large_utf8())),
    "list of string_view": lambda: cast(TABLE, artists=pyarrow.list_(pyarrow.string_view())),
    "numbers": lambda: cast(TABLE, duration_ms=pyarrow.float64(), release_year=pyarrow.uint16(), id=pyarrow.int32()),
    "narrow": lambda: cast(TABLE, duration_ms=pyarrow.uint32(), release_year=pyarrow.float32(), id=pyarrow.uint8()),
    "other columns too": lambda: TABLE.append_column("more", [[1, 2, 3, 4]]).append_column("x", [[{}] * 4]),
    "mapping of lists": lambda: {key: [song[key] for song in SONGS] for key in SONGS[0]},
    "mapping of Arrow arrays": lambda: {name: TABLE.column(name) for name in TABLE.column_names},
    "mapping of polars": lambda: dict(polars.from_arrow(TABLE).to_dict()),  # type: ignore[union-attr]
    "mapping of numpy": lambda: {
        key: numpy.array([song[key] for song in SONGS] + [None], dtype=object)[:-1] for key in SONGS[0]
    },
}


@pytest.mark.parametrize("producer", PRODUCERS)
def test_every_producer_gives_the_same_tracks(producer: str) -> None:
    assert read(PRODUCERS[producer]()) == TRACKS


@pytest.mark.parametrize("start", range(5))
def test_slices_are_read_from_where_they_start(start: int) -> None:
    tables = [
        TABLE,
        PRODUCERS["string_view"](),
        PRODUCERS["dictionary"](),
        PRODUCERS["large_list"](),
        PRODUCERS["narrow"](),
    ]
    for table in tables:
        assert read(table.slice(start)) == TRACKS[start:]
        assert read(table.slice(start, 1)) == TRACKS[start : start + 1]
        structs = pyarrow.concat_arrays([table.to_struct_array().combine_chunks()] * 2).slice(start, 3)
        assert read(structs) == (TRACKS + TRACKS)[start : start + 3]


def test_aliases_and_units_are_those_of_mappings() -> None:
    rows = [
        {"id": 2**53 + 1, "title": None, "track_name": "b", "artist": "A feat. B", "duration_s": 1.5, "year": 2000},
        {"id": -1, "title": "a", "track_name": "b", "artist": None, "duration_s": None, "year": None},
    ]
    assert read(pyarrow.Table.from_pylist(rows)) == [Track.from_mapping(row) for row in rows]
    assert read({key: [row[key] for row in rows] for key in rows[0]}) == [Track.from_mapping(row) for row in rows]


def test_tables_are_taken_by_all_calls() -> None:
    matcher = Matcher()
    assert list(matcher.score_pairs(TABLE, TRACKS)) == list(matcher.score_pairs(TRACKS, TRACKS))
    numpy.testing.assert_array_equal(
        matcher.features(TABLE, polars.from_arrow(TABLE)), matcher.features(TRACKS, TRACKS)
    )
    assert [match.index for match in matcher.rank(TRACKS[0], TABLE)] == [
        m.index for m in matcher.rank(TRACKS[0], TRACKS)
    ]
    assert len(matcher.decide_pairs(TABLE, TABLE)) == 4


def test_of_no_rows_there_are_no_tracks() -> None:
    assert read(TABLE.schema.empty_table()) == []
    assert read(polars.DataFrame({"title": []}, schema={"title": polars.String})) == []
    assert read(pyarrow.record_batch({"title": pyarrow.array([], pyarrow.string_view())})) == []
    assert read({"title": []}) == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ({"title": pyarrow.array([1])}, r"candidates: column title is int64, not text"),
        ({"artists": pyarrow.array([[1]])}, r"column artists is list of int64, not text or a list of text"),
        ({"duration_ms": pyarrow.array(["1"])}, r"column duration_ms is utf8, not a number"),
        ({"duration_ms": pyarrow.array([True])}, r"column duration_ms is bool, not a number"),
        ({"explicit": pyarrow.array([1])}, r"column explicit is int64, not bool"),
        ({"id": pyarrow.array([1.5])}, r"column id is float64, not text or int"),
        ({"title": pyarrow.array([b"a"])}, r"column title is binary, not text"),
        ({"name": pyarrow.array(["a"])}, r"candidates has no column of a track"),
    ],
)
def test_a_column_of_another_type_is_refused_by_name(source: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Matcher().rank(TRACKS[0], pyarrow.table(source))


def test_a_bad_value_names_row_and_field() -> None:
    bad_text = pyarrow.Array.from_buffers(
        pyarrow.utf8(), 2, [None, pyarrow.py_buffer(numpy.array([0, 1, 2], "i4")), pyarrow.py_buffer(b"a\xff")]
    )
    cases: list[tuple[dict[str, Any], str, str, str]] = [
        ({"title": bad_text}, r"candidates\[1\]: title is not UTF-8 at byte 0", "invalid_utf8", "title"),
        ({"title": ["a", "b\0"]}, r"candidates\[1\]: title holds U\+0000", "invalid_value", "title"),
        ({"title": ["a", "b" * (2**20 + 1)]}, r"candidates\[1\]: title has 1048577 bytes", "too_long", "title"),
        ({"duration_s": [1.0, float("nan")]}, r"candidates\[1\]: duration_s is NaN", "invalid_value", "duration_s"),
        ({"duration_ms": [1, 2**60]}, r"candidates\[1\]: duration_ms is out of range", "invalid_value", "duration_ms"),
        ({"year": [1, 1999.5]}, r"candidates\[1\]: year is not a year", "invalid_value", "year"),
        ({"release_year": [1, -1]}, r"candidates\[1\]: release_year is -1", "invalid_value", "release_year"),
    ]
    for columns, message, code, field in cases:
        for table in (
            pyarrow.table(columns),
            pyarrow.concat_tables([pyarrow.table(columns).slice(i, 1) for i in (0, 1)]),
        ):
            with pytest.raises(EngineError, match=message) as caught:
                Matcher().rank(TRACKS[0], table)
            assert (caught.value.code, caught.value.field, caught.value.row) == (code, field, 1)


def test_a_row_that_is_null_is_refused() -> None:
    structs = pyarrow.array([{"title": "a"}, None, {"title": "b"}])
    with pytest.raises(EngineError, match=r"candidates\[1\] is null"):
        Matcher().rank(TRACKS[0], structs)
    with pytest.raises(TypeError, match="candidates is an Arrow column of utf8, not a table of tracks"):
        Matcher().rank(TRACKS[0], pyarrow.array(["a"]))


def test_columns_of_a_mapping_that_are_wrong_are_named() -> None:
    rank = Matcher().rank
    with pytest.raises(EngineError, match="candidates: column artist has 1 rows and title has 2") as caught:
        rank(TRACKS[0], {"title": ["a", "b"], "artist": ["x"]})
    assert (caught.value.code, caught.value.field) == ("length_mismatch", "artist")
    with pytest.raises(TypeError, match=r"candidates: column title must be a list, not str"):
        rank(TRACKS[0], {"title": "a"})
    with pytest.raises(TypeError, match=r"candidates\[1\]: title must be str, not int"):
        rank(TRACKS[0], {"title": ["a", 1]})
    with pytest.raises(EngineError, match=r"candidates\[0\]: title holds a lone surrogate"):
        rank(TRACKS[0], {"title": ["\ud800"]})
    with pytest.raises(TypeError, match="candidates has no column of a track"):
        rank(TRACKS[0], {})
    with pytest.raises(TypeError, match="column title is struct, not text or numbers"):
        rank(TRACKS[0], {"title": pyarrow.array([{"a": 1}])})


def test_a_reader_that_was_read_is_refused() -> None:
    reader = TABLE.to_reader()
    capsule = reader.__arrow_c_stream__()

    class Used:
        def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
            return capsule

    assert read(Used()) == TRACKS
    with pytest.raises(TypeError, match="tracks handed over no arrow_array_stream, or one that was used before"):
        read(Used())


def test_an_error_of_the_producer_is_passed_on() -> None:
    def batches() -> Iterator[pyarrow.RecordBatch]:
        yield TABLE.to_batches()[0]
        raise RuntimeError("the disk is gone")

    with pytest.raises((TypeError, RuntimeError), match="the disk is gone"):
        read(pyarrow.RecordBatchReader.from_batches(TABLE.schema, batches()))
