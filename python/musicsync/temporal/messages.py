"""What crosses Temporal besides the pipeline's own types: names, and the messages of workflows and activities.

Fields are only ever added: every recorded history must go on to replay.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from musicsync.errors import MusicSyncError, from_name
from musicsync.model import (
    Add,
    Added,
    Deferred,
    ErrorInfo,
    MatchDecision,
    Outcome,
    ScoredCandidate,
    Stage,
    Status,
    SyncRequest,
    Verdict,
)
from musicsync.policy import StepPolicy
from musicsync.steps import Done, Remove, Removed, Verify

TASK_QUEUE = "music-sync-queue"
SYNC_WORKFLOW = "MusicSyncWorkflow"
WRITER_WORKFLOW = "PlaylistWriterWorkflow"
HAND_TO_WRITER = "hand-to-writer"
ADD_GROUP = "add-to-playlist"
RECOVER = "recover-playlist"
MEMO_REQUEST = "request"
MEMO_FINGERPRINT = "fingerprint"
MEMO_OUTCOME = "outcome"


def writer_id(playlist_id: str) -> str:
    """The workflow id of the playlist's one writer."""
    return f"playlist-{playlist_id}"


@dataclass(frozen=True, slots=True)
class WriterTask:
    """One wish of one sync for a playlist: one of the last three. `id` is the same when it is handed over again.

    One field a kind, not a union: JSON does not say which class it was, and a `Remove` would pass for an `Add`.
    """

    id: str
    sync_id: str
    step: str
    playlist_id: str
    policy: StepPolicy
    add: Add | None = None
    verify: Verify | None = None
    remove: Remove | None = None

    @property
    def wish(self) -> Add | Verify | Remove:
        """The one that is there."""
        wish = self.add or self.verify or self.remove
        if wish is None:
            raise ValueError(f"writer task {self.id} wishes nothing")
        return wish

    @property
    def wish_is_dry(self) -> bool:
        """True for an add that only looks."""
        return self.add is not None and self.add.dry_run


@dataclass(frozen=True, slots=True)
class WriterState:
    """What a playlist's writer takes with it when it continues as new."""

    playlist_id: str
    next_look: float | None = None
    waiting: tuple[WriterTask, ...] = ()


@dataclass(frozen=True, slots=True)
class WriterAnswer:
    """The wish's result, or why it failed: exactly one of the fields after `task_id`."""

    task_id: str
    added: Added | None = None
    removed: Removed | None = None
    verified: Done | None = None
    deferred: Deferred | None = None
    error: ErrorInfo | None = None

    @property
    def result(self) -> Added | Removed | Done | Deferred:
        """What the step returns. Raises the error that the writer reported."""
        if self.error:
            raise from_name(self.error.type, self.error.message)
        result = self.added or self.removed or self.verified or self.deferred
        if result is None:
            raise ValueError("the playlist writer answered nothing")
        return result


def answered(task: WriterTask, result: Added | Removed | Done | Deferred) -> WriterAnswer:
    """The answer that carries `result`."""
    match result:
        case Added():
            return WriterAnswer(task.id, added=result)
        case Removed():
            return WriterAnswer(task.id, removed=result)
        case Deferred():
            return WriterAnswer(task.id, deferred=result)
    return WriterAnswer(task.id, verified=result)


def failed(task: WriterTask, error: MusicSyncError) -> WriterAnswer:
    """The answer that carries `error`."""
    return WriterAnswer(task.id, error=ErrorInfo(type(error).__name__, str(error)))


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What became of a group of adds, in their order, and when the writer has to look again (epoch seconds)."""

    results: tuple[Added | Deferred, ...]
    next_look: float | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """The answer of the sync workflow's `progress` query."""

    request: SyncRequest
    status: Status = Status.ACCEPTED
    stage: Stage = Stage.INITIALIZING
    steps_completed: int = 0
    candidates_found: int = 0
    match_strategy: str = ""
    resumes_at: float | None = None
    paused_reason: str | None = None
    add_begun: bool = False
    reviewing: tuple[ScoredCandidate, ...] = ()
    outcome: Outcome | None = None
    decision: MatchDecision = field(default_factory=lambda: MatchDecision(Verdict.REJECT))
