"""What crosses Temporal besides the pipeline's own types: names, and the messages of workflows and activities.

Fields are only ever added: every recorded history must go on to replay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from musicsync.errors import MusicSyncError, from_name
from musicsync.model import Add, Added, Deferred, ErrorInfo, Outcome, Stage, Status
from musicsync.policy import StepPolicy
from musicsync.steps import Done, Remove, Removed, Verify

R = TypeVar("R")

TASK_QUEUE = "music-sync-queue"
CATALOGUE_QUEUE = "catalogue"
"""Only workers that have the local catalogue open take from it."""
SYNC_WORKFLOW = "MusicSyncWorkflow"
WRITER_WORKFLOW = "PlaylistWriterWorkflow"
SUBMIT = "submit"
WRITER_ANSWER = "writer_answer"
HAND_TO_WRITER = "hand-to-writer"
RECOVER = "recover-playlist"
MEMO_REQUEST = "request"
MEMO_FINGERPRINT = "fingerprint"
MEMO_PROGRESS = "progress"
MEMO_METHOD = "method"
MEMO_PLAYLIST = "playlist"


def writer_id(playlist_id: str) -> str:
    """The workflow id of the playlist's one writer."""
    return f"playlist-{playlist_id}"


@dataclass(frozen=True, slots=True)
class Ran(Generic[R]):
    """What a step's activity answers: its result or a deferral, and which attempt it was (from 1)."""

    attempt: int
    result: R | None = None
    deferred: Deferred | None = None


@dataclass(frozen=True, slots=True)
class WriterTask:
    """One wish of one sync for a playlist: one of `add`, `verify`, `remove`. `id` is the same when it is handed over
    again; `priority` 1 goes first.

    One field a kind, not a union: JSON does not say which class it was, and a `Remove` would pass for an `Add`.
    """

    id: str
    sync_id: str
    step: str
    playlist_id: str
    policy: StepPolicy
    priority: int = 1
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


@dataclass(frozen=True, slots=True)
class WriterState:
    """What a playlist's writer takes with it when it continues as new. It ends after `idle_s` seconds without work,
    and continues as new after `rounds` groups, or when the server asks for it."""

    playlist_id: str
    next_look: float | None = None
    waiting: tuple[WriterTask, ...] = ()
    idle_s: float = 60.0
    rounds: int = 500


@dataclass(frozen=True, slots=True)
class WriterAnswer:
    """The wish's result, or why it failed: one of `added`, `removed`, `verified`, `deferred`, `error`; and the attempt
    that brought it."""

    task_id: str
    added: Added | None = None
    removed: Removed | None = None
    verified: Done | None = None
    deferred: Deferred | None = None
    error: ErrorInfo | None = None
    attempt: int = 1

    @property
    def result(self) -> Added | Removed | Done | Deferred:
        """What the step returns. Raises the error that the writer reported."""
        if self.error:
            raise from_name(self.error.type, self.error.message)
        result = self.added or self.removed or self.verified or self.deferred
        if result is None:
            raise ValueError("the playlist writer answered nothing")
        return result


def answered(
    task: WriterTask, result: Added | Removed | Done | Deferred | MusicSyncError, attempt: int = 1
) -> WriterAnswer:
    """The answer that carries `result`."""
    match result:
        case Added():
            return WriterAnswer(task.id, added=result, attempt=attempt)
        case Removed():
            return WriterAnswer(task.id, removed=result, attempt=attempt)
        case Deferred():
            return WriterAnswer(task.id, deferred=result, attempt=attempt)
        case MusicSyncError():
            return WriterAnswer(task.id, error=ErrorInfo(type(result).__name__, str(result)), attempt=attempt)
    return WriterAnswer(task.id, verified=result, attempt=attempt)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a group of wishes, in their order, and when the writer has to look again (epoch seconds)."""

    answers: tuple[WriterAnswer, ...]
    next_look: float | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a sync stands: the answer of its `progress` query, and in its memo whenever it waits or has ended (there
    without the outcome, which is the workflow's result: servers want memos below 2 KB)."""

    status: Status = Status.ACCEPTED
    stage: Stage = Stage.INITIALIZING
    steps_completed: int = 0
    candidates_found: int = 0
    match_strategy: str = ""
    retry_count: int = 0
    resumes_at: float | None = None
    paused_reason: str | None = None
    outcome: Outcome | None = None
