"""Tracks, and a simple engine."""

from __future__ import annotations

from collections.abc import Sequence

from musicsync.model import MatchDecision, MatchMethod, ScoredCandidate, Song, SpotifyTrack, Verdict, Versions


def fake_track(
    number: int, title: str, artist: str, *, isrc: str | None = None, duration_ms: int | None = 200_000
) -> SpotifyTrack:
    """A track with a 22 character id made of `number`."""
    track_id = f"{number:022d}"
    return SpotifyTrack(track_id, f"spotify:track:{track_id}", title, (artist,), isrc=isrc, duration_ms=duration_ms)


class FakeEngine:
    """Decides by plain equality: title and artist → accept, title alone → ambiguous, else reject."""

    async def decide(
        self, song: Song, candidates: Sequence[SpotifyTrack], profile: str, accept: float | None
    ) -> MatchDecision:
        """Deterministic; a candidate's score is 1.0, 0.7 or 0.0."""
        ranked = sorted((self._scored(song, one) for one in candidates), key=lambda one: -one.score)
        versions = Versions("fake", "fake", profile)
        if not ranked:
            return MatchDecision(Verdict.REJECT, versions=versions)
        best = ranked[0]
        threshold = 0.9 if accept is None else accept
        verdict = (
            Verdict.ACCEPT if best.score >= threshold else Verdict.AMBIGUOUS if best.score >= 0.5 else Verdict.REJECT
        )
        return MatchDecision(
            verdict, best.track, best.score, None, MatchMethod.EXACT, (), "compared by a fake", tuple(ranked), versions
        )

    @staticmethod
    def _scored(song: Song, track: SpotifyTrack) -> ScoredCandidate:
        same_title = track.title.casefold() == song.title.casefold()
        same_artist = track.artist.casefold() == song.artist.casefold()
        score = 1.0 if same_title and same_artist else 0.7 if same_title else 0.0
        return ScoredCandidate(track, score, score)

    def same_recording(self, track: SpotifyTrack, others: Sequence[SpotifyTrack]) -> int | None:
        """By uri, or by title and artist."""
        for index, other in enumerate(others):
            if other.uri == track.uri or (other.title, other.artists) == (track.title, track.artists):
                return index
        return None

    def recording_key(self, track: SpotifyTrack) -> str:
        """The title without case."""
        return track.title.casefold()

    def search_query(self, song: Song, rung: str) -> str | None:
        """`isrc:…`, `title|artist`, or the title."""
        if rung == "isrc":
            return f"isrc:{song.isrc}" if song.isrc else None
        return {"fields": f"{song.title}|{song.artist}", "words": song.title}.get(rung)

    def song_keys(self, song: Song) -> tuple[str, ...]:
        """By ISRC if known, and by title and artist."""
        text = f"song:{song.title.casefold()}|{song.artist.casefold()}"
        return (f"isrc:{song.isrc}", text) if song.isrc else (text,)
