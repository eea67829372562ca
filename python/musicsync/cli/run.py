"""Commands that run a process: `serve`, `worker`, `emulator`, `demo`."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import signal
import sys
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

from musicsync.cli.output import Failed

T = TypeVar("T")


def in_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` on the fastest event loop that is installed."""
    try:
        import uvloop
    except ModuleNotFoundError:
        return asyncio.run(work)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


def serve(host: str | None, port: int | None) -> None:
    """`musicsync serve`."""
    from musicsync import logs
    from musicsync.cli import server
    from musicsync.settings import load

    changes = {key: value for key, value in (("host", host), ("port", port)) if value is not None}
    settings = load(**changes)
    logs.configure(settings.log_level, settings.log_format)
    in_loop(server.serve(settings, lambda url: print(f"musicsync ready on {url}", flush=True)))


def worker() -> None:
    """`musicsync worker`."""
    from musicsync import logs, wiring
    from musicsync.settings import load

    settings = load()
    if settings.mode != "temporal":
        raise Failed("workers belong to Temporal: set MUSICSYNC_MODE=temporal (standalone, `musicsync serve` works)", 2)
    logs.configure(settings.log_level, settings.log_format)

    async def work() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await wiring.run_worker(settings, stop)

    asyncio.run(work())


def emulator(arguments: Sequence[str]) -> None:
    """`musicsync emulator`: becomes `python -m musicsync.emulator`, which the product itself never imports."""
    for needed in ("starlette", "uvicorn", "orjson"):
        if (
            importlib.util.find_spec(needed) is None
        ):  # said here, in a sentence; the other process would show a traceback
            raise ModuleNotFoundError(f"No module named {needed!r}", name=needed)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "musicsync.emulator", *arguments])


def demo(catalogue: Path | None, *, temporal: bool, keep: bool, as_json: bool) -> None:
    """`musicsync demo`."""
    from musicsync.cli.demo.command import Options, run

    raise SystemExit(run(Options(catalogue, temporal, keep, as_json)))
