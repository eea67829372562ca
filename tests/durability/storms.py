"""Kills an API process again and again, often while one of its writes is out."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.durability.processes import Api, Emulator, ended, post_until_accepted

_POLL_S = 0.002


class Onlooker:
    """Reads the journal of another process: which writes it has announced and not yet closed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: set[str] = set()

    def new_intents(self) -> dict[str, list[str]]:
        """Open intents that were not seen before, each with its uris."""
        found = {key: uris for key, uris in self.intents().items() if key not in self._known}
        self._known.update(found)
        return found

    def intents(self) -> dict[str, list[str]]:
        """All open intents."""
        try:
            with contextlib.closing(sqlite3.connect(f"file:{self._path}?mode=ro", uri=True, timeout=0.1)) as db:
                rows = db.execute("SELECT id, intent FROM intents WHERE settled = 0").fetchall()
        except sqlite3.Error:  # the next process is just opening it
            return {}
        return {key: [uri for _, uri in json.loads(body)["entries"]] for key, body in rows}


@dataclass
class Storm:
    """What happened. `struck` counts kills that left a write without a result, `applied` those of them whose write had
    taken effect when the process was dead."""

    seed: int
    told: list[dict[str, Any]] = field(default_factory=list)
    uris: list[str] = field(default_factory=list)
    kills: int = 0
    struck: int = 0
    applied: int = 0

    @property
    def lost(self) -> list[str]:
        """Tracks that a sync says it added and the playlist does not hold."""
        held = set(self.uris)
        wanted = [one["result"]["spotify_track_uri"] for one in self.told if one["outcome"] == "added"]
        return [uri for uri in wanted if uri not in held]

    @property
    def twice(self) -> list[str]:
        """Tracks that the playlist holds more than once."""
        return [uri for uri, count in Counter(self.uris).items() if count > 1]

    def __str__(self) -> str:
        return (
            f"seed {self.seed}: {len(self.told)} syncs, {self.kills} kills, {self.struck} of them while a write was out"
            f" ({self.applied} already applied), {len(self.lost)} lost, {len(self.twice)} twice"
        )


async def storm(
    api: Api, emulator: Emulator, bodies: list[dict[str, Any]], *, kills: int, pause_s: float, aimed: float, seed: int
) -> Storm:
    """Post everything at once and kill `kills` times, each after a random pause of up to `pause_s`; a share `aimed` of
    the kills comes earlier where a write is announced meanwhile, milliseconds after it. Then wait for every sync."""
    seen = Storm(seed)
    chance = random.Random(seed)
    onlooker = Onlooker(Path(api.environment["MUSICSYNC_DATA_DIR"]) / "journal.db")
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=50)) as session, api:
        await api.start()
        posts = [asyncio.create_task(post_until_accepted(session, api, *_post(seed, body))) for body in bodies]
        for _ in range(kills):
            pause, aims = chance.uniform(0.01, pause_s), chance.random() < aimed
            announced = await _pause(onlooker, pause, chance.uniform(0.0, 0.012) if aims else None)
            await api.kill()
            await _note(seen, onlooker, announced, emulator)
            await api.start()
        ids = await asyncio.gather(*posts)
        assert len(set(ids)) == len(bodies)
        seen.told = [await ended(session, api, one) for one in ids]
        seen.uris = await emulator.uris()
    return seen


def _post(seed: int, body: dict[str, Any]) -> tuple[dict[str, Any], str]:
    return {name: value for name, value in body.items() if name != "id"}, f"storm-{seed}-{body['id']}"


async def _pause(onlooker: Onlooker, pause_s: float, strike_after_s: float | None) -> dict[str, list[str]]:
    """Wait; the intents that were announced meanwhile. With `strike_after_s` only so long after the first of them."""
    end = asyncio.get_running_loop().time() + pause_s
    announced: dict[str, list[str]] = {}
    while (left := end - asyncio.get_running_loop().time()) > 0:
        await asyncio.sleep(min(left, _POLL_S))
        announced |= onlooker.new_intents()
        if announced and strike_after_s is not None:
            await asyncio.sleep(strike_after_s)
            break
    return announced


async def _note(seen: Storm, onlooker: Onlooker, announced: dict[str, list[str]], emulator: Emulator) -> None:
    """Look what was under way when the process died."""
    seen.kills += 1
    announced |= onlooker.new_intents()
    left = [uri for key, uris in onlooker.intents().items() if key in announced for uri in uris]
    if left:
        seen.struck += 1
        seen.applied += not set(left).isdisjoint(await emulator.uris())
