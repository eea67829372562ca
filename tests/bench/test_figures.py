"""The verdict on two revisions: a slowdown is found, noise is not taken for one. Timings are invented."""

from __future__ import annotations

import random
from math import comb

import pytest
from bench.measure.clocks import interleaved
from bench.measure.figures import interval, relative_spread, verdict


def rounds(draw: random.Random, change: float, noise: float, count: int = 9) -> list[float]:
    """new/old of each round: both sides with noise that only adds, as on a shared machine."""
    return [change * (1 + abs(draw.gauss(0, noise))) / (1 + abs(draw.gauss(0, noise))) for _ in range(count)]


def test_noise_is_not_a_slowdown() -> None:
    draw = random.Random(1)
    words = [verdict(rounds(draw, 1.0, noise)).word for noise in (0.01, 0.05, 0.15) for _ in range(1000)]
    assert words.count("slower") <= 10  # one in three hundred: and what is slower is measured again


def test_a_planted_slowdown_is_found() -> None:
    draw = random.Random(2)
    assert all(verdict(rounds(draw, 1.15, 0.01)).word == "slower" for _ in range(1000))
    found = [verdict(rounds(draw, 1.3, 0.05)).word for _ in range(1000)]
    assert found.count("slower") > 980


def test_a_change_below_the_tolerance_is_left_alone_and_the_tolerance_counts() -> None:
    assert verdict([1.04] * 9).word == "same"
    assert verdict([1.04] * 9, tolerance=0.02).word == "slower"
    assert verdict([0.9] * 9).word == "faster"


def test_one_bad_round_decides_nothing() -> None:
    assert verdict([1.2] * 8 + [0.7]).word == "slower"
    assert verdict([1.0] * 8 + [5.0]).word == "same"


@pytest.mark.parametrize("count", range(6, 40))
def test_the_interval_holds_the_median_with_the_confidence_it_says(count: int) -> None:
    low, high = interval([float(i) for i in range(count)])
    left_out = int(low)
    assert high == count - 1 - left_out
    missed = 2 * sum(comb(count, i) for i in range(left_out + 1)) / 2**count
    assert missed <= 0.05 < 2 * sum(comb(count, i) for i in range(left_out + 2)) / 2**count


def test_the_interval_of_few_values_is_all_of_them() -> None:
    assert interval([3.0, 1.0, 2.0]) == (1.0, 3.0)
    assert interval([1.0]) == (1.0, 1.0)


def test_the_spread_is_the_middle_half() -> None:
    assert relative_spread([1.0]) == 0.0
    assert relative_spread([9.0, 10.0, 10.0, 10.0, 11.0, 100.0]) == pytest.approx(0.075)


def test_calls_take_turns_and_short_ones_are_repeated() -> None:
    """A clock of its own: each call of ours takes 1 ms, the peer's 3 ms."""
    now = 0.0
    order: list[str] = []

    def spend(name: str, seconds: float) -> None:
        nonlocal now
        now += seconds
        order.append(name)

    paired = interleaved(
        lambda: spend("a", 0.001), lambda: spend("b", 0.003), rounds=4, least=0.02, clock=lambda: now
    )  # fmt: skip
    assert paired.ratio == pytest.approx(3)
    assert paired.spread == pytest.approx(0, abs=1e-9)
    turns = [name for i, name in enumerate(order) if i == 0 or order[i - 1] != name]
    assert "".join(turns) == "ab" + "abbaabba".replace("bb", "b").replace("aa", "a")
