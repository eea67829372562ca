"""What flows through a sync: frozen dataclasses, no behaviour beyond their own values.

Times are seconds since the epoch (float, UTC), durations milliseconds unless the name says otherwise, probabilities and
scores fractions in [0, 1]. Fields are only ever added, always with a default: journals and histories of every earlier
release must go on to load.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """Where a sync stands; the last six are final."""

    ACCEPTED = "accepted"
    RUNNING = "running"
    WAITING_FOR_REVIEW = "waiting_for_review"
    PAUSED = "paused"
    COMPLETED = "completed"
    NOT_FOUND = "not_found"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"

    @property
    def is_open(self) -> bool:
        """True while the sync may still change the playlist."""
        return self in (Status.ACCEPTED, Status.RUNNING, Status.WAITING_FOR_REVIEW, Status.PAUSED)


class OutcomeKind(StrEnum):
    """What became of the playlist."""

    ADDED = "added"
    ALREADY_THERE = "already_there"
    WOULD_ADD = "would_add"
    REMOVED = "removed"
    NOT_FOUND = "not_found"
    NONE_CHOSEN = "none_chosen"
    FAILED = "failed"


class Stage(StrEnum):
    """`current_step` of the HTTP API, in the order in which a sync passes them."""

    INITIALIZING = "initializing"
    RESOLVING = "resolving"
    SEARCHING = "searching"
    MATCHING = "matching"
    DISAMBIGUATING = "disambiguating"
    REVIEWING = "reviewing"
    ADDING = "adding"
    VERIFYING = "verifying"
    COMPLETED = "completed"


class MatchMethod(StrEnum):
    """What found the recording."""

    ISRC = "isrc"
    EXACT = "exact"
    FUZZY = "fuzzy"
    AI = "ai"
    HUMAN = "human"
    REMEMBERED = "remembered"
    NONE = "none"


class Verdict(StrEnum):
    """What the engine says of the best candidate."""

    ACCEPT = "accept"
    AMBIGUOUS = "ambiguous"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Song:
    """The recording that a person asked for. Only title and artist are always known."""

    title: str
    artist: str
    album: str | None = None
    isrc: str | None = None
    duration_ms: int | None = None
    apple_music_url: str | None = None


@dataclass(frozen=True, slots=True)
class SpotifyTrack:
    """One track as Spotify describes it. `id` is None for a local file; `explicit` None where it is not known."""

    id: str | None
    uri: str
    title: str
    artists: tuple[str, ...] = ()
    album: str | None = None
    album_type: str | None = None
    isrc: str | None = None
    duration_ms: int | None = None
    release_year: int | None = None
    explicit: bool | None = None
    is_playable: bool | None = None

    @property
    def artist(self) -> str:
        """The credit as one text."""
        return ", ".join(self.artists)


@dataclass(frozen=True, slots=True)
class Playlist:
    """A playlist without its items. `total` counts items; `snapshot_id` names the state they were read in."""

    id: str
    name: str = ""
    snapshot_id: str = ""
    total: int = 0
    owner_id: str = ""


@dataclass(frozen=True, slots=True)
class PlaylistItem:
    """One entry of a playlist. `track` is None where Spotify shows none (`item: null`: a removed or blocked track)."""

    track: SpotifyTrack | None
    added_at: str | None = None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """At most 50 items of a playlist from `offset` on, and how many there are in all."""

    items: tuple[PlaylistItem, ...]
    offset: int
    total: int


@dataclass(frozen=True, slots=True)
class StepPolicy:
    """How a step is retried. Seconds; the delay before attempt n+1 is min(backoff_s · factorⁿ⁻¹, backoff_max_s).

    `attempts` counts executions that raised; `lost_attempts` those whose process died or that ran out of time.
    `never_retried` are class names of `errors.py`; every other `Permanent` or `NeedsUser` error ends the step as well.
    """

    timeout_s: float
    attempts: int
    backoff_s: float = 1.0
    backoff_max_s: float = 10.0
    factor: float = 2.0
    heartbeat_s: float | None = None
    lost_attempts: int | None = None
    never_retried: tuple[str, ...] = ()

    def delay_s(self, attempt: int) -> float:
        """Seconds to wait after failed attempt `attempt` (1-based)."""
        return min(self.backoff_s * self.factor ** (attempt - 1), self.backoff_max_s)


class SearchSource(StrEnum):
    """Where candidates are looked for. `both`: in the local catalogue, and at Spotify where that is not enough."""

    SPOTIFY = "spotify"
    CATALOGUE = "catalogue"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Policy:
    """What was in force when a sync was accepted. `steps` holds only what differs from `policy.STEP_POLICIES`."""

    profile: str = "standard"
    review_days: float = 7.0
    steps: Mapping[str, StepPolicy] = field(default_factory=dict)
    search_source: SearchSource = SearchSource.SPOTIFY


@dataclass(frozen=True, slots=True)
class SyncRequest:
    """Everything that a sync may depend on. `policy` is the snapshot taken when it was accepted."""

    song: Song
    playlist: str
    user_id: str = "default"
    match_threshold: float | None = None
    use_ai: bool = False
    dry_run: bool = False
    priority: int = 1
    policy: Policy = field(default_factory=Policy)


@dataclass(frozen=True, slots=True)
class ScoredCandidate:
    """A candidate with the engine's opinion. `probability` is None for a profile that has none (`classic`)."""

    track: SpotifyTrack
    score: float
    probability: float | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Versions:
    """What decided: so that a result can be read years later."""

    engine: str = ""
    model: str = ""
    profile: str = ""


@dataclass(frozen=True, slots=True)
class MatchDecision:
    """The recorded answer of `fuzzy-match`. `candidates` best first; `chosen` is the preferred release of the best
    recording (None without candidates); `margin` the distance to the best *different* recording."""

    verdict: Verdict
    chosen: SpotifyTrack | None = None
    confidence: float = 0.0
    margin: float | None = None
    method: MatchMethod = MatchMethod.NONE
    reasons: tuple[str, ...] = ()
    explanation: str = ""
    candidates: tuple[ScoredCandidate, ...] = ()
    versions: Versions = field(default_factory=Versions)


@dataclass(frozen=True, slots=True)
class Deferred:
    """A step's answer when it must wait and nothing has happened: go on at `until`, or earlier when `event` comes.

    A wait with `pauses` shows as status `paused`; a short one (a 429 of up to a minute) does not. No attempt counts.
    """

    until: float
    reason: str
    event: str | None = None
    pauses: bool = True


@dataclass(frozen=True, slots=True)
class ErrorInfo:
    """Why a sync failed: `type` is the class name in `errors.py`."""

    type: str
    message: str
    step: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a sync ended."""

    status: Status
    outcome: OutcomeKind
    message: str
    track: SpotifyTrack | None = None
    confidence: float | None = None
    method: MatchMethod = MatchMethod.NONE
    explanation: str = ""
    candidates: tuple[ScoredCandidate, ...] = ()
    versions: Versions = field(default_factory=Versions)
    error: ErrorInfo | None = None
    compensated: bool = False
    compensation_error: ErrorInfo | None = None


@dataclass(frozen=True, slots=True)
class Add:
    """One sync's wish for a playlist. With `dry_run` the playlist is read and not changed."""

    sync_id: str
    playlist_id: str
    track: SpotifyTrack
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """`added`, `already_there` (then `track` is the item that is there) or, for a dry run, `would_add`."""

    outcome: OutcomeKind
    track: SpotifyTrack


@dataclass(frozen=True, slots=True)
class ReviewAnswer:
    """What a person chose: a Spotify track id of one of the candidates, `none`, or `not_on_spotify`."""

    choice: str
    answered_by: str = ""
    answered_at: float = 0.0


NONE_CHOSEN = "none"
NOT_ON_SPOTIFY = "not_on_spotify"
