"""What the demo shows, how it starts its processes, and that every song of the whole play ends as it should."""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from rich.console import Console

from musicsync import Catalog
from musicsync.cli.demo import command, play, show, songs
from musicsync.cli.demo.play import Take
from musicsync.cli.demo.songs import DemoSong
from musicsync.cli.demo.stage import Stage
from musicsync.errors import SettingsError

from .conftest import Cli

DATASETS = Path(__file__).resolve().parents[3] / "datasets"


def take(title: str, chosen: str, why: str = "x): y") -> Take:
    song = DemoSong(title, {"track_name": title, "artist": "A"}, frozenset({"added"}), frozenset(), "trap")
    track = {"id": "1", "uri": "spotify:track:1", "title": chosen, "artists": ["A"]}
    result = {"track": track, "match_method": "exact", "confidence_score": 1.0, "explanation": why}
    body: dict[str, Any] = {"outcome": "added", "message": f"Added “{chosen}”.", "result": result}
    return Take(song, "sync-1", "completed", body)


def shown(takes: list[Take], width: int = 80) -> str:
    out = io.StringIO()
    Console(file=out, width=width).print(show.table(takes))
    return out.getvalue()


def test_the_whole_play_ends_as_its_script_expects(cli: Cli) -> None:
    """The engine's rules change more often than the demo is played."""
    cli.settings["MUSICSYNC_DATASETS"] = str(DATASETS)  # an installed wheel has no checkout around it
    played = cli.json("demo")
    assert [song["name"] for song in played["songs"] if not song["as_expected"]] == []
    assert played["holds"]
    assert len(played["songs"]) == played["as_expected"] > 60


def test_titles_with_brackets_are_shown_as_they_are() -> None:
    said = shown([take("Faith [feat. Mr. Probz]", "Stairs [/b]", "x): why [y]")], width=140)
    assert all(text in said for text in ("Faith [feat. Mr. Probz]", "Stairs [/b]", "why [y]"))


def test_nothing_is_cut_from_a_table_of_80_columns() -> None:
    title = "Hotel California - Live on MTV, 1994"
    words = " ".join(shown([take(title, title)]).split())
    assert "…" not in words
    assert words.count("1994") == 2


def test_lines_for_a_pipe_keep_brackets_and_are_not_broken() -> None:
    out = io.StringIO()
    one = take("Long " * 40, "Whoopty (Latin Mix) [feat. Anuel AA]")
    show.Screen(Console(file=out, width=80), [one]).refresh()
    assert out.getvalue() == "  added          Added “Whoopty (Latin Mix) [feat. Anuel AA]”.\n"


def test_a_persons_own_settings_do_not_reach_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MUSICSYNC_API_TOKEN", "USE_TEMPORAL", "TEMPORAL_HOST", "SPOTIFY_CLIENT_ID", "MAX_CONCURRENT_SYNCS"):
        monkeypatch.setenv(name, "mine")
    environment = Stage(tmp_path, temporal=False).environment
    assert "mine" not in environment.values()
    assert "PATH" in environment


async def test_an_env_file_of_the_working_directory_does_not_reach_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, folder = tmp_path / "here", tmp_path / "demo"
    here.mkdir()
    folder.mkdir()
    (here / ".env").write_text("MUSICSYNC_API_TOKEN=correct-horse-battery\n")
    monkeypatch.chdir(here)
    stage = Stage(folder, temporal=False)
    stage.emulator_url = "http://127.0.0.1:9"
    rows = json.loads(await stage.run("settings", "--json"))
    assert next(row["value"] for row in rows if row["name"] == "MUSICSYNC_API_TOKEN") is None


def test_a_demo_that_fails_keeps_the_logs_that_it_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def fail(options: command.Options, console: Console, folder: Path) -> int:
        raise SettingsError("the [api] did not start")

    monkeypatch.setattr(command, "_play", fail)
    monkeypatch.setattr(command.tempfile, "mkdtemp", lambda prefix: str(tmp_path))
    assert command.run(command.Options()) == 1
    said = capsys.readouterr().out
    assert "The demo cannot run: the [api] did not start" in said
    assert tmp_path.exists()


async def test_a_song_that_never_ends_does_not_keep_the_demo_from_its_check(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: object) -> None: ...

    async def forever(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(play, "_PATIENCE_S", 0.01)
    monkeypatch.setattr(play.Play, "_post", nothing)
    monkeypatch.setattr(play.Play, "_watch", forever)
    one = play.Play("http://127.0.0.1:9", [take("x", "x").song], lambda: None)
    await one.run(1, nothing)
    await one.close()
    assert show.check(one.takes, []).open == ("x",)


async def test_an_answer_that_cannot_be_taken_now_is_given_again() -> None:
    one = take("x", "x")
    statuses = [503, 409]  # a worker was killed; then it turns out that the first try was taken

    async def queue(request: web.Request) -> web.Response:
        return web.json_response({"entries": [{"workflow_id": one.workflow_id, "candidates": []}]})

    async def answered(request: web.Request) -> web.Response:
        return web.json_response({"detail": "later"}, status=statuses.pop(0))

    app = web.Application()
    app.add_routes([web.get("/review", queue), web.post("/review/{id}", answered)])
    async with TestServer(app) as server:
        playing = play.Play(str(server.make_url("")).rstrip("/"), [], lambda: None)
        await playing._review(one)
        assert not one.asked
        await playing._review(one)
        await playing.close()
    assert one.asked


def test_songs_are_drawn_of_a_catalogue_file_with_all_releases_of_each(tmp_path: Path) -> None:
    rows = [
        {"id": f"{n:022d}", "title": f"Song number {n % 60}", "artist": f"Band {n % 60}", "duration_s": 200}
        for n in range(120)
    ]
    Catalog.from_tracks(rows).save(tmp_path / "songs.msc")
    drawn = songs.drawn(tmp_path / "songs.msc")
    assert len({one.name for one in drawn}) == len(drawn) == 44
    assert drawn == songs.drawn(tmp_path / "songs.msc")
    for one in drawn:
        assert len({int(track_id) % 60 for track_id in one.tracks}) == 1
        assert len(one.tracks) == 2
    Catalog.from_tracks(rows[:10]).save(tmp_path / "few.msc")
    with pytest.raises(SettingsError, match="10 different songs are too few"):
        songs.drawn(tmp_path / "few.msc")


def test_a_demo_that_is_told_to_end_leaves_no_process_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pids: list[int] = []

    async def start_and_be_ended(stage: Stage, catalogue: Path, console: Console) -> None:
        await stage._start("emulator", ["sleep", "60"])
        pids.append(stage._running["emulator"].pid)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(asyncio.Event().wait(), 10)

    before = signal.signal(signal.SIGTERM, lambda *_: None)  # a failure must not end the test run
    monkeypatch.setattr(command, "_catalogue", lambda options, folder: (folder / "c.jsonl", []))
    monkeypatch.setattr(command, "_open", start_and_be_ended)
    monkeypatch.setattr(command.tempfile, "mkdtemp", lambda prefix: str(tmp_path))
    try:
        assert command.run(command.Options()) == 130
    finally:
        signal.signal(signal.SIGTERM, before)
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)
    assert not tmp_path.exists()
