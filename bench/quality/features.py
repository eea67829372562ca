"""What a pair looks like to the learned baselines: similarities of RapidFuzz over plainly normalised text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from musicsync import Track

Array = NDArray[np.float64]

VERSION_WORDS = frozenset(
    {
        "live", "remix", "mix", "edit", "dub", "acoustic", "unplugged", "session", "demo", "instrumental", "karaoke",
        "cover", "tribute", "cappella", "orchestral", "slowed", "sped", "nightcore", "extended", "radio", "reprise",
        "interlude", "version", "remaster", "remastered", "mono", "stereo",
    }
)  # fmt: skip

_TEXTS: tuple[tuple[str, Callable[[Track], str], tuple[Any, ...]], ...] = (
    ("title", lambda t: t.title or "", (fuzz.ratio, fuzz.token_sort_ratio, fuzz.token_set_ratio, fuzz.partial_ratio)),
    ("artist", lambda t: ", ".join(t.artists), (fuzz.ratio, fuzz.token_sort_ratio, fuzz.token_set_ratio)),
    ("album", lambda t: t.album or "", (fuzz.ratio, fuzz.token_set_ratio)),
    (
        "joined",
        lambda t: " ".join([*t.artists, t.title or "", t.album or ""]),
        (fuzz.token_sort_ratio, fuzz.token_set_ratio),
    ),
)
"""Field, how it is read, and the similarities taken of it."""

NAMES: tuple[str, ...] = (
    *(f"{field} {scorer.__name__}" for field, _, scorers in _TEXTS for scorer in scorers),
    "duration gap", "year gap", "version words apart", "version words shared", "numbers apart",
)  # fmt: skip


def features(left: Sequence[Track], right: Sequence[Track]) -> Array:
    """A row a pair, a column of `NAMES` each; NaN where a side does not know the field."""
    columns: list[Array] = []
    for _, read, scorers in _TEXTS:
        a, b = [plain(read(one)) for one in left], [plain(read(one)) for one in right]
        known = np.array([bool(x and y) for x, y in zip(a, b, strict=True)], dtype=bool)
        for scorer in scorers:
            found = process.cpdist(a, b, scorer=scorer, dtype=np.float64, workers=-1) / 100
            columns.append(np.where(known, found, np.nan))
    columns.append(np.minimum(_gap([t.duration_ms for t in left], [t.duration_ms for t in right]) / 1000, 120))
    columns.append(np.minimum(_gap([t.release_year for t in left], [t.release_year for t in right]), 30))
    words = [(_words(a), _words(b)) for a, b in zip(left, right, strict=True)]
    columns.append(np.array([len((a ^ b) & VERSION_WORDS) for a, b in words], dtype=float))
    columns.append(np.array([len(a & b & VERSION_WORDS) for a, b in words], dtype=float))
    columns.append(np.array([len({w for w in a ^ b if w.isdigit()}) for a, b in words], dtype=float))
    return np.column_stack(columns)


@lru_cache(maxsize=200_000)
def plain(text: str) -> str:
    """Case folded, without marks and punctuation."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(re.findall(r"\w+", "".join(c for c in folded if not unicodedata.combining(c))))


def _words(track: Track) -> frozenset[str]:
    return frozenset(plain(track.title or "").split())


def _gap(left: Sequence[float | None], right: Sequence[float | None]) -> Array:
    a, b = (np.array([np.nan if one is None else one for one in side], dtype=float) for side in (left, right))
    return np.asarray(np.abs(a - b), dtype=np.float64)
