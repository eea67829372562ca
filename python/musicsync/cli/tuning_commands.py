"""The commands of tuning: `musicsync train`, `musicsync report pairs` and `musicsync what-if`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from musicsync.cli.output import JSON_OPTION

report = typer.Typer(no_args_is_help=True, help="Write an analysis as one HTML file.")


def add_to(app: typer.Typer) -> None:
    """Hang the commands into the program."""
    app.add_typer(report, name="report")
    app.command("what-if")(what_if)
    app.command("train")(train)


@report.command("pairs")
def report_pairs(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    profile: Annotated[str, typer.Option(help="standard, classic, old-rule, or a profile file.")] = "standard",
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")] = Path("report.html"),
    cost_wrong_add: Annotated[float, typer.Option(min=0, help="What a wrong add costs.")] = 20.0,
    cost_review: Annotated[float, typer.Option(min=0, help="What a question to a person costs.")] = 1.0,
    cost_missed: Annotated[float, typer.Option(min=0, help="What a missed recording costs.")] = 5.0,
) -> None:
    """Analyse labelled pairs (JSON Lines, CSV or Parquet): curves, calibration, costs, and the worst mistakes."""
    from musicsync.cli.report import pairs as run

    run(file, profile, output, (cost_wrong_add, cost_review, cost_missed))


def what_if(
    profile: Annotated[str, typer.Option(help="standard, classic, or a profile file.")],
    since: Annotated[str, typer.Option(help="How far back: 30d, 12h, or all.")] = "30d",
    json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Decide the stored candidates again with another profile, and show what would change. Changes nothing."""
    from musicsync.cli.what_if import what_if as run

    run(profile, since, as_json=json)


def train(
    files: Annotated[list[Path] | None, typer.Argument(exists=True, dir_okay=False, readable=True)] = None,
    data: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Make the shipped model again from this folder's sets."),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The profile file to write.")] = Path("profile.json"),
    name: Annotated[str, typer.Option(help="The new profile's name (your own pairs).")] = "mine",
    seed: Annotated[int, typer.Option(help="Of everything that is drawn by chance.")] = 1,
    generated: Annotated[int, typer.Option(min=0, max=1_000_000, help="How many made-up pairs to add.")] = 60_000,
    weight: Annotated[float, typer.Option(min=0.01, help="What one of your pairs counts beside a made-up one.")] = 5.0,
) -> None:
    """Fit the model behind P to your own labelled pairs, or make the shipped one again (--data). Writes a profile."""
    from musicsync.cli import train as commands
    from musicsync.cli.output import Failed

    if bool(files) == (data is not None):
        raise Failed("give either files of labelled pairs, or --data FOLDER", 2)
    if data is not None:
        commands.shipped(data, output, seed, generated)
    else:
        commands.own(files or [], output, name, seed, generated, weight)
