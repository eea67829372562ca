"""`musicsync match` and `musicsync search`: the engine alone, without service or network."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from musicsync import _core
from musicsync.cli.output import Failed, out, print_json
from musicsync.cli.profile import chosen_profile
from musicsync.imports.tracks import is_catalogue

_SHOWN_CONTRIBUTIONS = 3
_STYLES = {"accept": "green", "ambiguous": "yellow", "reject": "red"}


def match(songs: list[str], candidates: Path | None, profile: str, limit: int, *, as_json: bool) -> None:
    """`musicsync match`."""
    try:
        query, other = _songs(songs, alone=candidates is not None)
        matcher = _core.Matcher(chosen_profile(profile))
        if candidates is None:
            _print_pair(matcher, query, other, as_json=as_json)
        else:
            tracks, _ = _core.read_jsonl(candidates)
            _print_choice(matcher, query, list(tracks), limit, as_json=as_json)
    except (_core.EngineError, TypeError) as error:  # TypeError: a JSON object with a field of the wrong type
        raise Failed(str(error), 2) from None


def search(
    query: list[str], catalogue: Path, profile: str, limit: int, *, album: str = "", isrc: str = "",
    cutoff: float = 0.0, wanted: dict[str, Any] | None = None, recordings: bool = False, explain: bool = False,
    as_json: bool,
) -> None:  # fmt: skip
    """`musicsync search` and `musicsync catalogue search`."""
    if len(query) > 2:
        raise Failed('quote the title and the artist: "TITLE" "ARTIST"', 2)
    asked = dict(zip(("title", "artist"), query, strict=False)) | {"album": album, "isrc": isrc}
    try:
        tracks, judge = opened(catalogue), chosen_profile(profile)
        options: dict[str, Any] = {"k": limit, "cutoff": cutoff, "profile": judge} | (wanted or {})
        if recordings:
            found = tracks.search_recordings(asked, **options)
        else:
            found = [[one] for one in tracks.search(asked, **options)]
    except (_core.EngineError, OSError) as error:
        raise Failed(str(error), 2) from None
    matcher = _core.Matcher(judge)
    reasons = [[matcher.explain(asked, one.track) if explain else None for one in releases] for releases in found]
    if as_json:
        groups = [list(map(_hit, *pair)) for pair in zip(found, reasons, strict=True)]
        print_json(groups if recordings else [one for releases in groups for one in releases])
        return
    console, table = out(), _table()
    for rank, releases in enumerate(found, 1):
        for place, one in enumerate(releases):
            table.add_row(str(rank) if place == 0 else "", *_row(one.track, one.score, one.probability))
    console.print(table)
    for rank, (releases, whys) in enumerate(zip(found, reasons, strict=True), 1):
        for one, why in zip(releases, whys, strict=True):
            if why is not None:
                _print_hit(console, rank, one.track, why)


def opened(file: Path) -> _core.Catalog:
    """A catalogue's file, or tracks as JSON Lines. Raises `EngineError`, `OSError`."""
    return _core.Catalog.open(file, mapped=True) if is_catalogue(file) else _core.Catalog.from_jsonl(file)


def filters(year: str, duration: str, explicit: bool | None) -> dict[str, Any]:
    """Keywords of `Catalog.search` out of options. Exit code 2 for what is none."""
    return {
        "year": _limits("--year", year, int), "duration_s": _limits("--duration", duration, _seconds),
        "explicit": explicit,
    }  # fmt: skip


def _limits(option: str, text: str, read: Callable[[str], float]) -> tuple[float | None, float | None] | None:
    if not text.strip():
        return None
    first, dash, last = (part.strip() for part in text.partition("-"))
    try:
        low, high = (read(part) if part else None for part in (first, last if dash else first))
    except ValueError:
        raise Failed(f"{option}: {text!r} is neither one value nor FROM-TO", 2) from None
    return low, high


def _seconds(text: str) -> float:
    """Of 4:30, or of 4 minutes."""
    minutes, _, seconds = text.partition(":")
    return 60 * int(minutes) + (int(seconds) if seconds else 0)


def _songs(texts: list[str], *, alone: bool) -> tuple[Any, Any]:
    """The one or two songs of the command line: TITLE ARTIST each, or a JSON object each."""
    if all(text.startswith("{") for text in texts):
        songs: list[Any] = [_object(text) for text in texts]
    elif len(texts) % 2 == 0:
        songs = [{"title": title, "artist": artist} for title, artist in zip(texts[::2], texts[1::2], strict=True)]
    else:
        songs = []
    if len(songs) != (1 if alone else 2):
        wanted = "TITLE ARTIST" if alone else "TITLE ARTIST TITLE ARTIST"
        raise Failed(f"expected {wanted} (each quoted), or one JSON object a song", 2)
    return songs[0], songs[-1]


def _object(text: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(text)
    except ValueError as error:
        raise Failed(f"{text[:40]} is no JSON object: {error}", 2) from None
    return found


def _print_pair(matcher: _core.Matcher, left: Any, right: Any, *, as_json: bool) -> None:
    why = matcher.explain(left, right)
    if as_json:
        print_json(why.to_dict())
        return
    console = out()
    console.print(Text(why.verdict, style=_STYLES[why.verdict]), Text(f"– {why.sentence}"))
    table = Table("field", "left", "right", "similarity", "weight", box=None, pad_edge=False)
    for name, field in why.fields.items():
        likeness = "unknown" if field["similarity"] is None else f"{field['similarity']:.3f}"
        cells = (name, _text(field["left"]), _text(field["right"]), likeness, f"{field['weight']:.2f}")
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    likely = "" if why.probability is None else f", P {why.probability:.3f}"
    console.print(Text(f"score {why.score:.3f}{likely}" + "".join(f", −{n} {v:.3f}" for n, v in why.penalties.items())))
    _print_contributions(console, why)
    changes = why.what_would_change
    console.print(Text("What would change it:" if changes else "No single fact would change it."))
    for change in changes:
        console.print(Text(f"  {change['sentence']}"))


def _hit(match: _core.Match, why: _core.Explanation | None) -> dict[str, Any]:
    return match.to_dict() | ({} if why is None else {"explanation": why.to_dict()})


def _print_hit(console: Console, rank: int, track: _core.Track, why: _core.Explanation) -> None:
    """Why a hit has its score, in three lines and the model's weightiest terms."""
    console.print()
    console.print(Text(f"{rank}  {_text(track.title)}: {why.verdict} – {why.sentence}", style=_STYLES[why.verdict]))
    known = {name: field for name, field in why.fields.items() if field["similarity"] is not None}
    parts = [f"{name} {field['similarity']:.3f} × {field['weight']:.2f}" for name, field in known.items()]
    parts += [f"−{name} {points:.3f}" for name, points in why.penalties.items()]
    console.print(Text(f"   score {why.score:.3f}: " + ", ".join(parts or ["nothing to compare"])))
    _print_contributions(console, why, "   ")


def _print_contributions(console: Console, why: _core.Explanation, margin: str = "") -> None:
    for one in why.contributions[:_SHOWN_CONTRIBUTIONS]:
        said = f"{margin}{one['log_odds']:+.1f} log-odds: {one['label']} ({_value(one['value'])})"
        console.print(Text(said, style="dim"))


def _print_choice(matcher: _core.Matcher, query: Any, tracks: list[Any], limit: int, *, as_json: bool) -> None:
    decision = matcher.decide(query, tracks)
    ranked = matcher.rank(query, tracks, limit=limit)
    if as_json:
        print_json(decision.to_dict() | {"candidates": [one.to_dict() for one in ranked]})
        return
    console = out()
    console.print(
        Text(decision.verdict, style=_STYLES[decision.verdict]), Text(f"– {_why(matcher, decision, query, tracks)}")
    )
    table = _table()
    for rank, one in enumerate(ranked, 1):
        mark = "→" if one.index == decision.best and decision.verdict != "reject" else str(rank)
        table.add_row(mark, *_row(one.track, one.score, one.probability))
    console.print(table)


def _why(matcher: _core.Matcher, decision: _core.Decision, query: Any, tracks: list[Any]) -> str:
    """The sentence about the best candidate; why none was taken, where that is no matter of the pair alone."""
    if decision.best is None or "margin" in decision.reasons:
        return "; ".join(decision.reasons_in_words) + "."
    return matcher.explain(query, tracks[decision.best]).sentence


def _value(value: float | None) -> str:
    return "unknown" if value is None else f"{value:g}"


def _table() -> Table:
    return Table("", "id", "title", "artists", "album", "score", "P", box=None, pad_edge=False)


def _row(track: Any, score: float, probability: float | None) -> list[Text]:
    likely = "" if probability is None else f"{probability:.3f}"
    cells = (_text(track.id), _text(track.title), ", ".join(track.artists), _text(track.album), f"{score:.3f}", likely)
    return [Text(cell) for cell in cells]


def _text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list | tuple) else str(value or "")
