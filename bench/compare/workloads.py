"""What is timed of a revision: one call for each operation, over the same invented songs everywhere.

    >>> workload = WORKLOADS["ratio"]()
    >>> workload.answer() == WORKLOADS["ratio"]().answer()
    True

Only `musicsync`'s public names are used, and each is looked up when its workload is made: an older revision that lacks
one lacks that workload alone.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from json import dumps
from pathlib import Path
from typing import Any

_TEXT = """love night river africa dance blue heart road summer fire dream again home light rain city über étoile ночь
夜に the of and your black golden machine angel thunder paper sugar winter mirror"""
WORDS = tuple(_TEXT.split())
CREDITS = ("toto", "the beatles", "simon & garfunkel", "jay-z", "björk", "кино", "yoasobi", "daft punk", "abba", "u2")
VERSIONS = ("", "", "", " (Live)", " - Remastered 2011", " (feat. Jane Doe)", " - Radio Edit", " (Acoustic Version)")


@dataclass(frozen=True, slots=True)
class Workload:
    """The call to time, and its answer in a form that two revisions can be held against each other by."""

    call: Callable[[], Any]
    answer: Callable[[], Any]


def songs(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Mappings as a web API gives them: the same for the same seed."""
    draw = random.Random(seed)
    return [
        {
            "id": str(number),
            "title": " ".join(draw.choices(WORDS, k=draw.randint(1, 5))).title() + draw.choice(VERSIONS),
            "artists": [draw.choice(CREDITS).title(), *draw.choices(CREDITS, k=draw.random() < 0.2)],
            "album": " ".join(draw.choices(WORDS, k=draw.randint(1, 3))).title(),
            "duration_ms": draw.randrange(120_000, 360_000),
        }
        for number in range(count)
    ]


def titles(count: int, seed: int) -> list[str]:
    """Titles alone."""
    return [song["title"] for song in songs(count, seed)]


def tracks(count: int, seed: int = 1) -> list[Any]:
    """The same as native tracks."""
    from musicsync import Track

    return [Track.from_mapping(song) for song in songs(count, seed)]


def _ranked(hits: Any) -> list[tuple[int, float, float | None]]:
    return [(hit.index, hit.score, hit.probability) for hit in hits]


def _each(call: Callable[[Any], Any], items: list[Any], answer: Callable[[Any], Any] = lambda value: value) -> Workload:
    """A call for every item."""
    return Workload(lambda: [call(item) for item in items], lambda: [answer(call(item)) for item in items])


def ratio() -> Workload:
    """One pair of texts a call."""
    from musicsync import ratio as similarity

    return _each(lambda pair: similarity(*pair), list(zip(titles(2000, 1), titles(2000, 2), strict=True)))


def _matrix(kernel: str) -> Callable[[], Workload]:
    def made() -> Workload:
        from musicsync import kernels, process, set_kernel

        if kernel not in ("auto", *kernels()):
            raise LookupError(f"this CPU or revision has no kernel {kernel!r}")
        queries, choices = titles(64, 1), titles(5000, 2)

        def call() -> Any:
            set_kernel(kernel)
            try:
                return process.cdist(queries, choices)
            finally:
                set_kernel("auto")

        return Workload(call, lambda: call().tobytes())

    return made


def normal_forms() -> Workload:
    """Titles taken apart."""
    from musicsync import parse_title

    return _each(parse_title, titles(1000, 3), lambda parts: parts.to_dict())


def making_tracks() -> Workload:
    """Mappings to tracks, normal forms included."""
    return Workload(lambda: tracks(300, 4), lambda: [track.to_dict() for track in tracks(300, 4)])


def _ranking(profile: str, native: bool) -> Callable[[], Workload]:
    def made() -> Workload:
        from musicsync import Matcher

        matcher = Matcher(profile)
        make: Callable[..., list[Any]] = tracks if native else songs
        jobs = [(make(1, seed)[0], make(20, seed + 1)) for seed in range(0, 40, 2)]
        return _each(lambda job: matcher.rank(*job), jobs, _ranked)

    return made


def deciding() -> Workload:
    """One query and its candidates, to a verdict."""
    from musicsync import Matcher

    matcher = Matcher("standard")
    jobs = [(tracks(1, seed)[0], tracks(20, seed)) for seed in range(20)]
    return _each(lambda job: matcher.decide(*job), jobs, lambda decision: decision.to_dict())


def explaining() -> Workload:
    """Why, in words."""
    from musicsync import Matcher

    matcher = Matcher("standard")
    return _each(
        lambda pair: matcher.explain(*pair), list(zip(tracks(50, 5), tracks(50, 6), strict=True)), lambda x: x.to_dict()
    )


def features() -> Workload:
    """What a model reads."""
    from musicsync import Matcher

    matcher, left, right = Matcher("standard"), tracks(500, 7), tracks(500, 8)
    return Workload(lambda: matcher.features(left, right), lambda: matcher.features(left, right).tobytes())


def catalogue_building() -> Workload:
    """A catalogue out of tracks."""
    from musicsync import Catalog

    many = tracks(2000, 9)
    return Workload(lambda: Catalog.from_tracks(many), lambda: len(Catalog.from_tracks(many)))


def _searching(profile: str) -> Callable[[], Workload]:
    def made() -> Workload:
        from musicsync import Catalog

        catalogue, queries = Catalog.from_tracks(tracks(2000, 9)), tracks(16, 10)
        call = lambda: catalogue.search_batch(queries, 10, profile=profile)  # noqa: E731
        return Workload(call, lambda: [_ranked(hits) for hits in call()])

    return made


def reading_lines() -> Workload:
    """JSON Lines to tracks."""
    from musicsync import read_jsonl

    path = Path(tempfile.mkdtemp(prefix="musicsync-bench-")) / "tracks.jsonl"
    path.write_text("".join(dumps(song) + "\n" for song in songs(1000, 11)), encoding="utf-8")
    return Workload(lambda: read_jsonl(path), lambda: [track.to_dict() for track in read_jsonl(path)[0]])


WORKLOADS: dict[str, Callable[[], Workload]] = {
    "ratio": ratio,
    **{f"matrix/{kernel}": _matrix(kernel) for kernel in ("auto", "scalar", "avx2", "avx512")},
    "parse_title": normal_forms,
    "make_tracks": making_tracks,
    "rank/classic": _ranking("classic", native=True),
    "rank/classic/mappings": _ranking("classic", native=False),
    "rank/standard": _ranking("standard", native=True),
    "rank/standard/mappings": _ranking("standard", native=False),
    "decide": deciding,
    "explain": explaining,
    "features": features,
    "catalog/build": catalogue_building,
    "catalog/search/classic": _searching("classic"),
    "catalog/search/standard": _searching("standard"),
    "read_jsonl": reading_lines,
}
