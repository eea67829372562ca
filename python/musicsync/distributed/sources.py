"""Sources cut into parts, a shard each: the tracks of all shards, in order, are those of the sources."""

from __future__ import annotations

import itertools
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from musicsync import _core
from musicsync.imports.tracks import LINES, Rejected, add_file

_READ = 1 << 20


@dataclass(frozen=True, slots=True)
class Slice:
    """A file, or of JSON Lines the lines between two bytes."""

    path: Path
    first: int
    last: int

    def is_whole(self) -> bool:
        """Whether it is all of its file."""
        return self.first == 0 and (self.path.is_dir() or self.last == self.path.stat().st_size)


def parts_of(sources: Sequence[Path], part_bytes: int) -> list[list[Slice]]:
    """Parts of about so many bytes. Only JSON Lines are cut; a file of another kind goes into one part."""
    parts: list[list[Slice]] = [[]]
    room = part_bytes
    for source in sources:
        for one in _slices(source, part_bytes, room):
            if room <= 0 and parts[-1]:
                parts.append([])
                room = part_bytes
            parts[-1].append(one)
            room -= one.last - one.first
    return parts


def _slices(source: Path, part_bytes: int, room: int) -> list[Slice]:
    size = size_of(source)
    if source.suffix.lower() not in LINES:
        return [Slice(source, 0, size)]
    cuts = [0]
    with source.open("rb") as file:
        while cuts[-1] + (step := room if len(cuts) == 1 and room > 0 else part_bytes) < size:
            file.seek(cuts[-1] + step - 1)
            while (line := file.readline(_READ)) and not line.endswith(b"\n"):
                pass
            cuts.append(file.tell())
    if cuts[-1] < size or size == 0:
        cuts.append(size)
    return [Slice(source, first, last) for first, last in itertools.pairwise(cuts)]


def size_of(source: Path) -> int:
    """Bytes of a file, or of all files in a folder."""
    if source.is_dir():
        return sum(file.stat().st_size for file in source.rglob("*") if file.is_file())
    return source.stat().st_size


def build_part(part: Sequence[Slice], target: Path, threads: int | None) -> dict[str, Any]:
    """Build a shard and write it, and beside it the rows that are no tracks; count both.

    Raises `UnreadableFile`, `OSError` and `EngineError` (io).
    """
    builder = _core.CatalogBuilder()
    bad: list[Rejected] = []
    for one in part:
        bad += _add(builder, one, threads)
    rejected = target.with_suffix(".rejected.jsonl")
    rejected.unlink(missing_ok=True)
    if bad:
        lines = (json.dumps(row.to_dict(), ensure_ascii=False) + "\n" for row in bad)
        rejected.write_text("".join(lines), encoding="utf-8")
    catalogue = builder.build()
    return {"tracks": len(catalogue), "bytes": catalogue.save(target), "rejected": len(bad)}


def _add(builder: _core.CatalogBuilder, one: Slice, threads: int | None) -> list[Rejected]:
    if one.is_whole():
        return add_file(builder, one.path, threads=threads)
    with tempfile.NamedTemporaryFile(suffix=one.path.suffix) as cut, one.path.open("rb") as file:
        file.seek(one.first)
        left = one.last - one.first
        while left and (some := file.read(min(left, _READ))):
            cut.write(some)
            left -= len(some)
        cut.flush()
        bad = add_file(builder, Path(cut.name), threads=threads)
    before = _lines_before(one) if bad else 0
    return [replace(row, file=str(one.path), line=row.line + before,
                    reason=row.reason.replace(cut.name, str(one.path))) for row in bad]  # fmt: skip


def _lines_before(one: Slice) -> int:
    with one.path.open("rb") as file:
        left, count = one.first, 0
        while left and (some := file.read(min(left, _READ))):
            count += some.count(b"\n")
            left -= len(some)
    return count
