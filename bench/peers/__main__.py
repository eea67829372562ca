"""`./dev bench [ROW…] [--kernel NAME] [--floors] [--plots]`: the engine beside the best of what others offer.

Both sides run in turn in one process, on one thread and by CPU time unless the row says otherwise, and must answer the
same. `build/bench/latest.json` holds the table for programs.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

os.environ["POLARS_MAX_THREADS"] = "1"  # read when polars is imported: one thread on both sides

from bench.measure.machine import ROOT, described, in_words, load
from bench.peers import (
    catalogue,
    few,
    full_text,
    growth,
    importing,
    ingest,
    matrix,
    normalize,
    search,
    table,
    threads,
)
from bench.peers.data import FOLDER, Data
from bench.peers.rows import Measured, Row, measure
from rich.console import Console

ROWS: list[Row] = [
    *few.ROWS, *matrix.ROWS, *ingest.ROWS, *normalize.ROWS, *threads.ROWS, *importing.ROWS, *search.ROWS,
    *full_text.ROWS, *catalogue.ROWS, *growth.ROWS,
]  # fmt: skip
LATEST = ROOT / "build/bench/latest.json"
PEERS = ("rapidfuzz", "numpy", "polars", "tantivy")


def chosen(names: Sequence[str], kernel: str | None, rows: Sequence[Row] = ROWS) -> list[Row]:
    """Rows by id ("P3") or with what belongs to them ("P3" also takes "P3-square"), of one kernel or of all."""
    picked = [row for row in rows if not names or any(row.id == n or row.id.startswith(f"{n}-") for n in names)]
    return [row for row in picked if kernel in (None, row.kernel)]


def failed(measured: Sequence[Measured], floors: bool) -> bool:
    """A wrong answer always fails; a missed or missing floor only where floors are asked for."""
    marks = {one.mark for one in measured}
    return "wrong" in marks or (floors and any(one.mark in ("below", "not there") for one in measured))


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line; ends with a message where it names what is not there."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("rows", nargs="*", metavar="ROW", help="only these rows, e.g. P3 (default: all)")
    parser.add_argument("--kernel", help="only the rows of this kernel: auto, or a name that is forced")
    parser.add_argument("--rounds", type=int, default=15, help="samples of each side (default: %(default)s)")
    parser.add_argument("--data", type=Path, default=FOLDER, help="the folder of catalogues (default: %(default)s)")
    parser.add_argument(
        "--json", type=Path, default=LATEST, help="where the JSON goes (default: build/bench/latest.json)"
    )
    parser.add_argument("--floors", action="store_true", help="exit with 1 where a floor is missed or not measured")
    parser.add_argument("--plots", action="store_true", help="also draw cost against size into build/bench/")
    options = parser.parse_args(arguments)
    if options.rounds < 3:
        parser.error("--rounds: at least 3, or there is no spread")
    if not chosen(options.rows, options.kernel):
        parser.error(f"no such rows: there are {', '.join(dict.fromkeys(row.id for row in ROWS))}")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, writes; the exit code."""
    options = parsed(arguments)
    data = Data(options.data)
    if missing := data.missing():
        print(f"./dev bench: {missing}", file=sys.stderr)
        return 2
    machine = described(PEERS)
    measured = []
    for row in chosen(options.rows, options.kernel):
        print(f"{row.id} ({row.kernel}) …", file=sys.stderr, flush=True)
        measured.append(measure(row, data, options.rounds))
    machine["load_after"] = load()
    console = Console(width=None if sys.stdout.isatty() else 180)
    console.print(table.rendered(measured))
    for line in [*table.remarks(measured), in_words(machine, machine["load_after"])]:
        console.print(line, highlight=False)
    table.write(options.json, table.as_json(measured, machine))
    if options.plots:
        from bench.peers.plots import draw

        for path in draw(data, LATEST.parent):
            console.print(f"drawn: {path}", highlight=False)
    return 1 if failed(measured, options.floors) else 0


if __name__ == "__main__":
    sys.exit(main())
