"""Tracks out of a dump of MusicBrainz: `mbdump.tar.bz2`, or the folder that it unpacks to.

A track for each row of `track`, which is a recording on a release, and one for each recording that no release has. The
tables are joined in a temporary database on the disk, so memory does not grow with the dump, but for a bit for each
recording.
"""

from __future__ import annotations

import itertools
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from musicsync import _core
from musicsync.imports import dump_files
from musicsync.imports.dump_files import ARCHIVES, is_dump
from musicsync.imports.dump_tables import NEEDED, TABLES, changes_recording
from musicsync.imports.rows import Progress, Rejected, UnreadableFile, track_of

__all__ = ["ARCHIVES", "add_dump", "is_dump"]

_ROWS = 8192
_BETWEEN = "\0"  # no text of PostgreSQL's holds it

_SETTINGS = """
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -262144;
    CREATE TABLE credit (id INTEGER PRIMARY KEY, names TEXT);
"""
_ON_RELEASES = """
    SELECT track.line, track.recording, recording.gid, track.name, recording.version, track.credit, credit.names,
        isrc.isrc, coalesce(track.length, recording.length), track.medium, medium.release, release.name, released.year
    FROM track
    LEFT JOIN recording ON recording.id = track.recording
    LEFT JOIN credit ON credit.id = track.credit
    LEFT JOIN isrc ON isrc.recording = track.recording
    LEFT JOIN medium ON medium.id = track.medium
    LEFT JOIN release ON release.id = medium.release
    LEFT JOIN released ON released.release = medium.release
    ORDER BY track.line
"""
_EACH_RECORDING = """
    SELECT recording.line, recording.id, recording.gid, recording.name, recording.version, recording.credit,
        credit.names, isrc.isrc, recording.length, NULL, NULL, NULL, NULL
    FROM recording
    LEFT JOIN credit ON credit.id = recording.credit
    LEFT JOIN isrc ON isrc.recording = recording.id
    ORDER BY recording.line
"""


class _Row(NamedTuple):
    """What stands in either query, in its order."""

    line: int
    recording: int
    gid: str | None
    name: str
    version: str | None
    credit: int
    names: str | None
    isrc: str | None
    length: int | None
    medium: int | None
    release: int | None
    album: str | None
    year: int | None

    def lacks(self) -> tuple[str, str] | None:
        """The field that points to nothing, and to what."""
        if self.gid is None:
            return "recording", f"recording {self.recording}"
        if self.names is None:
            return "artist_credit", f"artist_credit {self.credit}"
        if self.medium is not None and self.release is None:
            return "medium", f"medium {self.medium}"
        if self.medium is not None and self.album is None:
            return "medium", f"release {self.release} of medium {self.medium}"
        return None

    def track(self) -> dict[str, Any]:
        """Its fields, as JSON Lines name them."""
        title = self.name
        if self.version and not changes_recording(title):
            title = f"{title} ({self.version})"
        return {
            "id": self.gid, "title": title, "artists": (self.names or "").split(_BETWEEN), "album": self.album,
            "isrc": self.isrc, "duration_ms": self.length, "release_year": self.year,
        }  # fmt: skip


def add_dump(
    builder: _core.CatalogBuilder, path: Path, *, threads: int | None = None, progress: Progress = None
) -> list[Rejected]:
    """Add the tracks of a dump, and give the rows that are none or say nothing: of any table, by file and line.

    `progress(done, total)` counts the bytes of the dump twice, as they are read and as they are joined. Raises
    `UnreadableFile` and `OSError`.
    """
    with tempfile.TemporaryDirectory(prefix="musicsync-") as folder:
        try:
            with closing(sqlite3.connect(Path(folder) / "dump.sqlite", isolation_level=None)) as database:
                return _Import(builder, path, database, threads, progress).run()
        except sqlite3.Error as error:
            raise OSError(f"{folder}: {error}") from error


class _Import:
    def __init__(
        self, builder: _core.CatalogBuilder, path: Path, database: sqlite3.Connection, threads: int | None,
        progress: Progress,
    ) -> None:  # fmt: skip
        self._builder, self._path, self._database, self._threads = builder, path, database, threads
        self._progress = progress
        self._bytes = dump_files.size(path, list(TABLES))
        self._rejected: list[Rejected] = []
        self._labels: dict[str, str] = {}
        self._on_release = bytearray(1)  # a bit for each recording

    def run(self) -> list[Rejected]:
        self._database.executescript(_SETTINGS + ";".join(table.schema for table in TABLES.values()))
        for opened in dump_files.tables(self._path, list(TABLES)):
            self._labels[opened.name] = opened.label
            table = TABLES[opened.name]
            rows = table.values(opened, self._rejected, lambda done=opened.done: self._tell(done()))  # type: ignore[misc]
            self._write(table.insert, rows)
        if lacking := sorted(NEEDED - self._labels.keys()):
            raise UnreadableFile(f"{self._path}: is no dump of MusicBrainz: it has no table {', '.join(lacking)}")
        self._write("INSERT INTO credit VALUES (?, ?)", self._credits())
        self._add_on_releases()
        self._add_alone()
        self._tell(2 * self._bytes)
        return self._rejected

    def _write(self, insert: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self._database.execute("BEGIN")
        self._database.executemany(insert, rows)
        self._database.execute("COMMIT")

    def _credits(self) -> Iterator[tuple[int, str]]:
        named = self._database.execute("SELECT credit, name FROM named ORDER BY credit, position")
        for credit, names in itertools.groupby(named, lambda row: row[0]):
            yield credit, _BETWEEN.join(name for _, name in names)

    def _add_on_releases(self) -> None:
        (last,) = self._database.execute("SELECT max(line) FROM track").fetchone()
        rows = map(_Row._make, self._database.execute(_ON_RELEASES))
        for some in iter(lambda: list(itertools.islice(rows, _ROWS)), []):
            self._add("track", some)
            self._tell(self._bytes + self._bytes * some[-1].line // last)

    def _add_alone(self) -> None:
        rows = map(_Row._make, self._database.execute(_EACH_RECORDING))
        alone = (row for row in rows if not self._is_on_release(row.recording))
        for some in iter(lambda: list(itertools.islice(alone, _ROWS)), []):
            self._add("recording", some)

    def _add(self, table: str, rows: list[_Row]) -> None:
        label = self._labels[table]
        whole: list[_Row] = []
        for row in rows:
            if lack := row.lacks():
                reason = f"points to {lack[1]}, which is not there"
                self._rejected.append(Rejected(label, row.line, "invalid_value", lack[0], reason))
            else:
                whole.append(row)
        found = [row.track() for row in whole]
        columns = {name: [track[name] for track in found] for name in (found[0] if found else ())}
        try:
            self._builder.add(columns, threads=self._threads)
        except (_core.EngineError, TypeError):  # some row is bad: one by one they tell which
            for row, fields in zip(whole, found, strict=True):
                if track := track_of(label, row.line, fields, self._rejected):
                    self._builder.add([track])
                    self._mark(row.recording)
        else:
            for row in whole:
                self._mark(row.recording)

    def _mark(self, recording: int) -> None:
        place = recording >> 3
        if place >= len(self._on_release):
            self._on_release.extend(bytes(max(place + 1, 2 * len(self._on_release)) - len(self._on_release)))
        self._on_release[place] |= 1 << (recording & 7)

    def _is_on_release(self, recording: int) -> bool:
        place = recording >> 3
        return place < len(self._on_release) and bool(self._on_release[place] & 1 << (recording & 7))

    def _tell(self, done: int) -> None:
        if self._progress is not None:
            self._progress(done, 2 * self._bytes)
