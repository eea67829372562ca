"""`./dev bench compare REV [--only NAME…] [--programs NAME…]`: is the working tree slower than REV?

Builds both with the same flags, each into its own folder, and measures them in turn in fresh processes. Exits with 1
where something is slower beyond noise, twice.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.compare.build import CompareError, build, checked_out, remove, working_tree
from bench.compare.history import keep
from bench.compare.measured import ROUNDS, Compared, compare, slower
from bench.compare.programs import google_benchmarks
from bench.compare.table import as_json, rendered
from bench.compare.workloads import WORKLOADS
from bench.measure.figures import TOLERANCE
from bench.measure.machine import ROOT, commit, described, in_words, load
from rich.console import Console

LATEST = ROOT / "build/bench/compare.json"


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="./dev bench compare", description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("revision", metavar="REV", help="a commit, branch or tag")
    parser.add_argument("--only", nargs="+", default=list(WORKLOADS), metavar="NAME", help="these workloads only")
    parser.add_argument("--programs", nargs="+", default=[], metavar="NAME",
                        help="also Google Benchmark programs, e.g. rank matrix")  # fmt: skip
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="processes of each side (default: %(default)s)")
    parser.add_argument("--tolerance", type=float, default=TOLERANCE,
                        help="share below which a change is not looked for (default: %(default)s)")  # fmt: skip
    parser.add_argument("--history", type=Path, help="append the result to this file, a line of JSON")
    parser.add_argument("--keep", action="store_true", help="leave the worktree of REV in build/bench/compare/")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.only if name not in WORKLOADS]:
        parser.error(f"no workload {unknown[0]!r}: there are {', '.join(WORKLOADS)}")
    if options.rounds < 6:
        parser.error("--rounds: at least 6, or no interval holds the median with 95 %")
    return options


def measured(options: argparse.Namespace) -> tuple[str, list[Compared]]:
    """The name of the old revision and the verdicts. The worktree is removed whatever happens."""
    old, new = checked_out(options.revision), working_tree()
    programs = [f"bench_{name.removeprefix('bench_')}" for name in options.programs]
    try:
        for revision in (old, new):
            print(f"building {revision.name} …", file=sys.stderr, flush=True)
            build(revision, programs)
        settings = {"rounds": options.rounds, "tolerance": options.tolerance}
        compared = compare(old, new, options.only, **settings)
        if programs:
            compared += compare(old, new, programs, run=google_benchmarks, **settings)
        return old.name, compared
    finally:
        if not options.keep:
            remove(old)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, writes; the exit code."""
    options = parsed(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the worktree goes away then too
    machine = described()
    try:
        old, compared = measured(options)
    except CompareError as error:
        print(f"./dev bench compare: {error}", file=sys.stderr)
        return 2
    machine["load_after"] = load()
    console = Console(width=None if sys.stdout.isatty() else 150)
    console.print(rendered(compared, old, commit()))
    console.print(in_words(machine, machine["load_after"]), highlight=False)
    keep(as_json(compared, old, commit(), machine), LATEST, options.history)
    if names := slower(compared):
        console.print(f"slower beyond noise, measured twice: {', '.join(names)}", style="bold red", highlight=False)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
