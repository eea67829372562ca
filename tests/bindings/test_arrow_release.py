"""A producer of Arrow's C structures that counts its releases: once each, also where reading it fails."""

from __future__ import annotations

import ctypes
import gc
from dataclasses import dataclass
from typing import Any

import pytest

from musicsync import Catalog, EngineError


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
    assert [track.title for track in list(Catalog.from_tracks(producer))] == ["a", "b"]
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
        list(Catalog.from_tracks(producer))
    del caught
    gc.collect()
    assert (producer.schemas, producer.arrays) == (1, 1)
