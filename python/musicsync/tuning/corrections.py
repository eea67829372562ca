"""Answers of people as labelled pairs, marked `truth: review`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from musicsync import _core
from musicsync.model import NONE_CHOSEN, NOT_ON_SPOTIFY, ReviewAnswer, ScoredCandidate, Song, SpotifyTrack
from musicsync.tuning.pairs import Pair

REVIEW = "review"
Answered = tuple[str, Song, Sequence[ScoredCandidate], ReviewAnswer]
"""Sync id, song, what was offered, and what was chosen: the parts of an answered `ReviewEntry`."""


def pairs_from_corrections(answered: Iterable[Answered]) -> list[Pair]:
    """The song and the chosen candidate are `same`. Where none was right, each candidate is not the recording; beside
    a chosen one nothing follows for the others, which may be other releases of it."""
    out = []
    for sync_id, song, candidates, answer in answered:
        left = _core.Track.from_mapping({
            "title": song.title, "artist": song.artist, "album": song.album, "duration_ms": song.duration_ms,
        })  # fmt: skip
        refused = answer.choice in (NONE_CHOSEN, NOT_ON_SPOTIFY)
        for place, candidate in enumerate(candidates):
            if refused or candidate.track.id == answer.choice:
                right = _track(candidate.track)
                out.append(Pair(f"{sync_id}/{place}", left, right, not refused, truth=REVIEW))
    return out


def _track(track: SpotifyTrack) -> _core.Track:
    return _core.Track(
        id=track.uri, title=track.title, artists=list(track.artists), album=track.album,
        duration_ms=track.duration_ms, release_year=track.release_year, explicit=track.explicit,
    )  # fmt: skip
