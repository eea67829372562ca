"""One database: an engine, a few threads, and the translation of what goes wrong into our errors."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, event, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.schema import CreateIndex, CreateTable

from musicsync.errors import Permanent, SettingsError, StorageUnavailable
from musicsync.store.tables import SCHEMA_VERSION, metadata, schema_version

T = TypeVar("T")
_DIALECTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_MIGRATION_LOCK = 7_023_551
_SETTING = "MUSICSYNC_DATABASE_URL"


class Database:
    """`url` is `sqlite:///FILE` or `postgresql://…`. Several processes may open it; SQLite waits `busy_timeout_s` for
    another's write to end."""

    def __init__(self, url: str, busy_timeout_s: float) -> None:
        self._engine = _engine(url, busy_timeout_s)
        self._insert: Callable[[Table], Any] = _DIALECTS[self._engine.dialect.name]
        self._threads: ThreadPoolExecutor | None = None

    async def open(self) -> None:
        """Make what is missing. Raises `StorageUnavailable`, and `Permanent` for a newer release's database."""
        # SQLite has one writer at a time anyway; more threads would only wait for each other's locks.
        threads = 1 if self._engine.dialect.name == "sqlite" else 4
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="store")
        await self.run(self._migrate)

    async def close(self) -> None:
        """End the threads and the connections."""
        if self._threads:
            threads, self._threads = self._threads, None
            await asyncio.to_thread(threads.shutdown)
        self._engine.dispose()

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a transaction, off the event loop. Raises `StorageUnavailable`."""
        if self._threads is None:
            raise StorageUnavailable("the store is not open")
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._now, work)

    def put(self, table: Table, *, replace: bool, **values: Any) -> Any:
        """An insert that replaces (or keeps) the row of the same primary key."""
        statement = self._insert(table).values(**values)
        keys = [column.name for column in table.primary_key]
        rest = {name: value for name, value in values.items() if name not in keys}
        if replace:
            return statement.on_conflict_do_update(index_elements=keys, set_=rest)
        return statement.on_conflict_do_nothing(index_elements=keys)

    def _now(self, work: Callable[[Connection], T]) -> T:
        try:
            with self._engine.begin() as connection:
                return work(connection)
        except DBAPIError as error:
            raise StorageUnavailable(f"the store cannot be reached or written: {error.orig}") from error

    def _migrate(self, connection: Connection) -> None:
        if self._engine.dialect.name == "postgresql":  # two processes that make the same table would collide
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        for table in metadata.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
            for index in table.indexes:
                connection.execute(CreateIndex(index, if_not_exists=True))
        connection.execute(self.put(schema_version, replace=False, part="store", version=SCHEMA_VERSION))
        version = connection.execute(
            select(schema_version.c.version).where(schema_version.c.part == "store")
        ).scalar_one()
        if version > SCHEMA_VERSION:
            raise Permanent(
                f"the store was written by a newer musicsync (store schema {version}; this one knows {SCHEMA_VERSION})"
            )


def _engine(url: str, busy_timeout_s: float) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() not in _DIALECTS:
            raise SettingsError(f"{_SETTING}: {parsed.get_backend_name()!r} is neither sqlite nor postgresql")
        engine = create_engine(parsed, pool_pre_ping=parsed.get_backend_name() == "postgresql")
    except (ArgumentError, NoSuchModuleError) as error:
        raise SettingsError(f"{_SETTING} is no database URL") from error
    except ModuleNotFoundError as error:
        raise SettingsError(f"{_SETTING}: the driver {error.name!r} is not installed") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", partial(_prepare_sqlite, int(busy_timeout_s * 1000)))
    return engine


def _prepare_sqlite(busy_timeout_ms: int, connection: Any, _: object) -> None:
    for pragma in (f"busy_timeout = {busy_timeout_ms}", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
