"""The standalone service and the real client against the emulator's faults: exact playlists, nothing sent too early."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from musicsync import wiring
from musicsync.model import OutcomeKind, Song, Status, SyncRequest
from musicsync.ports import SyncService, SyncView
from musicsync.settings import load
from tests.durability.processes import PLAYLIST, Emulator, settings, sign_in, songs

FAULTS = (
    "429", "500", "502", "timeout", "timeout_after_apply", "drop", "drop_after_apply", "expired_token", "stale_read",
    "empty_isrc", "slow",
)  # fmt: skip


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    return monkeypatch


@asynccontextmanager
async def service(
    emulator: Emulator, data: Path, monkeypatch: pytest.MonkeyPatch, **more: str
) -> AsyncIterator[SyncService]:
    """The standalone service, signed in at the emulator."""
    wanted = settings(emulator, data, MUSICSYNC_SPOTIFY_TIMEOUT_S="2", **more)
    await sign_in(wanted)
    for name, value in wanted.items():
        monkeypatch.setenv(name, value)
    async with wiring.opened(load()) as parts:
        yield parts.service


def request(body: dict[str, Any]) -> SyncRequest:
    return SyncRequest(Song(body["track_name"], body["artist"], duration_ms=1000 * body["duration"]), PLAYLIST)


async def sync_all(runner: SyncService, bodies: list[dict[str, Any]]) -> list[SyncView]:
    started = [await runner.start(request(body)) for body in bodies]
    return list(await asyncio.gather(*(runner.wait(one.view.workflow_id, 280) for one in started)))


@pytest.mark.timeout(300)
async def test_ten_per_cent_mixed_faults_leave_an_exact_playlist(
    tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    bodies = songs(300, tmp_path / "catalogue.jsonl")
    with Emulator(tmp_path / "catalogue.jsonl", tmp_path / "emulator") as emulator:
        async with service(emulator, tmp_path / "data", environment) as runner:
            await emulator.faults(dict.fromkeys(FAULTS, 0.1 / len(FAULTS)) | {"seed": 5, "retry_after_s": 1})
            views = await sync_all(runner, bodies)
            await emulator.faults({})
        uris, requests = await emulator.uris(), await emulator.requests()
    outcomes = Counter(one.outcome.outcome if one.outcome else one.status for one in views)
    print(f"10 % mixed faults, seed 5: {dict(outcomes)}, {requests['total'] / len(bodies):.2f} calls a song")
    assert outcomes == {OutcomeKind.ADDED: len(bodies)}
    assert Counter(uris) == Counter(f"spotify:track:{body['id']}" for body in bodies)
    assert requests["too_early"] == 0


@pytest.mark.timeout(120)
async def test_a_rate_limit_is_waited_out_and_never_called_not_found(
    tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    bodies = songs(20, tmp_path / "catalogue.jsonl")
    with Emulator(tmp_path / "catalogue.jsonl", tmp_path / "emulator") as emulator:
        async with service(emulator, tmp_path / "data", environment) as runner:
            await emulator.faults({"429": 0.1, "seed": 3, "retry_after_s": 1})
            views = await sync_all(runner, bodies)
        requests = await emulator.requests()
    assert {one.status for one in views} == {Status.COMPLETED}
    assert requests["too_early"] == 0
    assert any("429" in counts for counts in requests["by_endpoint"].values()), "the fault was never injected"


@pytest.mark.timeout(300)
async def test_a_thousand_songs_cost_at_most_three_calls_each(tmp_path: Path, environment: pytest.MonkeyPatch) -> None:
    bodies = songs(1000, tmp_path / "catalogue.jsonl")
    with Emulator(tmp_path / "catalogue.jsonl", tmp_path / "emulator") as emulator:
        async with service(emulator, tmp_path / "data", environment) as runner:
            before = (await emulator.requests())["total"]
            views = await sync_all(runner, bodies)
        requests, uris = await emulator.requests(), await emulator.uris()
    calls = (requests["total"] - before) / len(bodies)
    print(f"1,000 songs into one playlist: {calls:.2f} calls a song {requests['by_endpoint']}")
    assert Counter(one.status for one in views) == {Status.COMPLETED: len(bodies)}
    assert len(uris) == len(set(uris)) == len(bodies)
    assert calls <= 3


@pytest.mark.timeout(60)
async def test_cancelling_leaves_the_playlist_as_it_was(tmp_path: Path, environment: pytest.MonkeyPatch) -> None:
    bodies = songs(5, tmp_path / "catalogue.jsonl")
    options = ("--apply-delay-ms", "400")
    with Emulator(tmp_path / "catalogue.jsonl", tmp_path / "emulator", options) as emulator:
        async with service(emulator, tmp_path / "data", environment) as runner:
            await sync_all(runner, bodies[:1])
            there = await emulator.uris()
            # Before the add, while it is unanswered, and after it: items are shown late, so that verifying takes long.
            await emulator.faults({"item_lag_ms": 3000})
            for body, wait_s in zip(bodies[1:], (0.0, 0.1, 0.3, 1.2), strict=True):
                started = await runner.start(request(body))
                await asyncio.sleep(wait_s)
                view = await runner.cancel(started.view.workflow_id)
                assert view.status is Status.CANCELLED
                assert await emulator.uris() == there
            await emulator.faults({})
            again = await runner.start(request(bodies[0]), "another key")
            await asyncio.sleep(0.1)
            if (await runner.view(again.view.workflow_id)).status.is_open:
                await runner.cancel(again.view.workflow_id)
        assert await emulator.uris() == there, "a track that was there already must stay"
