"""A catalogue against itself: the groups of tracks that are one recording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from musicsync import _core
from musicsync.bulk.parts import Parts, Progress, file_stamp
from musicsync.bulk.searched import Searched, Tracks
from musicsync.bulk.tables import Columns, check_output, write_table

if TYPE_CHECKING:
    from numpy import uint32
    from numpy.typing import NDArray

COLUMNS: Columns = {
    "group": "int", "position": "int", "id": "text", "title": "text", "artists": "texts", "album": "text",
    "isrc": "text", "duration_ms": "int", "release_year": "int",
}  # fmt: skip
"""What the table says of each track that has a duplicate; `group`: the position of the first of its recording."""

_KEPT = 1 << 14


@dataclass(frozen=True, slots=True)
class Dedupe:
    """What is looked through, how and where to. `source`: the catalogue's file or shards, which must not change."""

    catalogue: Searched
    source: Path
    output: Path
    profile: _core.Profile
    limit: int = 20
    cutoff: float = 0.8
    threads: int | None = None
    rows: int = 250

    def plan(self) -> dict[str, Any]:
        """What all parts have to have in common."""
        return {
            "kind": "dedupe", "catalogue": file_stamp(self.source), "engine": _core.engine_version(),
            "profile": self.profile.to_json(), "limit": self.limit, "cutoff": self.cutoff,
        }  # fmt: skip


def dedupe(
    asked: Dedupe, progress: Progress = None, *, restart: bool = False, kept: Path | None = None
) -> dict[str, int]:
    """Write the table, and with `kept` a catalogue of the first track of each recording; count what was found.

    `progress(done, total)` counts tracks; what it raises stops the run, which goes on from there when it is called
    again. Raises `OtherRun`, `OSError`, `EngineError` (io), and what `check_output` raises.
    """
    import numpy

    check_output(asked.output)
    total = len(asked.catalogue)
    with Parts(asked.output, asked.plan(), total, asked.rows, restart=restart) as parts:
        parts.fill(partial(_pairs, asked), progress)
        pairs = numpy.fromiter((one for pair in parts.rows() for one in pair), numpy.uint32)
        groups = _core.groups(total, pairs.reshape(-1, 2))
        if kept is not None:
            _firsts(asked.catalogue, groups).save(kept)
        found = {number: size for number, size in Counter(groups.tolist()).items() if size > 1}
        write_table(asked.output, COLUMNS, _members(asked.catalogue, groups, found))
        parts.remove()
    return {"tracks": total, "groups": len(found), "duplicates": sum(found.values()) - len(found)}


def _pairs(asked: Dedupe, first: int, last: int, progress: Progress) -> list[list[int]]:
    found: list[list[int]] = asked.catalogue.duplicates(
        first, last, limit=asked.limit, cutoff=asked.cutoff, profile=asked.profile, threads=asked.threads,
        progress=progress,
    ).tolist()  # fmt: skip
    return found


def _members(catalogue: Tracks, groups: NDArray[uint32], found: dict[int, int]) -> Iterator[dict[str, Any]]:
    """Group by group, in the order of their first tracks."""
    members = sorted((group, position) for position, group in enumerate(groups.tolist()) if group in found)
    for group, position in members:
        track = catalogue[position]
        yield {
            "group": group, "position": position, "id": track.id, "title": track.title, "artists": list(track.artists),
            "album": track.album, "isrc": track.isrc, "duration_ms": track.duration_ms,
            "release_year": track.release_year,
        }  # fmt: skip


def _firsts(catalogue: Tracks, groups: NDArray[uint32]) -> _core.Catalog:
    builder = _core.CatalogBuilder()
    firsts = [position for position, group in enumerate(groups.tolist()) if position == group]
    for begin in range(0, len(firsts), _KEPT):
        builder.add([catalogue[position] for position in firsts[begin : begin + _KEPT]])
    return builder.build()
