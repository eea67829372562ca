"""What the flow needs from the outside world. Adapters implement these; errors are those of `errors.py` only."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from musicsync.model import (
    ItemPage,
    MatchDecision,
    Outcome,
    Playlist,
    ReviewAnswer,
    ScoredCandidate,
    Song,
    SpotifyTrack,
    Stage,
    Status,
    SyncRequest,
)

SIGNED_IN = "signed-in"
"""The event that wakes syncs which wait for a sign-in."""


class Clock(Protocol):
    """Time, passed in so that tests own it."""

    def now(self) -> float:
        """Seconds since the epoch."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return after `seconds` (at once for 0 or less)."""
        ...


class Jitter(Protocol):
    """A random number in [0, most)."""

    def __call__(self, most: float) -> float: ...


class SpotifyPort(Protocol):
    """Spotify's Web API. Raises `RateLimited`, `InvalidCredentialsError`, `SpotifyUnavailable`, `UncertainWrite`
    (writes only), `SpotifyRefused`, `PlaylistNotFoundError`, `InsufficientScopeError`, `TrackNotFoundError`."""

    @property
    def request_timeout_s(self) -> float:
        """The longest that one HTTP request may take before the caller gives it up."""
        ...

    async def search(self, query: str, *, limit: int = 10) -> tuple[SpotifyTrack, ...]: ...
    async def track(self, track_id: str) -> SpotifyTrack: ...
    async def playlist(self, playlist_id: str) -> Playlist: ...
    async def my_playlists(self) -> tuple[Playlist, ...]: ...
    async def playlist_items(self, playlist_id: str, *, offset: int = 0, limit: int = 50) -> ItemPage: ...
    async def add_items(self, playlist_id: str, uris: Sequence[str], *, position: int | None = None) -> str:
        """Append (or insert at `position`) up to 100 uris; the new snapshot id. Not idempotent."""
        ...

    async def remove_items(self, playlist_id: str, uris: Sequence[str]) -> str:
        """Remove every occurrence of the uris; the new snapshot id."""
        ...


class Engine(Protocol):
    """The native engine, seen from the flow. Deterministic; `decide` computes off the event loop."""

    async def decide(
        self, song: Song, candidates: Sequence[SpotifyTrack], profile: str, accept: float | None
    ) -> MatchDecision: ...

    def same_recording(self, track: SpotifyTrack, others: Sequence[SpotifyTrack]) -> int | None:
        """Index of the first of `others` that is the same recording beyond doubt, else None."""
        ...

    def recording_key(self, track: SpotifyTrack) -> str:
        """Normalised base title: recordings with different keys are never the same."""
        ...

    def search_query(self, song: Song, rung: str) -> str | None:
        """The query of a ladder's rung, None where the rung has nothing to ask (no ISRC, Latin script, …)."""
        ...

    def song_keys(self, song: Song) -> tuple[str, ...]:
        """Keys under which a correction is remembered: by ISRC if known, and by normalised song."""
        ...


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's answer for a song: a track, or `not_on_spotify` (then `track` is None)."""

    choice: str
    track: SpotifyTrack | None = None
    answered_by: str = ""
    answered_at: float = 0.0


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """One open (or answered) question of the review queue."""

    sync_id: str
    user_id: str
    song: Song
    playlist_id: str
    candidates: tuple[ScoredCandidate, ...]
    explanation: str = ""
    opened_at: float = 0.0
    expires_at: float = 0.0
    answer: ReviewAnswer | None = None
    closed: bool = False


class Store(Protocol):
    """Everything that is not a workflow's own state. Every write is idempotent: steps may run twice."""

    async def recall(self, user_id: str, keys: Sequence[str]) -> Correction | None: ...
    async def remember(self, user_id: str, keys: Sequence[str], correction: Correction) -> None: ...
    async def open_review(self, entry: ReviewEntry) -> None: ...
    async def close_review(self, sync_id: str, answer: ReviewAnswer | None) -> None: ...
    async def review(self, sync_id: str) -> ReviewEntry | None: ...
    async def reviews(self, user_id: str | None = None, *, open_only: bool = True) -> tuple[ReviewEntry, ...]: ...


@dataclass(frozen=True, slots=True)
class WriteIntent:
    """What is about to be sent to a playlist, written down before it is sent.

    `entries` are (sync id, uri) in order. `kind` is `add`, `remove` (an undo), or `repair` (one duplicate of ours
    is taken out and put back at `position`). `late_look_at` > 0 asks for one more look then, after a reconciliation.
    """

    id: str
    playlist_id: str
    entries: tuple[tuple[str, str], ...]
    written_at: float
    kind: str = "add"
    position: int | None = None
    late_look_at: float = 0.0


class IntentLog(Protocol):
    """The durable record of playlist writes. `settle` and `begin` return after the record is on disk."""

    async def begin(self, intent: WriteIntent) -> None: ...
    async def settle(self, intent_id: str, added: Sequence[tuple[str, str]], *, late_look_at: float = 0.0) -> None:
        """Close the intent: exactly the entries `added` took effect."""
        ...

    async def unsettled(self, playlist_id: str | None = None) -> tuple[WriteIntent, ...]:
        """Intents without a result, oldest first."""
        ...

    async def late_looks(self, playlist_id: str | None = None) -> tuple[WriteIntent, ...]:
        """Settled intents that were reconciled and wait for their second look."""
        ...

    async def looked(self, intent_id: str) -> None:
        """The second look is done."""
        ...

    async def added_by(self, sync_id: str) -> str | None:
        """The uri that this sync is known to have added (and not removed since)."""
        ...

    async def forget(self, sync_id: str) -> None:
        """This sync's add was undone."""
        ...


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One attempt of one step, the same shape in both runners. `result` is JSON-like, shortened."""

    step: str
    attempt: int
    started_at: float
    ended_at: float | None = None
    error: str | None = None
    result: object | None = None


@dataclass(frozen=True, slots=True)
class SyncView:
    """All that is known of a sync from outside."""

    workflow_id: str
    request: SyncRequest
    status: Status
    stage: Stage = Stage.INITIALIZING
    steps_completed: int = 0
    candidates_found: int = 0
    match_strategy: str = ""
    retry_count: int = 0
    outcome: Outcome | None = None
    started_at: float = 0.0
    completed_at: float | None = None
    resumes_at: float | None = None
    paused_reason: str | None = None


@dataclass(frozen=True, slots=True)
class SyncFilter:
    """What to list, newest first. Texts match without case; `cursor` continues an earlier page."""

    user_id: str | None = None
    playlist_id: str | None = None
    track_name: str | None = None
    artist: str | None = None
    status: str | None = None
    match_method: str | None = None
    since: float | None = None
    until: float | None = None
    limit: int = 50
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class SyncPage:
    """A page of syncs; `cursor` is None on the last one."""

    syncs: tuple[SyncView, ...]
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Cancellable:
    """Whether a cancellation would do something, and whether it would take a track out again."""

    can_cancel: bool
    will_compensate: bool
    stage: Stage


@dataclass(frozen=True, slots=True)
class Started:
    """`created` is False where the key named a sync that existed."""

    view: SyncView
    created: bool = field(default=True)


class SyncService(Protocol):
    """A runner, seen from the ways in. The same promises whichever runner it is. Unknown ids: `SyncNotFound`."""

    async def start(self, request: SyncRequest, idempotency_key: str | None = None) -> Started:
        """Accept a request durably. `IdempotencyConflict` where the key was used for another body."""
        ...

    async def view(self, workflow_id: str) -> SyncView: ...
    async def wait(self, workflow_id: str, timeout_s: float) -> SyncView:
        """The view when the sync ended, waits for a review, or `timeout_s` has passed."""
        ...

    async def find(self, query: SyncFilter) -> SyncPage: ...
    async def history(self, workflow_id: str) -> tuple[HistoryEntry, ...]: ...
    def events(self, workflow_id: str) -> AsyncIterator[SyncView]:
        """A view at once and after every change, until the sync has ended."""
        ...

    async def cancel(self, workflow_id: str) -> SyncView:
        """Ask it to stop, and wait until it has undone what it did. `NotCancellable` where it had ended."""
        ...

    async def cancellable(self, workflow_id: str) -> Cancellable: ...
    async def answer_review(self, workflow_id: str, answer: ReviewAnswer) -> SyncView:
        """`ReviewConflict` where none is open, `ReviewChoiceInvalid` where the choice is not offered."""
        ...

    async def signal(self, event: str) -> None:
        """Wake every sync that waits for `event` (such as `signed-in`)."""
        ...

    async def ready(self) -> str | None:
        """None when it can take work, else why not."""
        ...
