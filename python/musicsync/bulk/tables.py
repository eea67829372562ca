"""A table as a file: JSON Lines, CSV, Parquet or Arrow, by the ending of its name."""

from __future__ import annotations

import csv
import itertools
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias

from musicsync.bulk.parts import publish, write_whole

Kind: TypeAlias = Literal["int", "float", "text", "texts"]
Columns: TypeAlias = Mapping[str, Kind]

_LINES, _CELLS, _ARROW = (".jsonl", ".ndjson"), (".csv", ".tsv"), (".parquet", ".arrow", ".feather")
_ROWS = 1 << 14


def check_output(path: Path) -> None:
    """That a table can be written there, before the work for it begins.

    Raises `ValueError` for an unknown ending, `FileNotFoundError` for a folder that is not there, and
    `ModuleNotFoundError` where Parquet or Arrow need the extra `[tuning]`.
    """
    kind = path.suffix.lower()
    if kind not in _LINES + _CELLS + _ARROW:
        known = " ".join(_LINES + _CELLS + _ARROW)
        raise ValueError(f"{path}: a table is written as {known}, not {kind or 'a file without an ending'}")
    if not path.absolute().parent.is_dir():
        raise FileNotFoundError(f"{path}: there is no folder {path.parent}")
    if kind in _ARROW:
        import pyarrow  # noqa: F401


def write_table(path: Path, columns: Columns, rows: Iterator[dict[str, Any]]) -> None:
    """All rows or the old file. Texts of one cell are joined by "; " in CSV. Raises `OSError`."""
    kind = path.suffix.lower()
    if kind in _LINES:
        write_whole(
            path, (json.dumps({name: row[name] for name in columns}, ensure_ascii=False) + "\n" for row in rows)
        )
    elif kind in _CELLS:
        _write_cells(path, columns, rows, "\t" if kind == ".tsv" else ",")
    else:
        _write_arrow(path, columns, rows)


def _write_cells(path: Path, columns: Columns, rows: Iterator[dict[str, Any]], separator: str) -> None:
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=separator, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(row[name]) for name in columns] for row in rows)
        file.flush()
        os.fsync(file.fileno())
    publish(beside, path)


def _cell(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, list) else "" if value is None else value


def arrow_schema(columns: Columns) -> Any:
    """A table's columns in Arrow."""
    import pyarrow

    kinds = {
        "int": pyarrow.int64(), "float": pyarrow.float64(), "text": pyarrow.string(),
        "texts": pyarrow.list_(pyarrow.string()),
    }  # fmt: skip
    return pyarrow.schema([(name, kinds[kind]) for name, kind in columns.items()])


def _write_arrow(path: Path, columns: Columns, rows: Iterator[dict[str, Any]]) -> None:
    import pyarrow
    from pyarrow import parquet

    schema = arrow_schema(columns)
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as file:
        opened = (
            parquet.ParquetWriter(file, schema)
            if path.suffix.lower() == ".parquet"
            else pyarrow.ipc.new_file(file, schema)
        )
        with opened as writer:
            while some := list(itertools.islice(rows, _ROWS)):
                writer.write_batch(pyarrow.RecordBatch.from_pylist(some, schema))
        file.flush()
        os.fsync(file.fileno())
    publish(beside, path)
