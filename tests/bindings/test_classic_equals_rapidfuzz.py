"""Profile `classic` and the base similarities are RapidFuzz's, divided by 100."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pytest
from rapidfuzz import fuzz

import musicsync

ALPHABETS = (
    "abc",
    "abcdefghijklmnopqrstuvwxyz '",
    "aàáâãäåæçèéêëß",
    "кириллица ",
    "日本語テキスト漢字",
    "a😀b🎵c\U00020000",
)
TOLERANCE = 1e-6


def _random_text(draw: random.Random) -> str:
    alphabet = draw.choice(ALPHABETS)
    return "".join(draw.choices(alphabet, k=draw.choice((0, 1, 5, 12, 20, 30, 63, 64, 65, 100, 140))))


def _mutated(draw: random.Random, text: str) -> str:
    letters = list(text)
    for _ in range(draw.randrange(4)):
        letters.insert(draw.randrange(len(letters) + 1), draw.choice("xyz é"))
        letters.pop(draw.randrange(len(letters)))
    return "".join(letters)


def test_ratio_equals_rapidfuzz_on_100_000_seeded_pairs() -> None:
    draw = random.Random(20260101)
    for _ in range(100_000):
        a = _random_text(draw)
        b = _mutated(draw, a) if draw.random() < 0.5 else _random_text(draw)
        assert abs(musicsync.ratio(a, b) - fuzz.ratio(a, b) / 100) < TOLERANCE, (a, b)


def test_token_sort_ratio_equals_rapidfuzz_on_seeded_pairs() -> None:
    draw = random.Random(7)
    for _ in range(20_000):
        words = [_random_text(draw)[:8] for _ in range(4)]
        a, b = " ".join(words), "\u3000".join(_mutated(draw, word) for word in draw.sample(words, 4))
        if a.split() and b.split():
            assert abs(musicsync.token_sort_ratio(a, b) - fuzz.token_sort_ratio(a, b) / 100) < TOLERANCE, (a, b)


def _expected(a: dict[str, Any], b: dict[str, Any]) -> float:
    def field(key: str) -> float:
        left, right = (a[key] or "").strip().lower(), (b[key] or "").strip().lower()
        return fuzz.ratio(left, right) / 100 if left and right else 0.0

    return 0.50 * field("title") + 0.35 * field("artist") + 0.15 * field("album")


@pytest.mark.parametrize("name", ["spotify_pairs/valid.jsonl", "musicbrainz20k/pairs_valid.jsonl"])
def test_classic_equals_rapidfuzz_on_real_titles(name: str, rows: Callable[[str], Iterator[dict[str, Any]]]) -> None:
    pairs = [(row["left"], row["right"]) for row in islice(rows(name), 3000)]
    without_codes = [({**a, "isrc": None}, {**b, "isrc": None}) for a, b in pairs]
    left = [musicsync.Track.from_mapping(a) for a, _ in without_codes]
    right = [musicsync.Track.from_mapping(b) for _, b in without_codes]
    scores = musicsync.Matcher("classic").score_pairs(left, right)
    for (a, b), score in zip(without_codes, scores, strict=True):
        assert abs(score - _expected(a, b)) < TOLERANCE, (a, b)


def test_lower_equals_python_on_real_titles(rows: Callable[[str], Iterator[dict[str, Any]]]) -> None:
    for row in islice(rows("spotify_catalogue/tracks.jsonl"), 20_000):
        assert musicsync.lower(row["title"]) == row["title"].lower()


def test_an_absent_field_counts_zero() -> None:
    classic = musicsync.Matcher("classic")
    assert classic.score({"title": "a"}, {"title": "a"}) == 0.5
    assert classic.score({}, {}) == 0.0
    assert classic.probability({"title": "a"}, {"title": "a"}) is None
