"""`musicsync train`: the model behind P, fitted anew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from musicsync.cli.output import Failed, err, out, say
from musicsync.tuning import recipe


def shipped(data: Path, output: Path, seed: int, generated: int) -> None:
    """Make the shipped profile again. Exit code 2 where a file is missing or damaged."""
    try:
        with err().status("starting …") as status:
            made = recipe.shipped_model(
                data, seed=seed, generated=generated, tell=lambda what: status.update(f"{what} …")
            )
        output.write_text(made.profile.to_json(), encoding="utf-8")
    except (ValueError, OSError) as error:  # EngineError and MalformedLine are ValueErrors
        raise Failed(str(error), 2) from None
    _show(made, output)


def own(files: Sequence[Path], output: Path, name: str, seed: int, generated: int, weight: float) -> None:
    """Fit to one's own pairs and to made-up ones. Exit code 2 for a line that is no pair."""
    try:
        with err().status("reading, making and fitting pairs …"):
            made = recipe.own_model(files, name=name, seed=seed, generated=generated, weight=weight)
        output.write_text(made.profile.to_json(), encoding="utf-8")
    except (ValueError, OSError) as error:
        raise Failed(str(error), 2) from None
    _show(made, output)


def _show(made: recipe.Made, output: Path) -> None:
    table = Table(
        "checked on", "pairs", "F1", "precision", "recall", "accepted", "its precision", box=None, pad_edge=False
    )
    for name, found in made.figures.items():
        shares = (found[key] for key in ("f1", "precision", "recall", "accept_recall", "accept_precision"))
        table.add_row(name, f"{found['n']:,}", *("–" if one is None else f"{one:.4f}" for one in shares))
    out().print(table)
    say(f"{output}: model {made.profile.model_version}; try it: musicsync evaluate pairs FILE --profile {output}")
