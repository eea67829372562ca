"""`musicsync catalogue`: a file of tracks that is searched exactly."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from musicsync.cli.output import JSON_OPTION

catalogue = typer.Typer(no_args_is_help=True, help="Build and search catalogues of millions of tracks.")

_TRACKS = (
    r"Tracks: .jsonl .ndjson .csv .tsv; .json of Spotify's API; mbdump.tar.bz2 of MusicBrainz, or the folder that it "
    r"unpacks to; .parquet .arrow .feather (\[tuning]); catalogues; - for standard input."
)


def _there(sources: list[Path]) -> list[Path]:
    """Typer's `exists` would look for a file that is called "-"."""
    for source in sources:
        if str(source) != "-" and not source.exists():
            raise typer.BadParameter(f"path '{source}' does not exist.")
    return sources


_Sources = Annotated[list[Path], typer.Argument(callback=_there, help=_TRACKS)]
_Format = Annotated[
    Literal["jsonl", "csv", "tsv", "arrow"],
    typer.Option("--format", help=r"What standard input is; arrow: an IPC stream (\[tuning])."),
]
_ENDINGS = {"jsonl": ".jsonl", "csv": ".csv", "tsv": ".tsv", "arrow": ".arrows"}
_Json = Annotated[bool, JSON_OPTION]
_File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A catalogue's file.")]


def add_to(app: typer.Typer) -> None:
    """Hang the commands into the program."""
    app.add_typer(catalogue, name="catalogue")


@catalogue.command("build")
def build(
    sources: _Sources,
    output: Annotated[Path, typer.Option("--output", "-o", dir_okay=False, help="The file to write.")],
    piped: _Format = "jsonl",
    strict: Annotated[bool, typer.Option("--strict", help="Write nothing where a row is no track.")] = False,
    rejected: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write the rows that are no tracks here, JSON Lines.")
    ] = None,
    threads: Annotated[int | None, typer.Option(min=1, max=1024, help="At most so many threads.")] = None,
    json: _Json = False,
) -> None:
    """Make a catalogue of tracks. Rows that are no tracks are told of and left out."""
    from musicsync.cli.catalogue import build as run

    run(sources, output, rejected, threads, kind=_ENDINGS[piped], strict=strict, as_json=json)


@catalogue.command("merge")
def merge(
    catalogues: Annotated[
        list[Path], typer.Argument(exists=True, dir_okay=False, readable=True, help="Catalogues' files, in order.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", dir_okay=False, help="The file to write.")],
    threads: Annotated[int | None, typer.Option(min=1, max=1024, help="At most so many threads.")] = None,
    json: _Json = False,
) -> None:
    """Make one catalogue of several: the tracks of the first, then those of the next."""
    from musicsync.cli.catalogue import build as run

    run(catalogues, output, None, threads, strict=True, as_json=json)


@catalogue.command("add")
def add(
    file: _File,
    sources: _Sources,
    replace: Annotated[bool, typer.Option("--replace", help="Put them in the place of those with their ids.")] = False,
    piped: _Format = "jsonl",
    strict: Annotated[bool, typer.Option("--strict", help="Change nothing where a row is no track.")] = False,
    rejected: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write the rows that are no tracks here, JSON Lines.")
    ] = None,
    compacting: Annotated[
        bool, typer.Option("--compact/--no-compact", help="Then make few files of many, where it pays.")
    ] = True,
    threads: Annotated[int | None, typer.Option(min=1, max=1024, help="At most so many threads.")] = None,
    json: _Json = False,
) -> None:
    """Add tracks to a catalogue, behind its own, while others read it.

    What is added stands in a file of its own, in FILE.shards; a kill leaves the catalogue as it was.
    """
    from musicsync.cli.catalogue_changes import add as run

    run(
        file,
        sources,
        rejected,
        threads,
        kind=_ENDINGS[piped],
        replace=replace,
        strict=strict,
        compacting=compacting,
        as_json=json,
    )


@catalogue.command("remove")
def remove(
    file: _File,
    ids: Annotated[list[str] | None, typer.Argument(help="Ids of tracks.")] = None,
    isrcs: Annotated[list[str] | None, typer.Option("--isrc", help="Tracks with this ISRC; may be repeated.")] = None,
    listed: Annotated[
        Path | None, typer.Option("--ids-from", dir_okay=False, allow_dash=True, help="Ids, one a line; - for stdin.")
    ] = None,
    json: _Json = False,
) -> None:
    """Remove tracks from a catalogue, while others read it. Exit code 1 where one of them is not there."""
    from musicsync.cli.catalogue_changes import remove as run

    run(file, ids or [], isrcs or [], listed, as_json=json)


@catalogue.command("compact")
def compact(
    file: _File,
    whole: Annotated[bool, typer.Option("--whole", help="One file of all, whatever it costs.")] = False,
    threads: Annotated[int | None, typer.Option(min=1, max=1024, help="At most so many threads.")] = None,
    json: _Json = False,
) -> None:
    """Make few files of those that changes have made, and forget what is removed. Others go on meanwhile."""
    from musicsync.cli.catalogue_changes import compact as run

    run(file, threads, whole=whole, as_json=json)


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
    year: Annotated[str, typer.Option(metavar="FROM-TO", help="Released then: 1982, 1980-1989, 1990-, -1979.")] = "",
    duration: Annotated[str, typer.Option(metavar="FROM-TO", help="So long: 3:00-4:30, 4:00-, in minutes.")] = "",
    explicit: Annotated[bool | None, typer.Option("--explicit/--clean", help="Only such tracks.")] = None,
    recordings: Annotated[bool, typer.Option("--recordings", help="Each recording once, with its releases.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each of them has its score.")] = False,
    json: _Json = False,
) -> None:
    """The best tracks of a catalogue (or of JSON Lines), exactly: what comparing with each of them finds.

    Of a track that does not tell its year, length or explicitness, nothing is found where that is asked for.
    """
    from musicsync.cli.engine import filters
    from musicsync.cli.engine import search as run

    wanted = filters(year, duration, explicit)
    run(
        query,
        file,
        profile,
        limit,
        album=album,
        isrc=isrc,
        cutoff=cutoff,
        wanted=wanted,
        recordings=recordings,
        explain=explain,
        as_json=json,
    )


_Profile = Annotated[str, typer.Option(help="standard, classic, or a profile file.")]
_Table = Annotated[
    Path,
    typer.Option(
        "--output", "-o", dir_okay=False, help=r"The table: .jsonl .csv .tsv; .parquet .arrow .feather (\[tuning])."
    ),
]
_Limit = Annotated[int, typer.Option(min=1, max=1000, help="Decide among so many of the best tracks.")]
_Threads = Annotated[int | None, typer.Option(min=1, max=1024, help="At most so many threads.")]
_Restart = Annotated[bool, typer.Option("--restart", help="Do not go on with what an earlier run has done.")]


_Tracks = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A catalogue, or tracks.")]


@catalogue.command("join")
def join(
    file: _Tracks,
    library: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, readable=True, help="What to look for: tracks, or a catalogue."),
    ],
    output: _Table,
    one_to_one: Annotated[
        bool, typer.Option("--one-to-one", help=r"Give each track of the catalogue once at most (\[tuning]).")
    ] = False,
    profile: _Profile = "standard",
    accept: Annotated[float | None, typer.Option(min=0, max=1, help="Accept from this probability on.")] = None,
    limit: _Limit = 20,
    cutoff: Annotated[float, typer.Option(min=0, max=1, help="Only tracks with this score or more.")] = 0.5,
    rejected: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write the library's rows that are no tracks, JSON Lines.")
    ] = None,
    threads: _Threads = None,
    restart: _Restart = False,
    json: _Json = False,
) -> None:
    """Match a whole library: for each of its tracks the one of the catalogue, accepted or not, and why.

    Run it again after a kill: it goes on where it was.
    """
    from musicsync.cli.bulk import JoinOptions, run_join

    options = JoinOptions(profile, accept, limit, cutoff, threads, one_to_one=one_to_one, restart=restart)
    run_join(file, library, output, rejected, options, as_json=json)


@catalogue.command("dedupe")
def dedupe(
    file: _Tracks,
    output: _Table,
    keep: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write a catalogue of the first track of each recording.")
    ] = None,
    profile: _Profile = "standard",
    limit: _Limit = 20,
    cutoff: Annotated[float, typer.Option(min=0, max=1, help="Only tracks with this score or more.")] = 0.8,
    threads: _Threads = None,
    restart: _Restart = False,
    json: _Json = False,
) -> None:
    """Find the tracks of a catalogue that are one recording. Run it again after a kill: it goes on where it was."""
    from musicsync.cli.bulk import DedupeOptions, run_dedupe

    run_dedupe(file, output, keep, DedupeOptions(profile, limit, cutoff, threads, restart=restart), as_json=json)
