"""Tracks out of files, a part at a time: JSON Lines, CSV, Parquet, Arrow, catalogues, a dump of MusicBrainz; Spotify's
JSON, whole. A bad row is told of and costs no other.

Columns have the names that JSON Lines have for them (`title`, `artist`, `album`, `isrc`, `duration_ms`, …); others are
passed over.
"""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Generator, Iterator
from contextlib import closing
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from musicsync import _core
from musicsync.imports import musicbrainz, spotify
from musicsync.imports.rows import Progress, Rejected, UnreadableFile, track_of

__all__ = ["Progress", "Rejected", "UnreadableFile", "add_file"]

KEYS = frozenset({
    "id", "title", "track_name", "artists", "artist", "album", "isrc", "duration_ms", "duration_s", "release_year",
    "year", "explicit", "title_reading", "artist_reading",
})  # fmt: skip
MAGIC = b"\x89MSC\r\n\x1a\n"  # the first bytes of a catalogue's file
STANDARD_INPUT = Path("/dev/stdin")
LINES, _TABLES = (".jsonl", ".ndjson"), (".csv", ".tsv")
_ARROW = (".parquet", ".arrow", ".arrows", ".feather")
_SPOTIFY = ".json"
_NUMBERS = ("duration_ms", "duration_s", "release_year", "year")
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_ROWS = 8192
_LONGEST = 1 << 21  # characters of a CSV's field


def add_file(
    builder: _core.CatalogBuilder, path: Path, *, kind: str = "", threads: int | None = None, progress: Progress = None
) -> list[Rejected]:
    """Add the tracks of a catalogue, of a file known by the ending of its name, or of a folder of tables; give the rows
    that are none. `kind` is the ending of a file whose name does not tell, such as `STANDARD_INPUT`.

    `progress(done, total)` counts bytes or rows. Raises `UnreadableFile`, `OSError`, and `EngineError` (io, damaged,
    newer_format).
    """
    if is_catalogue(path):
        builder.add(_core.Catalog.open(path, mapped=True), threads=threads, progress=progress)
        return []
    kind = kind or path.suffix.lower()
    if kind in LINES:
        bad = builder.add_jsonl(path, threads=threads, progress=progress)
        return [Rejected(one.file, one.line, one.code, one.field, one.reason) for one in bad]
    if kind in _TABLES:
        return _add_table(builder, path, "\t" if kind == ".tsv" else ",", threads, progress)
    if kind in _ARROW:
        return _add_arrow(builder, path, kind, threads, progress)
    if kind == _SPOTIFY:
        return _add_spotify(builder, path, threads)
    if musicbrainz.is_dump(path):
        return musicbrainz.add_dump(builder, path, threads=threads, progress=progress)
    known = " ".join((*LINES, *_TABLES, *_ARROW, _SPOTIFY, *musicbrainz.ARCHIVES))
    raise UnreadableFile(f"{path}: tracks are read out of {known}, not {kind or 'a file without an ending'}")


def is_catalogue(file: Path) -> bool:
    """Whether a file begins as a catalogue's does. Raises `OSError`."""
    if not file.is_file():
        return False
    with file.open("rb") as begun:
        return begun.read(len(MAGIC)) == MAGIC


def _add_spotify(builder: _core.CatalogBuilder, path: Path, threads: int | None) -> list[Rejected]:
    """Here `line` counts the tracks of the file from 1."""
    rejected: list[Rejected] = []
    try:
        document = json.loads(path.read_bytes())
    except ValueError as error:
        raise UnreadableFile(f"{path}: is no JSON: {error}") from None
    except RecursionError:
        raise UnreadableFile(f"{path}: is no JSON: it is nested too deep") from None
    rows = enumerate(spotify.entries(document), 1)
    while some := list(itertools.islice(rows, _ROWS)):
        tracks = [_spotify_track(str(path), row, entry, album, rejected) for row, (entry, album) in some]
        builder.add([track for track in tracks if track], threads=threads)
    return rejected


def _spotify_track(file: str, row: int, entry: Any, album: Any, rejected: list[Rejected]) -> _core.Track | None:
    try:
        return track_of(file, row, spotify.fields(entry, album), rejected)
    except spotify.NoTrack as error:
        rejected.append(Rejected(file, row, "invalid_value", "", str(error)))
        return None


def _add_table(
    builder: _core.CatalogBuilder, path: Path, separator: str, threads: int | None, progress: Progress
) -> list[Rejected]:
    rejected: list[Rejected] = []
    total = path.stat().st_size
    csv.field_size_limit(_LONGEST)
    with path.open("rb") as file, TextIOWrapper(file, "utf-8-sig", errors="surrogateescape", newline="") as text:
        progress = progress if file.seekable() else None  # of a pipe nobody knows how much has been read
        rows = _table_rows(path, csv.reader(text, delimiter=separator, strict=True), rejected)
        while some := list(itertools.islice(rows, _ROWS)):
            builder.add([track for row in some if (track := track_of(*row, rejected))], threads=threads)
            if progress is not None:
                progress(min(file.tell(), total), total)
    return sorted(rejected, key=lambda one: one.line)


def _table_rows(path: Path, reader: Any, rejected: list[Rejected]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """File, line and row of each."""
    try:
        names = [name.strip().lower().replace(" ", "_") for name in next(reader, [])]
    except csv.Error as error:
        raise UnreadableFile(f"{path}: its first line names no columns: {error}") from None
    if not KEYS.intersection(names):
        raise UnreadableFile(f"{path}: its first line names no column of a track (title, artist, album, isrc, …)")
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            rejected.append(Rejected(str(path), line, "invalid_value", "", f"is no line of a table: {error}"))
            continue
        if len(cells) > len(names):
            why = f"has {len(cells)} fields, and the first line names {len(names)}"
            rejected.append(Rejected(str(path), line, "length_mismatch", "", why))
        elif cells:
            row = {name: cell for name, cell in zip(names, cells, strict=False) if name in KEYS and cell.strip()}
            yield str(path), line, _typed(row)


def _typed(row: dict[str, str]) -> dict[str, Any]:
    """Numbers and flags as such where they are; else the engine tells of them."""
    out: dict[str, Any] = dict(row)
    if "artists" in out:  # in one cell they are one credit
        out.setdefault("artist", out.pop("artists"))
    for name in _NUMBERS:
        if name in out:
            out[name] = _number(out[name])
    if "explicit" in out:
        out["explicit"] = _FLAGS.get(out["explicit"].strip().lower(), out["explicit"])
    return out


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _add_arrow(
    builder: _core.CatalogBuilder, path: Path, kind: str, threads: int | None, progress: Progress
) -> list[Rejected]:
    import pyarrow

    rejected: list[Rejected] = []
    done = 0
    try:
        with closing(_batches(path, kind)) as batches:
            for batch, total in batches:
                try:
                    bad = builder.add(batch, threads=threads, on_error="skip")
                    rejected += [Rejected(str(path), done + one.line, one.code, one.field, one.reason) for one in bad]
                except TypeError:  # a column of another type: row by row, for the rows that know nothing of it are good
                    rows = enumerate(batch.to_pylist(), done + 1)
                    tracks = [track_of(str(path), number, row, rejected) for number, row in rows]
                    builder.add([track for track in tracks if track], threads=threads)
                done += batch.num_rows
                if progress is not None:
                    progress(done, max(done, total))
    except pyarrow.ArrowInvalid as error:
        raise UnreadableFile(f"{path}: is no {kind[1:]}: {error}") from None
    return rejected


def _batches(path: Path, kind: str) -> Generator[tuple[Any, int], None, None]:
    """Record batches with the columns of tracks, and how many rows there are in all (0: nobody knows)."""
    from pyarrow import OSFile, ipc, parquet

    if kind == ".parquet":
        with parquet.ParquetFile(path) as file:
            names = [name for name in file.schema_arrow.names if name in KEYS]
            _require(path, names)
            for batch in file.iter_batches(1 << 16, columns=names):
                yield batch, file.metadata.num_rows
        return
    with path.open("rb") if kind == ".arrows" else OSFile(str(path)) as source:
        if kind == ".arrows":
            stream: Iterator[Any] = iter(ipc.open_stream(source))
        else:
            whole = ipc.open_file(source)
            stream = (whole.get_batch(i) for i in range(whole.num_record_batches))
        for batch in stream:
            names = [name for name in batch.schema.names if name in KEYS]
            _require(path, names)
            yield batch.select(names), 0


def _require(path: Path, names: list[str]) -> None:
    if not names:
        raise UnreadableFile(f"{path}: has no column of a track (title, artist, album, isrc, …)")
