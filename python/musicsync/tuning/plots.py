"""Plots as SVG that stands alone: no script, no font, no network; it takes the page's own colour, light or dark."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

from musicsync.tuning.curves import Sample, calibration, precision_recall, sweep

_INK = "#010203"  # replaced by the page's colour
_MOST_POINTS = 400


class Plot:
    """Shows itself in a notebook; `svg` is the picture's text."""

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def __repr__(self) -> str:
        return f"Plot({len(self.svg)} characters of SVG)"

    def _repr_html_(self) -> str:
        return f'<div style="max-width:34rem">{self.svg}</div>'


def plot_precision_recall(judged: Sample) -> Plot:
    """How much is found at which precision."""
    curve = precision_recall(judged.value, judged.same)

    def draw(axes: Any) -> None:
        step = max(1, len(curve["recall"]) // _MOST_POINTS)
        axes.plot(curve["recall"][::step], curve["precision"][::step], color="#3a86c8")

    return _plot(draw, "Precision and recall", "recall", "precision")


def plot_calibration(judged: Sample) -> Plot:
    """Does P come true? On the diagonal it does."""
    bins = calibration(judged.value, judged.same)

    def draw(axes: Any) -> None:
        axes.plot([0, 1], [0, 1], color=_INK, linewidth=0.8, linestyle=":")
        axes.plot(bins["said"], bins["true"], marker="o", color="#3a86c8")

    return _plot(draw, f"Calibration (ECE {bins['ece']:.3f})", "P said", "share that came true")


def plot_sweep(judged: Sample, reject: float) -> Plot:
    """What each accept threshold accepts, and leaves to a person."""
    table = sweep(judged, reject)

    def draw(axes: Any) -> None:
        for name, color in (("accepted", "#2a9d5c"), ("ambiguous", "#d08a1d"), ("rejected", "#c8553d")):
            axes.plot(table["accept"], table[name], label=name, color=color)
        legend = axes.legend(frameon=False, loc="best", fontsize=9)
        for text in legend.get_texts():
            text.set_color(_INK)

    return _plot(draw, "Shares by accept threshold", "accept threshold", "share of pairs")


def _plot(draw: Callable[[Any], None], title: str, across: str, up: str) -> Plot:
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "musicsync", "font.family": "sans-serif"}):
        figure = Figure(figsize=(5.2, 3.6), layout="constrained")
        axes = figure.subplots()
        draw(axes)
        axes.set_title(title, color=_INK, fontsize=11)
        axes.set_xlabel(across, color=_INK)
        axes.set_ylabel(up, color=_INK)
        axes.tick_params(colors=_INK)
        axes.spines[["top", "right"]].set_visible(False)
        axes.spines[["left", "bottom"]].set_color(_INK)
        axes.set_facecolor("none")
        out = io.StringIO()
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = out.getvalue()
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    return Plot(svg.replace(_INK, "currentColor"))
