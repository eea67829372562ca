"""Words of titles and queries, and which words of a vocabulary a misspelled one may mean."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from musicsync import _core

_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")
_UNREADABLE = re.compile(r"[\x00\ud800-\udfff]")
_SHORTEST_WITH_TYPO = 4
_MOST_VARIANTS = 24


@lru_cache(maxsize=65_536)
def normal(text: str) -> str:
    """The engine's normal form."""
    return str(_core.normalize(readable(text)))


def readable(text: str) -> str:
    """The text with spaces for NUL and lone surrogates, which the engine refuses."""
    return _UNREADABLE.sub(" ", text)


def words(normalized: str) -> list[str]:
    """The words of normalised text in order. Scripts without spaces give pairs of neighbouring characters."""
    if normalized.isascii():
        return normalized.split()
    found: list[str] = []
    for token in normalized.split():
        start = 0
        for run in _UNSPACED.finditer(token):
            found += [token[start : run.start()]] if run.start() > start else []
            found += _pairs(run.group())
            start = run.end()
        found += [token[start:]] if start < len(token) else []
    return found


def _pairs(run: str) -> list[str]:
    return [run] if len(run) < 3 else [run[place : place + 2] for place in range(len(run) - 1)]


def words_with_readings(text: str) -> list[str]:
    """The words of a title or name, and of its Latin spelling where it has another script and the engine knows one."""
    normalized = normal(text)
    found = words(normalized)
    if not normalized.isascii():
        found += words(str(_core.romanize(normalized)))
    return found


class Vocabulary:
    """Finds the words one edit away (a letter dropped, added, changed, or two swapped), and those with a beginning."""

    def __init__(self, known: Iterable[str]) -> None:
        self._sorted = sorted(set(known))
        self._shortened: dict[str, list[str]] = {}
        for word in self._sorted:
            if len(word) >= _SHORTEST_WITH_TYPO:
                for short in _shortenings(word):
                    self._shortened.setdefault(short, []).append(word)
        self._variants = lru_cache(maxsize=65_536)(self._look_up)

    def variants(self, word: str) -> tuple[str, ...]:
        """Known words one edit away from `word`, itself left out. Words under four letters have none."""
        return self._variants(word)

    def _look_up(self, word: str) -> tuple[str, ...]:
        if len(word) < _SHORTEST_WITH_TYPO:
            return ()
        near: dict[str, None] = {}
        for short in _shortenings(word):
            near.update(dict.fromkeys(self._shortened.get(short, ())))
        return tuple(other for other in near if other != word and one_edit_apart(word, other))

    def beginning_with(self, start: str) -> tuple[str, ...]:
        """Known words that go on after `start`, at most 24."""
        place = bisect_left(self._sorted, start)
        found = []
        for word in self._sorted[place : place + _MOST_VARIANTS + 1]:
            if not word.startswith(start):
                break
            if word != start:
                found.append(word)
        return tuple(found[:_MOST_VARIANTS])


def _shortenings(word: str) -> set[str]:
    """The word and every form of it with one letter left out: two words one edit apart share one of these."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def one_edit_apart(one: str, other: str) -> bool:
    """True where one insertion, deletion, substitution or swap of neighbours turns one word into the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or one == other:
        return False
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    rest, other_rest = one[start:], other[start:]
    return rest[1:] == other_rest[1:] or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
