"""The store keeps its promises in SQLite, and in PostgreSQL where one is given by MUSICSYNC_TEST_POSTGRES_URL."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from musicsync.errors import Permanent, SettingsError, StorageUnavailable
from musicsync.model import NOT_ON_SPOTIFY, ReviewAnswer, ScoredCandidate, Song
from musicsync.ports import Correction, IntentLog, ReviewEntry, Store, WriteIntent
from musicsync.store.sql import SqlStore
from musicsync.store.tables import metadata
from tests.python.fakes import MemoryIntents, MemoryStore, fake_track

TRACK = fake_track(1, "Blue in Green", "Miles Davis")
CORRECTION = Correction(TRACK.id or "", TRACK, "tester", 5.0)


def _entry(sync_id: str, user_id: str = "default", opened_at: float = 1.0) -> ReviewEntry:
    return ReviewEntry(
        sync_id, user_id, Song("Blue in Green", "Miles Davis"), "playlist", (ScoredCandidate(TRACK, 0.7, 0.6),), "why",
        opened_at, 100.0,
    )  # fmt: skip


def _postgres() -> str:
    url = os.environ.get("MUSICSYNC_TEST_POSTGRES_URL")
    if not url:
        pytest.skip("MUSICSYNC_TEST_POSTGRES_URL names no PostgreSQL database")
    engine = create_engine(url)
    with engine.begin() as connection:
        metadata.drop_all(connection)
    engine.dispose()
    return url


def _url(kind: str, folder: Path) -> str:
    return _postgres() if kind == "postgresql" else f"sqlite:///{folder}/store.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return _url(request.param, tmp_path)


@pytest.fixture
async def sql_store(url: str) -> AsyncIterator[SqlStore]:
    one = SqlStore(url)
    await one.open()
    yield one
    await one.close()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """The fake of other tests keeps the same promises."""
    if request.param == "memory":
        yield MemoryStore()
        return
    one = SqlStore(_url(request.param, tmp_path))
    await one.open()
    yield one
    await one.close()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def intents(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[IntentLog]:
    if request.param == "memory":
        yield MemoryIntents()
        return
    one = SqlStore(_url(request.param, tmp_path))
    await one.open()
    yield one
    await one.close()


async def test_a_correction_is_recalled_by_every_key_of_its_user(store: Store) -> None:
    await store.remember("a", ("isrc:1", "song:1"), CORRECTION)
    assert await store.recall("a", ("isrc:other", "song:1")) == CORRECTION
    assert await store.recall("a", ("isrc:1",)) == CORRECTION
    assert await store.recall("b", ("isrc:1", "song:1")) is None
    assert await store.recall("a", ()) is None


async def test_the_first_known_key_decides(store: Store) -> None:
    absent = Correction(NOT_ON_SPOTIFY)
    await store.remember("a", ("isrc:1",), absent)
    await store.remember("a", ("song:1",), CORRECTION)
    assert await store.recall("a", ("isrc:1", "song:1")) == absent
    assert await store.recall("a", ("song:1", "isrc:1")) == CORRECTION


async def test_the_newest_answer_counts(store: Store) -> None:
    await store.remember("a", ("song:1",), Correction(NOT_ON_SPOTIFY))
    await store.remember("a", ("song:1",), CORRECTION)
    assert await store.recall("a", ("song:1",)) == CORRECTION


async def test_a_review_is_open_until_it_is_closed(store: Store) -> None:
    await store.open_review(_entry("s2", opened_at=2.0))
    await store.open_review(_entry("s1", opened_at=1.0))
    await store.open_review(_entry("s3", "another", opened_at=3.0))
    await store.open_review(_entry("s1", opened_at=9.0))  # a step that runs twice
    assert sorted(one.sync_id for one in await store.reviews()) == ["s1", "s2", "s3"]
    assert sorted(one.sync_id for one in await store.reviews("default")) == ["s1", "s2"]
    answer = ReviewAnswer("none", "tester", 4.0)
    await store.close_review("s1", answer)
    await store.close_review("s1", answer)
    await store.close_review("unknown", None)
    assert [one.sync_id for one in await store.reviews("default")] == ["s2"]
    closed = await store.review("s1")
    assert closed is not None
    assert (closed.closed, closed.answer, closed.opened_at) == (True, answer, 1.0)
    assert len(await store.reviews(open_only=False)) == 3
    assert await store.review("unknown") is None


async def test_an_intent_is_unsettled_until_its_result_is_known(intents: IntentLog) -> None:
    first = WriteIntent("i1", "p", (("s1", "uri:1"),), 1.0)
    second = WriteIntent("i2", "p", (("s2", "uri:2"), ("s3", "uri:3")), 2.0)
    await intents.begin(first)
    await intents.begin(second)
    assert await intents.unsettled("p") == (first, second)
    assert await intents.unsettled("q") == ()
    await intents.settle("i1", first.entries)
    await intents.settle("i2", (("s3", "uri:3"),), late_look_at=60.0)
    assert await intents.unsettled() == ()
    assert [(one.id, one.late_look_at) for one in await intents.late_looks("p")] == [("i2", 60.0)]
    assert [await intents.added_by(name) for name in ("s1", "s2", "s3")] == ["uri:1", None, "uri:3"]
    await intents.looked("i2")
    assert await intents.late_looks() == ()
    await intents.forget("s3")
    assert await intents.added_by("s3") is None


async def test_two_processes_share_a_database(sql_store: SqlStore, url: str) -> None:
    second = SqlStore(url)
    await second.open()
    await asyncio.gather(
        *(one.remember("a", (f"song:{n}",), CORRECTION) for n in range(20) for one in (sql_store, second))
    )
    assert await second.recall("a", ("song:19",)) == CORRECTION
    await second.close()
    assert await sql_store.recall("a", ("song:0",)) == CORRECTION


async def test_a_store_of_a_newer_release_is_refused(sql_store: SqlStore, url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE musicsync_schema SET version = 99"))
    engine.dispose()
    second = SqlStore(url)
    with pytest.raises(Permanent, match="store schema 99"):
        await second.open()
    await second.close()


async def test_what_was_stored_outlives_the_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    first = SqlStore(url)
    await first.open()
    await first.remember("a", ("song:1",), CORRECTION)
    await first.close()
    second = SqlStore(url)
    await second.open()
    assert await second.recall("a", ("song:1",)) == CORRECTION
    await second.close()


async def test_a_locked_file_is_unavailable_and_then_works_again(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = SqlStore(f"sqlite:///{path}", busy_timeout_s=0.05)
    await store.open()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageUnavailable, match="locked"):
        await store.remember("a", ("song:1",), CORRECTION)
    other.execute("ROLLBACK")
    other.close()
    await store.remember("a", ("song:1",), CORRECTION)
    await store.close()


async def test_a_folder_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    store = SqlStore(f"sqlite:///{tmp_path}/nowhere/store.db")
    with pytest.raises(StorageUnavailable, match="unable to open database file"):
        await store.open()
    await store.close()


async def test_a_store_that_is_not_open_says_so(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable, match="not open"):
        await SqlStore(f"sqlite:///{tmp_path}/store.db").reviews()


@pytest.mark.parametrize("url", ["nonsense", "mysql://host/db", "sqlite", "magic:///x"])
def test_a_url_that_is_none_of_ours_names_the_setting(url: str) -> None:
    with pytest.raises(SettingsError, match="MUSICSYNC_DATABASE_URL"):
        SqlStore(url)
