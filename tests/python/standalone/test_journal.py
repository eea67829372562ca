"""The journal: durable when awaited, grouped, one process, and clear about a disk that takes nothing."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from musicsync.errors import Permanent, StorageUnavailable
from musicsync.ports import WriteIntent
from musicsync.standalone.journal import Journal
from tests.python.standalone.houses import MortalJournal

_SIGNAL = "INSERT INTO signals VALUES (?, 'cancel', 1.0, ?)"


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[MortalJournal]:
    one = MortalJournal(tmp_path / "journal.db")
    await one.open()
    yield one
    await one.close()


def _signals(journal: Journal) -> list[str]:
    return [row[0] for row in journal.read("SELECT sync_id FROM signals ORDER BY sync_id")]


async def test_a_write_is_on_disk_when_its_await_returns(journal: MortalJournal) -> None:
    await journal.execute(_SIGNAL, ("a", None))
    await journal.die()
    with sqlite3.connect(journal.path) as db:
        assert db.execute("SELECT sync_id FROM signals").fetchall() == [("a",)]


async def test_waiting_writes_share_a_commit(journal: MortalJournal) -> None:
    before = journal.commits
    await asyncio.gather(*(journal.execute(_SIGNAL, (f"s{n:03}", None)) for n in range(300)))
    assert len(_signals(journal)) == 300
    assert journal.commits - before < 100


async def test_a_write_that_fails_fails_alone(journal: MortalJournal) -> None:
    writes = [journal.execute(_SIGNAL, (name, None)) for name in ("a", "b", "a", "c")]
    results = await asyncio.gather(*writes, return_exceptions=True)
    assert [isinstance(one, StorageUnavailable) for one in results] == [False, False, True, False]
    assert _signals(journal) == ["a", "b", "c"]


async def test_a_job_that_is_wrong_tells_its_caller_and_the_writer_goes_on(journal: MortalJournal) -> None:
    def wrong(_: sqlite3.Connection) -> None:
        raise ValueError("a mistake")

    with pytest.raises(ValueError, match="a mistake"):
        await journal.write(wrong)
    assert await journal.execute(_SIGNAL, ("a", None)) == 1


async def test_a_full_disk_is_named_and_nothing_is_half_recorded(journal: MortalJournal) -> None:
    (pages,) = journal.read("PRAGMA page_count")[0]
    await journal.execute(f"PRAGMA max_page_count = {pages}")

    def two_rows(db: sqlite3.Connection) -> None:
        db.execute(_SIGNAL, ("small", None))
        db.execute(_SIGNAL, ("large", b"x" * 100_000))

    with pytest.raises(StorageUnavailable, match=r"journal\.db cannot be written or read: database or disk is full"):
        await journal.write(two_rows)
    assert _signals(journal) == []
    assert journal.problem is not None
    await journal.execute("PRAGMA max_page_count = 1000000")
    await journal.write(two_rows)
    assert _signals(journal) == ["large", "small"]
    assert journal.problem is None


async def test_a_read_only_file_is_named(journal: MortalJournal) -> None:
    journal.full = True
    with pytest.raises(StorageUnavailable, match="readonly"):
        await journal.execute(_SIGNAL, ("a", None))


async def test_a_second_process_is_refused_and_told_who_has_the_file(journal: MortalJournal) -> None:
    script = (
        "import asyncio, sys\nfrom musicsync.standalone.journal import Journal\n"
        "try:\n    asyncio.run(Journal(sys.argv[1]).open())\nexcept Exception as error:\n    print(error)"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, str(journal.path), stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    told, _ = await process.communicate()
    assert told.decode().strip().endswith(f"journal.db is in use by another musicsync (process {os.getpid()})")


async def test_the_file_is_free_again_after_closing(journal: MortalJournal) -> None:
    await journal.close()
    again = Journal(journal.path)
    await again.open()
    await again.close()


async def test_a_file_of_a_newer_release_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(Permanent, match=r"journal\.db was written by a newer musicsync \(journal schema 99"):
        await Journal(path).open()


async def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable, match=r"journal\.db\.lock cannot be written"):
        await Journal(tmp_path / "nowhere" / "journal.db").open()


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(StorageUnavailable, match=r"journal\.db cannot be opened: file is not a database"):
        await Journal(tmp_path / "journal.db").open()


async def test_a_closed_journal_says_so(journal: MortalJournal) -> None:
    await journal.close()
    with pytest.raises(StorageUnavailable, match="not open"):
        await journal.execute(_SIGNAL, ("a", None))


async def test_an_intent_outlives_its_process_until_it_is_settled(journal: MortalJournal) -> None:
    intent = WriteIntent("i1", "p", (("s1", "uri:1"), ("s2", "uri:2")), 5.0)
    await journal.intents.begin(intent)
    await journal.die()
    second = Journal(journal.path)
    await second.open()
    assert await second.intents.unsettled("p") == (intent,)
    assert await second.intents.unsettled("q") == ()
    await second.intents.settle("i1", (("s1", "uri:1"),), late_look_at=70.0)
    await second.close()
    third = Journal(journal.path)
    await third.open()
    assert await third.intents.unsettled() == ()
    assert [one.late_look_at for one in await third.intents.late_looks("p")] == [70.0]
    assert (await third.intents.added_by("s1"), await third.intents.added_by("s2")) == ("uri:1", None)
    await third.intents.looked("i1")
    await third.intents.forget("s1")
    assert await third.intents.late_looks() == ()
    assert await third.intents.added_by("s1") is None
    assert third.read("SELECT count(*) FROM intents") == [(0,)]
    await third.close()


async def test_an_intent_that_could_not_be_written_is_not_open(journal: MortalJournal) -> None:
    journal.full = True
    with pytest.raises(StorageUnavailable):
        await journal.intents.begin(WriteIntent("i1", "p", (), 5.0))
    assert await journal.intents.unsettled() == ()
