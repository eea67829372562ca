"""The demo from the first process to the last check."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from rich.console import Console
from rich.markup import escape

from musicsync.cli.demo import show, songs
from musicsync.cli.demo.play import PLAYLIST, Play
from musicsync.cli.demo.stage import Stage
from musicsync.errors import MusicSyncError, SettingsError

GENERATED = 20_000


@dataclass(frozen=True, slots=True)
class Options:
    """The command line. `catalogue` None is the demo catalogue with its written songs and 20,000 generated tracks."""

    catalogue: Path | None = None
    temporal: bool = False
    keep: bool = False
    json: bool = False


def run(options: Options) -> int:
    """Play the demo; the exit status: 0 when the playlist is exactly right and every song went as expected."""
    console = Console(stderr=options.json)
    folder = Path(tempfile.mkdtemp(prefix="musicsync-demo-"))
    code = 130
    try:
        code = asyncio.run(_play(options, console, folder))
    except (MusicSyncError, TimeoutError, RuntimeError) as error:
        console.print(f"[red]The demo cannot run:[/] {escape(str(error))}", highlight=False)
        console.print(f"Logs are in {folder}.", highlight=False)
        return 1
    except (KeyboardInterrupt, asyncio.CancelledError):
        pass
    if not options.keep:
        shutil.rmtree(folder, ignore_errors=True)
    return code


def datasets() -> Path:
    """The folder `datasets` of the checkout (or MUSICSYNC_DATASETS)."""
    named = os.environ.get("MUSICSYNC_DATASETS")
    candidates = [Path(named)] if named else [parent / "datasets" for parent in Path(__file__).resolve().parents]
    candidates += [Path.cwd() / "datasets"]
    for one in candidates:
        if (one / "demo" / "recordings.jsonl").is_file():
            return one
    raise SettingsError("the demo catalogue is not here: run ./dev demo in a checkout, or set MUSICSYNC_DATASETS")


def _catalogue(options: Options, folder: Path) -> tuple[Path, list[songs.DemoSong]]:
    if options.catalogue:
        if not options.catalogue.is_file():
            raise SettingsError(f"--catalogue {options.catalogue}: there is no such file")
        return options.catalogue.absolute(), songs.drawn(options.catalogue)
    base, out = datasets() / "demo", folder / "catalogue.jsonl"
    subprocess.run(
        [sys.executable, "-m", "musicsync.emulator.generate", "--base", str(base / "recordings.jsonl"),
         "--count", str(GENERATED), "--out", str(out)], check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return out, songs.written(base / "songs.json")


async def _play(options: Options, console: Console, folder: Path) -> int:
    started = time.monotonic()
    task = asyncio.current_task()
    assert task is not None
    for number in (signal.SIGTERM, signal.SIGHUP):  # as Ctrl-C: leave no process behind
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    catalogue, to_post = await asyncio.to_thread(_catalogue, options, folder)
    stage = Stage(folder, options.temporal)
    try:
        await _open(stage, catalogue, console)
        play, killed = await _perform(stage, to_post, console)
        return await _finish(options, stage, play, killed, console, time.monotonic() - started)
    finally:
        await stage.stop()


async def _open(stage: Stage, catalogue: Path, console: Console) -> None:
    console.print(f"[bold]1[/] the Spotify emulator, with {catalogue.name} …", highlight=False)
    await stage.start_emulator(catalogue)
    console.print(f"[bold]2[/] signing in at {stage.emulator_url} …", highlight=False)
    await stage.run("auth", "login")
    if stage.temporal:
        console.print("[bold]3[/] a Temporal server, the API, and a worker …")
        await stage.start_temporal()
        await stage.start_worker()
    else:
        console.print("[bold]3[/] the API, standalone …")
    await stage.start_api()


async def _perform(stage: Stage, to_post: list[songs.DemoSong], console: Console) -> tuple[Play, int]:
    console.print(
        f"[bold]4[/] posting {len(to_post)} songs to {stage.api_url}/sync, as a Shortcut would …", highlight=False,
        soft_wrap=True,
    )  # fmt: skip
    screen: show.Screen | None = None
    play = Play(stage.api_url, to_post, lambda: screen.refresh() if screen else None)
    killed = 0

    async def kill() -> None:
        nonlocal killed
        assert screen is not None
        killed = await stage.kill()
        screen.say(f"[red]  kill -9 {killed}[/] (the {stage.victim}, with {play.ended} of {len(to_post)} songs done)")
        await stage.revive()
        screen.say(f"  the {stage.victim} is back")

    try:
        with show.Screen(console, play.takes) as screen:
            await play.run(len(to_post) // 3, kill)
    finally:
        await play.close()
    return play, killed


async def _finish(
    options: Options, stage: Stage, play: Play, killed: int, console: Console, seconds: float
) -> int:  # fmt: skip
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{stage.emulator_url}/_emulator/playlists/{PLAYLIST}") as answer,
    ):
        uris = (await answer.json())["uris"]
    result = show.check(play.takes, uris)
    right = sum(take.as_expected for take in play.takes)
    if options.json:
        print(json.dumps(_json(play, result, uris, right, seconds), ensure_ascii=False))
    console.print(show.table(play.takes))
    _verdict(console, result, uris, right, len(play.takes), killed, seconds)
    if options.keep:
        await _keep(stage, console)
    else:
        console.print("Next: ./dev demo --keep leaves all of it running; docs/guide.md goes on from here.")
    exact = options.catalogue is not None or right == len(play.takes)
    return 0 if result.holds and exact else 1


def _verdict(
    console: Console, result: show.Check, uris: list[str], right: int, total: int, killed: int, seconds: float
) -> None:
    if result.holds:
        console.print(
            f"[green]✓[/] the playlist holds exactly the {len(uris)} tracks it must, once each, although process "
            f"{killed} was killed half way", highlight=False,
        )  # fmt: skip
    for what, names in (
        ("missing", result.missing), ("there twice", result.twice), ("not asked for", result.foreign),
        ("never ended", result.open),
    ):  # fmt: skip
        if names:
            console.print(f"[red]✗[/] {what}: {', '.join(names)}", highlight=False)
    mark = "[green]✓[/]" if right == total else "[yellow]![/]"
    others = "" if right == total else " (the others are marked ✗ above)"
    console.print(f"{mark} {right} of {total} songs ended as expected{others}; {seconds:.0f} s in all", highlight=False)


def _json(play: Play, result: show.Check, uris: list[str], right: int, seconds: float) -> dict[str, object]:
    rows = [
        {"name": take.song.name, "outcome": take.outcome, "track": take.track, "as_expected": take.as_expected,
         "workflow_id": take.workflow_id}
        for take in play.takes
    ]  # fmt: skip
    return {"holds": result.holds, "as_expected": right, "songs": rows, "uris": uris, "seconds": round(seconds, 1)}


async def _keep(stage: Stage, console: Console) -> None:
    settings = stage.folder / "settings.sh"
    ours = {name: value for name, value in stage.environment.items() if name.startswith("MUSICSYNC_")}
    settings.write_text("".join(f"export {name}={shlex.quote(value)}\n" for name, value in sorted(ours.items())))
    for line in (
        f"Still running: the API at {stage.api_url} (described at http://127.0.0.1:{stage.port}/openapi.json),",
        f"the emulator at {stage.emulator_url}; data and logs in {stage.folder}.",
        f"In another terminal: . {settings}; ./dev musicsync syncs",
        "Stop with Ctrl-C.",
    ):
        console.print(line, highlight=False, soft_wrap=True)
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        console.print("Stopped.")
