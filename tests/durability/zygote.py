"""Imports the API once, then forks `musicsync serve` on request: `start`, `kill` and `end` on standard input."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import sys

_USED = (
    "musicsync._core", "musicsync.api.app", "musicsync.cli.main", "musicsync.cli.run", "musicsync.cli.server",
    "musicsync.engine", "musicsync.logs", "musicsync.spotify.client", "musicsync.spotify.vaults",
    "musicsync.standalone.service", "musicsync.store.sql", "musicsync.wiring", "sqlalchemy.dialects.sqlite", "uvicorn",
    "uvicorn.lifespan.on", "uvicorn.protocols.http.auto", "uvloop",
)  # fmt: skip
"""What `serve` would import by itself: two thirds of a second, a hundred times."""


def _serve(port: str) -> None:
    from musicsync.cli.main import main

    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    sys.argv = ["musicsync", "serve", "--port", port]
    main()


def run(port: str) -> None:
    """Obey until `end`."""
    for name in _USED:
        importlib.import_module(name)
    gc.freeze()
    child = 0
    print("ready", flush=True)
    for line in sys.stdin:
        word = line.strip()
        if word == "start":
            child = os.fork()
            if child == 0:
                _serve(port)
                os._exit(0)
            print("started", flush=True)
        elif word in ("kill", "end"):
            if child:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                child = 0
            print("killed", flush=True)
            if word == "end":
                return


if __name__ == "__main__":
    run(sys.argv[1])
