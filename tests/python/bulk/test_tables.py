"""Tables as files: what is written is read again, and a failure leaves the old one."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import ipc, parquet

from musicsync.bulk.tables import Columns, check_output, write_table

COLUMNS: Columns = {"row": "int", "title": "text", "artists": "texts", "score": "float"}
ROWS: list[dict[str, Any]] = [
    {"row": 0, "title": 'Say "A"; B,\tC', "artists": ["Toto", "Åsa"], "score": 0.25, "unasked": 1},
    {"row": 1, "title": None, "artists": None, "score": None},
    {"row": 2, "title": "", "artists": [], "score": 1.0},
]
SHOWN = [{name: row[name] for name in COLUMNS} for row in ROWS]


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    write_table(path, COLUMNS, iter(ROWS))
    assert [json.loads(line) for line in path.read_text().splitlines()] == SHOWN


@pytest.mark.parametrize(("name", "separator"), [("out.csv", ","), ("out.TSV", "\t")])
def test_cells(tmp_path: Path, name: str, separator: str) -> None:
    path = tmp_path / name
    write_table(path, COLUMNS, iter(ROWS))
    with path.open(newline="") as file:
        found = list(csv.reader(file, delimiter=separator))
    assert found == [
        list(COLUMNS), ["0", 'Say "A"; B,\tC', "Toto; Åsa", "0.25"], ["1", "", "", ""], ["2", "", "", "1.0"],
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["out.parquet", "out.arrow", "out.feather"])
def test_arrow(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    write_table(path, COLUMNS, iter(ROWS))
    table = parquet.read_table(path) if name.endswith("parquet") else ipc.open_file(path).read_all()
    assert table.to_pylist() == SHOWN
    assert table.schema.field("artists").type == pyarrow.list_(pyarrow.string())
    write_table(path, COLUMNS, iter([]))
    assert (parquet.read_table(path) if name.endswith("parquet") else ipc.open_file(path).read_all()).num_rows == 0


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.parquet"])
def test_rows_that_cannot_be_made_leave_the_old_table(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("old")

    def rows() -> Iterator[dict[str, Any]]:
        yield ROWS[0]
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        write_table(path, COLUMNS, rows())
    assert path.read_text() == "old"


@pytest.mark.parametrize(
    ("name", "error", "why"),
    [
        ("out.xlsx", ValueError, r"out\.xlsx: a table is written as .*, not \.xlsx"),
        ("out", ValueError, "not a file without an ending"),
        ("no/out.csv", FileNotFoundError, "there is no folder .*no"),
    ],
)
def test_what_cannot_be_written_is_told_before(tmp_path: Path, name: str, error: type[Exception], why: str) -> None:
    with pytest.raises(error, match=why):
        check_output(tmp_path / name)
