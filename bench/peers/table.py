"""The comparison for people and for programs."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.peers.rows import Measured
from rich.table import Table

COLOURS = {"goal": "bold green", "floor": "green", "below": "red", "wrong": "bold red", "not there": "yellow"}
SCALES = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))


def seconds(value: float | None) -> str:
    """A time with three digits and its unit.

    >>> seconds(0.00001234), seconds(2.5)
    ('12.3 µs', '2.50 s')
    """
    if value is None or math.isnan(value):
        return "–"
    size, unit = next(((size, unit) for size, unit in SCALES if value >= size), SCALES[-1])
    return f"{_three(value / size)} {unit}"


def _three(value: float) -> str:
    """Three significant digits, without an exponent."""
    return f"{value:.{max(0, 2 - math.floor(math.log10(value)))}f}" if value > 0 else "0"


def figures(one: Measured) -> tuple[str, str, str, str]:
    """ours, peer, ratio and spread as the table shows them."""
    spread = "–" if one.spread is None else f"± {50 * one.spread:.1f} %"
    if one.row.limit:
        ours = "–" if one.ours is None or math.isnan(one.ours) else f"{one.ours:.2f} {one.row.unit}"
        return ours, "–", "–", spread if one.rounds > 1 else "–"
    ratio = "–" if one.ratio is None else f"{one.ratio:.2f} ×"
    return seconds(one.ours), seconds(one.peer), ratio, spread


def rendered(measured: Sequence[Measured]) -> Table:
    """The table for a terminal."""
    table = Table(title="against the best of others: times a unit, ratio of medians, half the interquartile range")
    for name in ("row", "kernel", "work", "peer"):
        table.add_column(name, overflow="fold")
    for name in ("unit", "ours", "peer's", "ratio", "spread", "floor", "goal"):
        table.add_column(name, justify="right")
    table.add_column("mark")
    for one in measured:
        sign = "≤ " if one.row.limit else ""
        marks = ["–" if mark is None else f"{sign}{mark:g}" for mark in (one.row.floor, one.row.goal)]
        colour = COLOURS.get(one.mark)
        table.add_row(
            one.row.id, one.row.kernel, one.row.what, one.row.peer, one.row.unit, *figures(one), *marks,
            f"[{colour}]{one.mark}[/]" if colour else "–",
        )  # fmt: skip
    return table


def remarks(measured: Sequence[Measured]) -> list[str]:
    """What the table has no room for."""
    lines = [f"{one.row.id} ({one.row.kernel}): {one.reason or one.note}" for one in measured if one.reason or one.note]
    return list(dict.fromkeys(lines))


def as_json(measured: Sequence[Measured], machine: Mapping[str, Any]) -> dict[str, Any]:
    """The table for programs. A figure that is not there is null; times are seconds a unit."""
    rows = [
        {
            "id": one.row.id, "kernel": one.row.kernel, "work": one.row.what, "peer_call": one.row.peer,
            "unit": one.row.unit, "ratio": _number(one.ratio), "ours": _number(one.ours), "peer": _number(one.peer),
            "spread": _number(one.spread), "rounds": one.rounds, "checked": one.checked, "floor": one.row.floor,
            "goal": one.row.goal, "better": "less" if one.row.limit else "more", "mark": one.mark,
            "reason": one.reason or None, "note": one.note or None,
        }
        for one in measured
    ]  # fmt: skip
    return {"machine": dict(machine), "rows": rows}


def _number(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else value


def write(path: Path, content: Mapping[str, Any]) -> None:
    """JSON, readable, in a folder made for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
