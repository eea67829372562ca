"""The emulator as what it is in use: a process of its own."""

from __future__ import annotations

import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import pytest

from musicsync.emulator.__main__ import main
from musicsync.emulator.knobs import Knobs
from tests.python.emulator.emulated import ITEMS, Client, write_rows


@contextmanager
def process(folder: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """An emulator that has said where it is ready."""
    command = [sys.executable, "-m", "musicsync.emulator", "--catalogue", str(folder / "tracks.jsonl"), "--port", "0"]
    started = subprocess.Popen([*command, "--data", str(folder / "data"), *more], stdout=subprocess.PIPE, text=True)
    try:
        assert started.stdout is not None
        line = started.stdout.readline()
        match = re.fullmatch(r"emulator ready on (http://127\.0\.0\.1:\d+)\n", line)
        assert match, line
        yield started, match.group(1)
    finally:
        started.kill()
        started.communicate()


async def test_what_was_answered_survives_a_kill_and_sigterm_ends_it_cleanly(tmp_path: Path) -> None:
    write_rows(tmp_path / "tracks.jsonl")
    async with aiohttp.ClientSession() as http:
        with process(tmp_path) as (running, url):
            client = Client(url, http)
            await client.sign_in()
            found = (await client.get("/v1/search", q="rosanna toto", type="track")).body["tracks"]["items"][0]
            assert (await client.post(ITEMS, {"uris": [found["uri"]] * 3})).status == 201
            running.send_signal(signal.SIGKILL)
        with process(tmp_path, "--faults", '{"timeout": 1, "endpoints": ["GET /v1/search"]}') as (running, url):
            client.url = url
            assert await client.uris() == [found["uri"]] * 3
            assert (await client.get("/v1/me")).status == 200
            running.send_signal(signal.SIGTERM)
            assert running.wait(20) == 0


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        sys.exit(main(arguments))
    return int(ended.value.code or 0), "".join(capsys.readouterr())


def test_help_names_every_fault_and_every_control_call(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = run(capsys, "--help")
    assert code == 0
    for name, field in Knobs.model_fields.items():
        assert f"  {field.alias or name} " in text
    for call in ("GET  /_emulator/playlists/{id}", "GET  /_emulator/requests", "PUT  /_emulator/faults"):
        assert call in text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--faults", '{"430": 0.1}'), "unknown key '430'"),
        (("--faults", "{"), "no JSON"),
        (("--profile", "old"), "invalid choice"),
        (("--port", "70000"), "--port"),
        (("--apply-delay-ms", "-1"), "--apply-delay-ms"),
        (("--catalogue", "/nowhere/tracks.jsonl"), "/nowhere/tracks.jsonl"),
    ],
)
def test_bad_arguments_end_with_2_and_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], words: str
) -> None:
    path = write_rows(tmp_path / "tracks.jsonl")
    code, text = run(capsys, "--catalogue", str(path), "--port", "0", "--data", str(tmp_path / "data"), *more)
    assert code == 2
    assert words in text


def test_a_malformed_catalogue_ends_with_2_and_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "tracks.jsonl"
    path.write_text(json.dumps({"title": "A", "artist": "B"}) + "\n{\n")
    code, text = run(capsys, "--catalogue", str(path), "--port", "0", "--data", str(tmp_path / "data"))
    assert code == 2
    assert f"{path}:2: " in text


def test_a_second_emulator_on_the_same_data_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_rows(tmp_path / "tracks.jsonl")
    with process(tmp_path):
        code, text = run(capsys, "--catalogue", str(path), "--port", "0", "--data", str(tmp_path / "data"))
    assert code == 2
    assert "another emulator" in text


def test_a_data_directory_of_another_release_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_rows(tmp_path / "tracks.jsonl")
    (tmp_path / "data").mkdir()
    connection = sqlite3.connect(tmp_path / "data" / "emulator.db")
    connection.execute("PRAGMA user_version=9")
    connection.close()
    code, text = run(capsys, "--catalogue", str(path), "--port", "0", "--data", str(tmp_path / "data"))
    assert code == 2
    assert "format 9" in text


def test_a_port_that_is_taken_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_rows(tmp_path / "tracks.jsonl")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, text = run(capsys, "--catalogue", str(path), "--port", port, "--data", str(tmp_path / "data"))
    assert code == 1
    assert "cannot listen" in text
