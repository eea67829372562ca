"""The fit of the additive model: what it promises, and that the engine computes what was fitted."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from musicsync import _core
from musicsync.tuning.additive import KNOTS, calibrated, fit_additive, log_odds, with_model

NAMES = ("title_unlike", "version_hard", "title_contained")


def _examples(count: int = 4000, seed: int = 7) -> tuple[Any, Any]:
    """Pairs whose label follows the likeness of titles and the version, with chance."""
    draw = np.random.default_rng(seed)
    features = np.column_stack(
        [draw.uniform(0, 1, count), draw.integers(0, 2, count), draw.integers(0, 2, count)]
    ).astype(float)
    odds = 3.0 - 8.0 * features[:, 0] - 4.0 * features[:, 1]
    features[draw.uniform(size=count) < 0.1, 0] = np.nan
    return features, draw.uniform(size=count) < 1 / (1 + np.exp(-odds))


def test_what_speaks_against_never_raises_the_odds() -> None:
    features, same = _examples()
    model = fit_additive(features, same, NAMES, version="t", l2=0.1)
    terms = {term["feature"]: term["add"] for term in model["terms"]}
    assert all(a >= b for a, b in zip(terms["title_unlike"], terms["title_unlike"][1:], strict=False))
    assert terms["title_unlike"][-1] < -4
    assert -5 < terms["version_hard"][-1] < -3
    assert "title_contained" not in terms or terms["title_contained"][-1] >= 0


def test_a_feature_whose_examples_contradict_its_direction_adds_nothing() -> None:
    features, same = _examples()
    model = fit_additive(features, ~same, NAMES, version="t", l2=0.1)
    assert {term["feature"] for term in model["terms"] if any(term["add"])} <= {"title_contained"}


def test_the_same_examples_give_the_same_model() -> None:
    features, same = _examples()
    first, second = (fit_additive(features, same, NAMES, version="t") for _ in range(2))
    assert first == second


def test_a_weight_counts_like_copies() -> None:
    features, same = _examples(400)
    weights = np.where(np.arange(400) < 100, 3.0, 1.0)
    copies = np.repeat(np.arange(400), weights.astype(int))
    weighed = fit_additive(features, same, NAMES, version="t", weights=weights)
    copied = fit_additive(features[copies], same[copies], NAMES, version="t")
    assert weighed["intercept"] == pytest.approx(copied["intercept"], abs=1e-2)


@pytest.mark.parametrize(
    ("features", "same", "complaint"),
    [
        (np.zeros((4, 2)), np.array([True, False, True, False]), r"\(pairs, 3\), not \(4, 2\)"),
        (np.zeros((4, 3)), np.array([True, False]), "4 rows of features and 2 labels"),
        (np.zeros((2, 3)), np.array([True, True]), "pairs that are not"),
    ],
)
def test_examples_that_cannot_be_learnt_from_are_refused(features: Any, same: Any, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        fit_additive(features, same, NAMES, version="t")


def test_a_calibration_makes_the_odds_come_true() -> None:
    features, same = _examples(20_000)
    model = fit_additive(features, same, NAMES, version="t", l2=0.1)
    loud = {**model, "intercept": model["intercept"] * 2, "terms": [_doubled(term) for term in model["terms"]]}
    points = calibrated(loud, features, same, names=NAMES)["calibration"]
    slope = (points["to"][1] - points["to"][0]) / (points["at"][1] - points["at"][0])
    assert slope == pytest.approx(0.5, abs=0.05)


def _doubled(term: dict[str, Any]) -> dict[str, Any]:
    return {**term, "add": [2 * value for value in term["add"]], "unknown": 2 * term["unknown"]}


def test_the_engine_computes_what_was_fitted() -> None:
    profile = _core.Profile()
    pairs = [
        ({"title": "Africa", "artist": "Toto", "duration_s": 295}, {"title": "Africa (Live)", "artist": "Toto"}),
        ({"title": "Afrika", "artist": "Toto", "album": "IV"}, {"title": "Africa", "artist": "Totto", "year": 1982}),
        ({"title": "One"}, {"title": "Two", "artist": "Three"}),
    ]
    left, right = [a for a, _ in pairs], [b for _, b in pairs]
    model: Any = profile.model
    odds = log_odds(model, _core.Matcher().features(left, right))
    low, high = model["calibration"]["to"]
    expected = [1 / (1 + math.exp(-(low + (one + 10) * (high - low) / 20))) for one in odds]
    assert list(_core.Matcher().probability_pairs(left, right)) == pytest.approx(expected, abs=1e-9)


def test_a_profile_takes_a_model_and_keeps_the_rest() -> None:
    features, same = _examples(500)
    model = fit_additive(features, same, NAMES, version="mine-1", about="three features")
    profile = with_model(_core.Profile(), model, name="mine", accept=0.9)
    assert (profile.name, profile.model_version, profile.accept) == ("mine", "mine-1", 0.9)
    assert profile.weights == _core.Profile().weights


def test_every_feature_with_knots_is_a_feature() -> None:
    assert set(KNOTS) <= set(_core.feature_names())
