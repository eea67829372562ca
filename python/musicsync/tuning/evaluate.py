"""How well labelled pairs are told apart: the figures by which quality is judged."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypedDict

from musicsync import _core
from musicsync.tuning.pairs import Pair

SURE_PRECISION = 0.995
_EVEN = 0.5


class PairFigures(TypedDict):
    """Fractions in [0, 1], None without a denominator. `false_accepts` are ids of rows."""

    n: int
    positives: int
    f1: float | None
    precision: float | None
    recall: float | None
    recall_at_precision_995: float | None
    accept_share: float | None
    accept_precision: float | None
    accept_recall: float | None
    ambiguous_share: float | None
    reject_share: float | None
    false_accepts: list[str]
    pairs_per_second: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One labelled pair and what the engine says: `value` is P, or the score of a profile without one."""

    id: str
    same: bool
    value: float
    predicted: bool
    verdict: str


def evaluate_pairs(pairs: Sequence[Pair], profile: _core.Profile | str = "standard") -> PairFigures:
    """The figures of `profile` on `pairs`; those without a right answer are left out."""
    judged, seconds = judge(pairs, profile)
    return figures(judged, len(judged) / seconds if judged and seconds > 0 else None)


def judge(pairs: Sequence[Pair], profile: _core.Profile | str) -> tuple[list[Judged], float]:
    """What the engine says of each pair with a right answer, and how many seconds the comparing took."""
    matcher = _core.Matcher(profile)
    counted = [pair for pair in pairs if pair.same is not None]
    left, right = [pair.left for pair in counted], [pair.right for pair in counted]
    has_probability = matcher.profile.has_probability
    started = time.perf_counter()
    values = (matcher.probability_pairs if has_probability else matcher.score_pairs)(left, right).tolist()
    seconds = time.perf_counter() - started
    judged = [
        Judged(
            id=pair.id, same=bool(pair.same), value=value,
            predicted=value >= _EVEN if has_probability else matcher.profile.accepts(value),
            verdict=decision.verdict,
        )
        for pair, value, decision in zip(counted, values, matcher.decide_pairs(left, right), strict=True)
    ]  # fmt: skip
    return judged, seconds


def figures(judged: Sequence[Judged], pairs_per_second: float | None = None) -> PairFigures:
    """The figures of what was judged."""
    n, positives = len(judged), sum(one.same for one in judged)
    predicted = [one for one in judged if one.predicted]
    accepted = [one for one in judged if one.verdict == "accept"]
    right, accepted_right = sum(one.same for one in predicted), sum(one.same for one in accepted)
    return PairFigures(
        n=n,
        positives=positives,
        f1=_share(2 * right, len(predicted) + positives),
        precision=_share(right, len(predicted)),
        recall=_share(right, positives),
        recall_at_precision_995=recall_at_precision(judged, SURE_PRECISION),
        accept_share=_share(len(accepted), n),
        accept_precision=_share(accepted_right, len(accepted)),
        accept_recall=_share(accepted_right, positives),
        ambiguous_share=_share(sum(one.verdict == "ambiguous" for one in judged), n),
        reject_share=_share(sum(one.verdict == "reject" for one in judged), n),
        false_accepts=[one.id for one in accepted if not one.same],
        pairs_per_second=pairs_per_second,
    )


def recall_at_precision(judged: Sequence[Judged], least: float) -> float | None:
    """The greatest recall of any threshold whose precision is at least `least`; 0 where none reaches it.

    Pairs of equal value stand on the same side of every threshold, so they enter together.
    """
    positives = sum(one.same for one in judged)
    if not positives:
        return None
    taken = right = best = 0
    for _, group in groupby(sorted(judged, key=lambda one: -one.value), key=lambda one: one.value):
        members = list(group)
        taken += len(members)
        right += sum(one.same for one in members)
        if right >= least * taken:
            best = right
    return best / positives


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
