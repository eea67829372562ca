"""The shapes of the API's answers: typed dictionaries, which `bodies.py` fills and OpenAPI documents."""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict

from musicsync.model import MatchMethod, OutcomeKind, Stage, Status, Verdict


class Track(TypedDict):
    """A Spotify track. `id` is null for a local file."""

    id: str | None
    uri: str
    title: str
    artists: list[str]
    album: str | None
    isrc: str | None
    duration_ms: int | None
    release_year: int | None
    explicit: bool | None


class Candidate(TypedDict):
    """A track with the engine's opinion; `probability` is null for a profile that has none."""

    track: Track
    score: float
    probability: float | None
    reasons: list[str]


class Versions(TypedDict):
    """What decided."""

    engine: str
    model: str
    profile: str


class Progress(TypedDict):
    """Where a sync stands, and what it is about."""

    current_step: Stage
    percent: int
    steps_completed: int
    steps_total: int
    candidates_found: int
    match_strategy: str
    elapsed_seconds: float
    track_name: str
    artist: str
    playlist_id: str
    user_id: str


class Result(TypedDict):
    """How a sync ended; `success` where the track is in the playlist, or would be after a dry run."""

    success: bool
    spotify_track_id: str | None
    spotify_track_uri: str | None
    track: Track | None
    confidence_score: float | None
    match_method: str
    execution_time_seconds: float
    retry_count: int
    explanation: str
    candidates: list[Candidate]
    versions: Versions
    policy: dict[str, Any]
    compensated: bool
    compensation_error: str | None


class Failure(TypedDict):
    """Why a sync failed."""

    type: str
    message: str
    step: str | None


class SyncStatus(TypedDict):
    """All that is known of a sync. Times are ISO 8601 in UTC."""

    workflow_id: str
    status: Status
    outcome: OutcomeKind | None
    message: str
    progress: Progress
    result: Result | None
    error: Failure | None
    resumes_at: str | None
    started_at: str | None
    completed_at: str | None


class Finished(SyncStatus):
    """The answer of a call that waited for the end."""

    status_url: str
    review_url: str
    track: Track | None
    confidence: float | None


class Accepted(TypedDict):
    """The answer of a call that did not wait, or not long enough."""

    workflow_id: str
    status: Status
    outcome: OutcomeKind | None
    message: str
    status_url: str
    review_url: str
    track: Track | None
    confidence: float | None


class SyncList(TypedDict):
    """A page of syncs, newest first; `cursor` is null on the last one."""

    syncs: list[SyncStatus]
    cursor: str | None


class HistoryStep(TypedDict):
    """One attempt of one step."""

    step: str
    attempt: int
    started_at: str | None
    ended_at: str | None
    error: str | None
    decision: dict[str, Any] | None
    versions: Versions | None
    result: Any


class History(TypedDict):
    """Every attempt of every step, in order."""

    workflow_id: str
    history: list[HistoryStep]


class ReviewQuestion(TypedDict):
    """One question of the review queue. `answer` is null while it is open."""

    workflow_id: str
    user_id: str
    track_name: str
    artist: str
    album: str | None
    isrc: str | None
    duration_ms: int | None
    playlist_id: str
    candidates: list[Candidate]
    explanation: str
    opened_at: str | None
    expires_at: str | None
    answer: str | None


class ReviewList(TypedDict):
    """The review queue."""

    total: int
    entries: list[ReviewQuestion]


class Cancellation(TypedDict):
    """`completed` where the sync had ended before it could be cancelled."""

    status: Status
    message: str
    compensated: bool
    compensation_error: str | None


class CanCancel(TypedDict):
    """Whether a cancellation would do something, and whether it would take a track out again."""

    can_cancel: bool
    will_compensate: bool
    current_step: Stage


class Match(TypedDict):
    """One candidate of `POST /match`, ranked; `index` is its place in the request, or its `position` in the catalogue,
    where it has the `id`."""

    rank: int
    index: int
    id: str | None
    title: str
    artist: str
    album: str | None
    score: float
    probability: float | None
    reasons: list[str]


class MatchAnswer(TypedDict):
    """The engine's answer: `chosen` is the index of the best candidate (null where nothing is near)."""

    verdict: Verdict
    chosen: int | None
    confidence: float
    margin: float | None
    match_method: MatchMethod
    reasons: list[str]
    explanation: str
    matches: list[Match]
    versions: Versions


class CatalogueState(TypedDict):
    """The local catalogue. `read_as_now` false: it was built by another engine, and searches take long."""

    tracks: int
    bytes: int
    format: int
    read_as_now: bool


class CatalogueHit(TypedDict):
    """A track of the local catalogue; `position` from 0. `explanation` (null unless it was asked for) is what the
    engine says of the query (left) and the track (right): verdict, sentence, fields, penalties, contributions, …"""

    position: int
    id: str
    title: str
    artists: list[str]
    album: str | None
    isrc: str | None
    duration_ms: int | None
    release_year: int | None
    explicit: bool | None
    score: float
    probability: float | None
    explanation: dict[str, Any] | None


class CatalogueHits(TypedDict):
    """What a search found, best first."""

    hits: list[CatalogueHit]


class Alive(TypedDict):
    """The process answers."""

    status: str


class Health(TypedDict):
    """How the service is. `detail` says why where it is not ready."""

    status: str
    ready: bool
    detail: str | None
    mode: str
    profile: str
    version: str


class Said(TypedDict):
    """One sentence fit for a notification."""

    message: str
