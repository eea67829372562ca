"""Medians, spreads, and whether a change is more than noise.

>>> verdict([1.21, 1.19, 1.22, 1.2, 1.18, 1.2, 1.21, 1.2, 1.19]).word
'slower'
>>> verdict([0.99, 1.02, 1.0, 1.01, 0.98, 1.0, 1.3, 1.0, 0.97]).word
'same'
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from typing import Literal

median = statistics.median
Word = Literal["faster", "same", "slower"]

TOLERANCE = 0.05
"""Changes below this are not looked for: another layout of the same code in memory makes as much."""
CONFIDENCE = 0.95


def relative_spread(values: Sequence[float]) -> float:
    """The interquartile range as a share of the median; 0 for fewer than two values."""
    if len(values) < 2:
        return 0.0
    lower, middle, upper = statistics.quantiles(values, n=4, method="inclusive")
    return (upper - lower) / middle


def interval(values: Sequence[float], confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Where the median lies with `confidence`, between two of the values themselves: whatever the noise's distribution.

    The k-th smallest and k-th largest of n values miss the median with the chance that fewer than k of n coins fall on
    one side. With 5 values or fewer no two reach 95 %: then the smallest and the largest.
    """
    ordered = sorted(values)
    count = len(ordered)
    k = 1
    while k < (count + 1) // 2 and 2 * sum(comb(count, i) for i in range(k + 1)) / 2**count <= 1 - confidence:
        k += 1
    return ordered[k - 1], ordered[count - k]


@dataclass(frozen=True, slots=True)
class Verdict:
    """new/old of the time taken: the median of the rounds, the interval it lies in, and what that means."""

    ratio: float
    low: float
    high: float
    spread: float
    word: Word


def verdict(ratios: Sequence[float], tolerance: float = TOLERANCE) -> Verdict:
    """`slower` (`faster`) where the whole interval lies beyond the tolerance; anything else may be noise: `same`."""
    low, high = interval(ratios)
    word: Word = "slower" if low > 1 + tolerance else "faster" if high < 1 / (1 + tolerance) else "same"
    return Verdict(median(ratios), low, high, relative_spread(ratios), word)
