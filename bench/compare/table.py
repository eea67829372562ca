"""The comparison of two revisions for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bench.compare.measured import Compared, slower
from bench.peers.table import seconds
from rich.table import Table

COLOURS = {"slower": "bold red", "faster": "green", "not there": "yellow"}


def rendered(compared: Sequence[Compared], old: str, new: str) -> Table:
    """The table for a terminal."""
    table = Table(title=f"{new} against {old}: CPU time a call, medians of rounds taken in turn")
    table.add_column("benchmark", overflow="fold")
    for name in ("old", "new", "new/old", "95 % within", "spread"):
        table.add_column(name, justify="right")
    table.add_column("verdict")
    table.add_column("remark", overflow="fold")
    for one in compared:
        figures = ["–"] * 3
        if one.verdict:
            figures = [f"{one.verdict.ratio:.3f}", f"{one.verdict.low:.3f} … {one.verdict.high:.3f}",
                       f"± {50 * one.verdict.spread:.1f} %"]  # fmt: skip
        colour = COLOURS.get(one.word)
        word = f"[{colour}]{one.word}[/]" if colour else one.word
        table.add_row(one.name, seconds(one.old), seconds(one.new), *figures, word, one.note)
    return table


def as_json(compared: Sequence[Compared], old: str, new: str, machine: Mapping[str, Any]) -> dict[str, Any]:
    """The comparison for programs: a line of the history."""
    rows = [
        {
            "name": one.name, "old": one.old, "new": one.new, "verdict": one.word, "note": one.note or None,
            "ratio": one.verdict and one.verdict.ratio, "low": one.verdict and one.verdict.low,
            "high": one.verdict and one.verdict.high, "spread": one.verdict and one.verdict.spread,
        }
        for one in compared
    ]  # fmt: skip
    return {"old": old, "new": new, "slower": slower(compared), "machine": dict(machine), "rows": rows}
