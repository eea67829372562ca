"""`musicsync catalogue build`, `info` and `verify`."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.progress import DownloadColumn
from rich.table import Table

from musicsync import _core
from musicsync.cli.output import Failed, out, print_json, progress_bar, say
from musicsync.imports.tracks import STANDARD_INPUT, Rejected, UnreadableFile, add_file

_SHOWN_REJECTED = 5


def build(
    sources: list[Path], output: Path, rejected: Path | None, threads: int | None,
    *, kind: str = "", strict: bool, as_json: bool,
) -> None:  # fmt: skip
    """`musicsync catalogue build`."""
    started = time.monotonic()
    with failures():
        catalogue, bad = built_of(sources, threads, kind, strict=strict)
        with progress_bar(f"writing {output.name}", DownloadColumn()) as progress:
            size = catalogue.save(output, progress=progress)
        write_rejected(bad, rejected)
    seconds = time.monotonic() - started
    if as_json:
        print_json({"file": str(output), "tracks": len(catalogue), "bytes": size, "seconds": round(seconds, 3),
                    "rejected": len(bad)})  # fmt: skip
    else:
        out().print(f"{output}: {len(catalogue):,} tracks, {size / 1e6:,.1f} MB, {seconds:.1f} s", markup=False)
    tell_rejected(bad, rejected)


def built_of(
    sources: list[Path], threads: int | None, kind: str, *, strict: bool
) -> tuple[_core.Catalog, list[Rejected]]:
    """A catalogue of the tracks of files, and the rows that are none, of which `strict` allows nothing. "-" is standard
    input, of a `kind` as `add_file` has it.

    Raises `Failed`, and as `add_file`.
    """
    builder = _core.CatalogBuilder()
    bad = add_sources(builder, sources, threads, kind)
    if strict and bad:
        raise Failed(f"{_rows(len(bad))}; the first: {_where(bad[0])}; nothing was written", 1)
    say(f"making {len(builder):,} tracks searchable …", "dim")
    return builder.build(), bad


@contextmanager
def failures() -> Iterator[None]:
    """What can go wrong with files, in a sentence. Raises `Failed`."""
    try:
        yield
    except (_core.EngineError, UnreadableFile, OSError) as error:
        raise Failed(str(error), 1) from None


def add_sources(
    builder: _core.CatalogBuilder, sources: list[Path], threads: int | None, kind: str = ""
) -> list[Rejected]:
    """Add the tracks of files, with progress, and give the rows that are none. Raises as `add_file`."""
    bad: list[Rejected] = []
    for source in sources:
        piped = str(source) == "-"
        path, told = (STANDARD_INPUT, "standard input") if piped else (source, source.name)
        with progress_bar(f"reading {told}", DownloadColumn()) as progress:
            bad += add_file(builder, path, kind=kind if piped else "", threads=threads, progress=progress)
    return bad


def write_rejected(bad: list[Rejected], rejected: Path | None) -> None:
    """The rows that are no tracks as JSON Lines, where they are wanted. Raises `OSError`."""
    if rejected is not None:
        lines = (json.dumps(line.to_dict(), ensure_ascii=False) + "\n" for line in bad)
        rejected.write_text("".join(lines), encoding="utf-8")


def tell_rejected(bad: list[Rejected], rejected: Path | None) -> None:
    """Say which rows are no tracks, the first ones."""
    if bad:
        say(f"{_rows(len(bad))}, and left out{_listed(rejected)}:", "yellow")
        for line in bad[:_SHOWN_REJECTED]:
            say(f"  {_where(line)}", "yellow")


def info(file: Path, *, as_json: bool) -> None:
    """`musicsync catalogue info`."""
    with failures():
        found = _core.Catalog.info(file)
    if as_json:
        print_json(found)
        return
    console = out()
    console.print(f"{found['tracks']:,} tracks, {found['bytes'] / 1e6:,.1f} MB, format {found['format']}", markup=False)
    if not found["has_rows"]:
        console.print("It is so small that a search compares with every track.")
    elif not found["read_as_now"]:
        console.print(
            "It was built by another engine or vocabulary: searches by `standard` compare with every track until it "
            "is built again.", style="yellow",
        )  # fmt: skip
    table = Table("part", "MB", "bytes a track", box=None, pad_edge=False)
    for name, size in sorted(_parts(found["sections"]).items(), key=lambda part: -part[1]):
        table.add_row(name, f"{size / 1e6:,.2f}", f"{size / max(found['tracks'], 1):,.1f}")
    console.print(table)
    if found["shards"]:
        files = Table("file", "MB", "tracks", "removed", box=None, pad_edge=False)
        for shard in found["shards"]:
            files.add_row(
                shard["name"], f"{shard['bytes'] / 1e6:,.2f}", f"{shard['tracks']:,}", f"{shard['removed']:,}"
            )
        console.print()
        console.print(files)


def verify(files: list[Path], *, as_json: bool) -> None:
    """`musicsync catalogue verify`."""
    with failures():
        faults = {str(file): _core.Catalog.verify(file) for file in files}
    if as_json:
        print_json(faults)
    else:
        for file, found in faults.items():
            for line in found or [f"{file}: good"]:
                out().print(line, markup=False, style="red" if found else "green")
    if any(faults.values()):
        raise SystemExit(1)


def _parts(sections: dict[str, int]) -> dict[str, int]:
    """Sections by the first two words of their names: track.titles, standard.words."""
    out: dict[str, int] = {}
    for name, size in sections.items():
        part = ".".join(name.split(".")[:2])
        out[part] = out.get(part, 0) + size
    return out


def _rows(count: int) -> str:
    return "1 row is no track" if count == 1 else f"{count:,} rows are no tracks"


def _where(line: Rejected) -> str:
    return f"{line.file}:{line.line}: {line.reason}"


def _listed(rejected: Path | None) -> str:
    return f" (all of them in {rejected})" if rejected is not None else ""
