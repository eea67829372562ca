"""P8: JSON Lines to columns in memory."""

from __future__ import annotations

from typing import Any

from bench.peers.data import Data
from bench.peers.rows import NotThereError, Row, Trial, require

import musicsync

FIELDS = ("id", "title", "artist", "album", "isrc", "duration_ms")


def json_lines(data: Data) -> Trial:
    """Both read the same file from the page cache. A unit is a record."""
    read = musicsync.read_columns
    try:
        import polars
        import pyarrow
    except ImportError as missing:
        raise NotThereError(f"{missing.name} is not installed") from None
    path = data.lines()

    def check() -> None:
        frame, table = polars.read_ndjson(path), pyarrow.table(read(path))
        for name in FIELDS:
            require(_values(table, name) == frame[name].to_list(), f"another column {name!r} than polars")

    with path.open("rb") as lines:
        records = sum(1 for _ in lines)
    return Trial(lambda: read(path), lambda: polars.read_ndjson(path), check, records)


def _values(table: Any, name: str) -> list[Any]:
    """A column of the Arrow table as a list. One credit line becomes a list of one name."""
    if name == "artist":
        return [names[0] if names else None for names in table["artists"].to_pylist()]
    return list(table[name].to_pylist())


ROWS = [Row("P8", "JSON Lines to columns in memory", "polars.read_ndjson, one thread", json_lines, "record", 4, 8)]
