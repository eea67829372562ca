"""Record the histories that `test_replay.py` replays: `python -m tests.temporal.record_histories`.

Run it when a release is made, with names of its own, and keep what earlier releases recorded: a workflow that began
under one release must go on under the next. Needs a server as the other tests of this folder do.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from musicsync.model import ReviewAnswer, SearchSource, Song, Status, SyncRequest
from musicsync.temporal.messages import writer_id
from musicsync.temporal.worker import Server
from tests.python.fakes import PLAYLIST_ID
from tests.python.scenarios import COVER, OTHER, RIGHT, Gate, looking
from tests.temporal import servers
from tests.temporal.servers import Namespaces
from tests.temporal.worlds import Lab, lab

FOLDER = Path(__file__).parent / "histories"


async def _save(here: Lab, workflow_id: str, name: str) -> None:
    history = await here.client.get_workflow_handle(workflow_id).fetch_history()
    text = json.dumps(json.loads(history.to_json()), indent=1, ensure_ascii=False)
    (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


async def _accepted(here: Lab) -> None:
    view = await here.sync(SyncRequest(Song("So What", "Miles Davis", isrc=OTHER.isrc), PLAYLIST_ID))
    assert view.status is Status.COMPLETED
    await _save(here, view.workflow_id, "accepted-at-the-first-rung")


async def _asked(here: Lab) -> None:
    view = await here.sync(SyncRequest(Song("Blue in Green", "Somebody", isrc="XXA019999999"), PLAYLIST_ID))
    assert view.status is Status.WAITING_FOR_REVIEW
    await here.service.answer_review(view.workflow_id, ReviewAnswer(COVER.id or "", "tester", 1.0))
    assert (await here.ended(view.workflow_id)).status is Status.COMPLETED
    await _save(here, view.workflow_id, "ladder-review-and-add")


async def _cancelled(here: Lab) -> None:
    gate = Gate(here.spotify, "add_items", "after")
    started = await here.service.start(SyncRequest(Song("Blue in Green", "Miles Davis"), PLAYLIST_ID))
    await gate.reached.wait()
    cancelling = asyncio.create_task(here.service.cancel(started.view.workflow_id))
    await here.client.get_workflow_handle(started.view.workflow_id).describe()  # the request is on its way
    gate.opened.set()
    assert (await cancelling).outcome.compensated  # type: ignore[union-attr]
    await _save(here, started.view.workflow_id, "cancelled-and-undone")


async def _both(here: Lab) -> None:
    here.local.tracks.append(COVER)
    view = await here.sync(looking(SearchSource.BOTH))
    assert (view.status, view.match_strategy) == (Status.COMPLETED, "fields")
    await _save(here, view.workflow_id, "catalogue-then-spotify")


async def _record(server: Server) -> None:
    client = await Client.connect(
        server.address, namespace=server.namespace, data_converter=pydantic_data_converter, identity="recorder"
    )
    here = lab(client, catalogue=[RIGHT, COVER, OTHER])
    async with here.working():
        await _accepted(here)
        await _asked(here)
        await _cancelled(here)
        await _both(here)
        await _save(here, writer_id(PLAYLIST_ID), "playlist-writer")


def main() -> None:
    """Write all of them."""
    path = servers.binary()
    if path is None:
        raise SystemExit("needs `temporal` on PATH or MUSICSYNC_TEMPORAL_BINARY")
    server = servers.start(path)
    try:
        asyncio.run(_record(Namespaces(server.client.service_client.config.target_host).next()))
    finally:
        servers.stop(server)


if __name__ == "__main__":
    main()
