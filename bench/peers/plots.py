"""Cost against size, ours by kernel beside RapidFuzz: candidates of a query, queries of a matrix, length of a text."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from bench.measure.clocks import sample
from bench.measure.figures import median
from bench.peers.data import Data
from bench.peers.few import jobs, native_tracks, rank_lists, rank_lists_by_rows, takes_columns, three_cdist
from rapidfuzz import fuzz
from rapidfuzz import process as peer

import musicsync
from musicsync import Matcher
from musicsync import process as ours

ROUNDS = 5
CANDIDATES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
QUERIES = (1, 4, 16, 64, 256, 1024, 4096)
LENGTHS = (4, 8, 16, 32, 64, 65, 96, 128, 192, 256, 384, 512)
PEER = "RapidFuzz"

Sized = tuple[Callable[[], object], int]
"""A call and how many units it does."""


@dataclass
class Plot:
    """A panel: a line a name, a figure a size."""

    name: str
    title: str
    across: str
    up: str
    sizes: Sequence[int]
    lines: dict[str, list[float]] = field(default_factory=dict)


def measured(plot: Plot, calls: Callable[[int], dict[str, Sized]]) -> Plot:
    """Nanoseconds a unit of every line at every size; the lines of a size take turns."""
    for size in plot.sizes:
        made = calls(size)
        taken: dict[str, list[float]] = {name: [] for name in made}
        for _ in range(ROUNDS):
            for name, (call, units) in made.items():
                musicsync.set_kernel(name if name in musicsync.kernels() else "auto")
                call()
                repeats = max(1, round(0.005 / max(sample(call, 1), 1e-7)))
                taken[name].append(1e9 * sample(call, repeats) / units)
        for name, values in taken.items():
            plot.lines.setdefault(name, []).append(median(values))
    musicsync.set_kernel("auto")
    return plot


def ranking(data: Data) -> Plot:
    """One query: ns a candidate by how many there are."""
    classic, standard = Matcher("classic"), Matcher("standard")
    lists: Callable[..., Any] = rank_lists if takes_columns(classic) else rank_lists_by_rows

    def calls(size: int) -> dict[str, Sized]:
        work = jobs(data, size, max(1, 200 // size))
        native = [native_tracks(job) for job in work]
        units = size * len(work)
        return {
            "classic, plain lists": (lambda: [lists(classic, job) for job in work], units),
            "standard, native tracks": (lambda: [standard.rank(*pair) for pair in native], units),
            f"{PEER}, 3 × cdist": (lambda: [three_cdist(job) for job in work], units),
        }

    return measured(Plot("candidates", "rank one query", "candidates", "ns a candidate", CANDIDATES), calls)


def _matrix_calls(queries: list[str], choices: list[str]) -> dict[str, Sized]:
    units = len(queries) * len(choices)
    left: Sized = (lambda: ours.cdist(queries, choices, dtype=np.float32), units)
    right: Sized = (lambda: peer.cdist(queries, choices, scorer=fuzz.ratio, dtype=np.float32), units)
    return {**dict.fromkeys(musicsync.kernels(), left), PEER: right}


def matrix(data: Data) -> Plot:
    """A matrix over 2,000 titles: ns a pair by the number of queries."""
    choices = data.catalogue[0][:2000]
    asked = (data.queries[0] * 3)[: max(QUERIES)]
    plot = Plot("matrix", "matrix of titles, 2,000 choices", "queries", "ns a pair", QUERIES)
    return measured(plot, lambda size: _matrix_calls(asked[:size], choices))


def lengths(data: Data) -> Plot:
    """A matrix of 16 × 500 random texts: ns a pair by their length."""

    def texts(size: int, count: int, seed: int) -> list[str]:
        draw = random.Random(seed)
        return ["".join(draw.choices("abcdefghijklmnopqrstuvwxyz ", k=size)) for _ in range(count)]

    plot = Plot("lengths", "matrix of texts of one length, 16 × 500", "symbols a text", "ns a pair", LENGTHS)
    return measured(plot, lambda size: _matrix_calls(texts(size, 16, 1), texts(size, 500, 2)))


def draw(data: Data, folder: Path) -> list[Path]:
    """Measures and draws; the files written."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    written = []
    for plot in (ranking(data), matrix(data), lengths(data)):
        figure, axes = pyplot.subplots(figsize=(6, 4), layout="constrained")
        for name, values in plot.lines.items():
            axes.loglog(plot.sizes, values, "o--" if name.startswith(PEER) else "o-", label=name, markersize=3)
        axes.set(title=plot.title, xlabel=plot.across, ylabel=plot.up)
        axes.grid(which="both", alpha=0.2)
        axes.legend()
        for ending in ("svg", "png"):
            path = folder / f"cost_{plot.name}.{ending}"
            path.parent.mkdir(parents=True, exist_ok=True)
            figure.savefig(path, dpi=120)
            written.append(path)
        pyplot.close(figure)
    return written
