"""Decisions that were recorded, taken again: what another profile would have said of the same candidates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from musicsync.model import MatchDecision, Song, SpotifyTrack

Decide = Callable[[Song, Sequence[SpotifyTrack], float | None], MatchDecision]
Stored = tuple[Song, float | None, MatchDecision]
"""The song, the request's own threshold, and the decision with its candidates."""


@dataclass(frozen=True, slots=True)
class Change:
    """One song's decision then and now; equal where nothing changes."""

    song: str
    before: str
    after: str
    track_before: str
    track_after: str
    explanation: str

    @property
    def differs(self) -> bool:
        """Another verdict, or another track accepted."""
        return self.before != self.after or (self.before == "accept" and self.track_before != self.track_after)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def changes(stored: Iterable[Stored], decide: Decide) -> list[Change]:
    """Each stored decision beside the one that `decide` takes on its candidates."""
    out = []
    for song, accept, before in stored:
        after = decide(song, [one.track for one in before.candidates], accept)
        out.append(
            Change(
                f"{song.title} – {song.artist}", str(before.verdict), str(after.verdict), _name(before.chosen),
                _name(after.chosen), after.explanation,
            )
        )  # fmt: skip
    return out


def _name(track: SpotifyTrack | None) -> str:
    return f"{track.title} ({track.uri})" if track else ""
