"""The table of the adversarial corpus: by class, against the last release and against RapidFuzz with weights."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Budget:
    """What is known to be bad and borne for now; both figures are only ever lowered.

    `wrong`: wrong songs over the whole corpus. `net_losses`: by class, how many more scenarios may be lost than won
    against the last release; 0 for a class without a figure.
    """

    wrong: int
    net_losses: Mapping[str, int]


def budget(folder: Path = FOLDER) -> Budget:
    """The checked-in budget. Raises `OSError`, `ValueError`."""
    path = folder / "budget.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    if set(table) != {"wrong", "net_losses"}:
        raise ValueError(f"{path}: needs wrong and net_losses, and nothing else")
    return Budget(int(table["wrong"]), {name: int(value) for name, value in table["net_losses"].items()})


def net_losses(found: Report) -> dict[str, int]:
    """The classes that lose more than they win against the last release, and by how many."""
    gaps = {row.name: row.release.lose - row.release.win for row in found.rows}
    return {name: gap for name, gap in gaps.items() if gap > 0}


def failures(found: Report, allowed: Budget) -> list[str]:
    """Why the corpus does not pass: a class that became worse, or more wrong songs than allowed."""
    reasons = [
        f"{name}: {gap} more lost than won against {found.version}; {allowed.net_losses.get(name, 0)} are borne"
        for name, gap in net_losses(found).items()
        if gap > allowed.net_losses.get(name, 0)
    ]
    if (wrong := found.total.counts["wrong"]) > allowed.wrong:
        reasons.append(f"{wrong} wrong songs accepted; the budget is {allowed.wrong}")
    if found.unrecorded:
        reasons.append(f"{found.version} has not answered {', '.join(found.unrecorded[:10])}: record it")
    return reasons


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
    if lost := net_losses(found):
        body.append(f"worse than {found.version}: {', '.join(f'{name} by {gap}' for name, gap in lost.items())}")
    return body


def as_json(found: Report) -> dict[str, Any]:
    """The table for programs."""
    return asdict(found)
