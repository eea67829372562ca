"""A sync's attempts as the ways in show them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from musicsync.ports import HistoryEntry
from musicsync.standalone.records import Attempt
from musicsync.steps import STEPS

_MOST_ITEMS = 5


def history_of(attempts: Sequence[Attempt]) -> tuple[HistoryEntry, ...]:
    """One entry an attempt; what the runner notes for itself is left out."""
    return tuple(_entry(one) for one in attempts if one.step in STEPS)


def _entry(one: Attempt) -> HistoryEntry:
    error = f"{one.error_type}: {one.error}" if one.error_type else None
    result = None if one.result is None else shortened(json.loads(one.result))
    return HistoryEntry(one.step, one.attempt, one.started_at, one.ended_at, error, result)


def shortened(value: Any) -> Any:
    """Long lists keep their first items and say how many there were."""
    if isinstance(value, dict):
        return {name: shortened(one) for name, one in value.items()}
    if isinstance(value, list):
        kept = [shortened(one) for one in value[:_MOST_ITEMS]]
        return [*kept, f"… {len(value) - _MOST_ITEMS} more"] if len(value) > _MOST_ITEMS else kept
    return value
