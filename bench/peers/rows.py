"""What a row of the comparison is: two calls, a check that both answer the same, and the figures to reach."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bench.measure import clocks
from bench.measure.clocks import Call, Clock
from bench.measure.figures import median

import musicsync

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.peers.data import Data

Mark = Literal["goal", "floor", "below", "wrong", "not there", ""]


class NotThereError(Exception):
    """A row that cannot be measured here, and why."""


class WrongAnswerError(Exception):
    """The two sides do not answer the same: no time means anything then."""


def require(condition: bool, message: str) -> None:
    """WrongAnswerError with `message` where the condition does not hold."""
    if not condition:
        raise WrongAnswerError(message)


@dataclass(frozen=True, slots=True)
class Trial:
    """The two calls; `check` raises WrongAnswerError. A call does `units` of the row's unit."""

    ours: Call
    peer: Call
    check: Callable[[], None]
    units: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class Samples:
    """Seconds a unit, measured elsewhere: by another program, or in other processes."""

    ours: tuple[float, ...]
    peer: tuple[float, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table. `floor` and `goal` are ratios, or with `limit` the most that ours may take (in `unit`)."""

    id: str
    what: str
    peer: str
    prepare: Callable[[Data], Trial | Samples]
    unit: str
    floor: float | None = None
    goal: float | None = None
    kernel: str = "auto"
    clock: Clock = clocks.cpu
    limit: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """A row's figures. Without a `reason` they hold; with one there are none, or they mean nothing."""

    row: Row
    ours: float | None = None
    peer: float | None = None
    ratio: float | None = None
    spread: float | None = None
    rounds: int = 0
    checked: bool = False
    reason: str = ""
    note: str = ""

    @property
    def mark(self) -> Mark:
        """Where the figure lies between the row's floor and goal."""
        if self.reason:
            return "not there" if self.ours is None else "wrong"
        figure = self.ours if self.row.limit else self.ratio
        if figure is None or self.row.floor is None or self.row.goal is None:
            return ""

        def reached(mark: float) -> bool:
            return figure <= mark if self.row.limit else figure >= mark

        return "goal" if reached(self.row.goal) else "floor" if reached(self.row.floor) else "below"


def measure(row: Row, data: Data, rounds: int) -> Measured:
    """Checks, then times in turn. A wrong answer is timed all the same, and marked as wrong."""
    with _kernel(row.kernel):
        try:
            trial = row.prepare(data)
        except NotThereError as missing:
            return Measured(row, reason=str(missing))
        except WrongAnswerError as wrong:
            return Measured(row, ours=float("nan"), reason=str(wrong))
        if isinstance(trial, Samples):
            return _of_samples(row, trial)
        wrong_answer = ""
        try:
            trial.check()
        except WrongAnswerError as wrong:
            wrong_answer = str(wrong)
        paired = clocks.interleaved(trial.ours, trial.peer, rounds=rounds, clock=row.clock)
    return Measured(
        row, median(paired.ours) / trial.units, median(paired.peer) / trial.units, paired.ratio, paired.spread,
        rounds, not wrong_answer, wrong_answer, trial.note,
    )  # fmt: skip


def _of_samples(row: Row, samples: Samples) -> Measured:
    if not samples.peer:
        spread = clocks.relative_spread(samples.ours)
        return Measured(row, median(samples.ours), None, None, spread, len(samples.ours), True, note=samples.note)
    paired = clocks.Paired(samples.ours, samples.peer)
    return Measured(
        row, median(paired.ours), median(paired.peer), paired.ratio, paired.spread, len(paired.ours), True,
        note=samples.note,
    )  # fmt: skip


@contextmanager
def _kernel(name: str) -> Iterator[None]:
    """The kernel forced while the row runs."""
    musicsync.set_kernel(name)
    try:
        yield
    finally:
        musicsync.set_kernel("auto")
