"""The short notation in which scenarios are written, and the JSON objects it stands for. docs/adversarial.md explains.

[typos] letters swapped, and a karaoke version
+ Midnight Harbour | The Lanterns | Tidewater | 3:34 | 2009
? Midnigth Harbour | ~ | | +1
- ~ (Live in Porto) | ~ | Live in Porto | +31
@ karaoke cover
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Fields = dict[str, Any]

_POSITIONS = ("title", "artist", "album", "duration_s", "year")
_HEADER = re.compile(r"\[(?:(none|ask):\s*)?([^\]]+)\]\s*(\S.*)")

DISTRACTORS = {
    "live": "~ - Live | ~ | Live at the Alhambra | +34 | +3",
    "venue": "~ (Live at the Corn Exchange, 2016) | ~ | The Corn Exchange Tapes | +41 | 2016",
    "remix": "~ (Vantaro Remix) | ~ | ~ (Remixes) | +97 | +1",
    "karaoke": "~ (Karaoke Version) | Singalong Studio Band | Karaoke Party, Vol. 12 | +2 | 2015",
    "style": "~ (In the Style of {artist}) [Karaoke Version] | Backing Track Masters | Sing Like a Star | +1 | 2013",
    "cover": "~ | The Paper Crowns | Rainy Day Covers | -14 | 2018",
    "tribute": "~ (Tribute to {artist}) | Stage Door Tribute Band | A Tribute to {artist} | +3 | 2012",
    "acoustic": "~ - Acoustic | ~ | The Acoustic Sessions | -22 | +2",
    "instrumental": "~ (Instrumental) | ~ | ~ (Instrumentals) | ~ | ~",
    "demo": "~ (Demo) | ~ | ~ (Deluxe Edition) | -9 | +1",
    "sped": "~ (Sped Up) | ~ | ~ (Sped Up) | x0.8 | 2023",
    "slowed": "~ (Slowed + Reverb) | ~ | ~ (Slowed) | x1.2 | 2023",
    "extended": "~ (Extended Mix) | ~ | ~ | +126 | ~",
    "piano": "~ (Piano Version) | Quiet Keys Ensemble | Pop Songs on Piano | -18 | 2020",
    "lullaby": "~ | Twinkle Lullaby Players | Lullaby Renditions of {artist} | -25 | 2017",
    "reprise": "~ (Reprise) | ~ | ~ | 1:14 | ~",
    "rerecorded": "~ (Re-Recorded) | ~ | The Hits Again | +5 | +21",
    "commentary": "~ (Commentary) | ~ | ~ (Commentary) | 1:32 | ~",
}
"""Distractors that any song can have, by the word that `@` takes."""


class MalformedNotation(ValueError):
    """Text that is not in the notation; begins with NAME:LINE."""


@dataclass(slots=True)
class _Block:
    """A scenario while it is read."""

    line: int
    expectation: str
    degradation: str
    why: str
    base: Fields = field(default_factory=dict)
    query: Fields = field(default_factory=dict)
    candidates: list[tuple[bool, Fields]] = field(default_factory=list)


def compiled(name: str, text: str) -> list[Fields]:
    """The scenarios of class `name` in `text`, as JSON objects. Raises `MalformedNotation`."""
    rows = []
    for number, block in enumerate(_blocks(name, text), 1):
        try:
            rows.append(_row(name, number, block))
        except ValueError as error:
            raise MalformedNotation(f"{name}:{block.line}: {error}") from None
    return rows


def _blocks(name: str, text: str) -> Iterator[_Block]:
    block: _Block | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            if block:
                yield block
            header = _HEADER.fullmatch(line)
            if not header:
                raise MalformedNotation(f"{name}:{number}: a header is [degradation] why")
            block = _Block(number, header[1] or "accept", header[2].strip(), header[3])
            continue
        try:
            if block is None:
                raise ValueError("a scenario begins with [degradation] why")
            _take(block, line[0], line[1:].strip())
        except ValueError as error:
            raise MalformedNotation(f"{name}:{number}: {error}") from None
    if block:
        yield block


def _take(block: _Block, mark: str, rest: str) -> None:
    """One line into its scenario."""
    if mark == "@":
        if odd := [word for word in rest.split() if word not in DISTRACTORS]:
            raise ValueError(f"no distractor {odd[0]!r}: there are {', '.join(DISTRACTORS)}")
        block.candidates += [(False, _fields(DISTRACTORS[word], block.base)) for word in rest.split()]
        return
    if mark not in "=+-?":
        raise ValueError(f"a line begins with one of = + - ? @ #, not {mark!r}")
    found = _fields(rest, block.base)
    if mark in "=+" and not block.base:
        block.base = found
    if mark == "?":
        block.query = found
    elif mark in "+-":
        block.candidates.append((mark == "+", found))


def _fields(text: str, base: Fields) -> Fields:
    """`title | artist | album | duration | year | …`: `~` is what the base has; then `isrc=…`, explicit, clean."""
    found: Fields = {}
    for position, cell in enumerate(part.strip() for part in text.split("|")):
        if position < len(_POSITIONS):
            value = _value(_POSITIONS[position], cell, base)
            if value is not None:
                found[_POSITIONS[position]] = value
        elif cell in ("explicit", "clean"):
            found["explicit"] = cell == "explicit"
        elif cell.startswith("isrc="):
            found["isrc"] = str(base["isrc"]) if cell == "isrc=~" else cell.removeprefix("isrc=")
        else:
            raise ValueError(f"unknown: {cell!r}")
    return found


def _value(name: str, cell: str, base: Fields) -> str | int | None:
    if not cell:
        return None
    if name in ("title", "artist", "album"):
        own = str(base.get(name) or base.get("title", ""))
        return cell.replace("{artist}", str(base.get("artist", ""))).replace("~", own)
    known: int | None = base.get(name)
    if cell == "~" or cell[0] in "+-x":
        if known is None:
            return None
        return known if cell == "~" else round(known * float(cell[1:])) if cell[0] == "x" else known + int(cell)
    minutes, _, seconds = cell.rpartition(":")
    return int(minutes or 0) * 60 + int(seconds)


def _row(name: str, number: int, block: _Block) -> Fields:
    right = [candidate for is_right, candidate in block.candidates if is_right]
    if not block.query or not block.candidates:
        raise ValueError("a scenario needs a query and candidates")
    if bool(right) != (block.expectation == "accept"):
        raise ValueError("a scenario has a right candidate, or its header begins with none: or ask:")
    identity = f"{name}-{number:03}"
    # In an order of no meaning, the same every time: being first must not help.
    order = sorted(block.candidates, key=lambda one: zlib.crc32(f"{identity}{sorted(one[1].items())}".encode()))
    candidates = [{"id": chr(ord("a") + index), **fields} for index, (_, fields) in enumerate(order)]
    accept = [chr(ord("a") + index) for index, (is_right, _) in enumerate(order) if is_right]
    return {
        "id": identity, "class": name, "degradation": block.degradation, "query": block.query, "candidates": candidates,
        block.expectation: accept or True, "why": block.why,
    }  # fmt: skip
