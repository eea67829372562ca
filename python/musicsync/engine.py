"""The native engine behind the flow's `Engine` port. Flow modules never import this: wiring passes it in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING

from musicsync import _core, japanese, profiles, queries
from musicsync.errors import EngineFailed
from musicsync.model import MatchDecision, MatchMethod, ScoredCandidate, Song, SpotifyTrack, Verdict, Versions

if TYPE_CHECKING:
    from musicsync._core import Track

_SAME_PROFILE = "standard"


@lru_cache(maxsize=16_384)
def _track(track: SpotifyTrack, readings: bool) -> Track:
    found = _core.Track(
        id=track.uri, title=track.title, artists=list(track.artists), album=track.album, isrc=track.isrc,
        duration_ms=track.duration_ms, release_year=track.release_year, explicit=track.explicit,
    )  # fmt: skip
    return japanese.with_readings(found) if readings else found


def _query(song: Song, readings: bool) -> Track:
    found = _core.Track.from_mapping({
        "title": song.title, "artist": song.artist, "album": song.album, "isrc": song.isrc,
        "duration_ms": song.duration_ms,
    })  # fmt: skip
    return japanese.with_readings(found) if readings else found


def _valid_isrc(text: str | None) -> str | None:
    """The ISRC, or None for what is none: a bad code is no evidence, and no reason to refuse a song."""
    try:
        return _core.parse_isrc(text) if text else None
    except ValueError:
        return None


def _ranked(decision: _core.Decision, best: int, candidates: Sequence[SpotifyTrack]) -> tuple[ScoredCandidate, ...]:
    """All candidates, the chosen one first, then by score."""
    judged = sorted(decision.candidates, key=lambda one: (one.index != best, -one.score, one.index))
    return tuple(
        ScoredCandidate(candidates[one.index], one.score, one.probability, tuple(one.vetoes)) for one in judged
    )


def _preferred(song: Song, decision: _core.Decision, candidates: Sequence[SpotifyTrack]) -> int:
    """Position of the release to take: the engine's choice, but no compilation that was not asked for where the same
    recording is on an album or a single. The engine's tracks do not know what kind of release they are on."""
    best = decision.best or 0
    asked = song.album and _core.normalize(song.album) == _core.normalize(candidates[best].album or "")
    if candidates[best].album_type != "compilation" or asked:
        return best
    others = (one for one in decision.candidates if one.same_as_best and not one.vetoes)
    own = [one for one in others if candidates[one.index].album_type not in (None, "compilation")]
    return max(own, key=lambda one: (one.score, -one.index)).index if own else best


@lru_cache(maxsize=64)
def _versions(profile: str) -> Versions:
    model = _core.Profile.from_json(profile).model_version if profiles.is_text(profile) else _core.model_version()
    return Versions(_core.engine_version(), model or "", profiles.label(profile))


def profile_of(value: str) -> _core.Profile:
    """The profile that a value of `profiles` stands for. Raises `EngineError`, which names field and reason."""
    return _core.Profile.from_json(value) if profiles.is_text(value) else _core.Profile(value)


class NativeEngine:
    """Decides in a thread pool: the native code releases the GIL, the event loop goes on."""

    def __init__(self, threads: int = 2, *, japanese_readings: bool = False) -> None:
        """Raises `ModuleNotFoundError` where readings are asked for and the extra `[japanese]` is not installed."""
        if japanese_readings:
            japanese.check_installed()
        self._readings = japanese_readings
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="engine")
        self._matchers: dict[str, _core.Matcher] = {}

    def close(self) -> None:
        """Wait for running decisions and end the threads."""
        self._pool.shutdown()

    async def decide(
        self, song: Song, candidates: Sequence[SpotifyTrack], profile: str, accept: float | None
    ) -> MatchDecision:
        """Rank and decide. Raises `EngineFailed` where the engine refuses its input."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, self.decide_now, song, tuple(candidates), profile, accept)

    def decide_now(
        self, song: Song, candidates: Sequence[SpotifyTrack], profile: str, accept: float | None
    ) -> MatchDecision:
        """`decide` on this thread."""
        if not candidates:
            return MatchDecision(Verdict.REJECT, versions=_versions(profile))
        query, tracks = _query(song, self._readings), [_track(one, self._readings) for one in candidates]
        try:
            matcher = self._matcher(profile)
            decision = matcher.decide(query, tracks, accept=accept)
            best = _preferred(song, decision, candidates)
            sentence = matcher.explain(query, tracks[best]).sentence
        except ValueError as error:
            raise EngineFailed(f"the engine refused “{song.title[:80]}”: {error}") from error
        return MatchDecision(
            verdict=Verdict(decision.verdict), chosen=candidates[best],
            confidence=decision.score if decision.probability is None else decision.probability,
            margin=decision.margin, method=MatchMethod(decision.method), reasons=tuple(decision.reasons),
            explanation=sentence, candidates=_ranked(decision, best, candidates), versions=_versions(profile),
        )  # fmt: skip

    def _matcher(self, profile: str) -> _core.Matcher:
        if profile not in self._matchers:
            self._matchers[profile] = _core.Matcher(profile_of(profile))
        return self._matchers[profile]

    def same_recording(self, track: SpotifyTrack, others: Sequence[SpotifyTrack]) -> int | None:
        """Index of the first of `others` that is the same recording beyond doubt."""
        matcher, mine = self._matcher(_SAME_PROFILE), _track(track, self._readings)
        return next(
            (n for n, other in enumerate(others) if matcher.same_recording(mine, _track(other, self._readings))), None
        )

    def recording_key(self, track: SpotifyTrack) -> str:
        """Normalised base title."""
        return str(_core.parse_title(track.title).base)

    def search_query(self, song: Song, rung: str) -> str | None:
        """The query of a ladder's rung, None where there is nothing to ask."""
        if rung == "isrc":
            isrc = _valid_isrc(song.isrc)
            return queries.isrc_query(isrc) if isrc else None
        artists = _core.parse_artists(song.artist)
        first = artists[0] if artists else ""
        if rung == "fields":
            return (queries.fields_query(song.title, song.artist) or None) if first else None
        if rung == "words":
            return queries.words_query(song.title, song.artist) or None
        base = _core.parse_title(song.title).base
        if rung == "bare_words":
            return queries.words_query(base, first) or None
        if rung == "romanized":
            latin = self._latin(base, song)
            if latin in ("", base):
                return None
            return queries.words_query(latin, self._latin(first, song) or first) or None
        raise ValueError(f"unknown rung {rung!r}")

    def _latin(self, text: str, song: Song) -> str:
        if self._readings and japanese.is_japanese(song.title, song.artist):
            return _core.normalize(japanese.reading(text))
        return _core.romanize(text)

    def song_keys(self, song: Song) -> tuple[str, ...]:
        """By ISRC if known, and by normalised title and artist."""
        isrc = _valid_isrc(song.isrc)
        text = f"song:{_core.normalize(song.title)}|{_core.normalize(song.artist)}"
        return (f"isrc:{isrc}", text) if isrc else (text,)
