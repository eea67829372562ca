"""`musicsync catalogue add`, `remove` and `compact`: changes of a catalogue that others may read meanwhile."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path

from rich.progress import DownloadColumn, MofNCompleteColumn

from musicsync import _core
from musicsync.cli.catalogue import built_of, failures, tell_rejected, write_rejected
from musicsync.cli.output import Failed, out, print_json, progress_bar, say


def add(
    file: Path, sources: list[Path], rejected: Path | None, threads: int | None,
    *, kind: str, replace: bool, strict: bool, compacting: bool, as_json: bool,
) -> None:  # fmt: skip
    """`musicsync catalogue add`."""
    started = time.monotonic()
    with failures():
        more, bad = built_of(sources, threads, kind, strict=strict)
        with progress_bar(f"writing {file.name}", DownloadColumn()) as progress:
            change = _core.Catalog.add(file, more, replace=replace, progress=progress)
        write_rejected(bad, rejected)
        shards = _compacted(file, threads, whole=False)[1] if compacting else change["shards"]
    seconds = time.monotonic() - started
    if as_json:
        print_json({"file": str(file), "added": change["added"], "removed": change["removed"],
                    "tracks": change["tracks"], "shards": shards, "seconds": round(seconds, 3),
                    "rejected": len(bad)})  # fmt: skip
    else:
        out().print(
            f"{file}: {change['added']:,} added{_removed(change['removed'])}, {change['tracks']:,} tracks in "
            f"{_files(shards)}, {seconds:.1f} s", markup=False,
        )  # fmt: skip
    tell_rejected(bad, rejected)


def remove(file: Path, ids: list[str], isrcs: list[str], listed: Path | None, *, as_json: bool) -> None:
    """`musicsync catalogue remove`. Exit code 1 where something is not there."""
    with failures():
        wanted = [*ids, *_lines(listed)]
        if not wanted and not isrcs:
            raise Failed("name what is to go: ids, --isrc CODE, or --ids-from FILE", 2)
        change = _core.Catalog.remove(file, ids=wanted, isrcs=isrcs)
    if as_json:
        print_json({"file": str(file)} | change)
    else:
        out().print(f"{file}: {change['removed']:,} removed, {change['tracks']:,} tracks left", markup=False)
    missing = change["missing"]
    if missing:
        if not as_json:
            more = f" and {len(missing) - 5:,} more" if len(missing) > 5 else ""
            say(f"no track has {', '.join(missing[:5])}{more}", "yellow")
        raise SystemExit(1)


def compact(file: Path, threads: int | None, *, whole: bool, as_json: bool) -> None:
    """`musicsync catalogue compact`."""
    started = time.monotonic()
    with failures():
        tracks, shards = _compacted(file, threads, whole=whole)
    seconds = time.monotonic() - started
    if as_json:
        print_json({"file": str(file), "tracks": tracks, "shards": shards,
                    "seconds": round(seconds, 3)})  # fmt: skip
    else:
        out().print(f"{file}: {tracks:,} tracks in {_files(shards)}, {seconds:.1f} s", markup=False)


def _compacted(file: Path, threads: int | None, *, whole: bool) -> tuple[int, int]:
    """How many tracks there are then, in how many files."""
    with progress_bar(f"merging {file.name}", MofNCompleteColumn()) as progress:
        change = _core.Catalog.compact(file, whole=whole, threads=threads, progress=progress)
    return change["tracks"], change["shards"]


def _lines(listed: Path | None) -> Iterable[str]:
    """Ids, one a line; "-" is standard input."""
    if listed is None:
        return []
    text = sys.stdin.read() if str(listed) == "-" else listed.read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


def _removed(count: int) -> str:
    return f", {count:,} replaced" if count else ""


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"
