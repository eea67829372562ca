"""P3: every query with every choice, as a matrix of float32."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from bench.peers.data import Data
from bench.peers.rows import Row, Trial, require
from rapidfuzz import fuzz
from rapidfuzz import process as peer

import musicsync
from musicsync import process as ours

QUERIES = 64
PERCENT_TOLERANCE = 1e-4
"""1e-6 of a score, in per cent."""


def matrices(queries: list[str], choices: list[str]) -> Trial:
    """`process.cdist` of both; a unit is a pair."""

    def left() -> Any:
        return ours.cdist(queries, choices, scorer=ours.ratio, dtype=np.float32)

    def right() -> Any:
        return peer.cdist(queries, choices, scorer=fuzz.ratio, dtype=np.float32, workers=1)

    def check() -> None:
        a, b = left(), right()
        require(a.shape == b.shape and a.dtype == b.dtype, "another shape or type")
        require(float(np.abs(a - b).max()) <= PERCENT_TOLERANCE, "another score than RapidFuzz")

    return Trial(left, right, check, len(queries) * len(choices))


def wide(data: Data) -> Trial:
    """64 × 100,000 titles."""
    return matrices(data.queries[0][:QUERIES], data.catalogue[0])


def square(data: Data) -> Trial:
    """1,024 × 10,000 titles."""
    queries, choices = data.square
    return matrices(queries[:1024], choices)


def field(which: int, data: Data) -> Trial:
    """64 × 100,000 of another column: artists, albums."""
    return matrices(data.queries[which][:QUERIES], data.catalogue[which])


def pair_by_pair(data: Data) -> Trial:
    """A batch of ours against RapidFuzz's call for a single pair, over the same pairs."""
    queries, choices = data.queries[0][:QUERIES], data.catalogue[0][:2000]

    def left() -> Any:
        return ours.cdist(queries, choices, scorer=ours.ratio, dtype=np.float32)

    def right() -> Any:
        return [[fuzz.ratio(query, choice) for choice in choices] for query in queries]

    def check() -> None:
        require(float(np.abs(left() - np.array(right())).max()) <= PERCENT_TOLERANCE, "another score than RapidFuzz")

    return Trial(left, right, check, len(queries) * len(choices))


def _rows() -> list[Row]:
    cdist, single = "process.cdist(fuzz.ratio, workers=1)", "fuzz.ratio, a call a pair"
    kinds: list[tuple[str, str, str, Callable[[Data], Trial], float | None, float | None]] = [
        ("P3", "matrix 64 × 100k titles, float32", cdist, wide, 3, 8),
        ("P3-square", "matrix 1,024 × 10k titles, float32", cdist, square, None, None),
        ("P3-artists", "matrix 64 × 100k artists, float32", cdist, partial(field, 1), None, None),
        ("P3-albums", "matrix 64 × 100k albums, float32", cdist, partial(field, 2), None, None),
    ]
    rows = [Row(name, what, by, make, "pair", floor, goal) for name, what, by, make, floor, goal in kinds]
    for kernel in musicsync.kernels():
        rows += [
            Row(name, what, by, make, "pair", kernel=kernel)
            for name, what, by, make, *_ in kinds
            if name in ("P3", "P3-square")
        ]
    rows.append(Row("P3-pair", "a batch of pairs, scalar", single, pair_by_pair, "pair", 1, 2, kernel="scalar"))
    return rows


ROWS = _rows()
