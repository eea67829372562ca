"""Two revisions, round by round in turn, and what is made of it.

A round starts a process for each side, in changing order; a benchmark's figure of a round is new/old. What comes out
slower is measured again, and only what is slower both times counts.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bench.compare.build import CompareError, Revision
from bench.measure.figures import TOLERANCE, Verdict, median, verdict
from bench.measure.machine import ROOT

ROUNDS = 9

Sample = Mapping[str, Mapping[str, object]]
"""What one process measured: a name to {"seconds", "answer"} or {"missing"}."""
Runner = Callable[[Revision, Sequence[str]], Sample]


@dataclass(frozen=True, slots=True)
class Compared:
    """A benchmark of both revisions. Without a verdict it is on one side only, and `note` says why."""

    name: str
    old: float | None = None
    new: float | None = None
    verdict: Verdict | None = None
    note: str = ""

    @property
    def word(self) -> str:
        """slower, same, faster, or not there."""
        return self.verdict.word if self.verdict else "not there"


def python_workloads(revision: Revision, names: Sequence[str]) -> Sample:
    """The workloads of bench/compare/workloads.py by the revision's module, in a fresh process."""
    worker = ROOT / "bench/compare/worker.py"
    command = [sys.executable, str(worker), str(revision.site), *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=revision.folder)
    if done.returncode != 0:
        raise CompareError(f"{revision.name}: measuring failed: {done.stderr.strip()[-400:]}")
    sample: Sample = json.loads(done.stdout)
    return sample


def in_turn(
    old: Revision, new: Revision, names: Sequence[str], run: Runner, rounds: int
) -> tuple[list[Sample], list[Sample]]:
    """Samples of both, a pair a round."""
    olds: list[Sample] = []
    news: list[Sample] = []
    for turn in range(rounds):
        sides = [(olds, old), (news, new)]
        for samples, revision in sides if turn % 2 == 0 else reversed(sides):
            samples.append(run(revision, names))
        print(f"\r  round {turn + 1} of {rounds}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return olds, news


def judged(olds: Sequence[Sample], news: Sequence[Sample], tolerance: float = TOLERANCE) -> list[Compared]:
    """A verdict a benchmark, out of rounds that belong together pair by pair."""
    names = dict.fromkeys(name for sample in (*olds, *news) for name in sample)
    return [_judged(name, olds, news, tolerance) for name in names]


def _judged(name: str, olds: Sequence[Sample], news: Sequence[Sample], tolerance: float) -> Compared:
    for side, samples in (("old", olds), ("new", news)):
        for sample in samples:
            if "seconds" not in sample.get(name, {}):
                missing = sample.get(name, {}).get("missing", "no such benchmark")
                return Compared(name, note=f"not on the {side} side: {missing}")
    old = [float(str(sample[name]["seconds"])) for sample in olds]
    new = [float(str(sample[name]["seconds"])) for sample in news]
    ratios = [b / a for a, b in zip(old, new, strict=True)]
    answers = {str(sample[name].get("answer")) for sample in (*olds, *news)}
    note = "" if len(answers) == 1 else "the answers differ: not the same work"
    return Compared(name, median(old), median(new), verdict(ratios, tolerance), note)


def compare(
    old: Revision, new: Revision, names: Sequence[str], *, run: Runner = python_workloads, rounds: int = ROUNDS,
    tolerance: float = TOLERANCE,
) -> list[Compared]:  # fmt: skip
    """Measures, and measures what is slower again: of both verdicts the milder one stands."""
    first = judged(*in_turn(old, new, names, run, rounds), tolerance)
    suspects = [one.name for one in first if one.word == "slower"]
    if not suspects:
        return first
    print(f"  slower: {', '.join(suspects)}; once more", file=sys.stderr)
    second = {one.name: one for one in judged(*in_turn(old, new, suspects, run, rounds), tolerance)}
    return [confirmed(one, second.get(one.name)) for one in first]


def confirmed(first: Compared, second: Compared | None) -> Compared:
    """What a second measurement makes of the first."""
    if second is None or first.word == second.word:
        return second or first
    return replace(second, note="; ".join(filter(None, [second.note, "slower at first, not when measured again"])))


def slower(compared: Iterable[Compared]) -> list[str]:
    """The names of what is slower beyond noise."""
    return [one.name for one in compared if one.word == "slower"]
