"""`musicsync catalogue`: what a user sees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from musicsync import Catalog
from musicsync.cli.catalogue import MAGIC

from .conftest import Cli


@pytest.fixture
def lines(cli: Cli) -> Path:
    path = cli.folder / "songs.jsonl"
    songs = [{"id": str(i), "title": f"Africa {i}", "artist": f"Toto {i % 7}"} for i in range(2500)]
    path.write_text("".join(json.dumps(song) + "\n" for song in songs) + '{"title": 3}\n', encoding="utf-8")
    return path


def test_a_catalogue_is_built_searched_and_verified(cli: Cli, lines: Path) -> None:
    built = cli.run("catalogue", "build", str(lines), "-o", "songs.msc", "--rejected", "bad.jsonl", "--json")
    told = json.loads(built.stdout)
    file = cli.folder / "songs.msc"
    assert (told["tracks"], told["bytes"], told["rejected"]) == (2500, file.stat().st_size, 1)
    assert file.read_bytes().startswith(MAGIC)
    assert "1 row is no track, and left out (all of them in bad.jsonl):" in built.stderr
    assert "songs.jsonl:2501: title is a number, not text" in built.stderr
    assert json.loads((cli.folder / "bad.jsonl").read_text())["line"] == 2501

    for command in (["catalogue", "search", "songs.msc"], ["search", "--catalogue", "songs.msc"]):
        found = json.loads(cli.run(*command, "Afrca 2071", "Toto 6", "-k", "3", "--json").stdout)
        assert (len(found), found[0]["track"]["title"]) == (3, "Africa 2071")
    assert "Africa 2071" in cli.run("catalogue", "search", "songs.msc", "Africa 2071", "Toto 6").stdout
    cut = cli.run("catalogue", "search", "songs.msc", "Africa 2071", "Toto 6", "--cutoff", "0.999", "--json")
    assert [hit["track"]["title"] for hit in json.loads(cut.stdout)] == ["Africa 2071"]

    assert "songs.msc: good" in cli.run("catalogue", "verify", "songs.msc").stdout
    info = cli.run("catalogue", "info", "songs.msc").stdout
    assert info.startswith("2,500 tracks, ")
    assert "track.titles" in info
    assert json.loads(cli.run("catalogue", "info", "songs.msc", "--json").stdout)["tracks"] == 2500


def test_a_damaged_catalogue_is_told_of(cli: Cli) -> None:
    Catalog.from_tracks([{"title": "Africa", "artist": "Toto"}]).save(cli.folder / "songs.msc")
    damaged = bytearray((cli.folder / "songs.msc").read_bytes())
    damaged[-70] ^= 4
    (cli.folder / "songs.msc").write_bytes(damaged)
    done = cli.run("catalogue", "verify", "songs.msc", code=1)
    assert "songs.msc: " in done.stdout
    assert "Traceback" not in done.stderr
    (cli.folder / "songs.msc").write_bytes(damaged[:100])
    for command in (["info", "songs.msc"], ["search", "songs.msc", "Africa"]):
        done = cli.run("catalogue", *command, code=1 if command[0] == "info" else 2)
        assert "songs.msc: it has 100 bytes, not the" in done.stderr


def test_strict_builds_nothing_of_bad_lines(cli: Cli, lines: Path) -> None:
    done = cli.run("catalogue", "build", str(lines), "-o", "songs.msc", "--strict", code=1)
    assert "1 row is no track; the first: " in done.stderr
    assert "nothing was written" in done.stderr
    assert not (cli.folder / "songs.msc").exists()


def test_a_place_that_cannot_be_written_is_told_of(cli: Cli, lines: Path) -> None:
    done = cli.run("catalogue", "build", str(lines), "-o", "none/songs.msc", code=1)
    assert "none/songs.msc: creating a file beside it: No such file or directory" in done.stderr
