"""The command line as a user meets it: real processes, and for the service a real emulator."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import musicsync

PLAYLIST = "37i9dQZF1DXcBWIGoYBM5M"
_SOURCE = str(Path(musicsync.__file__).parents[1])
_TRACKS = [
    {"id": "1" * 22, "title": "Africa", "artist": "Toto", "album": "Toto IV", "duration_s": 295, "year": 1982},
    {
        "id": "2" * 22,
        "title": "Africa - Live",
        "artist": "Toto",
        "album": "Livefields",
        "duration_s": 380,
        "year": 1999,
    },
    {"id": "3" * 22, "title": "Rosanna", "artist": "Toto", "album": "Toto IV", "duration_s": 331, "year": 1982},
    {"id": "4" * 22, "title": "Hello", "artist": "Adele", "album": "25", "duration_s": 295, "year": 2015},
]


@dataclass
class Cli:
    """Runs `musicsync` in a folder of its own, with settings of its own."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The environment without the caller's settings."""
        kept = {name: value for name, value in os.environ.items() if "MUSICSYNC" not in name and "TEMPORAL" not in name}
        path = os.pathsep.join(filter(None, (_SOURCE, kept.get("PYTHONPATH"))))
        ours = {"MUSICSYNC_DATA_DIR": str(self.folder / "data"), "MUSICSYNC_TOKEN_STORE": "file", "PYTHONPATH": path}
        return kept | ours | self.settings

    def command(self, *arguments: str) -> list[str]:
        """The command line."""
        return [sys.executable, "-m", "musicsync", *arguments]

    def run(self, *arguments: str, code: int | None = 0, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run to the end, and check the exit code."""
        done = subprocess.run(
            self.command(*arguments), env=self.environment, cwd=self.folder, input=stdin, text=True, timeout=60,
            capture_output=True, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        assert code is None or done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return done

    def json(self, *arguments: str, code: int = 0) -> Any:
        """The JSON that a command prints."""
        return json.loads(self.run(*arguments, "--json", code=code).stdout)

    def start(self, *arguments: str) -> tuple[subprocess.Popen[str], str]:
        """Start a process that says `ready on URL`, and the URL."""
        process = subprocess.Popen(
            self.command(*arguments), env=self.environment, cwd=self.folder, text=True, stdout=subprocess.PIPE
        )
        assert process.stdout
        for line in process.stdout:
            if "ready on" in line:
                return process, line.split("ready on", 1)[1].strip()
        raise AssertionError(f"{arguments} ended with {process.wait()}")


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    return Cli(tmp_path)


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("catalogue") / "tracks.jsonl"
    path.write_text("".join(json.dumps(track) + "\n" for track in _TRACKS))
    return path


@pytest.fixture
def at_emulator(cli: Cli, catalogue: Path) -> Iterator[Cli]:
    """The command line against an emulator of its own, not signed in."""
    process, url = cli.start("emulator", "--catalogue", str(catalogue), "--port", "0", "--data", "emulator")
    cli.settings |= {
        "MUSICSYNC_SPOTIFY_API_URL": f"{url}/v1", "MUSICSYNC_SPOTIFY_ACCOUNTS_URL": url,
        "MUSICSYNC_SPOTIFY_TIMEOUT_S": "2", "MUSICSYNC_PORT": "0",
    }  # fmt: skip
    yield cli
    process.terminate()
    process.wait(timeout=20)
