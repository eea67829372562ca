"""Real processes for durability tests: the emulator, an API process that is killed and started in no time.

The API is forked from a process that has imported it already (`zygote.py`): what runs and is killed is
`musicsync serve` itself, but a hundred starts do not cost a hundred imports.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

PLAYLIST = "37i9dQZF1DXcBWIGoYBM5M"
_START_S = 60.0


def free_port() -> int:
    """A port that nobody listens on right now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def built(lines: Path) -> Path:
    """The engine's file of a catalogue."""
    from musicsync import Catalog

    file = lines.with_suffix(".msc")
    Catalog.from_jsonl(lines).save(file)
    return file


def songs(count: int, path: Path, seed: int = 11) -> list[dict[str, Any]]:
    """Write a catalogue of generated tracks; the bodies of `count` of them, each the only one of its title."""
    from musicsync.emulator.generate import write_catalogue

    write_catalogue(path, None, 4 * count + 200, seed)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    bases = Counter(str(row["title"]).casefold().split(" - ")[0].split(" (")[0] for row in rows)
    bodies = [
        {"track_name": row["title"], "artist": row["artist"], "duration": row["duration_s"], "id": row["id"]}
        for row in rows
        if bases[str(row["title"]).casefold()] == 1
    ]
    if len(bodies) >= count:
        return bodies[:count]
    raise AssertionError(f"the generated catalogue has only {len(bodies)} different songs")


@dataclass
class Emulator:
    """`python -m musicsync.emulator` as a process of its own."""

    catalogue: Path
    data: Path
    options: tuple[str, ...] = ()
    url: str = ""
    _process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Emulator:
        command = [sys.executable, "-m", "musicsync.emulator", "--catalogue", str(self.catalogue), "--port", "0"]
        self._process = subprocess.Popen(
            [*command, "--data", str(self.data), *self.options], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if "ready on" in line:
                self.url = line.split("ready on", 1)[1].strip()
                return self
        raise AssertionError(f"the emulator ended with {self._process.wait()}")

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    async def uris(self) -> list[str]:
        """What the playlist holds, in order."""
        return list((await self._get(f"playlists/{PLAYLIST}"))["uris"])

    async def requests(self) -> dict[str, Any]:
        """Counts by endpoint and status."""
        return dict(await self._get("requests"))

    async def faults(self, faults: dict[str, Any]) -> None:
        """Replace the faults in force."""
        async with (
            aiohttp.ClientSession() as session,
            session.put(f"{self.url}/_emulator/faults", json=faults) as answer,
        ):
            assert answer.status < 300, await answer.text()

    async def _get(self, path: str) -> Any:
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/_emulator/{path}") as answer:
            return await answer.json()


def settings(emulator: Emulator, data: Path, **more: str) -> dict[str, str]:
    """The environment of a standalone API against the emulator."""
    ours = {
        "MUSICSYNC_MODE": "standalone",
        "MUSICSYNC_DATA_DIR": str(data),
        "MUSICSYNC_SPOTIFY_API_URL": f"{emulator.url}/v1",
        "MUSICSYNC_SPOTIFY_ACCOUNTS_URL": emulator.url,
        "MUSICSYNC_SPOTIFY_CLIENT_ID": "tests",
        "MUSICSYNC_TOKEN_STORE": "file",
        "MUSICSYNC_SPOTIFY_TIMEOUT_S": "3",
        "MUSICSYNC_LOG_LEVEL": "warning",
    } | more
    return {name: value for name, value in os.environ.items() if not name.startswith("MUSICSYNC_")} | ours


async def sign_in(environment: dict[str, str]) -> None:
    """`musicsync auth login` against the emulator, which consents by itself."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "musicsync", "auth", "login", env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()


@dataclass
class Api:
    """`musicsync serve`, forked, killed and forked again."""

    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    _zygote: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        """Base of the API."""
        return f"http://127.0.0.1:{self.port}/api/v1"

    async def __aenter__(self) -> Api:
        await sign_in(self.environment)
        self._zygote = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.durability.zygote", str(self.port), env=self.environment,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert await self._answer() == "ready"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._zygote is not None
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            await self._say("end")
        await asyncio.wait_for(self._zygote.wait(), 30)

    async def start(self) -> None:
        """Fork the API and wait until it answers."""
        assert await self._say("start") == "started"
        async with aiohttp.ClientSession() as session:
            for _ in range(int(_START_S / 0.01)):
                with contextlib.suppress(aiohttp.ClientError):
                    async with session.get(f"{self.url}/health/live") as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(0.01)
        raise AssertionError("the API did not come up")

    async def kill(self) -> None:
        """SIGKILL."""
        assert await self._say("kill") == "killed"

    async def _say(self, word: str) -> str:
        assert self._zygote is not None
        assert self._zygote.stdin is not None
        self._zygote.stdin.write(f"{word}\n".encode())
        await self._zygote.stdin.drain()
        return await self._answer()

    async def _answer(self) -> str:
        assert self._zygote is not None
        assert self._zygote.stdout is not None
        return (await asyncio.wait_for(self._zygote.stdout.readline(), _START_S)).decode().strip()


@contextlib.asynccontextmanager
async def running(api: Api) -> AsyncIterator[Api]:
    """The API from its start to its end."""
    async with api:
        await api.start()
        yield api


async def post_until_accepted(session: aiohttp.ClientSession, api: Api, body: dict[str, Any], key: str) -> str:
    """Post a song, again and again with the same key while nobody answers; its workflow id."""
    for _ in range(3000):
        try:
            async with session.post(
                f"{api.url}/sync", json={"playlist_id": PLAYLIST} | body, headers={"Idempotency-Key": key}
            ) as answer:
                if answer.status < 500:
                    told = await answer.json()
                    assert answer.status in (200, 202), told
                    return str(told["workflow_id"])
        except (aiohttp.ClientError, OSError):
            pass  # killed just now: that is what this is about
        await asyncio.sleep(0.05)
    raise AssertionError(f"{body} was never accepted")


async def ended(session: aiohttp.ClientSession, api: Api, workflow_id: str) -> dict[str, Any]:
    """The sync's last word."""
    for _ in range(3000):
        with contextlib.suppress(aiohttp.ClientError, OSError):
            async with session.get(f"{api.url}/sync/{workflow_id}") as answer:
                told: dict[str, Any] = await answer.json()
                if answer.status == 200 and told["status"] not in ("accepted", "running", "paused"):
                    return told
        await asyncio.sleep(0.1)
    raise AssertionError(f"{workflow_id} never ended")
