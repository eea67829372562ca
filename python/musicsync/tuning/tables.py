"""Labelled pairs out of tables: CSV, Parquet, pandas, polars, DuckDB or anything else that speaks Arrow.

A row has `label`, and `left_title`, `left_artist`, `left_album`, `left_duration_s`, `left_year`, `left_isrc` (and the
other keys of a track), the same for `right_`, and where known `id`, `kinds` and `truth`.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from musicsync import _core
from musicsync.tuning.pairs import MalformedLine, Pair, pair_of

_NUMBERS = ("duration_s", "duration_ms", "year", "release_year")
_SIDES = ("left", "right")


def table_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Row number (of a CSV: the line) and the row as JSON Lines would have it. Raises `MalformedLine`, `OSError`."""
    if path.suffix.lower() == ".csv":
        yield from _csv_rows(path)
        return
    from pyarrow import ArrowInvalid, parquet

    try:
        found = parquet.read_table(path)
    except ArrowInvalid as error:
        raise MalformedLine(path, 1, f"is no Parquet: {error}") from None
    for number, row in enumerate(found.to_pylist(), 1):
        yield number, nested(path, number, row)


def pairs_of(table: Any) -> list[Pair]:
    """The pairs of a table in memory: a pandas or polars DataFrame, or any producer of Arrow streams.

    Raises `MalformedLine` that names the row (from 1) and the column, `TypeError` for what is no table.
    """
    import pyarrow

    if not hasattr(table, "__arrow_c_stream__"):
        raise TypeError(
            f"a table of pairs must speak Arrow (pandas, polars, pyarrow, DuckDB), not {type(table).__name__}"
        )
    where = Path("table")
    rows = enumerate(pyarrow.table(table).to_pylist(), 1)
    return [pair_of(where, number, nested(where, number, row)) for number, row in rows]


def features_of(pairs: list[Pair], *, as_: str = "numpy") -> Any:
    """What the model reads of each pair, a column for each of `feature_names()`, NaN for unknown.

    `as_` is numpy (pairs, features), arrow, pandas or polars; the last three carry `id` and `same` too.
    """
    values = _core.Matcher().features([pair.left for pair in pairs], [pair.right for pair in pairs])
    if as_ == "numpy":
        return values
    if as_ not in ("arrow", "pandas", "polars"):
        raise ValueError(f"as_ must be numpy, arrow, pandas or polars, not {as_!r}")
    import pyarrow

    columns: dict[str, Any] = {"id": [pair.id for pair in pairs], "same": [pair.same for pair in pairs]}
    columns |= {name: values[:, index] for index, name in enumerate(_core.feature_names())}
    table = pyarrow.table(columns)
    if as_ == "polars":
        import polars

        return polars.from_arrow(table)
    return table.to_pandas() if as_ == "pandas" else table


def nested(path: Path, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    """`left_title` → `left: {title}`; empty cells are unknown."""
    out: dict[str, Any] = {"left": {}, "right": {}}
    for name, value in row.items():
        side, _, key = str(name).partition("_")
        known = not (value is None or value == "" or (isinstance(value, float) and math.isnan(value)))
        if side in _SIDES and key:
            if known:
                out[side][key] = _number(path, number, str(name), value) if key in _NUMBERS else value
        elif known:
            out[str(name)] = value
    return out


def _number(path: Path, number: int, column: str, value: Any) -> Any:
    """A cell of a CSV is text; years of a table with gaps are floats."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        raise MalformedLine(path, number, f"{column} must be a number, not {value!r}") from None
    return int(found) if found.is_integer() else found


def _csv_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        try:
            if missing := [
                name for name in ("label", "left_title", "right_title") if name not in (reader.fieldnames or ())
            ]:
                raise MalformedLine(path, 1, f"column {missing[0]} is missing")
            for row in reader:
                if None in row or None in row.values():
                    raise MalformedLine(
                        path, reader.line_num, f"has not the {len(reader.fieldnames or ())} cells of its head"
                    )
                yield reader.line_num, nested(path, reader.line_num, row)
        except UnicodeDecodeError:
            raise MalformedLine(path, reader.line_num + 1, "is not UTF-8") from None
        except csv.Error as error:
            raise MalformedLine(path, reader.line_num, f"is no CSV: {error}") from None
