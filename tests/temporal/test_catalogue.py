"""The local catalogue in Temporal mode: a queue of its own, for the workers that have it open."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from musicsync.model import OutcomeKind, SearchSource, Stage, Status, SyncRequest
from musicsync.temporal import runner
from musicsync.temporal.worker import make_worker
from tests.python.scenarios import RIGHT
from tests.temporal.servers import Namespaces
from tests.temporal.worlds import QUICK, Lab, lab, request

_START_S = 60


def _asking(source: SearchSource) -> SyncRequest:
    return request("Blue in Green", policy=replace(QUICK, search_source=source))


async def _lab(namespaces: Namespaces) -> Lab:
    here = lab(await namespaces.client(), catalogue=[RIGHT])
    here.local.tracks.append(RIGHT)
    return here


async def test_without_a_worker_that_has_it_spotify_is_asked_if_it_may_be(
    namespaces: Namespaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "_NO_CATALOGUE_S", 0.5)
    here = await _lab(namespaces)
    async with make_worker(here.client, here.steps):  # and none for the catalogue
        view = await here.sync(_asking(SearchSource.BOTH))
    assert (view.status, view.match_strategy) == (Status.COMPLETED, "fields")
    assert here.local.searches == 0


async def test_a_sync_that_needs_it_waits_for_a_worker_that_has_it(namespaces: Namespaces) -> None:
    here = await _lab(namespaces)
    async with make_worker(here.client, here.steps):
        started = await here.service.start(_asking(SearchSource.CATALOGUE))
        async for view in here.service.events(started.view.workflow_id):
            if view.stage is Stage.SEARCHING:
                break
        assert here.local.searches == 0
    async with here.working():
        view = await here.ended(started.view.workflow_id)
    assert view.outcome is not None
    assert (view.outcome.outcome, here.spotify.calls["search"]) == (OutcomeKind.ADDED, 0)


async def test_a_worker_whose_catalogue_cannot_be_opened_says_so_and_ends(tmp_path: Path) -> None:
    (tmp_path / "songs.msc").write_bytes(b"Africa")
    environment = {
        "MUSICSYNC_MODE": "temporal", "MUSICSYNC_DATA_DIR": str(tmp_path), "MUSICSYNC_SEARCH_SOURCE": "catalogue",
        "MUSICSYNC_CATALOGUE": str(tmp_path / "songs.msc"), "MUSICSYNC_SPOTIFY_CLIENT_ID": "tests",
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "musicsync", "worker", env=environment, cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await asyncio.wait_for(process.communicate(), _START_S)
    assert process.returncode
    assert "MUSICSYNC_CATALOGUE: " in " ".join(said.decode().split())
    assert "this is no catalogue" in " ".join(said.decode().split())
