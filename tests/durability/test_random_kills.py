"""200 syncs at once while the API process is killed again and again: each track once, none lost."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.durability.processes import Api, Emulator, ended, post_until_accepted, settings, songs

SYNCS = 200
KILLS = 100
SEED = 20261
STORMS = [
    ("answered 5 ms after", ("--apply-delay-ms", "5")),
    ("applied up to 2 s late", ("--faults", '{"apply_late_ms": 2000}')),
]


async def _storm(api: Api, bodies: list[dict[str, Any]], kills: int, seed: int) -> list[dict[str, Any]]:
    """Post everything at once, kill `kills` times at random moments, and wait for every sync."""
    chance = random.Random(seed)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=50)) as session, api:
        await api.start()
        posts = [
            asyncio.create_task(
                post_until_accepted(session, api, {k: v for k, v in body.items() if k != "id"}, f"kill-{seed}-{n}")
            )
            for n, body in enumerate(bodies)
        ]
        for _ in range(kills):
            await asyncio.sleep(chance.uniform(0.01, 0.4))
            await api.kill()
            await api.start()
        ids = await asyncio.gather(*posts)
        assert len(set(ids)) == len(bodies)
        return [await ended(session, api, one) for one in ids]


def _report(told: list[dict[str, Any]], bodies: list[dict[str, Any]], uris: list[str]) -> tuple[list[str], list[str]]:
    """(lost, twice): expected are the tracks that the syncs say they added."""
    wanted = [one["result"]["spotify_track_uri"] for one in told if one["outcome"] == "added"]
    counts = Counter(uris)
    lost = [uri for uri in wanted if not counts[uri]]
    twice = [uri for uri, count in counts.items() if count > 1]
    return lost, twice


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("name", "options"), STORMS)
async def test_every_sync_ends_and_each_track_is_there_once(
    tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    bodies = songs(SYNCS, tmp_path / "catalogue.jsonl")
    with Emulator(tmp_path / "catalogue.jsonl", tmp_path / "emulator", options) as emulator:
        told = await _storm(Api(settings(emulator, tmp_path / "data")), bodies, KILLS, SEED)
        uris = await emulator.uris()
    lost, twice = _report(told, bodies, uris)
    print(f"{name}: seed {SEED}, {KILLS} kills, {len(told)} syncs, {len(lost)} lost, {len(twice)} twice")
    assert Counter(one["outcome"] for one in told) == {"added": SYNCS}
    assert (lost, twice) == ([], [])
    expected = Counter(f"spotify:track:{body['id']}" for body in bodies)
    assert Counter(uris) == expected


@pytest.mark.timeout(300)
async def test_without_reconciliation_the_same_storm_adds_songs_twice(tmp_path: Path) -> None:
    bodies = songs(SYNCS, tmp_path / "catalogue.jsonl")
    options = ("--apply-delay-ms", "5")
    with Emulator(tmp_path / "catalogue.jsonl", tmp_path / "emulator", options) as emulator:
        blind = settings(emulator, tmp_path / "data", MUSICSYNC_RECONCILE="false")
        told = await _storm(Api(blind), bodies, KILLS, SEED)
        uris = await emulator.uris()
    _, twice = _report(told, bodies, uris)
    print(f"without reconciliation: seed {SEED}, {KILLS} kills, {len(twice)} songs twice")
    assert twice, "a kill test that finds nothing without the protection proves nothing with it"
