"""P1, P2: one query and its 20 candidates, the work of every sync."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bench.peers.data import Columns, Data
from bench.peers.rows import Row, Trial, require
from rapidfuzz import fuzz, process

import musicsync
from musicsync import Matcher, Track

CANDIDATES = 20
JOBS = 200
WEIGHTS = (0.50, 0.35, 0.15)

Job = tuple[tuple[str, str, str], Columns]
"""A query (title, artist, album) and its candidates."""


def jobs(data: Data, candidates: int = CANDIDATES, count: int = JOBS) -> list[Job]:
    """Queries in turn, each with the next candidates of the catalogue."""
    titles, artists, albums = data.catalogue
    asked = list(zip(*data.queries, strict=True))
    out: list[Job] = []
    for i in range(count):
        start = i * candidates % (len(titles) - candidates + 1)
        rows = slice(start, start + candidates)
        out.append((asked[i % len(asked)], (titles[rows], artists[rows], albums[rows])))
    return out


def three_cdist(job: Job) -> Any:
    """RapidFuzz's fastest route: a call a column, weighted by numpy. In per cent."""
    (title, artist, album), (titles, artists, albums) = job
    return (
        0.50 * process.cdist([title], titles, scorer=fuzz.ratio)[0]
        + 0.35 * process.cdist([artist], artists, scorer=fuzz.ratio)[0]
        + 0.15 * process.cdist([album], albums, scorer=fuzz.ratio)[0]
    )


def loop_of_ratio(job: Job) -> list[float]:
    """What most people write. In per cent."""
    (title, artist, album), (titles, artists, albums) = job
    return [
        0.50 * fuzz.ratio(title, t) + 0.35 * fuzz.ratio(artist, a) + 0.15 * fuzz.ratio(album, b)
        for t, a, b in zip(titles, artists, albums, strict=True)
    ]


def mapping(title: str, artist: str, album: str) -> dict[str, Any]:
    """A track as a web API gives it."""
    return {"title": title, "artist": artist, "album": album}


def native_tracks(job: Job) -> tuple[Track, list[Track]]:
    """A query and its candidates as tracks, normal forms included."""
    query, columns = job
    return Track.from_mapping(mapping(*query)), [
        Track.from_mapping(mapping(*row)) for row in zip(*columns, strict=True)
    ]


def rank_lists(matcher: Matcher, job: Job) -> Any:
    """THE call of P1: the query as a mapping, the candidates as a mapping of columns."""
    query, (titles, artists, albums) = job
    columns: Any = {"title": titles, "artist": artists, "album": albums}
    return matcher.rank(mapping(*query), columns)


def rank_lists_by_rows(matcher: Matcher, job: Job) -> Any:
    """The same where `rank` does not take columns yet: a mapping a candidate, made within the call."""
    query, columns = job
    return matcher.rank(mapping(*query), [mapping(*row) for row in zip(*columns, strict=True)])


def takes_columns(matcher: Matcher) -> bool:
    """Whether `rank` understands candidates given as columns."""
    try:
        return len(rank_lists(matcher, (("a", "b", "c"), (["a", "x"], ["b", "y"], ["c", "z"])))) == 2
    except (TypeError, ValueError):
        return False


def classic(data: Data) -> Trial:
    """P1."""
    matcher, work = Matcher("classic"), jobs(data)
    call, note = rank_lists, ""
    if not takes_columns(matcher):
        call, note = (
            rank_lists_by_rows,
            "Matcher.rank takes no columns yet: candidates are made mappings within the call",
        )

    def check() -> None:
        for job in work:
            expected = three_cdist(job) / 100
            ranked = [(hit.index, hit.score) for hit in call(matcher, job)]
            require(sorted(index for index, _ in ranked) == list(range(len(expected))), "candidates are missing")
            require(all(abs(score - expected[index]) < 1e-6 for index, score in ranked), "another score than RapidFuzz")
            scores = [score for _, score in ranked]
            require(scores == sorted(scores, reverse=True), "not in the order of the scores")

    return Trial(
        lambda: [call(matcher, job) for job in work], lambda: [three_cdist(job) for job in work], check, JOBS, note
    )


def _check_standard(matcher: Matcher, work: Sequence[Job], ranked: Sequence[Any]) -> None:
    """Every score and probability is that of the pair alone; the peer's loop is its own matrix."""
    for job, hits in zip(work, ranked, strict=True):
        query = mapping(*job[0])
        rows = [mapping(*row) for row in zip(*job[1], strict=True)]
        require(sorted(hit.index for hit in hits) == list(range(len(rows))), "candidates are missing")
        require([hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True), "not in order")
        for hit in hits:
            require(hit.score == matcher.score(query, rows[hit.index]), "another score than of the pair alone")
            require(hit.probability == matcher.probability(query, rows[hit.index]), "another probability")
        require(max(abs(a - b) for a, b in zip(loop_of_ratio(job), three_cdist(job), strict=True)) < 1e-4, "the peer")


def prepared(data: Data) -> Trial:
    """P2-prepared: tracks whose normal forms are there."""
    matcher, work = Matcher("standard"), jobs(data)
    native = [native_tracks(job) for job in work]

    def ours() -> list[Any]:
        return [matcher.rank(query, candidates) for query, candidates in native]

    ours()
    return Trial(
        ours, lambda: [loop_of_ratio(job) for job in work], lambda: _check_standard(matcher, work, ours()), JOBS
    )


def fresh(data: Data) -> Trial:
    """P2-fresh: mappings as they come, normalised within the call."""
    matcher, work = Matcher("standard"), jobs(data)
    plain = [(mapping(*query), [mapping(*row) for row in zip(*columns, strict=True)]) for query, columns in work]

    def ours() -> list[Any]:
        return [matcher.rank(query, candidates) for query, candidates in plain]

    return Trial(
        ours, lambda: [loop_of_ratio(job) for job in work], lambda: _check_standard(matcher, work, ours()), JOBS
    )


LOOP = "loop of fuzz.ratio, weighted"
ROWS = [
    Row("P1", "rank 1 × 20, plain lists, classic", "3 × process.cdist, weighted", classic, "query", 5, 10),
    Row("P2-prepared", "rank 1 × 20, standard, native tracks", LOOP, prepared, "query", 2, 5),
    Row("P2-fresh", "rank 1 × 20, standard, from mappings", LOOP, fresh, "query", 0.5, 1.5),
    *(
        Row("P1", "rank 1 × 20, plain lists, classic", "3 × process.cdist, weighted", classic, "query", kernel=kernel)
        for kernel in musicsync.kernels()
    ),
]
