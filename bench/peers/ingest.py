"""P8: JSON Lines to columns in memory."""

from __future__ import annotations

from typing import Any

from bench.peers.data import Data
from bench.peers.rows import NotThereError, Row, Trial, require

import musicsync

FIELDS = ("id", "title", "artist", "album", "isrc", "duration_ms")


def json_lines(data: Data) -> Trial:
    """Both read the same file from the page cache. A unit is a record."""
    read: Any = getattr(musicsync, "read_columns", None)
    if read is None:
        raise NotThereError("musicsync.read_columns does not exist yet")
    try:
        import polars
    except ImportError:
        raise NotThereError("polars is not installed") from None
    path = data.lines()

    def check() -> None:
        frame, columns = polars.read_ndjson(path), read(path)
        for name in FIELDS:
            require(_values(columns, name) == frame[name].to_list(), f"another column {name!r} than polars")

    with path.open("rb") as lines:
        records = sum(1 for _ in lines)
    return Trial(lambda: read(path), lambda: polars.read_ndjson(path), check, records)


def _values(columns: Any, name: str) -> list[Any]:
    """A column as a list, whether the columns are a mapping, an Arrow table or an object that exports one."""
    if not hasattr(columns, "keys") and hasattr(columns, "__arrow_c_stream__"):
        import polars

        columns = polars.from_arrow(columns)
    column = columns["artists" if name == "artist" and name not in _names(columns) else name]
    values = column.to_pylist() if hasattr(column, "to_pylist") else list(column)
    return [value[0] if isinstance(value, list) and len(value) == 1 else value for value in values]


def _names(columns: Any) -> list[str]:
    """The names of columns of any of those kinds."""
    named = columns.keys() if hasattr(columns, "keys") else getattr(columns, "columns", [])
    return [str(name) for name in named]


ROWS = [Row("P8", "JSON Lines to columns in memory", "polars.read_ndjson, one thread", json_lines, "record", 4, 8)]
