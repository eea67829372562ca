"""Faults as a client meets them: what it sees, and what has become of the playlist."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from musicsync.emulator.playlists import FIRST_PLAYLIST
from tests.python.emulator.emulated import ITEMS, Client, Running, emulated


class Time:
    """A clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def timed(tmp_path: Path, time: Time) -> AsyncIterator[Running]:
    async with emulated(tmp_path, now=lambda: time.now, sleep=time.sleep) as running:
        yield running


@pytest.mark.parametrize(
    ("knobs", "status", "message", "retry_after"),
    [
        ({"429": 1, "retry_after_s": 7}, 429, "API rate limit exceeded", "7"),
        ({"429_long": 1}, 429, "API rate limit exceeded", "3600"),
        ({"500": 1}, 500, "Server error.", None),
        ({"502": 1}, 502, "Error while loading resource", None),
    ],
)
async def test_a_refusal_changes_nothing(
    running: Running, knobs: dict[str, Any], status: int, message: str, retry_after: str | None
) -> None:
    await running.client.faults(**knobs)
    answer = await running.client.post(ITEMS, {"uris": running.uris(0)})
    assert (answer.status, answer.message) == (status, message)
    assert answer.headers.get("retry-after") == retry_after
    assert await running.client.uris() == []
    await running.client.faults()
    assert (await running.client.post(ITEMS, {"uris": running.uris(0)})).status == 201


async def test_an_unregistered_user_is_told_in_plain_text(client: Client) -> None:
    await client.faults(not_registered=1)
    answer = await client.get("/v1/me")
    assert (answer.status, answer.body) == (403, "User not registered in the Developer Dashboard")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("knobs", "applied", "label"),
    [
        ({"drop": 1}, False, "dropped"),
        ({"drop_after_apply": 1}, True, "dropped"),
        ({"timeout": 1, "timeout_s": 0.05}, False, "timeout"),
        ({"timeout_after_apply": 1, "timeout_s": 0.05}, True, "timeout"),
    ],
)
async def test_no_answer_comes_before_or_after_applying(
    running: Running, knobs: dict[str, Any], applied: bool, label: str
) -> None:
    await running.client.faults(**knobs)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await running.client.post(ITEMS, {"uris": running.uris(0)})
    assert await running.client.uris() == (running.uris(0) if applied else [])
    assert (await running.client.counts())["by_endpoint"]["POST /v1/playlists/{id}/items"] == {label: 1}


async def test_a_timeout_lasts_until_the_client_gives_up_and_no_stop_waits_for_it(running: Running) -> None:
    await running.client.faults(timeout=1, timeout_s=600)
    with pytest.raises(TimeoutError):
        await running.client.send("GET", "/v1/me", timeout=aiohttp.ClientTimeout(total=0.1))


async def test_an_expired_token_stays_expired_until_it_is_refreshed(client: Client) -> None:
    await client.faults(expired_token=1)
    assert (await client.get("/v1/me")).message == "The access token expired"
    await client.faults()
    assert (await client.get("/v1/me")).message == "The access token expired"
    client.token = (await client.refresh()).body["access_token"]
    assert (await client.get("/v1/me")).status == 200
    await client.post("/_emulator/tokens/expire")
    assert (await client.get("/v1/me")).status == 401


async def total(running: Running) -> int:
    return int((await running.client.get(ITEMS)).body["total"])


async def test_a_stale_read_shows_the_playlist_of_a_moment_ago(timed: Running, time: Time) -> None:
    await timed.client.faults(stale_read=1)
    before = (await timed.client.get(f"/v1/playlists/{FIRST_PLAYLIST}")).body
    await timed.client.post(ITEMS, {"uris": timed.uris(0)})
    time.now += 0.5
    assert await total(timed) == 0
    assert (await timed.client.get(f"/v1/playlists/{FIRST_PLAYLIST}")).body == before
    assert await timed.client.uris() == timed.uris(0)
    time.now += 0.2
    assert await total(timed) == 1


async def test_items_and_snapshot_may_lag_apart(timed: Running, time: Time) -> None:
    await timed.client.faults(item_lag_ms=600, snapshot_lag_ms=30_000)
    path = f"/v1/playlists/{FIRST_PLAYLIST}"
    old = (await timed.client.get(path)).body["snapshot_id"]
    for place in range(3):
        new = (await timed.client.post(ITEMS, {"uris": timed.uris(place)})).body["snapshot_id"]
        time.now += 0.25
    assert await total(timed) == 1
    time.now += 1
    assert await total(timed) == 3
    assert (await timed.client.get(path)).body["snapshot_id"] == old
    time.now += 30
    assert (await timed.client.get(path)).body["snapshot_id"] == new


async def test_a_search_by_isrc_may_find_nothing(client: Client) -> None:
    await client.faults(empty_isrc=1)
    assert (await client.get("/v1/search", q="isrc:USSM18200001", type="track")).body["tracks"]["items"] == []
    assert (await client.get("/v1/search", q="africa toto", type="track")).body["tracks"]["items"]


async def test_a_slow_answer_comes_late_and_right(timed: Running, time: Time) -> None:
    await timed.client.faults(slow=1, slow_ms=1500)
    assert (await timed.client.get("/v1/me")).status == 200
    assert time.slept == [1.5]


async def test_one_item_of_a_page_may_be_null(running: Running) -> None:
    await running.client.fill(running.uris(0, 1, 2))
    await running.client.faults(item_null=1)
    shown = (await running.client.get(ITEMS)).body["items"]
    assert [one["item"] for one in shown].count(None) == 1
    assert len(shown) == 3


async def test_relinked_tracks_show_another_id_and_the_same_isrc(running: Running) -> None:
    await running.client.fill(running.uris(0, 1))
    await running.client.faults(relinked=1)
    first, second = [one["item"] for one in (await running.client.get(ITEMS)).body["items"]]
    assert first["uri"] != running.uri(0)
    assert first["external_ids"] == {"isrc": "USSM18200001"}
    assert "linked_from" not in first
    assert second["uri"] == running.uri(1)
    assert (await running.client.get(f"/v1/tracks/{first['id']}")).body["id"] == first["id"]
    assert (await running.client.post(ITEMS, {"uris": [first["uri"]]})).status == 201


async def test_a_write_that_takes_effect_late_is_answered_after_that(timed: Running, time: Time) -> None:
    await timed.client.faults(apply_late_ms=2000)
    assert (await timed.client.post(ITEMS, {"uris": timed.uris(0)})).status == 201
    assert 0 < time.slept[0] < 2
    assert await timed.client.uris() == timed.uris(0)


class Stopped:
    """A sleep that ends when the test says so."""

    def __init__(self) -> None:
        self.asleep, self.wake = asyncio.Event(), asyncio.Event()

    async def __call__(self, _: float) -> None:
        self.asleep.set()
        await self.wake.wait()


async def test_a_late_write_takes_effect_although_its_caller_is_gone(tmp_path: Path) -> None:
    sleep = Stopped()
    async with emulated(tmp_path, sleep=sleep, faults={"apply_late_ms": 2000}) as running:
        client = running.client
        request = asyncio.create_task(client.post(ITEMS, {"uris": running.uris(0)}))
        await sleep.asleep.wait()
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        assert await client.uris() == []
        sleep.wake.set()
        seen = [await client.uris() for _ in range(20)]
        assert seen[-1] == running.uris(0)


async def test_with_an_apply_delay_a_write_takes_effect_before_it_is_answered(tmp_path: Path) -> None:
    sleep = Stopped()
    async with emulated(tmp_path, sleep=sleep, apply_delay_ms=5) as running:
        request = asyncio.create_task(running.client.post(ITEMS, {"uris": running.uris(0)}))
        await sleep.asleep.wait()
        assert await running.client.uris() == running.uris(0)
        assert not request.done()
        sleep.wake.set()
        assert (await request).status == 201


async def test_parallel_adds_to_one_playlist_may_be_refused(tmp_path: Path) -> None:
    sleep = Stopped()
    async with emulated(tmp_path, sleep=sleep, apply_delay_ms=5, faults={"parallel_500": 1}) as running:
        first = asyncio.create_task(running.client.post(ITEMS, {"uris": running.uris(0)}))
        await sleep.asleep.wait()
        assert (await running.client.post(ITEMS, {"uris": running.uris(1)})).status == 500
        sleep.wake.set()
        assert (await first).status == 201
        assert (await running.client.post(ITEMS, {"uris": running.uris(2)})).status == 201
        assert await running.client.uris() == running.uris(0, 2)


async def test_requests_before_retry_after_has_passed_are_counted(timed: Running, time: Time) -> None:
    client = timed.client
    await client.faults(**{"429": 1, "retry_after_s": 5, "endpoints": ["GET /v1/search"]})
    assert (await client.get("/v1/search", q="toto", type="track")).status == 429
    assert (await client.get("/v1/me")).status == 200
    assert (await client.counts())["too_early"] == 0
    time.now += 0.2
    await client.get("/v1/me")
    await client.get("/v1/search", q="toto", type="track")
    counts = await client.counts()
    assert (counts["too_early"], counts["too_early_same_endpoint"]) == (2, 1)
    time.now += 5.1
    await client.get("/v1/me")
    assert (await client.counts())["too_early"] == 2


async def test_a_429_may_be_enforced_until_it_has_passed(timed: Running, time: Time) -> None:
    client = timed.client
    await client.faults(**{"429": 1, "retry_after_s": 5, "enforce_429": True, "endpoints": ["GET /v1/search"]})
    assert (await client.get("/v1/search", q="toto", type="track")).status == 429
    time.now += 1.5
    early = await client.get("/v1/me")
    assert (early.status, early.headers["retry-after"]) == (429, "4")
    time.now += 4
    assert (await client.get("/v1/me")).status == 200


async def test_requests_are_counted_by_endpoint_and_status(running: Running) -> None:
    client = running.client
    assert (await client.send("DELETE", "/_emulator/requests")).status == 204
    await client.get("/v1/search", q="toto", type="track")
    await client.get("/v1/search", q="toto", type="track", limit=11)
    await client.get(f"/v1/tracks/{running.emulator.catalogue.tracks[0].id}")
    assert await client.counts() == {
        "total": 3, "too_early": 0, "too_early_same_endpoint": 0,
        "by_endpoint": {"GET /v1/search": {"200": 1, "400": 1}, "GET /v1/tracks/{id}": {"200": 1}},
    }  # fmt: skip


async def test_faults_are_replaced_as_a_whole_and_refused_with_a_reason(client: Client) -> None:
    await client.faults(**{"429": 0.5, "slow_ms": 5})
    await client.faults(**{"500": 0.5})
    assert (await client.get("/_emulator/faults")).body == {"500": 0.5}
    bad = await client.put("/_emulator/faults", {"501": 0.5})
    assert bad.status == 400
    assert "'501'" in bad.message
    assert (await client.get("/_emulator/faults")).body == {"500": 0.5}
    await client.faults()
    assert (await client.get("/_emulator/faults")).body == {}


async def test_the_same_seed_gives_the_same_answers(tmp_path: Path) -> None:
    seen = []
    for run in ("first", "second"):
        async with emulated(tmp_path / run, seed=7, faults={"429": 0.3, "500": 0.3}) as running:
            seen.append([(await running.client.get("/v1/me")).status for _ in range(40)])
    assert seen[0] == seen[1]
    assert set(Counter(seen[0])) == {200, 429, 500}


async def test_the_control_side_finds_tracks_and_playlists(running: Running) -> None:
    client = running.client
    health = (await client.get("/_emulator/health")).body
    assert (health["status"], health["profile"], health["tracks"]) == ("ok", "dev2026", 10)
    assert (await client.get(f"/_emulator/tracks/{running.emulator.catalogue.tracks[0].id}")).body["name"] == "Africa"
    assert (await client.get("/_emulator/tracks/none")).status == 404
    assert (await client.get("/_emulator/playlists/none")).status == 404
    assert [one["id"] for one in (await client.get("/_emulator/playlists")).body["playlists"]] == [FIRST_PLAYLIST]
    assert (await client.put(f"/_emulator/playlists/{FIRST_PLAYLIST}", {"uris": [3]})).status == 400
