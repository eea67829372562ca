"""Curves, costs and comparisons, against values computed by hand and against what must always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicsync import _core
from musicsync.tuning.compare import compare, cross_validate, folds_by_artist, mcnemar, mistakes, sweep_weights
from musicsync.tuning.curves import (
    Sample,
    calibration,
    choose,
    costs_of,
    interval,
    precision_recall,
    sample,
    sweep,
)  # fmt: skip
from musicsync.tuning.pairs import Pair

AFRICA = _core.Track(title="Africa", artists=["Toto"])
VALUES = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=60)


def made(rows: list[tuple[float, bool]], vetoed: tuple[int, ...] = ()) -> Sample:
    n = len(rows)
    veto = np.isin(np.arange(n), vetoed)
    verdict = np.full(n, "ambiguous", "U9")
    return Sample(
        np.array([value for value, _ in rows], float), np.array([same for _, same in rows], bool), veto,
        np.zeros(n, bool), np.arange(n), verdict,
    )  # fmt: skip


def pair(number: int, artist: str, other: str, *, same: bool) -> Pair:
    left = _core.Track(title=f"Song {number}", artists=[artist], duration_ms=200_000)
    right = _core.Track(title=f"Song {number}" if same else f"Wholly Else {number}", artists=[other])
    return Pair(str(number), left, right, same)


def test_the_curve_of_four_pairs_is_that_computed_by_hand() -> None:
    curve = precision_recall(np.array([0.9, 0.9, 0.5, 0.1]), np.array([True, False, True, False]))
    assert curve["threshold"].tolist() == [0.9, 0.5, 0.1]
    assert curve["precision"].tolist() == [0.5, pytest.approx(2 / 3), 0.5]
    assert curve["recall"].tolist() == [0.5, 1.0, 1.0]


@given(VALUES)
def test_recall_never_falls_as_the_threshold_falls_and_ends_at_one(rows: list[tuple[int, bool]]) -> None:
    value, same = np.array([v / 20 for v, _ in rows]), np.array([s for _, s in rows])
    curve = precision_recall(value, same)
    assert (np.diff(curve["recall"]) >= 0).all()
    assert (np.diff(curve["threshold"]) < 0).all()
    assert curve["recall"][-1] == (1.0 if same.any() else 0.0)
    assert curve["precision"][-1] == pytest.approx(same.mean())


def test_calibration_by_hand() -> None:
    found = calibration(np.array([0.05, 0.05, 0.95, 1.0]), np.array([False, True, True, True]))
    assert (found["count"].tolist(), found["from"].tolist()) == ([2, 2], [0.0, 0.9])
    assert found["true"].tolist() == [0.5, 1.0]
    assert found["ece"] == pytest.approx((2 * 0.45 + 2 * 0.025) / 4)
    assert found["brier"] == pytest.approx((0.05**2 + 0.95**2 + 0.05**2) / 4)


@given(VALUES, st.floats(0, 1))
def test_shares_of_a_sweep_sum_to_one(rows: list[tuple[int, bool]], reject: float) -> None:
    table = sweep(made([(v / 20, s) for v, s in rows], vetoed=(0,)), reject)
    assert np.allclose(table["accepted"] + table["ambiguous"] + table["rejected"], 1)
    assert (table["ambiguous"] >= -1e-9).all()
    assert (np.diff(table["accepted"]) <= 0).all()


def test_what_is_vetoed_is_never_accepted() -> None:
    judged = made([(1.0, False), (1.0, True)], vetoed=(0,))
    assert sweep(judged, 0.2, [0.5])["precision"].tolist() == [1.0]
    assert costs_of(judged, 0.5, 0.2, (20, 1, 5)).tolist() == [1.0, 0.0]


def test_the_cheapest_thresholds_leave_the_doubtful_to_a_person() -> None:
    # Sure ones at 0.99 and 0.01; between, at 0.6, one in two is wrong: a review (1) is cheaper than half a wrong add.
    rows = [(0.99, True)] * 10 + [(0.6, True), (0.6, False)] * 5 + [(0.01, False)] * 10
    found = choose(made(rows), _core.Profile(accept=0.5, reject=0.2), cost_wrong_add=20, cost_review=1, cost_missed=5)
    assert 0.6 < found.accept <= 0.99
    assert 0.01 < found.reject <= 0.6
    assert found.cost == pytest.approx(10 / 30)
    assert found.cost_before == pytest.approx(5 * 20 / 30)
    assert found.low < found.cost < found.high
    # Where a wrong add costs less than a review, everything there is added.
    cheap = choose(made(rows), _core.Profile(), cost_wrong_add=0.5, cost_review=1, cost_missed=5)
    assert (cheap.accept <= 0.6, cheap.cost) == (True, pytest.approx(5 * 0.5 / 30))


def test_a_choice_without_pairs_or_with_a_negative_cost_is_refused() -> None:
    with pytest.raises(ValueError, match="no pair"):
        choose(made([]), _core.Profile())
    with pytest.raises(ValueError, match="negative"):
        choose(made([(1.0, True)]), _core.Profile(), cost_review=-1)


def test_the_interval_covers_the_mean_about_as_often_as_it_says() -> None:
    draws = np.random.default_rng(5)
    covered = 0
    for turn in range(200):
        low, high = interval(draws.normal(1.0, 1.0, 80), np.arange(80), resamples=300, seed=turn)
        covered += low <= 1.0 <= high
    assert 180 <= covered <= 199


def test_groups_that_belong_together_make_the_interval_wider() -> None:
    values = np.repeat(np.random.default_rng(1).normal(0, 1, 20), 20)
    alone = interval(values, np.arange(400))
    together = interval(values, np.repeat(np.arange(20), 20))
    assert together[1] - together[0] > 2 * (alone[1] - alone[0])


@pytest.mark.parametrize(
    ("a", "b", "p"),
    [(0, 0, 1.0), (5, 5, 1.0), (0, 5, 0.0625), (1, 9, 0.021484375), (9, 1, 0.021484375), (3, 12, 0.03515625)],
)
def test_mcnemar_is_the_exact_binomial_test(a: int, b: int, p: float) -> None:
    assert mcnemar(a, b) == pytest.approx(p, abs=1e-12)


def test_a_stricter_profile_is_compared_pair_by_pair() -> None:
    bare = Pair(
        "bare", _core.Track(title="Africa", artists=["Toto"]), _core.Track(title="Africa", artists=["Toto"]), True
    )
    found = compare([bare, pair(1, "A", "B", same=False)], "classic", "old-rule")
    assert (found.only_a_right, found.only_b_right, found.p_value) == (1, 0, 1.0)
    assert found.changed == (("bare", "accept", "ambiguous"),)


def test_a_tested_pairs_own_artist_is_in_no_pair_that_is_trained_on() -> None:
    pairs = [pair(n, f"artist {n % 12}", f"artist {n % 12 + (n % 3 == 0)}", same=n % 2 == 0) for n in range(60)]
    judged = sample(pairs)
    tested = []
    for train, test in folds_by_artist(judged, 3):
        trained = {name for i in train for name in (*pairs[i].left.artists, *pairs[i].right.artists)}
        assert len(train) == 35
        assert not trained & {pairs[i].left.artists[0] for i in test}
        tested += test.tolist()
    assert sorted(tested) == list(range(60))
    with pytest.raises(ValueError, match="as many artists"):
        list(folds_by_artist(judged, 50))


def test_cross_validation_judges_every_pair_without_its_artist() -> None:
    pairs = [pair(n, f"artist {n}", f"artist {n}", same=n % 2 == 0) for n in range(40)]
    judged = cross_validate(pairs, folds=4)
    assert judged.value[judged.same].min() > judged.value[~judged.same].max()


def test_wrong_accepts_come_before_missed_ones_with_a_sentence() -> None:
    wrong = Pair(
        "wrong", _core.Track(title="Africa", artists=["Toto"]), _core.Track(title="Africa", artists=["Toto"]), False
    )
    missed = Pair(
        "missed", _core.Track(title="Africa", artists=["Toto"]), _core.Track(title="Hello", artists=["Adele"]), True
    )
    found = mistakes(sample([missed, wrong]))
    assert [(one.id, one.what) for one in found] == [("wrong", "wrongly accepted"), ("missed", "missed")]
    assert found[0].sentence.startswith("Same recording")


def test_weights_are_judged_by_how_they_order_the_pairs() -> None:
    def named(number: int, other: str) -> Pair:
        left, right = (_core.Track(title="Song", artists=[name]) for name in ("Toto", other))
        return Pair(str(number), left, right, other == "Toto")

    pairs = [named(number, "Toto" if number % 2 else "Adele") for number in range(20)]
    by_title, by_artist = sweep_weights(
        pairs, [{"title": 1, "artists": 0, "album": 0}, {"title": 0, "artists": 1, "album": 0}]
    )
    assert (by_title["auc"], by_artist["auc"]) == (0.5, 1.0)
    with pytest.raises(ValueError, match="a sweep needs"):
        sweep_weights(pairs[::2], [{"title": 1}])
