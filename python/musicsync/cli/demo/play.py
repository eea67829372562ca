"""Posting the songs as a Shortcut does, watching them end, answering what is asked."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from musicsync.cli.demo.songs import DemoSong

PLAYLIST = "37i9dQZF1DXcBWIGoYBM5M"
_OPEN = ("accepted", "running", "paused", "waiting_for_review")
_POLL_S = 0.15
_PATIENCE_S = 120.0


@dataclass
class Take:
    """One song under way: its sync as the API last told it."""

    song: DemoSong
    workflow_id: str = ""
    status: str = "not posted"
    body: dict[str, Any] = field(default_factory=dict)
    posts: int = 0
    asked: bool = False

    @property
    def ended(self) -> bool:
        """True once nothing more will happen."""
        return bool(self.workflow_id) and self.status not in _OPEN

    @property
    def outcome(self) -> str:
        """`added`, `already_there`, …, or the status while it is open."""
        return str(self.body.get("outcome") or self.status)

    @property
    def track(self) -> dict[str, Any]:
        """The chosen track, {} without one."""
        return dict((self.body.get("result") or {}).get("track") or {})

    @property
    def as_expected(self) -> bool:
        """The outcome is one that the song allows, with the right recording."""
        if self.outcome not in self.song.outcomes:
            return False
        return not self.song.tracks or self.outcome == "not_found" or self.track.get("id") in self.song.tracks


class Play:
    """All songs. `shown` is called after every change."""

    def __init__(self, api_url: str, songs: list[DemoSong], shown: Callable[[], None]) -> None:
        self.takes = [Take(song) for song in songs]
        self._api, self._shown = api_url, shown
        self._session = aiohttp.ClientSession()

    @property
    def ended(self) -> int:
        """How many have ended."""
        return sum(take.ended for take in self.takes)

    async def close(self) -> None:
        """End the connections."""
        await self._session.close()

    async def run(self, kill_at: int, kill: Callable[[], Awaitable[None]]) -> None:
        """Post everything, `kill()` once `kill_at` songs have ended, and see all of them to their end."""
        watching = asyncio.create_task(self._watch(kill_at, kill))
        try:
            for take in self.takes:
                await self._post(take)
                await asyncio.sleep(0.04)  # taps, not a batch
            with contextlib.suppress(TimeoutError):  # the check at the end names what never ended
                await asyncio.wait_for(watching, _PATIENCE_S)
        finally:
            watching.cancel()

    async def _post(self, take: Take) -> None:
        """Post one song; while nobody answers, tap again: the same body is the same sync."""
        for _ in range(600):
            take.posts += 1
            try:
                async with self._session.post(
                    f"{self._api}/sync", json={"playlist_id": PLAYLIST} | take.song.request
                ) as answer:
                    body = await answer.json()
                    if answer.status < 500:
                        break
            except (aiohttp.ClientError, OSError):
                take.status = "nobody answers"
                self._shown()
            await asyncio.sleep(0.1)
        else:
            raise TimeoutError(f"the API did not take “{take.song.name}”")
        if "workflow_id" not in body:
            raise RuntimeError(f"{take.song.name}: {body.get('title')}: {body.get('detail')}")
        take.workflow_id, take.status, take.body = body["workflow_id"], body["status"], body
        self._shown()

    async def _watch(self, kill_at: int, kill: Callable[[], Awaitable[None]]) -> None:
        killed = False
        while self.ended < len(self.takes):
            for take in self.takes:
                if take.workflow_id and not take.ended:
                    await self._look(take)
                if not killed and self.ended >= kill_at:
                    killed = True
                    await kill()
            await asyncio.sleep(_POLL_S)

    async def _look(self, take: Take) -> None:
        try:
            async with self._session.get(f"{self._api}/sync/{take.workflow_id}") as answer:
                body = await answer.json()
        except (aiohttp.ClientError, OSError):
            return
        if answer.status >= 500:
            return
        if body["status"] != take.status:
            take.status, take.body = body["status"], body
            self._shown()
        if take.status == "waiting_for_review" and not take.asked:
            await self._review(take)

    async def _review(self, take: Take) -> None:
        """Answer as the person would; the answer is offered only where the candidate is there."""
        async with self._session.get(f"{self._api}/review") as answer:
            entries = (await answer.json())["entries"]
        entry = next((one for one in entries if one["workflow_id"] == take.workflow_id), None)
        if entry is None:
            return
        offered = {one["track"]["id"] for one in entry["candidates"]}
        choice = take.song.answer if take.song.answer in offered else "none"
        async with self._session.post(f"{self._api}/review/{take.workflow_id}", json={"choice": choice}) as answer:
            take.asked = answer.status in (200, 202, 409)  # 409: an earlier try was taken after all
            if not take.asked and answer.status < 500:
                raise RuntimeError(f"{take.song.name}: the review was refused: {await answer.text()}")
