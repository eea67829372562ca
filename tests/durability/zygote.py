"""Imports the API once, then forks `musicsync serve` on request: `start`, `kill` and `end` on standard input."""

from __future__ import annotations

import contextlib
import os
import signal
import sys


def _serve(port: str) -> None:
    from musicsync.cli.main import main

    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    sys.argv = ["musicsync", "serve", "--port", port]
    main()


def run(port: str) -> None:
    """Obey until `end`."""
    import uvicorn  # noqa: F401 - imported for the children

    import musicsync.api.app
    import musicsync.cli.main
    import musicsync.wiring  # noqa: F401

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
