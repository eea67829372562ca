"""`musicsync evaluate`: the engine's quality on labelled data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.table import Table

from musicsync import _core
from musicsync.cli.engine import opened
from musicsync.cli.output import Failed, out, print_json
from musicsync.cli.profile import chosen_profile
from musicsync.tuning.evaluate import evaluate_pairs
from musicsync.tuning.pairs import read_pairs, read_queries
from musicsync.tuning.retrieval import evaluate_retrieval

_SHOWN = 20


def pairs(file: Path, profile: str, ignore: str, *, readings: bool, as_json: bool) -> None:
    """`musicsync evaluate pairs`. Exit code 2 for a line that is no pair."""
    try:
        hidden = [name.strip() for name in ignore.split(",") if name.strip()]
        found = evaluate_pairs(read_pairs(file, hidden, readings=readings), chosen_profile(profile))
    except (ValueError, OSError) as error:  # EngineError and MalformedLine are ValueErrors
        raise Failed(str(error), 2) from None
    if as_json:
        print_json(found)
        return
    table = Table("figure", "value", box=None, pad_edge=False)
    for name, value in found.items():
        table.add_row(name, _figure(value) if name != "false_accepts" else _ids(found["false_accepts"]))
    out().print(table)


def retrieval(catalogue: Path, queries: Path, k: int, profile: str, *, readings: bool, as_json: bool) -> None:
    """`musicsync evaluate retrieval`. Exit code 2 for a line that is no track or no query."""
    try:
        asked = read_queries(queries)
        found = evaluate_retrieval(opened(catalogue), asked, k, chosen_profile(profile), readings=readings)
    except (_core.EngineError, ValueError, OSError) as error:
        raise Failed(str(error), 2) from None
    if as_json:
        print_json(found)
        return
    table = Table("kind", "n", "recall at 1", f"recall at {k}", "ms", box=None, pad_edge=False)
    for kind, one in {"overall": found["overall"], **found["kinds"]}.items():
        table.add_row(kind, *(_figure(value) for value in one.values()))
    out().print(table)


def _ids(ids: list[str]) -> str:
    more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
    return f"{len(ids)}: {', '.join(ids[:_SHOWN])}{more}" if ids else "none"


def _figure(value: Any) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:,.4f}" if value < 100 else f"{value:,.0f}"
