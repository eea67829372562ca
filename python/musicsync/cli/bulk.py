"""`musicsync catalogue join` and `dedupe`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.progress import MofNCompleteColumn

from musicsync import _core
from musicsync.bulk import Dedupe, Join, OtherRun, dedupe, join
from musicsync.cli.catalogue import add_sources, tell_rejected, write_rejected
from musicsync.cli.output import Failed, out, print_json, progress_bar
from musicsync.cli.profile import chosen_profile
from musicsync.imports.tracks import Rejected, UnreadableFile, is_catalogue


@dataclass(frozen=True, slots=True)
class JoinOptions:
    """What a caller may choose."""

    profile: str
    accept: float | None
    limit: int
    cutoff: float
    threads: int | None
    one_to_one: bool
    restart: bool


@dataclass(frozen=True, slots=True)
class DedupeOptions:
    """What a caller may choose."""

    profile: str
    limit: int
    cutoff: float
    threads: int | None
    restart: bool


def run_join(
    file: Path, library: Path, output: Path, rejected: Path | None, options: JoinOptions, *, as_json: bool
) -> None:
    """`musicsync catalogue join`."""
    bad: list[Rejected] = []
    with _failures():
        asked = Join(
            catalogue=_opened(file, bad, options.threads), library=_opened(library, bad, options.threads),
            sources=(file, library), output=output, profile=chosen_profile(options.profile), limit=options.limit,
            cutoff=options.cutoff, accept=options.accept, one_to_one=options.one_to_one, threads=options.threads,
        )  # fmt: skip
        write_rejected(bad, rejected)
        started = time.monotonic()
        with progress_bar("matching", MofNCompleteColumn()) as progress:
            verdicts = join(asked, progress, restart=options.restart)
    seconds = time.monotonic() - started
    rows = len(asked.library)
    tell_rejected(bad, rejected)
    if as_json:
        print_json({"file": str(output), "rows": rows, "seconds": round(seconds, 3), "rejected": len(bad)} | verdicts)
        return
    counts = ", ".join(f"{count:,} {_WORDS[verdict]}" for verdict, count in verdicts.items())
    out().print(f"{output}: {rows:,} rows: {counts}; {_speed(rows, seconds)}", markup=False)


def run_dedupe(file: Path, output: Path, keep: Path | None, options: DedupeOptions, *, as_json: bool) -> None:
    """`musicsync catalogue dedupe`."""
    bad: list[Rejected] = []
    with _failures():
        asked = Dedupe(
            catalogue=_opened(file, bad, options.threads), source=file, output=output,
            profile=chosen_profile(options.profile), limit=options.limit, cutoff=options.cutoff,
            threads=options.threads,
        )  # fmt: skip
        started = time.monotonic()
        with progress_bar("comparing", MofNCompleteColumn()) as progress:
            found = dedupe(asked, progress, restart=options.restart, kept=keep)
    seconds = time.monotonic() - started
    tell_rejected(bad, None)
    if as_json:
        print_json({"file": str(output), "seconds": round(seconds, 3), "rejected": len(bad)} | found)
        return
    duplicates = f"{found['groups']:,} recordings more than once, {found['duplicates']:,} tracks too many"
    out().print(f"{output}: {duplicates}; {_speed(found['tracks'], seconds)}", markup=False)
    if keep is not None:
        out().print(f"{keep}: the other {found['tracks'] - found['duplicates']:,} tracks", markup=False)


_WORDS = {"accept": "accepted", "ambiguous": "ambiguous", "reject": "not there"}


def _speed(rows: int, seconds: float) -> str:
    return f"{seconds:.1f} s, {rows / max(seconds, 1e-9):,.0f} a second"


def _opened(path: Path, bad: list[Rejected], threads: int | None) -> _core.Catalog:
    """A catalogue's file, or one made of tracks; `bad` gets the rows that are none."""
    if is_catalogue(path):
        return _core.Catalog.open(path, mapped=True)
    builder = _core.CatalogBuilder()
    bad += add_sources(builder, [path], threads)
    return builder.build()


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except (_core.EngineError, UnreadableFile, OtherRun, OSError) as error:
        raise Failed(str(error), 1) from None
    except ValueError as error:  # an output that nobody can write
        raise Failed(str(error), 2) from None
    except KeyboardInterrupt:
        raise Failed("stopped; the same command goes on from here", 130) from None
