"""What one would build with RapidFuzz and scikit-learn in a day, trained on the data of the shipped model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from bench.quality.features import Array, features
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from musicsync import Track
from musicsync.tuning.evaluate import Judged
from musicsync.tuning.pairs import Pair
from musicsync.tuning.recipe import training_pairs

ACCEPT, REJECT = 0.9, 0.5
"""Accepted above, rejected below: the footnote of the table."""

TRAINING = ("musicbrainz20k/pairs_train.jsonl", "itunes_amazon_structured/train.jsonl", "musicbrainz20k/records.jsonl")
"""What the shipped model is trained on: nothing that is Spotify's."""


def shipped_training(data: Path) -> list[Pair]:
    """The pairs that the shipped model is trained on, the made-up ones too. Raises `OSError` where a file is missing,
    `MalformedLine`."""
    return [pair for pairs, _ in training_pairs(data) for pair in pairs if pair.same is not None]


@dataclass(frozen=True, slots=True)
class Learned:
    """A fitted baseline."""

    name: str
    model: Any

    def probabilities(self, left: Sequence[Track], right: Sequence[Track]) -> Array:
        """P(same recording) of each pair."""
        if not left:
            return np.empty(0)
        return np.asarray(self.model.predict_proba(features(left, right))[:, 1])

    def judge(self, pairs: Sequence[Pair]) -> list[Judged]:
        """What it says of each pair with a right answer."""
        counted = [pair for pair in pairs if pair.same is not None]
        values = self.probabilities([pair.left for pair in counted], [pair.right for pair in counted])
        return [
            Judged(pair.id, bool(pair.same), float(value), bool(value >= 0.5), verdict(float(value)))
            for pair, value in zip(counted, values, strict=True)
        ]


def verdict(probability: float) -> str:
    """Accept above 0.9, reject below 0.5, else ask."""
    if probability > ACCEPT:
        return "accept"
    return "reject" if probability < REJECT else "ambiguous"


def logistic() -> Any:
    """Logistic regression; an unknown field is the mean of the known, and a column says that it is unknown."""
    return make_pipeline(
        SimpleImputer(add_indicator=True, keep_empty_features=True),
        StandardScaler(),
        LogisticRegression(max_iter=2000),
    )


def boosted() -> Any:
    """Boosted trees; unknown is a value of its own."""
    return HistGradientBoostingClassifier(max_iter=300, learning_rate=0.08, random_state=1)


RECIPES: dict[str, Callable[[], Any]] = {"logistic": logistic, "boosted": boosted}


def train(pairs: Sequence[Pair]) -> list[Learned]:
    """Both baselines, fitted to `pairs`."""
    counted = [pair for pair in pairs if pair.same is not None]
    table = features([pair.left for pair in counted], [pair.right for pair in counted])
    labels = [bool(pair.same) for pair in counted]
    return [Learned(name, make().fit(table, labels)) for name, make in RECIPES.items()]
