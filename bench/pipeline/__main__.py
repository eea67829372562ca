"""`./dev bench pipeline`: P13 of the benchmark table, measured on the whole machine, printed and written as JSON.

P13-http: the standalone API, the emulator and the loader, each a process. P13-runner: the runner alone, its steps in
process over a Spotify in memory. P13-accept: how long accepting takes under load. Absolute figures: the machine's load
is printed beside them.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.pipeline.runner import runner_rate
from rich.console import Console
from rich.table import Table
from tests.durability.processes import Emulator, free_port, settings, sign_in, songs

ROWS = (
    ("P13-http", "syncs_per_second", "standalone, 1,000 POSTs, emulator and loader apart", 150.0, 400.0, "syncs/s"),
    ("P13-runner", "runner_per_second", "the runner, steps in process", 400.0, 1000.0, "syncs/s"),
    ("P13-accept", "accept_p99_s", "p99 of POST, 1,000 at once", 1.5, 0.6, "s"),
    ("P13-accept-steady", "steady_p99_s", "p99 of POST at 20/s while 1,000 are open", 1.0, 0.1, "s"),
    ("start", "start_p50_s", "median of starting a sync, idle", 0.010, 0.010, "s"),
    ("status", "status_p50_s", "median of asking for its status", 0.005, 0.005, "s"),
)


async def _http(mode: str, count: int, folder: Path) -> dict[str, float]:
    """One run of the loader against fresh processes."""
    bodies = songs(count, folder / "catalogue.jsonl")
    (folder / "songs.json").write_text(
        json.dumps([{name: one[name] for name in one if name != "id"} for one in bodies]), encoding="utf-8"
    )
    slow = ("--faults", '{"slow": 1, "slow_ms": 2000}') if mode == "steady" else ()  # so that they stay open
    with Emulator(folder / "catalogue.jsonl", folder / "emulator", slow) as emulator:
        environment = settings(emulator, folder / "data", MUSICSYNC_LOG_LEVEL="error")
        await sign_in(environment)
        port = free_port()
        api = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "musicsync", "serve", "--port", str(port), env=environment
        )
        try:
            await _until_live(port)
            load = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bench.pipeline.load", f"http://127.0.0.1:{port}/api/v1",
                str(folder / "songs.json"), mode, stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
            output, _ = await load.communicate()
            if load.returncode:
                raise SystemExit(f"the loader failed in mode {mode}")
            await _check(emulator, mode, count)
            return dict(json.loads(output))
        finally:
            api.terminate()
            await api.wait()


async def _until_live(port: int) -> None:
    for _ in range(600):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
            continue
        writer.close()
        return
    raise SystemExit("the API did not start")


async def _check(emulator: Emulator, mode: str, count: int) -> None:
    """A figure counts only for a right result: after a burst every song is there, once."""
    uris = await emulator.uris()
    if len(uris) != len(set(uris)) or (mode == "burst" and len(uris) != count):
        raise SystemExit(f"{mode}: the playlist holds {len(uris)} tracks, {len(set(uris))} different, of {count}")


async def measure() -> dict[str, float]:
    """All rows."""
    figures: dict[str, float] = {}
    for mode, count in (("burst", 1000), ("steady", 1200), ("idle", 200)):
        with tempfile.TemporaryDirectory(prefix="musicsync-bench-") as folder:
            one = await _http(mode, count, Path(folder))
        if mode == "steady":
            figures["steady_p99_s"] = one["accept_p99_s"]
        else:
            figures |= one
    with tempfile.TemporaryDirectory(prefix="musicsync-bench-") as folder:
        figures["runner_per_second"] = await runner_rate(1000, Path(folder))
    return figures


def main() -> None:
    """Measure, print, write."""
    load = os.getloadavg()[0]
    started = time.time()
    figures = asyncio.run(measure())
    rows: list[dict[str, Any]] = []
    table = Table(title=f"pipeline, {os.cpu_count()} CPUs ({platform.machine()}), load {load:.2f} before")
    for name in ("row", "what", "measured", "floor", "goal", ""):
        table.add_column(name)
    for identity, key, what, floor, goal, unit in ROWS:
        value = figures[key]
        holds = value <= floor if unit == "s" else value >= floor
        shown = [f"{one * 1000:.1f} ms" if unit == "s" else f"{one:.0f} {unit}" for one in (value, floor, goal)]
        table.add_row(identity, what, *shown, "[green]holds[/]" if holds else "[red]missed[/]")
        rows.append({"id": identity, "value": value, "unit": unit, "floor": floor, "goal": goal, "holds": holds})
    Console().print(table)
    out = Path("build/bench/pipeline.json")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps({"rows": rows, "load": load, "seconds": time.time() - started}, indent=1) + "\n")
    print(f"written to {out}")


if __name__ == "__main__":
    main()
