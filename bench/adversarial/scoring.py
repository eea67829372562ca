"""What an answer is worth, and who wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bench.adversarial.matchers import Answer, Answerer
from bench.adversarial.scenarios import Scenario

Outcome = Literal["wrong", "missed", "asked", "right"]
OUTCOMES: tuple[Outcome, ...] = ("wrong", "missed", "asked", "right")
"""From the worst to the best: a song that is wrong, one that is lost, one that a person is asked about, a right one."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Scenarios won, tied and lost against another matcher."""

    win: int = 0
    tie: int = 0
    lose: int = 0


def outcome(scenario: Scenario, answer: Answer) -> Outcome:
    """What the answer is worth. Where no candidate is right, asking about them is as good as rejecting them: no wrong
    song gets in. Where a person would ask, rejecting loses the song."""
    if answer.verdict == "accept":
        return "right" if answer.chosen in scenario.accept else "wrong"
    if scenario.expectation == "none":
        return "right"
    if answer.verdict == "reject":
        return "missed"
    return "right" if scenario.expectation == "ask" else "asked"


def outcomes(scenarios: Iterable[Scenario], answerer: Answerer) -> dict[str, Outcome]:
    """The outcome of each scenario, by id."""
    return {one.id: outcome(one, answerer(one.query, one.candidates)) for one in scenarios}


def against(ours: Mapping[str, Outcome], theirs: Mapping[str, Outcome]) -> Tally:
    """Scenarios won and lost, of those that both have."""
    gaps = [OUTCOMES.index(ours[one]) - OUTCOMES.index(theirs[one]) for one in ours if one in theirs]
    return Tally(sum(gap > 0 for gap in gaps), sum(gap == 0 for gap in gaps), sum(gap < 0 for gap in gaps))


def count(found: Mapping[str, Outcome]) -> dict[Outcome, int]:
    """How often each outcome came."""
    values = list(found.values())
    return {name: values.count(name) for name in reversed(OUTCOMES)}


def by_class(scenarios: Sequence[Scenario]) -> dict[str, list[str]]:
    """Class → ids, in the order of the files."""
    found: dict[str, list[str]] = {}
    for one in scenarios:
        found.setdefault(one.category, []).append(one.id)
    return found


def part(found: Mapping[str, Outcome], ids: Iterable[str]) -> dict[str, Outcome]:
    """The outcomes of some scenarios."""
    return {one: found[one] for one in ids if one in found}
