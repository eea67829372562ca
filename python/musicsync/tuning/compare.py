"""Two profiles on the same pairs, a model on artists it never saw, errors by kind, and weights of the score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musicsync import _core
from musicsync.tuning.additive import fit_additive, with_model
from musicsync.tuning.curves import Sample, interval, sample
from musicsync.tuning.pairs import Pair


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pairs that only `a` or only `b` gets right (accepted exactly where they are the same recording), McNemar's exact
    two-sided p-value, and (id, verdict of a, verdict of b) of every pair whose verdict differs."""

    only_a_right: int
    only_b_right: int
    p_value: float
    changed: tuple[tuple[str, str, str], ...]


def compare(pairs: Sequence[Pair], a: str | _core.Profile, b: str | _core.Profile) -> Comparison:
    """Is `b` better than `a`, and where do they differ?"""
    one, other = sample(pairs, a), sample(pairs, b)
    right_a, right_b = ((x.verdict == "accept") == x.same for x in (one, other))
    only_a, only_b = int((right_a & ~right_b).sum()), int((right_b & ~right_a).sum())
    changed = np.flatnonzero(one.verdict != other.verdict)
    return Comparison(
        only_a, only_b, mcnemar(only_a, only_b),
        tuple((one.pairs[i].id, str(one.verdict[i]), str(other.verdict[i])) for i in changed),
    )  # fmt: skip


def mcnemar(only_a: int, only_b: int) -> float:
    """How likely so uneven a split of the discordant pairs is by chance (exact, two-sided)."""
    n, fewer = only_a + only_b, min(only_a, only_b)
    tail = sum(comb(n, k) for k in range(fewer + 1))
    return min(1.0, float(2 * tail / 2**n))


def folds_by_artist(judged: Sample, folds: int, seed: int = 0) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """(train, test) positions: a pair is tested with its own artist (the first on the left), and that artist is in no
    pair of its training side. Every pair is tested once. Raises `ValueError` for fewer artists than folds."""
    credits = []
    for pair in judged.pairs:
        names = [_core.normalize(name) for name in (*pair.left.artists, *pair.right.artists)]
        credits.append(names or [f"\0{pair.id}"])
    distinct = sorted({names[0] for names in credits})
    if not 2 <= folds <= len(distinct):
        raise ValueError(f"{folds} folds need at least as many artists (and 2): there are {len(distinct)}")
    order = np.random.default_rng(seed).permutation(len(distinct))
    fold_of = {name: int(order[number]) % folds for number, name in enumerate(distinct)}
    for number in range(folds):
        touched = np.array([any(fold_of.get(name) == number for name in names) for names in credits])
        tested = np.array([fold_of[names[0]] == number for names in credits])
        yield np.flatnonzero(~touched), np.flatnonzero(tested)


def cross_validate(
    pairs: Sequence[Pair], *, folds: int = 5, seed: int = 0, l2: float = 3.0, profile: str | _core.Profile = "standard"
) -> Sample:
    """Every pair judged by a model that was fitted without its artists: what to expect of `fit_additive`."""
    base = _core.Profile(profile)
    judged = sample(pairs, base)
    left, right = [one.left for one in judged.pairs], [one.right for one in judged.pairs]
    features = _core.Matcher(base).features(left, right)
    value, verdict = judged.value.copy(), judged.verdict.copy()
    for train, test in folds_by_artist(judged, folds, seed):
        model = fit_additive(features[train], judged.same[train], version="fold", l2=l2)
        fitted = sample([judged.pairs[i] for i in test], with_model(base, model, name="fold"))
        value[test], verdict[test] = fitted.value, fitted.verdict
    return Sample(value, judged.same, judged.vetoed, judged.held, judged.group, verdict, judged.pairs)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A pair that was accepted and must not be, or rejected and must not be, and why in one sentence."""

    id: str
    what: str
    value: float
    sentence: str


def mistakes(judged: Sample, profile: str | _core.Profile = "standard", most: int = 50) -> list[Mistake]:
    """Wrong accepts first, then wrong rejects, the surest of each first."""
    wrong = np.flatnonzero((judged.verdict == "accept") & ~judged.same)
    missed = np.flatnonzero((judged.verdict == "reject") & judged.same)
    order = [*wrong[np.argsort(-judged.value[wrong])], *missed[np.argsort(judged.value[missed])]][:most]
    matcher = _core.Matcher(profile)
    return [
        Mistake(
            judged.pairs[i].id, "missed" if judged.same[i] else "wrongly accepted", float(judged.value[i]),
            matcher.explain(judged.pairs[i].left, judged.pairs[i].right).sentence,
        )
        for i in order
    ]  # fmt: skip


def by_kind(judged: Sample) -> list[dict[str, Any]]:
    """Of each kind of pair: how many, shares wrongly accepted, missed and ambiguous; the worst first."""
    kinds: dict[str, list[int]] = {}
    for position, pair in enumerate(judged.pairs):
        for kind in pair.kinds or ("(none)",):
            kinds.setdefault(kind, []).append(position)
    rows = []
    for kind, positions in kinds.items():
        same, verdict = judged.same[positions], judged.verdict[positions]
        rows.append({
            "kind": kind, "n": len(positions), "wrong_accepts": int(((verdict == "accept") & ~same).sum()),
            "missed": int(((verdict == "reject") & same).sum()), "ambiguous": int((verdict == "ambiguous").sum()),
        })  # fmt: skip
    return sorted(rows, key=lambda row: (-row["wrong_accepts"], -row["missed"], -row["n"], row["kind"]))


def sweep_weights(
    pairs: Sequence[Pair], candidates: Sequence[Mapping[str, float]], *, resamples: int = 200, seed: int = 0
) -> list[dict[str, Any]]:
    """How well the score of each set of weights tells the pairs apart: the area under its ROC curve (the chance that a
    pair that is one recording scores above one that is not), with an interval by artist of the share ordered right."""
    out = []
    for weights in candidates:
        profile = _core.Profile(weights=dict(weights))
        counted = [pair for pair in pairs if pair.same is not None]
        scores = _core.Matcher(profile).score_pairs([one.left for one in counted], [one.right for one in counted])
        judged = sample(counted, profile)
        placed, positive = _placements(np.asarray(scores, float), judged.same)
        low, high = interval(placed, judged.group[positive], resamples=resamples, seed=seed)
        out.append({"weights": profile.weights, "auc": float(placed.mean()), "low": low, "high": high})
    return out


def _placements(scores: NDArray[np.float64], same: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Of each positive: the share of negatives below it, ties half."""
    if not same.any() or same.all():
        raise ValueError("a sweep needs pairs that are the same recording and pairs that are not")
    others = np.sort(scores[~same])
    below = np.searchsorted(others, scores[same], "left")
    upto = np.searchsorted(others, scores[same], "right")
    return (below + upto) / (2 * len(others)), same
