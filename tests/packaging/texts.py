"""A digest of everything that the engine makes of texts, over every script: equal digests are equal engines.

    python tests/packaging/texts.py           # the digests of the musicsync that this Python imports, as JSON

A wheel carries only a small part of ICU's data; what is missing there would change results silently. So the wheel is
compared with the development build, which has all of it. This needs nothing but the engine.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import musicsync

CASES = Path(__file__).resolve().parents[1] / "cases"
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
SEED = 5
RANDOM_TEXTS = 100_000
_SURROGATES = range(0xD800, 0xE000)
_CONTEXTS = ("x{}", "{}\u0301x", "Aa {} (Live)", "{0}{0} feat. {0}x", "か{}ส")


def code_points() -> Iterator[str]:
    """Every code point there is, alone, assigned or not."""
    return (chr(point) for point in range(1, sys.maxunicode + 1) if point not in _SURROGATES)


def in_context() -> Iterator[str]:
    """Every assigned code point between others: before a mark, in a clause, in a credit, after other scripts."""
    for character in code_points():
        if unicodedata.category(character) not in ("Cn", "Co"):
            yield from (context.format(character) for context in _CONTEXTS)


def random_texts() -> Iterator[str]:
    """Words of two neighbourhoods of Unicode, of up to 24 characters."""
    chance = random.Random(SEED)
    starts = [point for point in range(0x20, 0x20000, 0x20) if point not in _SURROGATES]
    for _ in range(RANDOM_TEXTS):
        places = chance.choices(starts, k=2)
        points = [chance.choice(places) + chance.randrange(0x20) for _ in range(chance.randint(1, 24))]
        yield "".join(chr(point) if chance.random() < 0.85 else " " for point in points)


def cases() -> Iterator[str]:
    """The texts of the project's own tables."""
    for path in sorted(CASES.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from line.split("\t")


def real() -> Iterator[str]:
    """Every distinct text of the labelled data, where it lies beside the checkout."""
    seen: set[str] = set()
    for path in sorted(SHARED.rglob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            for line in file:
                yield from _new_texts(json.loads(line), seen)


def _new_texts(value: object, seen: set[str]) -> Iterator[str]:
    if isinstance(value, str):
        if value not in seen:
            seen.add(value)
            yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _new_texts(part, seen)
    elif isinstance(value, list):
        for part in value:
            yield from _new_texts(part, seen)


def everything_made_of(text: str) -> str:
    """All results for one text, as one text."""
    normal = musicsync.normalize(text)
    made = [
        normal, musicsync.lower(text), musicsync.romanize(normal), musicsync.parse_title(text).to_dict(),
        musicsync.parse_artists(text),
    ]  # fmt: skip
    return json.dumps(made)


def digest(texts: Iterator[str], made_of: Callable[[str], str] = everything_made_of) -> str:
    """`N texts: HASH`."""
    count, state = 0, hashlib.sha256()
    for text in texts:
        state.update(made_of(text).encode() + b"\n")
        count += 1
    return f"{count} texts: {state.hexdigest()[:32]}"


PARTS = {"code points": code_points, "in context": in_context, "random": random_texts, "cases": cases, "real": real}


def main() -> None:
    json.dump({name: digest(texts()) for name, texts in PARTS.items()}, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
