"""The catalogue's file may be replaced while it is searched."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import structlog

from musicsync import Catalog, local_catalogue
from musicsync.catalogue import CatalogueQuery
from musicsync.errors import EngineFailed
from musicsync.local_catalogue import LocalCatalogue
from musicsync.model import Song

_SAID = "the new catalogue cannot be opened: the old one is searched"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "songs.msc"


def build(path: Path, *titles: str) -> None:
    """As `musicsync catalogue build` does: written beside it and put in its place."""
    Catalog.from_tracks([{"id": title, "title": title, "artist": "Toto"} for title in titles]).save(path)


def put(path: Path, content: bytes) -> None:
    beside = path.with_suffix(".new")
    beside.write_bytes(content)
    beside.replace(path)


async def best(catalogue: LocalCatalogue, title: str) -> str:
    hits = await catalogue.search(CatalogueQuery(Song(title, "Toto"), "standard", 1, 0.9))
    return hits[0].id if hits else ""


async def test_what_was_built_anew_is_searched_without_a_restart(path: Path) -> None:
    build(path, "Africa")
    catalogue = LocalCatalogue(path)
    assert (await best(catalogue, "Rosanna"), (await catalogue.state()).tracks) == ("", 1)
    build(path, "Africa", "Rosanna")
    with structlog.testing.capture_logs() as logs:
        assert await best(catalogue, "Rosanna") == "Rosanna"
        assert await best(catalogue, "Africa") == "Africa"
    assert (await catalogue.state()).tracks == 2
    assert logs == [{"event": "the catalogue was replaced", "tracks": 2, "log_level": "info"}]


async def test_the_state_tells_of_a_new_file_although_nobody_searched(path: Path) -> None:
    build(path, "Africa")
    catalogue = LocalCatalogue(path)
    build(path, "Africa", "Rosanna", "Hold the Line")
    assert (await catalogue.state()).tracks == 3


@pytest.mark.parametrize("spoil", [lambda path: put(path, b"Africa"), lambda path: path.unlink()], ids=["bad", "gone"])
async def test_a_bad_new_file_keeps_the_old_one_in_use_and_is_told_of_once(
    path: Path, spoil: Callable[[Path], object]
) -> None:
    build(path, "Africa")
    catalogue = LocalCatalogue(path)
    spoil(path)
    with structlog.testing.capture_logs() as logs:
        assert [await best(catalogue, "Africa") for _ in range(3)] == ["Africa"] * 3
    assert [(one["event"], one["log_level"]) for one in logs] == [(_SAID, "warning")]
    assert str(path) in logs[0]["error"]
    build(path, "Rosanna")
    assert await best(catalogue, "Rosanna") == "Rosanna"


async def test_others_search_the_old_file_while_one_opens_the_new_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(path, "Africa")
    catalogue = LocalCatalogue(path)
    build(path, "Rosanna")
    opening, goes_on, whole = threading.Event(), threading.Event(), local_catalogue._open

    def slow(path: Path) -> Any:
        opening.set()
        assert goes_on.wait(30)
        return whole(path)

    monkeypatch.setattr(local_catalogue, "_open", slow)
    first = asyncio.create_task(best(catalogue, "Rosanna"))
    assert await asyncio.to_thread(opening.wait, 30)
    assert await best(catalogue, "Africa") == "Africa"
    goes_on.set()
    assert await first == "Rosanna"


async def test_the_tracks_to_decide_among_are_those_of_a_join(path: Path) -> None:
    rows = [
        {"id": f"{n}", "title": title, "artist": "Toto", "isrc": isrc, "duration_s": 295}
        for n, (title, isrc) in enumerate([("Africa", None), ("Africa - Live", None), ("Other", "USSM18200342")])
    ]
    Catalog.from_tracks(rows).save(path)
    song = Song("Africa", "Toto", isrc="USSM18200342", duration_ms=295_000)
    hits = await LocalCatalogue(path).candidates(song, "standard")
    (decision,) = Catalog.open(path).join(
        [{"title": "Africa", "artist": "Toto", "isrc": "USSM18200342", "duration_ms": 295_000}]
    )
    assert [(one.position, one.score, one.probability) for one in hits] == [
        (one.index, one.score, one.probability) for one in decision.candidates
    ]
    assert {one.id for one in hits} >= {"0", "2"}


async def test_what_the_engine_refuses_is_an_error_of_ours(path: Path) -> None:
    build(path, "Africa")
    with pytest.raises(EngineFailed, match="the catalogue cannot be asked for that"):
        await LocalCatalogue(path).candidates(Song("A\ud800", "Toto"), "standard")
    with pytest.raises(EngineFailed, match="the catalogue cannot be asked for that"):
        await LocalCatalogue(path).candidates(Song("Africa", "Toto"), "no such profile")


def test_a_file_that_is_touched_is_another_one_and_a_missing_one_none(path: Path) -> None:
    build(path, "Africa")
    before = local_catalogue._version(path)
    os.utime(path, (1, 1))
    assert local_catalogue._version(path) != before
    path.unlink()
    assert local_catalogue._version(path) is None
