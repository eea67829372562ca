"""A library against a catalogue: for each of its tracks the one that is the same recording, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from musicsync import _core
from musicsync.bulk.assignment import assign
from musicsync.bulk.parts import Parts, Progress, file_stamp
from musicsync.bulk.searched import Decided, Searched, Tracks
from musicsync.bulk.tables import Columns, check_output, write_table

COLUMNS: Columns = {
    "row": "int", "query_id": "text", "query_title": "text", "query_artists": "texts", "verdict": "text",
    "method": "text", "reasons": "texts", "score": "float", "probability": "float", "margin": "float",
    "position": "int", "id": "text", "title": "text", "artists": "texts", "album": "text", "isrc": "text",
}  # fmt: skip
"""What the table says of each row of the library; null from `position` on where the catalogue has nothing like it."""

TAKEN = "taken"
"""The reason of a row whose track went to another row."""


@dataclass(frozen=True, slots=True)
class Join:
    """What is joined, how and where to. `library`: its tracks; `sources`: the files of both, which must not change."""

    catalogue: Searched
    library: Tracks
    sources: tuple[Path, Path]
    output: Path
    profile: _core.Profile
    limit: int = 20
    cutoff: float = 0.5
    accept: float | None = None
    one_to_one: bool = False
    threads: int | None = None
    rows: int = 250

    def plan(self) -> dict[str, Any]:
        """What all parts have to have in common."""
        catalogue, library = self.sources
        return {
            "kind": "join", "catalogue": file_stamp(catalogue), "library": file_stamp(library),
            "engine": _core.engine_version(), "profile": self.profile.to_json(), "limit": self.limit,
            "cutoff": self.cutoff, "accept": self.accept,
        }  # fmt: skip


def join(asked: Join, progress: Progress = None, *, restart: bool = False) -> dict[str, int]:
    """Write the table, and say how many rows have each verdict.

    `progress(done, total)` counts rows; what it raises stops the run, which goes on from there when it is called again.
    Raises `OtherRun`, `OSError`, and what `check_output` raises.
    """
    check_output(asked.output)
    with Parts(asked.output, asked.plan(), len(asked.library), asked.rows, restart=restart) as parts:
        parts.fill(partial(_decided, asked), progress)
        verdicts = dict.fromkeys(("accept", "ambiguous", "reject"), 0)
        write_table(asked.output, COLUMNS, _counted(_given(asked, parts), verdicts))
        parts.remove()
    return verdicts


def _decided(asked: Join, first: int, last: int, progress: Progress) -> Iterator[dict[str, Any]]:
    queries = [asked.library[row] for row in range(first, last)]
    decisions = asked.catalogue.join(
        queries, limit=asked.limit, cutoff=asked.cutoff, accept=asked.accept, profile=asked.profile,
        threads=asked.threads, progress=progress,
    )  # fmt: skip
    for row, (query, decision) in enumerate(zip(queries, decisions, strict=True), first):
        yield {"row": row} | decided_fields(query, decision) | {"as_good": _as_good(asked, decision)}


def decided_fields(query: _core.Track, decision: Decided) -> dict[str, Any]:
    """What the table says of a query and of what was decided."""
    return {
        "query_id": query.id, "query_title": query.title, "query_artists": list(query.artists),
        "verdict": decision.verdict, "method": decision.method, "reasons": decision.reasons,
        "score": decision.score, "probability": decision.probability, "margin": decision.margin,
        "position": decision.best,
    }  # fmt: skip


def _as_good(asked: Join, decision: Decided) -> list[tuple[int, float]]:
    """The accepted recording's releases that would do, and what they are worth: the chosen one above the others."""
    if decision.verdict != "accept":
        return []
    return [
        (one.index, value / 2 + (0.5 if one.index == decision.best else 0.0))
        for one in decision.candidates
        if one.same_as_best and not one.vetoes
        if _accepts(asked, value := one.score if one.probability is None else one.probability)
        or one.index == decision.best
    ]


def _accepts(asked: Join, value: float) -> bool:
    return asked.profile.accepts(value) if asked.accept is None else value >= asked.accept


def _given(asked: Join, parts: Parts) -> Iterator[dict[str, Any]]:
    """The rows of the table; where each track may be given once, with those that are given."""
    wanted = {row["row"]: row["as_good"] for row in parts.rows() if row["as_good"]} if asked.one_to_one else {}
    given = assign(wanted)
    for row in parts.rows():
        if row["row"] in given:
            position = given[row["row"]]
            if position is None:
                row |= {"verdict": "ambiguous", "reasons": [TAKEN]}
            elif position != row["position"]:
                row |= _compared(asked, row["row"], position)
        yield row | found_fields(asked.catalogue, row["position"])


def _compared(asked: Join, row: int, position: int) -> dict[str, Any]:
    """What the table says of another release than the one that was preferred."""
    (found,) = _core.Matcher(asked.profile).decide_pairs(
        [asked.library[row]], [asked.catalogue[position]], accept=asked.accept
    )
    return {"position": position, "score": found.score, "probability": found.probability, "method": found.method}


def found_fields(catalogue: Tracks, position: int | None) -> dict[str, Any]:
    """What the table says of the track that was found."""
    if position is None:
        return dict.fromkeys(("id", "title", "artists", "album", "isrc"))
    found = catalogue[position]
    return {
        "id": found.id, "title": found.title, "artists": list(found.artists), "album": found.album, "isrc": found.isrc,
    }  # fmt: skip


def _counted(rows: Iterator[dict[str, Any]], verdicts: dict[str, int]) -> Iterator[dict[str, Any]]:
    for row in rows:
        verdicts[row["verdict"]] += 1
        yield row
