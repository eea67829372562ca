"""What the journal keeps of a sync, and the statements that write and read it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from musicsync import codec
from musicsync.errors import IdempotencyConflict, SyncNotFound
from musicsync.idempotency import REUSE_S, fingerprint, workflow_id
from musicsync.model import Deferred, Outcome, ReviewAnswer, Stage, Status, SyncRequest
from musicsync.ports import SyncView
from musicsync.standalone.journal import Journal

CANCEL, ANSWER = "cancel", "answer"
VIEW_COLUMNS = (
    "id, request, status, stage, steps_completed, candidates_found, match_strategy, retry_count, outcome, started_at, "
    "ended_at"
)
_ENDED_BADLY = (Status.FAILED, Status.CANCELLED, Status.EXPIRED)


@dataclass(slots=True)
class Attempt:
    """One execution of one step. `next_at` is when the next one may start; without it and with an error it was the
    last. An attempt without an end was begun by a process that died."""

    sync_id: str
    seq: int
    attempt: int
    step: str
    started_at: float
    ended_at: float | None = None
    error_type: str | None = None
    error: str | None = None
    next_at: float | None = None
    result: bytes | None = None

    @property
    def is_final(self) -> bool:
        """True for the attempt that ended its step."""
        return self.result is not None or (self.error_type is not None and self.next_at is None)

    def row(self) -> tuple[object, ...]:
        """In the order of the table's columns."""
        return (
            self.sync_id, self.seq, self.attempt, self.step, self.started_at, self.ended_at, self.error_type,
            self.error, self.next_at, self.result,
        )  # fmt: skip


@dataclass(slots=True)
class Past:
    """All that an earlier process wrote down of an open sync."""

    view: SyncView
    attempts: list[Attempt] = field(default_factory=list)
    timer: tuple[int, Deferred] | None = None
    cancelled: bool = False
    answer: ReviewAnswer | None = None


def view_of(row: Sequence[Any]) -> SyncView:
    """The view of a row of `VIEW_COLUMNS`."""
    outcome = codec.loads(Outcome, row[8]) if row[8] is not None else None
    return SyncView(
        workflow_id=row[0], request=codec.loads(SyncRequest, row[1]), status=Status(row[2]), stage=Stage(row[3]),
        steps_completed=row[4], candidates_found=row[5], match_strategy=row[6], retry_count=row[7], outcome=outcome,
        started_at=row[9], completed_at=row[10],
    )  # fmt: skip


class Records:
    """The syncs of a journal. Every write is durable when it returns."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def accept(self, request: SyncRequest, key: str | None, now: float) -> tuple[str, bool]:
        """The id of the request's sync, and whether this call created it: then, and only then, it is to be run.
        Raises `IdempotencyConflict`."""
        base, print_of = workflow_id(request, key), fingerprint(request)
        song = request.song
        values = (
            print_of, codec.dumps(request), request.user_id, request.playlist, request.playlist, song.title.casefold(),
            song.artist.casefold(), Status.ACCEPTED, Stage.INITIALIZING, now,
        )  # fmt: skip
        return await self._journal.write(lambda db: _accept(db, base, bool(key), print_of, now, values))

    async def save(
        self, view: SyncView, attempts: Iterable[Attempt], *, timer: tuple[int, Deferred] | None = None,
        playlist_id: str | None = None,
    ) -> None:  # fmt: skip
        """Write attempts, where the sync stands and, if given, what it waits for; at its end, its outcome."""
        rows = [one.row() for one in attempts]
        outcome = codec.dumps(view.outcome) if view.outcome else None
        method = view.outcome.method if view.outcome else ""
        state = (
            view.status, view.stage, view.completed_at, outcome, method, view.match_strategy, view.steps_completed,
            view.candidates_found, view.retry_count, playlist_id, view.workflow_id,
        )  # fmt: skip
        deferred = (view.workflow_id, timer[0], codec.dumps(timer[1])) if timer else None

        def job(db: sqlite3.Connection) -> None:
            db.executemany("INSERT OR REPLACE INTO attempts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
            db.execute(
                "UPDATE syncs SET status = ?, stage = ?, ended_at = ?, outcome = ?, match_method = ?,"
                " match_strategy = ?, steps_completed = ?, candidates_found = ?, retry_count = ?,"
                " playlist_id = coalesce(?, playlist_id) WHERE id = ?",
                state,
            )
            if deferred:
                db.execute("INSERT OR REPLACE INTO timers VALUES (?, ?, ?)", deferred)
            elif outcome is not None:
                db.execute("DELETE FROM timers WHERE sync_id = ?", (view.workflow_id,))

        await self._journal.write(job)

    def withdraw(self, attempt: Attempt) -> None:
        """Forget a begun attempt, with the next commit: the process ends in good order, nothing was lost."""
        values = (attempt.sync_id, attempt.seq, attempt.attempt)
        delete = "DELETE FROM attempts WHERE sync_id = ? AND seq = ? AND attempt = ? AND ended_at IS NULL"
        self._journal.post(lambda db: db.execute(delete, values).rowcount)

    async def signal(self, sync_id: str, kind: str, now: float, body: bytes | None = None) -> bool:
        """Write a signal down; False where one of this kind was there before."""
        insert = "INSERT OR IGNORE INTO signals VALUES (?, ?, ?, ?)"
        return await self._journal.execute(insert, (sync_id, kind, now, body)) == 1

    def answer(self, sync_id: str) -> ReviewAnswer | None:
        """The answer that was written down (None also for an expired question)."""
        rows = self._journal.read("SELECT body FROM signals WHERE sync_id = ? AND kind = ?", (sync_id, ANSWER))
        return codec.loads(ReviewAnswer, rows[0][0]) if rows and rows[0][0] is not None else None

    def view(self, sync_id: str) -> SyncView:
        """Raises `SyncNotFound`."""
        rows = self._journal.read(f"SELECT {VIEW_COLUMNS} FROM syncs WHERE id = ?", (sync_id,))
        if not rows:
            raise SyncNotFound(f"there is no sync {sync_id}")
        return view_of(rows[0])

    def attempts(self, sync_id: str) -> list[Attempt]:
        """Every attempt, in order."""
        return [Attempt(*row) for row in self._journal.read(
            "SELECT * FROM attempts WHERE sync_id = ? ORDER BY seq, attempt", (sync_id,)
        )]  # fmt: skip

    def open_syncs(self) -> list[Past]:
        """Every sync that has not ended, oldest first."""
        rows = self._journal.read(f"SELECT {VIEW_COLUMNS} FROM syncs WHERE ended_at IS NULL ORDER BY started_at, rowid")
        found = {row[0]: Past(view_of(row)) for row in rows}
        of_open = "sync_id IN (SELECT id FROM syncs WHERE ended_at IS NULL)"
        for row in self._journal.read(f"SELECT * FROM attempts WHERE {of_open} ORDER BY seq, attempt"):
            found[row[0]].attempts.append(Attempt(*row))
        for sync_id, seq, deferred in self._journal.read(f"SELECT * FROM timers WHERE {of_open}"):
            found[sync_id].timer = (seq, codec.loads(Deferred, deferred))
        for sync_id, kind, body in self._journal.read(f"SELECT sync_id, kind, body FROM signals WHERE {of_open}"):
            if kind == CANCEL:
                found[sync_id].cancelled = True
            elif body is not None:
                found[sync_id].answer = codec.loads(ReviewAnswer, body)
        return list(found.values())


def _accept(
    db: sqlite3.Connection, base: str, explicit: bool, print_of: str, now: float, values: tuple[object, ...]
) -> tuple[str, bool]:
    """On the writer thread: only one caller at a time decides, so a key has one sync."""
    latest = db.execute(
        "SELECT id, run, fingerprint, status, ended_at FROM syncs WHERE base_id = ? ORDER BY run DESC LIMIT 1", (base,)
    ).fetchone()
    run = 1
    if latest:
        sync_id, run, print_before, status, ended_at = latest
        if explicit and print_before != print_of:
            raise IdempotencyConflict("this Idempotency-Key was used for another request")
        if explicit or ended_at is None or (status not in _ENDED_BADLY and now < ended_at + REUSE_S):
            return sync_id, False
        run += 1
    sync_id = base if run == 1 else f"{base}-{run}"
    db.execute(
        "INSERT INTO syncs (id, base_id, run, fingerprint, request, user_id, playlist, playlist_id, track_key,"
        " artist_key, status, stage, started_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (sync_id, base, run, *values),
    )
    return sync_id, True
