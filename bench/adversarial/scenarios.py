"""Scenarios out of `datasets/adversarial/*.jsonl`, each line checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "datasets" / "adversarial"

TEXTS = ("title", "artist", "album", "isrc")
NUMBERS = ("duration_s", "year")
FIELDS = (*TEXTS, *NUMBERS, "explicit")
KEYS = {"id", "class", "degradation", "query", "candidates", "why"}
CANDIDATES = range(1, 13)

Expectation = Literal["accept", "none", "ask"]


class MalformedScenario(ValueError):
    """A line that is no scenario; the text begins with FILE:LINE."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A query, its candidates, and what a careful person would answer.

    `accept`: the ids that are right. Without any, `expectation` says why nothing may be accepted: `none`, no candidate
    is right; `ask`, it cannot be told which.
    """

    id: str
    category: str
    degradation: str
    query: Mapping[str, Any]
    candidates: tuple[Mapping[str, Any], ...]
    expectation: Expectation
    accept: frozenset[str]
    why: str

    @property
    def digest(self) -> str:
        """Changes when the query or a candidate does."""
        text = json.dumps([self.query, self.candidates], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:8]


def load(folder: Path = FOLDER) -> list[Scenario]:
    """All scenarios, by file and line. Raises `MalformedScenario`, `OSError`."""
    found: dict[str, Scenario] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                one = scenario(json.loads(text))
                if one.id in found:
                    raise ValueError(f"id {one.id!r} stands twice")
                if one.category != path.stem:
                    raise ValueError(f"class {one.category!r} does not belong into this file")
            except ValueError as error:  # json's own error is one
                raise MalformedScenario(f"{path}:{line}: {error}") from None
            found[one.id] = one
    return list(found.values())


def scenario(row: Any) -> Scenario:
    """A scenario out of its JSON object. Raises `ValueError` that names the field."""
    if not isinstance(row, dict):
        raise ValueError("must be a JSON object")
    expected = [key for key in ("accept", "none", "ask") if key in row]
    if len(expected) != 1:
        raise ValueError("needs exactly one of accept, none and ask")
    if odd := set(row) ^ (KEYS | set(expected)):
        raise ValueError(f"missing or unknown: {', '.join(sorted(odd))}")
    for key in ("id", "class", "degradation", "why"):
        if not isinstance(row[key], str) or not row[key].strip():
            raise ValueError(f"{key} must be a text that is not blank")
    candidates = row["candidates"]
    if not isinstance(candidates, list) or len(candidates) not in CANDIDATES:
        raise ValueError(f"candidates must be a list of {CANDIDATES.start} to {CANDIDATES.stop - 1}")
    for where, mapping in (("query", row["query"]), *((f"candidates[{n}]", one) for n, one in enumerate(candidates))):
        for reason in _mistakes(mapping, with_id=where != "query"):
            raise ValueError(f"{where}: {reason}")
    return Scenario(
        id=row["id"],
        category=row["class"],
        degradation=row["degradation"],
        query=row["query"],
        candidates=tuple(candidates),
        expectation=_expectation(expected[0]),
        accept=_accepted(row, expected[0]),
        why=row["why"],
    )


def _expectation(key: str) -> Expectation:
    return "accept" if key == "accept" else "none" if key == "none" else "ask"


def _accepted(row: Mapping[str, Any], expected: str) -> frozenset[str]:
    ids = [one["id"] for one in row["candidates"]]
    if len(set(ids)) != len(ids):
        raise ValueError("two candidates have one id")
    right = row[expected]
    if expected != "accept":
        if right is not True:
            raise ValueError(f"{expected} must be true")
        return frozenset()
    if not isinstance(right, list) or not right or not set(right) <= set(ids):
        raise ValueError("accept must be a list of candidates' ids, at least one")
    return frozenset(right)


def _mistakes(mapping: Any, *, with_id: bool) -> Iterator[str]:
    if not isinstance(mapping, dict):
        yield "must be an object"
        return
    allowed = {*FIELDS, "id"} if with_id else set(FIELDS)
    for key, value in mapping.items():
        if key not in allowed:
            yield f"unknown field {key!r}"
        elif key in NUMBERS and (isinstance(value, bool) or not isinstance(value, int | float) or value <= 0):
            yield f"{key} must be a number above 0"
        elif key == "explicit" and not isinstance(value, bool):
            yield "explicit must be true or false"
        elif key in (*TEXTS, "id") and (not isinstance(value, str) or not value.strip()):
            yield f"{key} must be a text that is not blank"
    if "title" not in mapping or (with_id and "id" not in mapping):
        yield "needs a title, and a candidate an id"
