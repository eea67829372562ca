"""`./dev bench quality [Q1 … Q9] [--data FOLDER] [--json FILE]`: the quality table, measured on labelled data.

Figures are per cent unless the row is a count. Marks are for the column `standard`. The learned baselines accept above
0.9 and reject below 0.5, do not know ISRCs, and in catalogue searches reorder the first 100 of `classic`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.quality.measure import COLUMNS, Measured, baselines, measure
from bench.quality.table import ROWS
from rich.console import Console
from rich.table import Table

from musicsync import model_version

DATA = Path("../shared/data")
MARKS = {"goal": "[bold green]goal[/]", "floor": "[green]floor[/]", "below": "[red]below[/]", "skipped": "skipped"}


def shown(value: float | None, *, count: bool) -> str:
    """A figure as the table shows it."""
    return "–" if value is None else f"{value:.0f}" if count else f"{value:.1f}"


def rendered(measured: Sequence[Measured]) -> Table:
    """The table for a terminal."""
    table = Table(title=f"quality, model {model_version()}")
    table.add_column("row")
    table.add_column("measure", overflow="fold")
    for name in (*COLUMNS, "floor", "goal"):
        table.add_column(name, justify="right")
    table.add_column("mark")
    for one in measured:
        row = one.row
        values = [shown(one.values.get(name), count=row.count) for name in COLUMNS]
        figures = [("≤ " if row.better == "less" else "") + f"{figure:g}" for figure in (row.floor, row.goal)]
        table.add_row(row.id, row.what, *values, *figures, MARKS.get(one.mark, "–"))
    return table


def as_json(measured: Sequence[Measured]) -> dict[str, Any]:
    """The table for programs."""
    rows = [
        {
            "id": one.row.id, "measure": one.row.what, "unit": "count" if one.row.count else "%", "values": one.values,
            "floor": one.row.floor, "goal": one.row.goal, "better": one.row.better, "mark": one.mark,
            "skipped": one.skipped or None,
        }
        for one in measured
    ]  # fmt: skip
    return {"model": model_version(), "rows": rows}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="./dev bench quality", description="The quality table.")
    ids = list(dict.fromkeys(row.id for row in ROWS))
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"only these rows ({ids[0]} … {ids[-1]})")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of labelled data (default: %(default)s)")
    parser.add_argument("--json", type=Path, help="also write the table to this file")
    parser.add_argument("--no-learned", action="store_true", help="leave the two learned baselines out")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.rows if name not in ids]:
        parser.error(f"no row {unknown[0]!r}: there are {', '.join(ids)}")
    rows = [row for row in ROWS if not options.rows or row.id in options.rows]
    learned, note = ([], "") if options.no_learned else baselines(options.data)
    measured = measure(rows, options.data, learned)
    console = Console(width=None if sys.stdout.isatty() else 150)
    console.print(rendered(measured))
    for line in dict.fromkeys([note, *(f"skipped: {one.skipped}" for one in measured if one.skipped)]):
        if line:
            console.print(line)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(as_json(measured), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
