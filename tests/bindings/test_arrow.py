"""Tracks and texts from Arrow producers and columns of Python."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy
import pandas
import polars
import pyarrow
import pytest

from musicsync import Catalog, EngineError, Matcher, Track, process
from musicsync._core import ratio_matrix

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
    assert matcher.score_pairs(TABLE, TRACKS) == matcher.score_pairs(TRACKS, TRACKS)
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


# --- a producer that counts ---


class Schema(ctypes.Structure):
    pass


class Array(ctypes.Structure):
    pass


RELEASE_SCHEMA = ctypes.CFUNCTYPE(None, ctypes.POINTER(Schema))
RELEASE_ARRAY = ctypes.CFUNCTYPE(None, ctypes.POINTER(Array))
Schema._fields_ = [
    ("format", ctypes.c_char_p), ("name", ctypes.c_char_p), ("metadata", ctypes.c_char_p), ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64), ("children", ctypes.POINTER(ctypes.POINTER(Schema))),
    ("dictionary", ctypes.POINTER(Schema)), ("release", RELEASE_SCHEMA), ("private_data", ctypes.c_void_p),
]  # fmt: skip
Array._fields_ = [
    ("length", ctypes.c_int64), ("null_count", ctypes.c_int64), ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64), ("n_children", ctypes.c_int64), ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(Array))), ("dictionary", ctypes.POINTER(Array)),
    ("release", RELEASE_ARRAY), ("private_data", ctypes.c_void_p),
]  # fmt: skip
new_capsule = ctypes.pythonapi.PyCapsule_New
new_capsule.restype, new_capsule.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]


@dataclass
class Counting:
    """A struct array with one column `title` in the layout of `format`, that counts how often it is released."""

    offsets: tuple[int, ...] = (0, 1, 2)
    format: bytes = b"u"
    texts: bytes = b"ab"
    schemas: int = 0
    arrays: int = 0

    def __post_init__(self) -> None:
        def schema_released(schema: Any) -> None:
            self.schemas += 1
            schema.contents.release = RELEASE_SCHEMA()

        def array_released(array: Any) -> None:
            self.arrays += 1
            array.contents.release = RELEASE_ARRAY()

        released = RELEASE_SCHEMA(schema_released), RELEASE_ARRAY(array_released)
        rows = len(self.offsets) - 1
        title = Schema(format=self.format, name=b"title", release=released[0])
        schema = Schema(format=b"+s", n_children=1, release=released[0])
        schema.children = (ctypes.POINTER(Schema) * 1)(ctypes.pointer(title))
        offsets, texts = (ctypes.c_int32 * len(self.offsets))(*self.offsets), ctypes.create_string_buffer(self.texts)
        buffers = (ctypes.c_void_p * 3)(None, ctypes.addressof(offsets), ctypes.addressof(texts))
        column = Array(length=rows, n_buffers=3, release=released[1])
        column.buffers = ctypes.cast(buffers, ctypes.POINTER(ctypes.c_void_p))
        array = Array(length=rows, n_buffers=1, n_children=1, release=released[1])
        array.buffers = (ctypes.c_void_p * 1)(None)
        array.children = (ctypes.POINTER(Array) * 1)(ctypes.pointer(column))
        self.keep = (released, title, schema, offsets, texts, buffers, column, array)

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any:
        schema, array = self.keep[2], self.keep[-1]
        return (
            new_capsule(ctypes.addressof(schema), b"arrow_schema", None),
            new_capsule(ctypes.addressof(array), b"arrow_array", None),
        )


def test_a_producer_is_released_once() -> None:
    producer = Counting()
    assert [track.title for track in read(producer)] == ["a", "b"]
    assert (producer.schemas, producer.arrays) == (1, 1)


@pytest.mark.parametrize(
    ("producer", "message"),
    [
        (Counting(format=b"i"), "column title is int32, not text"),
        (Counting(format=b"w:16"), "column title is type 'w:16', not text"),
        (Counting(texts=b"a\xff"), "title is not UTF-8"),
        (Counting(offsets=(0, 2, 1)), "an Arrow utf8 array has offsets that go backwards"),
        (Counting(offsets=(-1, 2, 3)), "an Arrow utf8 array has offsets that go backwards"),
    ],
)
def test_a_producer_is_released_where_reading_it_fails(producer: Counting, message: str) -> None:
    with pytest.raises((TypeError, EngineError), match=message) as caught:
        read(producer)
    del caught
    gc.collect()
    assert (producer.schemas, producer.arrays) == (1, 1)


# --- texts ---

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


def test_texts_that_are_none_are_refused_by_position() -> None:
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
