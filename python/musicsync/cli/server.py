"""Runs the API: for `musicsync serve`, and on a free loopback port for a command that finds no server."""

from __future__ import annotations

import asyncio
import errno
import os
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from fastapi import FastAPI

from musicsync import wiring
from musicsync.api.app import create_app
from musicsync.cli import address
from musicsync.cli.address import Address
from musicsync.errors import SettingsError, StorageUnavailable
from musicsync.settings import Settings

_GRACE_S = 3


class _Server(uvicorn.Server):
    """Says when it accepts connections, and ends by a signal without raising it again, so that our own ends run."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], signals: tuple[signal.Signals, ...]) -> None:
        super().__init__(config)
        self._ready, self._signals = ready, signals

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        loop = asyncio.get_running_loop()
        for number in self._signals:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in self._signals:
                loop.remove_signal_handler(number)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


async def serve(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve until a signal. `announce` gets the URL once connections are accepted."""
    settings.check_exposed(settings.host)
    wiring.check_profile(settings)
    listener = _listen(settings.host, settings.port)
    url = _url(settings.host, listener)
    async with wiring.opened(settings) as parts:
        where = Address(_url(own_address(settings.host), listener), _token(), os.getpid())
        app = create_app(
            parts.service, parts.store, parts.engine, settings, local_token=where.token, catalogue=parts.catalogue
        )

        def ready() -> None:
            address.write(settings.data_dir, where)
            announce(url)

        try:
            await _Server(_config(app), ready, (signal.SIGINT, signal.SIGTERM)).serve([listener])
        finally:
            address.remove(settings.data_dir, where)


def own_address(host: str) -> str:
    """Under which address this machine itself reaches a server that is bound to `host`."""
    return {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(host.strip("[]"), host)


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[Address]:
    """The service of `settings` on a free loopback port, while the block runs."""
    wiring.check_profile(settings)
    here = settings.model_copy(update={"host": "127.0.0.1", "port": 0})
    listener = _listen("127.0.0.1", 0)
    async with wiring.opened(here) as parts:
        where = Address(_url("127.0.0.1", listener), _token(), os.getpid())
        app = create_app(
            parts.service, parts.store, parts.engine, here, local_token=where.token, catalogue=parts.catalogue
        )
        ready = asyncio.Event()
        server = _Server(_config(app), ready.set, ())
        task = asyncio.create_task(server.serve([listener]))
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        try:
            if task.done():
                raise StorageUnavailable("the service of this command could not be started")
            yield where
        finally:
            waiting.cancel()
            server.should_exit = True
            await task


def _config(app: FastAPI) -> uvicorn.Config:
    return uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=_GRACE_S, ws="none"
    )


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host.strip("[]"), port))
    except OSError as error:
        listener.close()
        other = "port with --port or MUSICSYNC_PORT (0 picks a free one)"
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            other = "address of this machine with --host or MUSICSYNC_HOST (127.0.0.1: only for this machine)"
        raise SettingsError(
            f"{host}:{port} cannot be bound: {error.strerror or error}. Choose another {other}"
        ) from None
    return listener


def _url(host: str, listener: socket.socket) -> str:
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return f"http://{shown}:{listener.getsockname()[1]}"


def _token() -> str:
    return secrets.token_urlsafe(24)
