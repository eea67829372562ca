"""Commands about syncs: `sync`, `syncs`, `cancel`, `review`."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from rich.table import Table

from musicsync.cli.client import ApiClient, connected
from musicsync.cli.output import Failed, err, out, print_json, say

T = TypeVar("T")
_STYLES = {"completed": "green", "not_found": "yellow", "failed": "red", "cancelled": "yellow", "expired": "yellow"}
_OPEN = ("accepted", "running", "paused")


def _with_service(work: Callable[[ApiClient], Awaitable[T]]) -> T:
    from musicsync import logs
    from musicsync.cli.run import in_loop
    from musicsync.settings import load

    settings = load()
    logs.configure("warning", settings.log_format)

    async def run() -> T:
        async with connected(settings) as api:
            return await work(api)

    return in_loop(run())


def sync(body: dict[str, Any], wait: float, *, as_json: bool) -> None:
    """`musicsync sync`."""

    async def work(api: ApiClient) -> dict[str, Any]:
        accepted = await api.call("POST", "/sync", body)
        path = f"/sync/{accepted['workflow_id']}"
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await _follow(api, path)
        found = await api.call("GET", path)
        if found["status"] in _OPEN and api.here:
            say("It goes on when `musicsync serve`, or another command, runs.", "yellow")
        return found

    found = _with_service(work)
    if as_json:
        print_json(found)
    else:
        _print_end(found)
    raise SystemExit(1 if found["status"] in ("failed", "not_found", "cancelled", "expired") else 0)


async def _follow(api: ApiClient, path: str) -> None:
    with err().status("…") as line:
        async for view in api.events(f"{path}/events"):
            progress = view["progress"]
            found = f", {progress['candidates_found']} candidates" if progress["candidates_found"] else ""
            waiting = view["message"] if view["status"] == "paused" else f"{progress['current_step']}{found}"
            line.update(f"{waiting} ({progress['elapsed_seconds']:.1f} s)")
            if view["status"] == "waiting_for_review":
                return


def _print_end(found: dict[str, Any], *, answered: bool = False) -> None:
    console = out()
    console.print(found["message"], style=_STYLES.get(found["status"], ""), markup=False)
    result = found["result"] or {}
    if result.get("explanation"):
        console.print(result["explanation"], style="dim", markup=False)
    if found["status"] == "waiting_for_review" and not answered:
        say(f"See the candidates: musicsync review list. Answer: musicsync review answer {found['workflow_id']} CHOICE")
    elif found["status"] in (*_OPEN, "waiting_for_review"):
        say(f"Look again: musicsync syncs {found['workflow_id']}")


def syncs(query: dict[str, Any], *, as_json: bool) -> None:
    """`musicsync syncs`."""
    page = _with_service(lambda api: api.call("GET", "/sync", **query))
    if as_json:
        print_json(page)
        return
    if not page["syncs"]:
        say("No syncs match.")
        return
    table = Table("id", "started", "song", "status", "what happened", box=None, pad_edge=False)
    for one in page["syncs"]:
        song = f"{one['progress']['track_name']} – {one['progress']['artist']}"
        style = _STYLES.get(one["status"], "")
        row = (one["workflow_id"], (one["started_at"] or "")[:19], song, one["status"], one["message"])
        table.add_row(*(_plain(text) for text in row), style=style)
    out().print(table)
    if page["cursor"]:
        say("There are more: raise --limit, or narrow the list.")


def show(sync_id: str, *, as_json: bool) -> None:
    """`musicsync syncs ID`."""

    async def work(api: ApiClient) -> dict[str, Any]:
        found = await api.call("GET", f"/sync/{sync_id}")
        return found | {"history": (await api.call("GET", f"/sync/{sync_id}/history"))["history"]}

    found = _with_service(work)
    if as_json:
        print_json(found)
        return
    _print_end(found)
    table = Table("step", "attempt", "started", "ended", "answer", box=None, pad_edge=False)
    for one in found["history"]:
        decision = one["decision"] or {}
        said = one["error"] or decision.get("explanation") or decision.get("verdict") or "ok"
        times = [(one[key] or "")[11:23] for key in ("started_at", "ended_at")]
        table.add_row(*(_plain(text) for text in (one["step"], str(one["attempt"]), *times, str(said))))
    out().print(table)


def cancel(sync_id: str, *, as_json: bool) -> None:
    """`musicsync cancel`."""
    said = _with_service(lambda api: api.call("POST", f"/sync/{sync_id}/cancel"))
    if as_json:
        print_json(said)
    else:
        out().print(said["message"], markup=False)


def reviews(*, as_json: bool) -> None:
    """`musicsync review list`."""
    queue = _with_service(lambda api: api.call("GET", "/review"))
    if as_json:
        print_json(queue)
        return
    if not queue["entries"]:
        say("Nothing waits for you.", "green")
    for entry in queue["entries"]:
        out().print(f"{entry['workflow_id']}  “{entry['track_name']}” by {entry['artist']}", style="bold", markup=False)
        table = Table("no", "track id", "title", "artists", "album", "length", "P", box=None, pad_edge=False)
        for number, one in enumerate(entry["candidates"], 1):
            track, likely = one["track"], one["probability"]
            row = (
                str(number), track["id"] or "", track["title"], ", ".join(track["artists"]), track["album"] or "",
                _length(track["duration_ms"]), f"{likely if likely is not None else one['score']:.2f}",
            )  # fmt: skip
            table.add_row(*(_plain(text) for text in row))
        out().print(table)
    if queue["entries"]:
        say("Answer: musicsync review answer ID NO (or a track id, none, not_on_spotify)")


def answer(sync_id: str, choice: str, *, as_json: bool) -> None:
    """`musicsync review answer`; a candidate may be named by its number."""

    async def work(api: ApiClient) -> dict[str, Any]:
        chosen = choice
        if choice.isdecimal() and len(choice) < 4:
            entry = await api.call("GET", f"/review/{sync_id}")
            tracks = [one["track"]["id"] for one in entry["candidates"]]
            if not 1 <= int(choice) <= len(tracks):
                raise Failed(f"there are {len(tracks)} candidates, 1 to {len(tracks)}", 2)
            chosen = tracks[int(choice) - 1]
        return await api.call("POST", f"/review/{sync_id}", {"choice": chosen, "answered_by": "cli"}, wait=20)

    found = _with_service(work)
    if as_json:
        print_json(found)
    else:
        _print_end(found, answered=True)


def _length(milliseconds: int | None) -> str:
    return f"{milliseconds // 60_000}:{milliseconds // 1000 % 60:02d}" if milliseconds else ""


def _plain(text: str) -> Any:
    from rich.text import Text

    return Text(text)
