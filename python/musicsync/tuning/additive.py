"""Fitting the engine's additive model: regularised, monotone logistic regression on a piecewise linear basis.

    >>> model = fit_additive(features, same, names, version="mine-1")
    >>> profile = with_model(_core.Profile(), model, name="mine")

What a feature adds to the log-odds is a sum of ramps between its knots, each with a coefficient of the feature's
direction, so that more of what speaks against one recording never raises P. Needs numpy and SciPy (`[tuning]`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from musicsync import _core

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

KNOTS: Mapping[str, tuple[float, ...]] = {
    "title_unlike": (0, 0.03, 0.1, 0.2, 0.3, 0.45, 0.7),
    "words_missing": (0, 0.15, 0.35, 0.6, 1),
    "artist_unlike": (0, 0.05, 0.15, 0.3, 0.45, 0.7),
    "no_name_shared": (0, 0.15, 0.4, 0.8),
    "artist_words_missing": (0, 0.34, 0.67, 1),
    "album_unlike": (0, 0.15, 0.4, 0.8),
    "album_unlike_inexact": (0, 0.15, 0.4, 0.8),
    "duration_gap": (0.5, 1.5, 3, 6, 12, 30, 90),
    "duration_gap_near_title": (0.5, 1.5, 3, 6, 12, 30, 90),
    "duration_gap_other_title": (0.5, 1.5, 3, 6, 12, 30),
    "duration_gap_other_artist": (0.5, 1.5, 3, 6, 20),
    "duration_gap_other_version": (0.5, 1.5, 3, 6, 20),
    "duration_gap_other_edit": (0.5, 1.5, 3, 6, 20),
    "equal_title_of_other_artist": (0, 4, 8, 12, 18, 26),
    "year_gap": (1, 4, 10, 25),
    "joined_unlike": (0, 0.1, 0.2, 0.35, 0.6),
    "joined_uncovered": (0, 0.1, 0.25, 0.5),
}
"""Where the line of a feature may bend, in the feature's unit (shares, seconds, years). Others are flags: 0 or 1."""

_FLAG = (0.0, 1.0)


_DIGITS = 3
"""Of a model's numbers: a thousandth of log-odds changes no decision."""


@dataclass(frozen=True, slots=True)
class Column:
    """One coefficient: the ramp of `feature` that begins at knot `ramp`, or (None) its value where it is unknown."""

    feature: str
    ramp: int | None
    direction: int


@dataclass(frozen=True, slots=True)
class Basis:
    """Ramps of some features; the same for fitting and for checking a fit."""

    names: Sequence[str]
    knots: Mapping[str, tuple[float, ...]] = field(default_factory=lambda: KNOTS)

    def knots_of(self, name: str) -> tuple[float, ...]:
        """Rising places where the line of a feature may bend."""
        return self.knots.get(name, _FLAG)

    def columns(self) -> list[Column]:
        """What each column of `matrix` stands for."""
        directions = dict(zip(_core.feature_names(), _core.feature_directions(), strict=True))
        return [
            Column(name, ramp, 0 if ramp is None else directions[name])
            for name in self.names
            for ramp in [*range(len(self.knots_of(name)) - 1), None]
        ]

    def matrix(self, features: Floats) -> Floats:
        """(pairs, columns): how far up each ramp a pair is, in [0, 1], and 1 where its feature is unknown."""
        import numpy as np

        columns = []
        for index, name in enumerate(self.names):
            value, knots = features[:, index], self.knots_of(name)
            unknown = np.isnan(value)
            for low, high in pairwise(knots):
                columns.append(np.where(unknown, 0.0, np.clip((value - low) / (high - low), 0.0, 1.0)))
            columns.append(unknown.astype(float))
        return np.column_stack(columns)


def fit_additive(
    features: Floats,
    same: NDArray[np.bool_],
    names: Sequence[str] | None = None,
    *,
    version: str,
    about: str = "",
    weights: Floats | None = None,
    l2: float = 3.0,
    knots: Mapping[str, tuple[float, ...]] = KNOTS,
) -> dict[str, Any]:
    """The model that minimises the weighted log-loss plus `l2`/2 times the squared coefficients.

    `features` is (pairs, names) as `Matcher.features` gives it, NaN for unknown; `same` says which pairs are one
    recording. Deterministic. Raises `ValueError` where a side has no example, or shapes differ.
    """
    basis = Basis(tuple(names or _core.feature_names()), knots)
    _check(features, same, basis)
    intercept, coefficients = _minimise(basis, features, same, weights, l2)
    return {
        "format": "musicsync-model/1",
        "version": version,
        "about": about,
        "intercept": round(intercept, _DIGITS),
        "terms": _terms(basis, coefficients),
    }


def with_model(profile: _core.Profile, model: Mapping[str, Any], *, name: str, **changes: Any) -> _core.Profile:
    """The profile with another model, name and any other part of its file (`accept=0.8`, `weights={…}`)."""
    return _core.Profile.from_json(json.dumps(profile.to_dict() | {"name": name, "model": dict(model)} | changes))


def log_odds(model: Mapping[str, Any], features: Floats, names: Sequence[str] | None = None) -> Floats:
    """The model's sum for each row before its calibration; NaN in `features` is unknown."""
    import numpy as np

    columns = {name: index for index, name in enumerate(names or _core.feature_names())}
    total = np.full(len(features), float(model["intercept"]))
    for term in model["terms"]:
        value = features[:, columns[term["feature"]]]
        line = np.interp(np.nan_to_num(value), term["at"], term["add"])
        total += np.where(np.isnan(value), term.get("unknown", 0.0), line)
    return total


def calibrated(
    model: Mapping[str, Any],
    features: Floats,
    same: NDArray[np.bool_],
    weights: Floats | None = None,
    names: Sequence[str] | None = None,
) -> dict[str, Any]:
    """The model with log-odds scaled and moved so that they come true on these pairs, which it should not have seen
    (J. Platt, 1999)."""
    import numpy as np
    from scipy.optimize import minimize

    odds, side = log_odds(model, features, names), np.where(same, 1.0, -1.0)
    weight = np.ones(len(side)) / len(side) if weights is None else np.asarray(weights, float)

    def loss(values: Floats) -> float:
        return float(weight @ np.logaddexp(0.0, -side * (values[0] * odds + values[1])))

    scale, offset = minimize(loss, np.array([1.0, 0.0]), bounds=[(0.05, 20.0), (-20.0, 20.0)], method="L-BFGS-B").x
    ends = (-10.0, 10.0)
    return {**model, "calibration": {"at": list(ends), "to": [round(scale * end + offset, _DIGITS) for end in ends]}}


def _check(features: Floats, same: NDArray[np.bool_], basis: Basis) -> None:
    if features.ndim != 2 or features.shape[1] != len(basis.names):
        raise ValueError(f"features must be (pairs, {len(basis.names)}), not {features.shape}")
    if len(same) != len(features):
        raise ValueError(f"{len(features)} rows of features and {len(same)} labels")
    if not same.any() or same.all():
        raise ValueError("a model needs pairs that are the same recording and pairs that are not")


_CONVERGED = {"maxiter": 20_000, "maxfun": 40_000, "maxcor": 30, "ftol": 1e-13, "gtol": 1e-7}
"""Far beyond the digits that are written down: they hardly depend on how a machine's BLAS adds up."""


def _minimise(
    basis: Basis, features: Floats, same: NDArray[np.bool_], weights: Floats | None, l2: float
) -> tuple[float, Floats]:
    import numpy as np
    from scipy.optimize import minimize

    matrix = basis.matrix(features)
    side = np.where(same, 1.0, -1.0)
    weight = np.ones(len(side)) if weights is None else np.asarray(weights, float)

    def loss(values: Floats) -> tuple[float, Floats]:
        margin = side * (values[0] + matrix @ values[1:])
        slope = -side * weight / (1.0 + np.exp(np.clip(margin, -700, 700)))
        value = float(weight @ np.logaddexp(0.0, -margin) + 0.5 * l2 * values[1:] @ values[1:])
        return value, np.r_[slope.sum(), matrix.T @ slope + l2 * values[1:]]

    limits = {-1: (None, 0.0), 0: (None, None), 1: (0.0, None)}
    bounds = [(None, None)] + [limits[column.direction] for column in basis.columns()]
    start = np.zeros(matrix.shape[1] + 1)
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options=_CONVERGED)
    return float(found.x[0]), found.x[1:]


def _terms(basis: Basis, coefficients: Floats) -> list[dict[str, Any]]:
    terms: dict[str, dict[str, Any]] = {}
    for column, coefficient in zip(basis.columns(), coefficients, strict=True):
        term = terms.setdefault(
            column.feature,
            {"feature": column.feature, "at": list(basis.knots_of(column.feature)), "add": [0.0], "unknown": 0.0},
        )
        if column.ramp is None:
            term["unknown"] = round(float(coefficient), _DIGITS)
        else:
            term["add"].append(round(term["add"][-1] + float(coefficient), _DIGITS))
    return [term for term in terms.values() if any(term["add"]) or term["unknown"]]
