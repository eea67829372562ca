"""The table of the adversarial corpus: by class, against the last release and against RapidFuzz with weights."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.adversarial.matchers import Answerer, rapidfuzz_weights
from bench.adversarial.releases import Release
from bench.adversarial.scenarios import FOLDER, Scenario
from bench.adversarial.scoring import OUTCOMES, Outcome, Tally, against, by_class, count, outcomes, part


@dataclass(frozen=True, slots=True)
class Row:
    """A class (or all of them): our outcomes, and how they compare."""

    name: str
    counts: dict[Outcome, int]
    release: Tally
    rapidfuzz: Tally


@dataclass(frozen=True, slots=True)
class Report:
    """All rows, the outcomes they come from, and what could not be compared with the release."""

    version: str
    model: str
    rows: tuple[Row, ...]
    total: Row
    ours: dict[str, Outcome]
    unrecorded: tuple[str, ...]


def report(scenarios: Sequence[Scenario], answerer: Answerer, release: Release) -> Report:
    """The scenarios answered by `answerer`, compared."""
    ours, users = outcomes(scenarios, answerer), outcomes(scenarios, rapidfuzz_weights)
    released = release.outcomes(scenarios)

    def row(name: str, ids: Sequence[str]) -> Row:
        own = part(ours, ids)
        return Row(name, count(own), against(own, released), against(own, users))

    return Report(
        version=release.version,
        model=release.model,
        rows=tuple(row(name, ids) for name, ids in by_class(scenarios).items()),
        total=row("all", list(ours)),
        ours=ours,
        unrecorded=tuple(one.id for one in scenarios if not release.knows(one)),
    )


def failures(found: Report, budget: int) -> list[str]:
    """Why the corpus does not pass: a class that became worse, or more wrong songs than `budget`."""
    reasons = [
        f"{row.name}: {row.release.lose} lost and {row.release.win} won against {found.version}"
        for row in found.rows
        if row.release.lose > row.release.win
    ]
    if (wrong := found.total.counts["wrong"]) > budget:
        reasons.append(f"{wrong} wrong songs accepted; the budget is {budget}")
    if found.unrecorded:
        reasons.append(f"{found.version} has not answered {', '.join(found.unrecorded[:10])}: record it")
    return reasons


def budget(folder: Path = FOLDER) -> int:
    """How many wrong songs may be accepted over the whole corpus: only ever lowered."""
    return int(json.loads((folder / "budget.json").read_text(encoding="utf-8"))["wrong"])


def lines(found: Report) -> list[str]:
    """The table as plain text."""
    names = tuple(reversed(OUTCOMES))
    width = max(len(row.name) for row in found.rows)
    head = f"{'class':<{width}}     n  {'  '.join(f'{name:>6}' for name in names)}   vs {found.version:<9} vs RapidFuzz"
    body = [head, f"{'':<{width}}        {' ' * 8 * len(names)}win tie lose  win tie lose"]
    for row in (*found.rows, found.total):
        figures = "  ".join(f"{row.counts[name]:>6}" for name in names)
        tallies = "  ".join(f"{one.win:>3} {one.tie:>3} {one.lose:>4}" for one in (row.release, row.rapidfuzz))
        body.append(f"{row.name:<{width}}  {sum(row.counts.values()):>4}  {figures}   {tallies}")
    return body


def as_json(found: Report) -> dict[str, Any]:
    """The table for programs."""
    return asdict(found)
