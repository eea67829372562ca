"""Serves an emulator on a real socket."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator, Callable

import uvicorn

from musicsync.emulator.app import create_app
from musicsync.emulator.state import Emulator
from musicsync.emulator.wire import Protocol

_LAST_REQUESTS_S = 5


class Server(uvicorn.Server):
    """uvicorn, which lets held connections go when it stops."""

    def __init__(self, emulator: Emulator, *, on_start: Callable[[], None] = lambda: None) -> None:
        config = uvicorn.Config(
            create_app(emulator), http=Protocol, ws="none", lifespan="off", access_log=False, log_level="warning",
            server_header=False, timeout_keep_alive=75, timeout_graceful_shutdown=_LAST_REQUESTS_S, backlog=1024,
        )  # fmt: skip
        super().__init__(config)
        self._emulator, self._on_start = emulator, on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._emulator.closing.set()
        await super().shutdown(sockets)

    async def start(self, listener: socket.socket) -> None:
        """Serve in this event loop, without signal handlers and without the waiting that `serve` does; `shutdown` ends
        it."""
        self.config.load()
        self.lifespan = self.config.lifespan_class(self.config)
        await self.startup(sockets=[listener])
        await self.on_tick(0)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises `OSError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def url_of(listener: socket.socket) -> str:
    """`http://127.0.0.1:8900`."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextlib.asynccontextmanager
async def serving(emulator: Emulator, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve within this event loop for as long as the block runs; gives the URL. For tests."""
    listener = listen(host, port)
    server = Server(emulator)
    await server.start(listener)
    try:
        yield url_of(listener)
    finally:
        await server.shutdown(sockets=[listener])
        emulator.close()
