"""`musicsync catalogue`: a file of tracks that is searched exactly."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from musicsync.cli.output import JSON_OPTION

catalogue = typer.Typer(no_args_is_help=True, help="Build and search catalogues of millions of tracks.")

_Json = Annotated[bool, JSON_OPTION]
_File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A catalogue's file.")]


def add_to(app: typer.Typer) -> None:
    """Hang the commands into the program."""
    app.add_typer(catalogue, name="catalogue")


@catalogue.command("build")
def build(
    sources: Annotated[
        list[Path],
        typer.Argument(
            exists=True,
            dir_okay=False,
            readable=True,
            help=r"Tracks: .jsonl, .ndjson, .csv, .tsv; .parquet, .arrow, .feather (these need the extra \[tuning]).",
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", dir_okay=False, help="The file to write.")],
    strict: Annotated[bool, typer.Option("--strict", help="Write nothing where a row is no track.")] = False,
    rejected: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write the rows that are no tracks here, JSON Lines.")
    ] = None,
    threads: Annotated[int | None, typer.Option(min=1, max=1024, help="At most so many threads.")] = None,
    json: _Json = False,
) -> None:
    """Make a catalogue of tracks. Rows that are no tracks are told of and left out."""
    from musicsync.cli.catalogue import build as run

    run(sources, output, rejected, threads, strict=strict, as_json=json)


@catalogue.command("info")
def info(file: _File, json: _Json = False) -> None:
    """What a catalogue holds, and where its bytes go."""
    from musicsync.cli.catalogue import info as run

    run(file, as_json=json)


@catalogue.command("verify")
def verify(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, readable=True, help="Catalogues' files.")],
    json: _Json = False,
) -> None:
    """Look for damage: every checksum, and all that a search relies on. Exit code 1 where there is some."""
    from musicsync.cli.catalogue import verify as run

    run(files, as_json=json)


@catalogue.command("search")
def search(
    file: _File,
    query: Annotated[list[str], typer.Argument(help="Title, and artist if known.")],
    album: Annotated[str, typer.Option(help="Its album, if known.")] = "",
    isrc: Annotated[str, typer.Option(help="Its ISRC, if known.")] = "",
    profile: Annotated[str, typer.Option(help="standard, classic, or a profile file.")] = "standard",
    limit: Annotated[int, typer.Option("--limit", "-k", min=1, max=1000, help="Show so many.")] = 10,
    cutoff: Annotated[float, typer.Option(min=0, max=1, help="Only those with this score or more.")] = 0.0,
    json: _Json = False,
) -> None:
    """The best tracks of a catalogue (or of JSON Lines), exactly: what comparing with each of them finds."""
    from musicsync.cli.engine import search as run

    run(query, file, profile, limit, album=album, isrc=isrc, cutoff=cutoff, as_json=json)
