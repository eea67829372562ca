"""Two calls timed in turn, so that whatever else the machine does falls on both.

>>> paired = interleaved(lambda: sum(range(1000)), lambda: sum(range(2000)), rounds=5)
>>> paired.ratio > 1        # how many times the first is faster than the second
True
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.measure.figures import median, relative_spread

Call = Callable[[], object]
Clock = Callable[[], float]

cpu: Clock = time.process_time
"""Seconds of this process's threads together: what others do on the machine counts little."""
wall: Clock = time.perf_counter
"""Seconds on the wall: for what runs on several threads or in other processes."""

LEAST = 0.02
"""Seconds a sample takes at least: short calls are repeated within it, far above any clock's step."""


@dataclass(frozen=True, slots=True)
class Paired:
    """Seconds a call of each side took, round by round."""

    ours: tuple[float, ...]
    peer: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """How many times faster ours is: the ratio of the medians."""
        return median(self.peer) / median(self.ours)

    @property
    def spread(self) -> float:
        """The interquartile range of the rounds' own ratios, as a share of their median."""
        return relative_spread([peer / ours for ours, peer in zip(self.ours, self.peer, strict=True)])


def interleaved(ours: Call, peer: Call, *, rounds: int = 15, least: float = LEAST, clock: Clock = cpu) -> Paired:
    """Times A B, B A, A B, …: each round gives both sides a sample of at least `least` seconds."""
    calls = (ours, peer)
    counts = [repeats(call, least, clock) for call in calls]
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds):
        for side in (0, 1) if turn % 2 == 0 else (1, 0):
            taken[side].append(sample(calls[side], counts[side], clock))
    return Paired(tuple(taken[0]), tuple(taken[1]))


def sample(call: Call, repeats: int, clock: Clock = cpu) -> float:
    """Seconds of one call, over `repeats` of them, with the garbage collector kept out."""
    gc.collect()
    gc.disable()
    try:
        started = clock()
        for _ in range(repeats):
            call()
        return (clock() - started) / repeats
    finally:
        gc.enable()


def repeats(call: Call, least: float, clock: Clock) -> int:
    """How many calls fill `least` seconds. Warms up on the way."""
    repeats = 1
    while True:
        taken = sample(call, repeats, clock) * repeats
        if taken >= least:
            return repeats
        repeats = max(repeats + 1, min(repeats * 10, round(repeats * 1.1 * least / max(taken, 1e-9))))
