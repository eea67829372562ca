"""The tables of a dump that are read, and what of them. Columns: musicbrainz-server, `admin/sql/CreateTables.sql`."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from musicsync import _core
from musicsync.imports import copy_text
from musicsync.imports.dump_files import Opened
from musicsync.imports.rows import Rejected

_GID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOST = (1 << 31) - 1  # of PostgreSQL's INTEGER


class _Bad(Exception):
    """Code and reason of a column that holds something else."""


def _number(column: bytes) -> int | None:
    held = copy_text.value(column)
    if held is None:
        return None
    try:
        number = int(held)
    except ValueError:
        raise _Bad("invalid_value", "is no number") from None
    if not -_MOST - 1 <= number <= _MOST:
        raise _Bad("invalid_value", "is beyond every number that the table can hold")
    return number


def _key(column: bytes) -> int:
    number = _number(column)
    if number is None or number < 0:
        raise _Bad("invalid_value", "names no row")
    return number


def _year(column: bytes) -> int | None:
    number = _number(column)
    if number is not None and not 1 <= number <= 9999:
        raise _Bad("invalid_value", f"is {number}, not between 1 and 9999")
    return number


def _text(column: bytes) -> str:
    held = copy_text.value(column)
    if held is None:
        raise _Bad("invalid_value", "is null")
    try:
        text = held.decode()
    except UnicodeDecodeError:
        raise _Bad("invalid_utf8", "is no UTF-8") from None
    if "\0" in text:
        raise _Bad("invalid_value", "holds U+0000")
    return text


def _gid(column: bytes) -> str:
    if not _GID.fullmatch(column):
        raise _Bad("invalid_value", "is no MBID")
    return column.decode()


@functools.lru_cache(1 << 16)
def _version(column: bytes) -> str | None:
    """A comment that says which version a recording is, such as "live, 2009-07-04: Wembley"; None for any other."""
    if not (comment := _text(column)):
        return None
    return comment if changes_recording(f"A Title ({comment})") else None


def changes_recording(title: str) -> bool:
    """Whether a title says that this is a version: live, a remix, …"""
    return any(token.changes_recording for token in _core.parse_title(title).versions)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the dump, and the one that its rows go into: columns by their places, in the order of `insert`."""

    name: str
    schema: str
    insert: str
    columns: tuple[tuple[int, str, Callable[[bytes], Any]], ...]
    with_line: bool = False
    skip_null: int | None = None  # a column of `insert` without which a row says nothing

    def values(self, opened: Opened, rejected: list[Rejected], told: Callable[[], object]) -> Iterator[tuple[Any, ...]]:
        """The rows for `insert`; those that are broken go to `rejected`. `told` is called now and then."""
        width = 0
        for line, cells in copy_text.rows(opened.file):
            if line & 0x1FFF == 0:
                told()
            width = width or len(cells or ())
            if cells is None or len(cells) != width or width <= self.columns[-1][0]:
                rejected.append(self._wrong_length(opened.label, line, cells, width))
                continue
            values: list[Any] = [line] if self.with_line else []
            try:
                for column in self.columns:
                    place, name, read = column
                    values.append(read(cells[place]))
            except _Bad as error:
                code, reason = error.args
                rejected.append(Rejected(opened.label, line, code, name, f"{name} {reason}"))
                continue
            if self.skip_null is None or values[self.skip_null] is not None:
                yield tuple(values)

    def _wrong_length(self, label: str, line: int, cells: list[bytes] | None, width: int) -> Rejected:
        if cells is None:
            return Rejected(label, line, "invalid_value", "", "is longer than 2 MB")
        wanted = max(width, self.columns[-1][0] + 1)
        return Rejected(label, line, "length_mismatch", "", f"has {len(cells)} columns, not {wanted}")


_RELEASED = "CREATE TABLE IF NOT EXISTS released (release INTEGER PRIMARY KEY, year INTEGER)"
_INTO_RELEASED = "INSERT INTO released VALUES (?, ?) ON CONFLICT DO UPDATE SET year = min(year, excluded.year)"

TABLES = {
    table.name: table
    for table in (
        Table(
            "artist_credit_name",
            "CREATE TABLE named (credit INTEGER, position INTEGER, name TEXT, PRIMARY KEY (credit, position))"
            " WITHOUT ROWID",
            "INSERT OR IGNORE INTO named VALUES (?, ?, ?)",
            ((0, "artist_credit", _key), (1, "position", _key), (3, "name", _text)),
        ),
        Table(
            "isrc",
            "CREATE TABLE isrc (id INTEGER, recording INTEGER PRIMARY KEY, isrc TEXT)",
            "INSERT INTO isrc VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET id = excluded.id, isrc = excluded.isrc"
            " WHERE excluded.id < id",
            ((0, "id", _key), (1, "recording", _key), (2, "isrc", _text)),
        ),
        Table(
            "medium",
            "CREATE TABLE medium (id INTEGER PRIMARY KEY, release INTEGER)",
            "INSERT OR IGNORE INTO medium VALUES (?, ?)",
            ((0, "id", _key), (1, "release", _key)),
        ),
        Table(
            "recording",
            "CREATE TABLE recording (line INTEGER, id INTEGER PRIMARY KEY, gid TEXT, name TEXT, credit INTEGER,"
            " length INTEGER, version TEXT)",
            "INSERT OR IGNORE INTO recording VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (0, "id", _key), (1, "gid", _gid), (2, "name", _text), (3, "artist_credit", _key),
                (4, "length", _number), (5, "comment", _version),
            ),
            with_line=True,
        ),
        Table(
            "release",
            "CREATE TABLE release (id INTEGER PRIMARY KEY, name TEXT)",
            "INSERT OR IGNORE INTO release VALUES (?, ?)",
            ((0, "id", _key), (2, "name", _text)),
        ),
        Table(
            "release_country", _RELEASED, _INTO_RELEASED, ((0, "release", _key), (2, "date_year", _year)),
            skip_null=1,
        ),
        Table(
            "release_unknown_country", _RELEASED, _INTO_RELEASED, ((0, "release", _key), (1, "date_year", _year)),
            skip_null=1,
        ),
        Table(
            "track",
            "CREATE TABLE track (line INTEGER PRIMARY KEY, recording INTEGER, medium INTEGER, name TEXT,"
            " credit INTEGER, length INTEGER)",
            "INSERT INTO track VALUES (?, ?, ?, ?, ?, ?)",
            (
                (2, "recording", _key), (3, "medium", _key), (6, "name", _text), (7, "artist_credit", _key),
                (8, "length", _number),
            ),
            with_line=True,
        ),
    )
}  # fmt: skip

NEEDED = frozenset({"artist_credit_name", "medium", "recording", "release", "track"})
"""The others are left out of an archive where they have no rows."""
