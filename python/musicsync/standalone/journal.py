"""The journal: one SQLite file, one writer thread, group commit.

Whatever waits when the writer is free becomes one transaction, so that many syncs share one fsync. A write has happened
when its `await` returns; when it raises `StorageUnavailable` nothing of it has, and the writer goes on.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from musicsync.errors import StorageUnavailable
from musicsync.standalone.intents import JournalIntents
from musicsync.standalone.schema import migrate

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], Any]
_Waiting = tuple[Job, "asyncio.Future[Any]"]
_MOST_AT_ONCE = 500


class Journal:
    """Open it once per file: a second process is refused by a lock beside it. Use it from one event loop."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.problem: str | None = None
        """Why the last write failed; None after one that did not."""
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._writer: threading.Thread | None = None
        self._reader: sqlite3.Connection | None = None
        self._lock: int | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.intents = JournalIntents(self)

    async def open(self) -> None:
        """Lock, migrate and start the writer. Raises `StorageUnavailable` (in use, not writable) and `Permanent`
        (a newer release's file)."""
        self._loop = asyncio.get_running_loop()
        self._lock = _lock(self.path)
        try:
            db = _connect(self.path)
            migrate(db, self.path.name)
            self._reader = _connect(self.path)
            self._reader.execute("PRAGMA query_only = ON")
        except sqlite3.Error as error:
            self._unlock()
            raise StorageUnavailable(f"{self.path} cannot be opened: {error}") from error
        except BaseException:
            self._unlock()
            raise
        self._writer = threading.Thread(target=self._write_all, args=(db,), name="journal", daemon=True)
        self._writer.start()
        self.intents.load()

    async def close(self) -> None:
        """Write what waits, end the writer, and let others have the file."""
        writer, self._writer = self._writer, None
        if writer:
            self._waiting.put(None)
            await asyncio.to_thread(writer.join)
        if self._reader:
            self._reader.close()
            self._reader = None
        self._unlock()

    def post(self, job: Callable[[sqlite3.Connection], T]) -> asyncio.Future[T]:
        """Queue `job` for the writer thread. It may run twice (its first transaction may fail), so it must depend on
        nothing but the connection. The future ends after the commit."""
        if self._writer is None or self._loop is None:
            raise StorageUnavailable(f"{self.path.name} is not open")
        done: asyncio.Future[T] = self._loop.create_future()
        self._waiting.put((job, done))
        return done

    async def write(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Run `job` in a transaction; return its result once it is on disk."""
        return await self.post(job)

    async def execute(self, sql: str, values: Iterable[object] = ()) -> int:
        """Run one statement in a transaction; how many rows it changed."""
        row = tuple(values)
        return await self.post(lambda db: db.execute(sql, row).rowcount)

    def read(self, sql: str, values: Iterable[object] = ()) -> list[Any]:
        """Rows of a short query over what is on disk, on this thread: it never waits for the writer."""
        if self._reader is None:
            raise StorageUnavailable(f"{self.path.name} is not open")
        try:
            return self._reader.execute(sql, tuple(values)).fetchall()
        except sqlite3.Error as error:
            raise self._unavailable(error) from error

    async def read_aside(self, sql: str, values: Iterable[object] = ()) -> list[Any]:
        """Rows of a query that may take long: on a connection and a thread of its own."""

        def run() -> list[Any]:
            with contextlib.closing(_connect(self.path)) as db:
                return db.execute(sql, tuple(values)).fetchall()

        try:
            return await asyncio.to_thread(run)
        except sqlite3.Error as error:
            raise self._unavailable(error) from error

    def _write_all(self, db: sqlite3.Connection) -> None:
        while batch := self._drain():
            self._commit(db, batch)
        db.close()

    def _drain(self) -> list[_Waiting]:
        """Wait for a job and take all that wait with it; nothing once the journal is closed."""
        batch: list[_Waiting] = []
        entry = self._waiting.get()
        while entry is not None:
            batch.append(entry)
            if len(batch) == _MOST_AT_ONCE or self._waiting.empty():
                return batch
            entry = self._waiting.get()
        if batch:
            self._waiting.put(None)
        return batch

    def _commit(self, db: sqlite3.Connection, batch: list[_Waiting]) -> None:
        """One transaction for all; if it fails, one for each, so that only the guilty suffer."""
        answers = self._try(db, batch)
        if answers is None and len(batch) == 1:
            answers = [self._failed]
        elif answers is None:
            answers = [(self._try(db, [one]) or [self._failed])[0] for one in batch]
        loop = self._loop
        assert loop is not None
        with contextlib.suppress(RuntimeError):  # the loop was closed: nobody waits any more
            loop.call_soon_threadsafe(_answer, [done for _, done in batch], answers)

    def _try(self, db: sqlite3.Connection, batch: list[_Waiting]) -> list[Any] | None:
        try:
            db.execute("BEGIN IMMEDIATE")
            answers = [job(db) for job, _ in batch]
            db.execute("COMMIT")
        except Exception as error:  # a job's own mistake must not end the writer: its caller gets it
            self._failed = _Failure(self._unavailable(error) if isinstance(error, sqlite3.Error) else error)
            with contextlib.suppress(sqlite3.Error):
                db.execute("ROLLBACK")
            return None
        self.problem = None
        return answers

    _failed: _Failure

    def _unavailable(self, error: sqlite3.Error) -> StorageUnavailable:
        self.problem = f"{self.path.name} cannot be written or read: {error}"
        return StorageUnavailable(self.problem)

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


class _Failure:
    def __init__(self, error: Exception) -> None:
        self.error = error


def _answer(waiting: list[asyncio.Future[Any]], answers: list[Any]) -> None:
    for done, answer in zip(waiting, answers, strict=True):
        if done.done():
            continue
        if isinstance(answer, _Failure):
            done.set_exception(answer.error)
        else:
            done.set_result(answer)


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10.0)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    return db


def _lock(path: Path) -> int:
    """Lock the file beside the journal, for as long as the descriptor is open."""
    beside = path.with_name(path.name + ".lock")
    try:
        descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageUnavailable(f"{beside.name} cannot be written: {error.strerror}") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        owner = os.pread(descriptor, 20, 0).decode(errors="replace").strip() or "unknown"
        os.close(descriptor)
        raise StorageUnavailable(f"{path} is in use by another musicsync (process {owner})") from error
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return descriptor
