"""The processes of the demo: emulator, API, for Temporal a server and a worker. Real ones, killed for real."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from musicsync.errors import SettingsError

_START_S = 60.0


def free_port() -> int:
    """A port that nobody listens on right now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Stage:
    """Where the demo plays. `folder` holds all its data; logs are `folder/*.log`."""

    folder: Path
    temporal: bool = False
    port: int = field(default_factory=free_port)
    emulator_url: str = ""
    _running: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)
    _temporal_port: int = field(default_factory=free_port)

    @property
    def api_url(self) -> str:
        """Base of the API."""
        return f"http://127.0.0.1:{self.port}/api/v1"

    @property
    def victim(self) -> str:
        """The process that the demo kills: what carries the syncs."""
        return "worker" if self.temporal else "api"

    @property
    def environment(self) -> dict[str, str]:
        """The settings of the API and the worker: what a person would write into `.env`, and none of the person's own.

        Every process starts in the demo's own folder, where no other `.env` is.
        """
        ours = {
            "MUSICSYNC_MODE": "temporal" if self.temporal else "standalone",
            "MUSICSYNC_DATA_DIR": str(self.folder / "data"),
            "MUSICSYNC_SPOTIFY_API_URL": f"{self.emulator_url}/v1",
            "MUSICSYNC_SPOTIFY_ACCOUNTS_URL": self.emulator_url,
            "MUSICSYNC_SPOTIFY_CLIENT_ID": "demo",
            "MUSICSYNC_TOKEN_STORE": "file",
            "MUSICSYNC_SPOTIFY_TIMEOUT_S": "2.5",
            "MUSICSYNC_LOG_FORMAT": "json",
        }
        if self.temporal:
            ours["MUSICSYNC_TEMPORAL_HOST"] = f"127.0.0.1:{self._temporal_port}"
            ours["MUSICSYNC_STEP_POLICIES"] = (
                '{"add-to-playlist": {"timeout_s": 8}, "spotify-search": {"timeout_s": 8}}'
            )
        own = ("MUSICSYNC_", "TEMPORAL_", "USE_TEMPORAL", "SPOTIFY_", "MAX_CONCURRENT_")
        return {name: value for name, value in os.environ.items() if not name.startswith(own)} | ours

    async def start_emulator(self, catalogue: Path) -> None:
        """Start the emulator and remember where it is."""
        arguments = ["--catalogue", str(catalogue), "--port", "0", "--data", str(self.folder / "emulator")]
        await self._start("emulator", [*_python("musicsync.emulator"), *arguments, "--apply-delay-ms", "60"], pipe=True)
        process = self._running["emulator"]
        assert process.stdout is not None
        while line := (await asyncio.wait_for(process.stdout.readline(), _START_S)).decode():
            if "ready on" in line:
                self.emulator_url = line.split("ready on", 1)[1].strip()
                return
        raise SettingsError(f"the emulator did not start: {self._last_words('emulator')}")

    async def start_temporal(self) -> None:
        """Start Temporal's development server on this machine."""
        binary = _temporal_binary()
        if binary is None:
            raise SettingsError(
                "no Temporal server: install the `temporal` CLI, or let ./dev build one (./dev demo --temporal)"
            )
        await self._start("temporal", [
            binary, "server", "start-dev", "--headless", "--ip", "127.0.0.1", "--port", str(self._temporal_port),
            "--db-filename", str(self.folder / "temporal.db"), "--log-level", "error",
            "--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=NORMAL",
        ])  # fmt: skip
        await self._until_listening(self._temporal_port, "temporal")

    async def start_api(self) -> None:
        """Start `musicsync serve`, and wait until it is ready."""
        await self._start("api", [*_python("musicsync"), "serve", "--port", str(self.port)])
        await self._until_ready()

    async def start_worker(self) -> None:
        """Start `musicsync worker`."""
        await self._start("worker", [*_python("musicsync"), "worker"])

    async def run(self, *arguments: str) -> str:
        """Run a `musicsync` command to its end; its output. Raises `SettingsError` where it fails."""
        process = await asyncio.create_subprocess_exec(
            *_python("musicsync"), *arguments, env=self.environment, cwd=self.folder,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        output, _ = await process.communicate()
        if process.returncode:
            raise SettingsError(f"musicsync {' '.join(arguments)} failed:\n{output.decode()}")
        return output.decode()

    async def kill(self) -> int:
        """SIGKILL the process that carries the syncs; its process id."""
        process = self._running.pop(self.victim)
        process.send_signal(signal.SIGKILL)
        await process.wait()
        return process.pid

    async def revive(self) -> None:
        """Start again what was killed."""
        await (self.start_worker() if self.temporal else self.start_api())

    async def stop(self) -> None:
        """End every process, the last one first."""
        for process in reversed(list(self._running.values())):
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            try:
                await asyncio.wait_for(process.wait(), 10)
            except TimeoutError:
                process.kill()
                await process.wait()
        self._running.clear()

    async def _start(self, name: str, command: Sequence[str], *, pipe: bool = False) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self._running[name] = await asyncio.create_subprocess_exec(
                *command, env=self.environment, cwd=self.folder, stderr=log,
                stdout=asyncio.subprocess.PIPE if pipe else log,
            )  # fmt: skip

    async def _until_ready(self) -> None:
        async with aiohttp.ClientSession() as session:
            async for _ in self._patience("api"):
                with contextlib.suppress(aiohttp.ClientError):
                    async with session.get(f"{self.api_url}/health/live") as answer:
                        if answer.status == 200:
                            return

    async def _until_listening(self, port: int, name: str) -> None:
        async for _ in self._patience(name):
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return

    async def _patience(self, name: str) -> AsyncIterator[None]:
        """Turns of a wait for process `name`; raises when it ends or takes too long."""
        for _ in range(int(_START_S / 0.05)):
            if self._running[name].returncode is not None:
                break
            yield
            await asyncio.sleep(0.05)
        raise SettingsError(f"{name} did not start: {self._last_words(name)}")

    def _last_words(self, name: str) -> str:
        log = self.folder / f"{name}.log"
        return log.read_text(errors="replace")[-2000:] if log.exists() else "it said nothing"


def _temporal_binary() -> str | None:
    named = os.environ.get("MUSICSYNC_TEMPORAL_BINARY") or shutil.which("temporal")
    return named and os.path.abspath(named)


def _python(module: str) -> list[str]:
    return [sys.executable, "-m", module]
