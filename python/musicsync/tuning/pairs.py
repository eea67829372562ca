"""Labelled pairs and retrieval queries out of JSON Lines, each line checked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from musicsync import _core, japanese

LABELS = {"same": True, "version": False, "different": False, "edition": None, "ambiguous": None}
"""Label → is it the same recording? None: neither right nor wrong, left out of every figure."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "track_name"),
    "artist": ("artist", "artists"),
    "album": ("album",),
    "duration": ("duration_s", "duration_ms"),
    "year": ("year", "release_year"),
    "isrc": ("isrc",),
    "explicit": ("explicit",),
}
"""Names that `ignore` takes → the keys of a track that it hides."""


class MalformedLine(ValueError):
    """A line that is not what the format says; the text begins with FILE:LINE."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two descriptions, and whether they are the same recording (None: left out).

    `kinds` are words of the file's own that say what is hard about the pair; `truth` is who says so (`review`: a
    person who was asked)."""

    id: str
    left: _core.Track
    right: _core.Track
    same: bool | None
    kinds: tuple[str, ...] = ()
    truth: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A search, and the ids that answer it."""

    id: str
    kind: str
    track: _core.Track
    relevant: frozenset[str]


def read_pairs(path: Path, ignore: Sequence[str] = (), *, readings: bool = False) -> list[Pair]:
    """All pairs of a file, with the fields `ignore` (of `FIELDS`) hidden and `readings` of Japanese texts.

    Raises `MalformedLine`, `ValueError` for an unknown field, `OSError`.
    """
    unknown = [name for name in ignore if name not in FIELDS]
    if unknown:
        raise ValueError(f"unknown field {unknown[0]!r}: there are {', '.join(FIELDS)}")
    hidden = {key for name in ignore for key in FIELDS[name]}
    pairs = [_pair(path, line, row, hidden) for line, row in rows_of(path)]
    if not readings:
        return pairs
    return [
        replace(pair, left=japanese.with_readings(pair.left), right=japanese.with_readings(pair.right))
        for pair in pairs
    ]


def read_queries(path: Path) -> list[Query]:
    """All queries of a file. Raises `MalformedLine`, `OSError`."""
    return [_query(path, line, row) for line, row in _rows(path)]


def rows_of(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number and object of every row of a .csv or .parquet table, or of a file of JSON Lines."""
    if path.suffix.lower() in (".csv", ".parquet"):
        from musicsync.tuning.tables import table_rows

        return table_rows(path)
    return _rows(path)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number and object of every line that is not blank."""
    with path.open("rb") as file:
        for line, raw in enumerate(file, 1):
            if not raw.strip():
                continue
            try:
                row = json.loads(raw.decode("utf-8-sig" if line == 1 else "utf-8"))
            except UnicodeDecodeError:
                raise MalformedLine(path, line, "is not UTF-8") from None
            except (ValueError, RecursionError) as error:
                raise MalformedLine(path, line, f"is no JSON: {error}") from None
            if not isinstance(row, dict):
                raise MalformedLine(path, line, "must be a JSON object")
            yield line, row


def _pair(path: Path, line: int, row: dict[str, Any], hidden: set[str]) -> Pair:
    label = row.get("label")
    if not isinstance(label, str) or label not in LABELS:
        raise MalformedLine(path, line, f"label must be one of {', '.join(LABELS)}, not {label!r}")
    left, right = (_track(path, line, row, side, hidden) for side in ("left", "right"))
    return Pair(_id(path, line, row), left, right, LABELS[label], _kinds(path, line, row), _truth(path, line, row))


def _kinds(path: Path, line: int, row: dict[str, Any]) -> tuple[str, ...]:
    """A list of texts, or (in a table) one text with commas."""
    given = row.get("kinds") or ()
    if isinstance(given, str):
        given = [one.strip() for one in given.split(",") if one.strip()]
    if not isinstance(given, list | tuple) or not all(isinstance(one, str) for one in given):
        raise MalformedLine(path, line, "kinds must be a list of texts")
    return tuple(given)


def _truth(path: Path, line: int, row: dict[str, Any]) -> str:
    given = row.get("truth") or ""
    if not isinstance(given, str):
        raise MalformedLine(path, line, "truth must be a text")
    return given


def _query(path: Path, line: int, row: dict[str, Any]) -> Query:
    kind, relevant = row.get("kind", ""), row.get("relevant")
    if not isinstance(kind, str):
        raise MalformedLine(path, line, "kind must be a text")
    if not isinstance(relevant, list) or not all(isinstance(one, str | int) for one in relevant):
        raise MalformedLine(path, line, "relevant must be a list of ids")
    return Query(_id(path, line, row), kind, _track(path, line, row, "query", set()), frozenset(map(str, relevant)))


def _id(path: Path, line: int, row: dict[str, Any]) -> str:
    found = row.get("id", str(line))
    if not isinstance(found, str | int):
        raise MalformedLine(path, line, "id must be a text or a number")
    return str(found)


def _track(path: Path, line: int, row: dict[str, Any], key: str, hidden: set[str]) -> _core.Track:
    mapping = row.get(key)
    if not isinstance(mapping, dict):
        raise MalformedLine(path, line, f"{key} must be an object")
    try:
        return _core.Track.from_mapping({name: value for name, value in mapping.items() if name not in hidden})
    except (_core.EngineError, TypeError) as error:
        raise MalformedLine(path, line, f"{key}: {error}") from None


def labelled(rows: Iterable[Mapping[str, Any]]) -> list[Pair]:
    """The pairs of rows as JSON Lines would have them. Raises `MalformedLine` that names the row, from 1."""
    return [_pair(Path("rows"), number, dict(row), set()) for number, row in enumerate(rows, 1)]


def pair_of(path: Path, line: int, row: dict[str, Any]) -> Pair:
    """The pair of a row as JSON Lines has it; `path` and `line` are named in the `MalformedLine` that it raises."""
    return _pair(path, line, row, set())
