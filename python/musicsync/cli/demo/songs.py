"""What the demo posts: the written songs of the demo catalogue, or songs drawn from any other catalogue."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from musicsync import _core
from musicsync.errors import SettingsError
from musicsync.imports.tracks import is_catalogue

_DRAWN = 44


@dataclass(frozen=True, slots=True)
class DemoSong:
    """One tap on a Shortcut: the body to post, what must come of it, and a person's answer should it be asked for.

    `tracks` are ids of releases of the right recording (empty: none is right). `outcomes` are acceptable ones.
    """

    name: str
    request: dict[str, Any]
    outcomes: frozenset[str]
    tracks: frozenset[str]
    trap: str
    answer: str = "none"
    repeat_of: str | None = None
    reviewed: bool = False


def written(path: Path) -> list[DemoSong]:
    """The songs of `songs.json`."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    shared = {row["same_recording_as"] for row in rows if "same_recording_as" in row}
    return [_written(row, row["name"] in shared) for row in rows]


def _written(row: dict[str, Any], shared: bool) -> DemoSong:
    expect, review = row["expect"], row.get("review", {})
    tracks = expect.get("track_ids") or ([expect["track_id"]] if expect.get("track_id") else [])
    asked = expect["outcome"] == "waiting_for_review"
    outcomes = {"added"} if asked else {expect["outcome"]}
    if shared or "same_recording_as" in row or "already_there" in outcomes:  # whichever comes first adds it
        outcomes |= {"added", "already_there"}
    return DemoSong(
        row["name"], row["request"], frozenset(outcomes), frozenset(tracks), row["trap"],
        review.get("choice", tracks[0] if tracks else "none"), row.get("repeat_of"), asked,
    )  # fmt: skip


@dataclass
class _Known:
    ids: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)


def drawn(path: Path, seed: int = 7) -> list[DemoSong]:
    """Songs of another catalogue, as people and other stores write them; the last is posted twice."""
    known = _of_file(path, seed) if is_catalogue(path) else _of_lines(path)
    if len(known) < _DRAWN:
        raise SettingsError(f"{path}: {len(known)} different songs are too few for the demo, which posts {_DRAWN}")
    chooser = random.Random(seed)
    picked = chooser.sample(sorted(known), _DRAWN - 1)
    songs = [_drawn(n, known[key], chooser) for n, key in enumerate(picked)]
    again = songs[0]
    return [*songs, DemoSong(
        f"{again.name}-again", again.request, again.outcomes, again.tracks, "the same request twice", again.answer,
        again.name,
    )]  # fmt: skip


def _of_lines(path: Path) -> dict[tuple[str, str], _Known]:
    known: dict[tuple[str, str], _Known] = defaultdict(_Known)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row = _row(path, number, line)
        entry = known[_key(row)]
        entry.ids.append(row["id"])
        entry.rows.append(row)
    return known


def _of_file(path: Path, seed: int) -> dict[tuple[str, str], _Known]:
    """Songs of a catalogue's file, which may be large: some are drawn, and what else is the same song is searched."""
    catalogue, known = _core.Catalog.open(path, mapped=True), dict[tuple[str, str], _Known]()
    chooser = random.Random(seed)
    for position in chooser.sample(range(len(catalogue)), min(len(catalogue), 8 * _DRAWN)):
        row = _as_row(catalogue[position])
        key = _key(row)
        if len(known) == _DRAWN or key in known or not row.get("id") or not row.get("artist"):
            continue
        asked = {"title": row["title"], "artist": row["artist"]}
        same = [_as_row(one.track) for one in catalogue.search(asked, k=100, cutoff=0.5, profile="classic")]
        rows = [row, *(one for one in same if _key(one) == key and one.get("id") != row["id"])]
        known[key] = _Known([one["id"] for one in rows if one.get("id")], rows)
    return known


def _as_row(track: _core.Track) -> dict[str, Any]:
    seconds = track.duration_ms / 1000 if track.duration_ms else None
    return {"id": track.id, "title": track.title or "", "artist": ", ".join(track.artists), "duration_s": seconds}


def _key(row: dict[str, Any]) -> tuple[str, str]:
    return row["title"].casefold(), str(row.get("artist", "")).casefold()


def _row(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise SettingsError(f"{path}:{number}: not JSON: {error}") from error
    if not isinstance(row, dict) or not row.get("title") or not row.get("id"):
        raise SettingsError(f"{path}:{number}: not a track with id and title")
    return row


def _drawn(number: int, known: _Known, chooser: random.Random) -> DemoSong:
    row = known.rows[0]
    title, artist = str(row["title"]), str(row.get("artist") or (row.get("artists") or ["?"])[0])
    degrade = (
        ("plain", title, artist),
        ("lower case", title.lower(), artist.lower()),
        ("a typo", _typo(title, chooser), artist),
        ("first artist only", title, artist.split(", ")[0]),
    )
    trap, title, artist = degrade[number % len(degrade)]
    request = {"track_name": title[:200], "artist": artist[:200], "duration": row.get("duration_s") or None}
    outcomes = frozenset({"added", "already_there"})
    return DemoSong(f"song-{number + 1}", request, outcomes, frozenset(known.ids), trap, known.ids[0])


def _typo(text: str, chooser: random.Random) -> str:
    """Two neighbouring letters swapped."""
    if len(text) < 6:
        return text
    at = chooser.randrange(1, len(text) - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
