"""The loader: posts songs to a running API and reports what it measured as JSON on standard output.

Its own process, so that its work does not hide in the server's. usage: python -m bench.pipeline.load URL SONGS MODE
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import aiohttp

PLAYLIST = "37i9dQZF1DXcBWIGoYBM5M"
_OPEN = ("accepted", "running", "paused")


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def post(session: aiohttp.ClientSession, url: str, body: dict[str, Any], key: str) -> tuple[str, float]:
    """Post one song; its workflow id and the seconds until it was accepted."""
    started = time.perf_counter()
    async with session.post(
        f"{url}/sync", json={"playlist_id": PLAYLIST} | body, headers={"Idempotency-Key": key}
    ) as answer:
        told = await answer.json()
        if answer.status != 202:
            raise RuntimeError(f"{answer.status}: {told}")
    return told["workflow_id"], time.perf_counter() - started


async def burst(url: str, bodies: list[dict[str, Any]]) -> dict[str, float]:
    """All songs at once: syncs a second, and how long accepting took."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=2)) as session:
        started = time.perf_counter()
        posted = await asyncio.gather(*(post(session, url, body, f"burst-{n}") for n, body in enumerate(bodies)))
        for workflow_id, _ in posted:
            while True:
                async with session.get(f"{url}/sync/{workflow_id}") as answer:
                    if (await answer.json())["status"] not in _OPEN:
                        break
                await asyncio.sleep(0.05)
        seconds = time.perf_counter() - started
    accept = [one for _, one in posted]
    return {
        "syncs_per_second": len(bodies) / seconds,
        "accept_p50_s": statistics.median(accept),
        "accept_p99_s": percentile(accept, 0.99),
    }


async def steady(url: str, bodies: list[dict[str, Any]]) -> dict[str, float]:
    """All but 200 at once, and then 20 a second while those are at work."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=2)) as session:
        many, few = bodies[:-200], bodies[-200:]
        first = await asyncio.gather(*(post(session, url, body, f"many-{n}") for n, body in enumerate(many)))
        tasks = []
        for n, body in enumerate(few):
            tasks.append(asyncio.create_task(post(session, url, body, f"few-{n}")))
            await asyncio.sleep(0.05)
        later = await asyncio.gather(*tasks)
        async with session.get(f"{url}/sync/{first[-1][0]}") as answer:
            if (await answer.json())["status"] not in _OPEN:
                raise RuntimeError("the first songs ended too soon to be a load")
    return {"accept_p99_s": percentile([one for _, one in later], 0.99)}


async def idle(url: str, bodies: list[dict[str, Any]]) -> dict[str, float]:
    """One after another: the median seconds of starting a sync and of asking for its status."""
    starts, statuses = [], []
    async with aiohttp.ClientSession() as session:
        for n, body in enumerate(bodies):
            workflow_id, seconds = await post(session, url, body, f"idle-{n}")
            starts.append(seconds)
            started = time.perf_counter()
            async with session.get(f"{url}/sync/{workflow_id}") as answer:
                await answer.read()
            statuses.append(time.perf_counter() - started)
            await asyncio.sleep(0.02)
    return {"start_p50_s": statistics.median(starts), "status_p50_s": statistics.median(statuses)}


MODES = {"burst": burst, "steady": steady, "idle": idle}

if __name__ == "__main__":
    _, url, songs, mode = sys.argv
    measured = asyncio.run(MODES[mode](url, json.loads(Path(songs).read_text(encoding="utf-8"))))
    print(json.dumps(measured))
