"""Recorded histories replay without a server, and a changed flow is caught."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from musicsync import pipeline
from musicsync.model import Add, MatchDecision, SpotifyTrack, SyncRequest
from musicsync.pipeline import Runner
from musicsync.steps import RESOLVE_PLAYLIST, VERIFY_TRACK_ADDED, ResolvePlaylist, Verify
from musicsync.temporal import history
from musicsync.temporal.worker import workflow_runner
from musicsync.temporal.workflows import WORKFLOWS

_HISTORIES = sorted((Path(__file__).parent / "histories").glob("*.json"))


def _load(path: Path) -> WorkflowHistory:
    """With the id under which it ran: tasks of the playlist's writer are named after it."""
    events = json.loads(path.read_text(encoding="utf-8"))
    workflow_id = events["events"][0]["workflowExecutionStartedEventAttributes"]["workflowId"]
    return WorkflowHistory.from_json(workflow_id, events)


async def _replay(path: Path) -> None:
    replayer = Replayer(workflows=WORKFLOWS, data_converter=pydantic_data_converter, workflow_runner=workflow_runner())
    await replayer.replay_workflow(_load(path))


def test_there_are_histories_of_every_branch_so_far() -> None:
    assert {one.stem for one in _HISTORIES} >= {
        "accepted-at-the-first-rung", "ladder-review-and-add", "cancelled-and-undone", "playlist-writer",
        "catalogue-then-spotify",
    }  # fmt: skip


@pytest.mark.parametrize("path", _HISTORIES, ids=lambda one: one.stem)
async def test_a_recorded_history_replays(path: Path) -> None:
    await _replay(path)


async def test_a_reordered_step_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    original = pipeline._search_and_match

    async def resolves_again(request: SyncRequest, run: Runner) -> MatchDecision:
        await run.step(RESOLVE_PLAYLIST, ResolvePlaylist(request.playlist, request.user_id))
        return await original(request, run)

    monkeypatch.setattr(pipeline, "_search_and_match", resolves_again)
    with pytest.raises(NondeterminismError):
        await _replay(_of("accepted-at-the-first-rung"))


async def test_a_verification_before_the_add_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    original = pipeline._do

    async def swapped(run: Runner, step: object, argument: object) -> object:
        if isinstance(argument, Add):
            await original(run, VERIFY_TRACK_ADDED, Verify(argument.playlist_id, argument.track))
        return await original(run, step, argument)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "_do", swapped)
    with pytest.raises(NondeterminismError):
        await _replay(_of("accepted-at-the-first-rung"))


async def test_a_changed_wait_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never_asks(*_: object) -> None:
        return None

    monkeypatch.setattr(pipeline, "_ask", never_asks)
    with pytest.raises(NondeterminismError):
        await _replay(_of("ladder-review-and-add"))


def test_a_recorded_history_reads_as_steps() -> None:
    entries = history.entries(_load(_of("cancelled-and-undone")).events)
    assert [one.step for one in entries] == [
        "resolve-playlist", "recall-correction", "spotify-search", "spotify-search", "fuzzy-match", "add-to-playlist",
        "remove-from-playlist",
    ]  # fmt: skip
    assert entries[-1].result == {"removed": True}
    assert all(one.ended_at for one in entries)


async def test_a_catalogue_that_is_not_searched_any_more_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    async def skipped(*_: object) -> dict[str, SpotifyTrack]:
        return {}

    monkeypatch.setattr(pipeline, "_search_catalogue", skipped)
    with pytest.raises(NondeterminismError):
        await _replay(_of("catalogue-then-spotify"))


def test_a_search_of_the_catalogue_is_for_the_workers_that_have_it() -> None:
    scheduled = [
        one.activity_task_scheduled_event_attributes
        for one in _load(_of("catalogue-then-spotify")).events
        if one.HasField("activity_task_scheduled_event_attributes")
    ]
    queues = {one.activity_type.name: one.task_queue.name for one in scheduled}
    assert (queues["catalogue-search"], queues["spotify-search"]) == ("catalogue", "music-sync-queue")


def test_histories_name_no_machine_and_hold_no_secret() -> None:
    for path in _HISTORIES:
        text = path.read_text(encoding="utf-8")
        identities = set(re.findall(r'"identity": "(.*?)"', text))
        assert "recorder" in identities
        assert not any("@" in one for one in identities), identities
        assert "Bearer" not in text
        assert not re.search(r"/(home|root|tmp)/", text)


def _of(name: str) -> Path:
    return next(one for one in _HISTORIES if one.stem == name)
