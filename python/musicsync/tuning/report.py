"""The whole analysis of labelled pairs, for a notebook or as one HTML file that fetches nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from musicsync import _core
from musicsync.tuning.compare import Mistake, by_kind, mistakes
from musicsync.tuning.curves import Choice, Sample, choose, sample
from musicsync.tuning.evaluate import PairFigures, evaluate_pairs
from musicsync.tuning.pairs import Pair
from musicsync.tuning.plots import plot_calibration, plot_precision_recall, plot_sweep

_STYLE = (
    ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:auto;padding:1rem}"
    "table{border-collapse:collapse;display:block;overflow-x:auto}td,th{padding:.25rem .75rem .25rem 0;text-align:left;"
    "vertical-align:top;border-bottom:1px solid #8884}.plots{display:flex;flex-wrap:wrap;gap:1rem}"
    ".plots>div{flex:1 1 18rem;max-width:34rem}svg{width:100%;height:auto}"
)


@dataclass(frozen=True, slots=True)
class Report:
    """Shows itself in a notebook; `html()` is a whole page."""

    title: str
    profile: _core.Profile
    figures: PairFigures
    choice: Choice
    kinds: list[dict[str, Any]]
    mistakes: list[Mistake]
    judged: Sample
    costs: tuple[float, float, float]

    def html(self) -> str:
        """A page for itself."""
        return (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            f"<title>{escape(self.title)}</title><style>{_STYLE}</style></head>"
            f"<body>{self._repr_html_()}</body></html>\n"
        )

    def _repr_html_(self) -> str:
        wrong, review, missed = self.costs
        plots = (
            plot_precision_recall(self.judged),
            plot_calibration(self.judged),
            plot_sweep(self.judged, self.profile.reject),
        )
        figures = [
            (name.replace("_", " "), _shown(value)) for name, value in self.figures.items() if name != "false_accepts"
        ]
        chosen = self.choice
        return "".join((
            f"<h1>{escape(self.title)}</h1><p>Profile {escape(self.profile.name)}, accept {self.profile.accept:g}, "
            f"reject {self.profile.reject:g}.</p>", _table(("figure", "value"), figures),
            '<div class="plots">', *(f"<div>{plot.svg}</div>" for plot in plots), "</div><h2>Thresholds by cost</h2>",
            f"<p>A wrong add costs {wrong:g}, a review {review:g}, a missed recording {missed:g}. Cheapest here: "
            f"accept {chosen.accept:.4g}, reject {chosen.reject:.4g}, at {chosen.cost:.4f} a pair (95 % interval "
            f"{chosen.low:.4f} to {chosen.high:.4f}); the profile's own cost {chosen.cost_before:.4f}.</p>",
            "<h2>By kind</h2>",
            _table(("kind", "pairs", "wrongly accepted", "missed", "ambiguous"), map(dict.values, self.kinds)),
            "<h2>Mistakes</h2>",
            _table(("id", "what", "P", "why"), [(m.id, m.what, f"{m.value:.3f}", m.sentence) for m in self.mistakes])
            if self.mistakes else "<p>None.</p>",
        ))  # fmt: skip


def pair_report(
    pairs: Sequence[Pair],
    profile: str | _core.Profile = "standard",
    *,
    title: str = "Pairs",
    costs: tuple[float, float, float] = (20.0, 1.0, 5.0),
) -> Report:
    """Judge the pairs and analyse what comes out. `costs` of a wrong add, a review, a missed recording.

    Raises `ValueError` where no pair has a right answer.
    """
    used = _core.Profile(profile)
    judged = sample(pairs, used)
    wrong, review, missed = costs
    choice = choose(judged, used, cost_wrong_add=wrong, cost_review=review, cost_missed=missed)
    return Report(
        title, used, evaluate_pairs(pairs, used), choice, by_kind(judged), mistakes(judged, used), judged, costs
    )


def _shown(value: Any) -> str:
    return "–" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:,.4f}"


def _table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    cells = "".join(f"<th>{escape(one)}</th>" for one in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(one))}</td>" for one in row) + "</tr>" for row in rows)
    return f"<table><tr>{cells}</tr>{body}</table>"
