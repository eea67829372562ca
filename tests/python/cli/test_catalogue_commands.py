"""`musicsync catalogue`: what a user sees."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from musicsync import Catalog, Matcher
from musicsync.imports.tracks import MAGIC

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


PIPED = {
    "jsonl": b'{"title": "Africa", "artist": "Toto"}\n{"title": 3}\n{"title": "Hello", "artist": "Adele"}\n',
    "csv": b"title,artist,year\nAfrica,Toto,1982\nRosanna,Toto,long ago\nHello,Adele,2015\n",
    "tsv": b"title\tartist\tyear\nAfrica\tToto\t1982\nRosanna\tToto\tlong ago\nHello\tAdele\t2015\n",
}


def piped(cli: Cli, content: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        cli.command("catalogue", *arguments), input=content, env=cli.environment, cwd=cli.folder, timeout=60,
        capture_output=True, check=False,
    )  # fmt: skip


def arrow_stream() -> bytes:
    import pyarrow
    from pyarrow import ipc

    table = pyarrow.table({"title": ["Africa", "Rosanna\0", "Hello"], "artist": ["Toto", "Toto", "Adele"]})
    sink = pyarrow.BufferOutputStream()
    with ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table, max_chunksize=1)
    return bytes(sink.getvalue())


@pytest.mark.parametrize(("kind", "line"), [("jsonl", 2), ("csv", 3), ("tsv", 3), ("arrow", 2)])
def test_tracks_come_out_of_a_pipe(cli: Cli, kind: str, line: int) -> None:
    content = PIPED[kind] if kind in PIPED else arrow_stream()
    how = () if kind == "jsonl" else ("--format", kind)
    built = piped(cli, content, "build", "-", *how, "-o", "songs.msc", "--rejected", "bad.jsonl")
    assert built.returncode == 0, built.stderr
    assert [track.title for track in Catalog.open(cli.folder / "songs.msc")] == ["Africa", "Hello"]
    (bad,) = map(json.loads, (cli.folder / "bad.jsonl").read_text().splitlines())
    assert (bad["file"], bad["line"]) == ("/dev/stdin", line)
    added = piped(cli, content, "add", "songs.msc", "-", *how, "--json")
    assert json.loads(added.stdout)["tracks"] == 4


def test_a_pipe_of_something_else_is_told_of_and_a_source_that_is_not_there(cli: Cli) -> None:
    done = piped(cli, b"nonsense", "build", "-", "--format", "arrow", "-o", "songs.msc")
    assert done.returncode == 1
    assert b"/dev/stdin: is no arrows: " in done.stderr
    assert not (cli.folder / "songs.msc").exists()
    assert "path 'none.jsonl' does not exist." in cli.run("catalogue", "build", "none.jsonl", "-o", "x", code=2).stderr


def test_a_folder_of_tables_is_a_source(cli: Cli) -> None:
    (cli.folder / "dump").mkdir()
    refused = cli.run("catalogue", "build", "dump", "-o", "songs.msc", code=1)
    assert "dump: is no dump of MusicBrainz: it has no table artist_credit_name, medium, " in refused.stderr
    gid = "00000000-0000-4000-8000-000000000011"
    rows = {
        "artist_credit_name": "1\t0\t71\tAnn Lee\t\n", "medium": "", "release": "", "track": "9\tbroken\n",
        "recording": f"11\t{gid}\tPaper Harbour\t1\t201000\t\t0\t2024-01-01\tf\n",
    }  # fmt: skip
    for name, text in rows.items():
        (cli.folder / "dump" / name).write_text(text)
    built = cli.run("catalogue", "build", "dump", "-o", "songs.msc")
    assert "songs.msc: 1 tracks" in built.stdout
    assert "dump/track:1: has 2 columns, not 9" in built.stderr
    assert [track.id for track in Catalog.open(cli.folder / "songs.msc")] == [gid]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--year", "1980-1989"], "12"),
        (["--year", "-1981"], "01"),
        (["--year", "1982"], "2"),
        (["--duration", "3:10-"], "12"),
        (["--duration", "3:10"], "1"),
        (["--explicit"], "0"),
        (["--clean", "--year", "1982-"], "2"),
    ],
)
def test_a_search_is_narrowed(cli: Cli, options: list[str], found: str) -> None:
    songs = [
        {"id": str(n), "title": "Africa", "year": 1979 + n + (n > 0), "duration_s": 180 + 10 * n, "explicit": n == 0}
        for n in range(3)
    ]
    (cli.folder / "songs.jsonl").write_text("".join(json.dumps(song) + "\n" for song in songs))
    hits = json.loads(cli.run("catalogue", "search", "songs.jsonl", "Africa", *options, "--json").stdout)
    assert "".join(sorted(hit["track"]["id"] for hit in hits)) == found


def test_a_recording_is_shown_once_with_its_releases(cli: Cli) -> None:
    songs = [
        {"id": str(n), "title": "Rosanna" if n == 1 else "Africa", "artist": "Toto", "album": f"Album {n}"}
        for n in range(4)
    ]
    (cli.folder / "songs.jsonl").write_text("".join(json.dumps(song) + "\n" for song in songs))
    command = ("catalogue", "search", "songs.jsonl", "Africa", "Toto", "-k", "1", "--recordings")
    (releases,) = json.loads(cli.run(*command, "--json").stdout)
    assert sorted(one["track"]["id"] for one in releases) == ["0", "2", "3"]
    assert len(cli.run(*command).stdout.splitlines()) == 4


def test_each_hit_is_explained(cli: Cli) -> None:
    songs = [
        {"id": "1", "title": "Ring of Fire", "artist": "Johnny Cash"},
        {"id": "2", "title": "Ring of Fire (Live)", "artist": "Johnny Cash"},
        {"id": "3", "title": "Hello", "artist": "Adele"},
    ]
    (cli.folder / "songs.jsonl").write_text("".join(json.dumps(song) + "\n" for song in songs))
    asked = {"title": "Ring of Fire", "artist": "Johnny Cash"}
    command = ("catalogue", "search", "songs.jsonl", *asked.values(), "--explain")
    why = {song["id"]: Matcher().explain(asked, song) for song in songs}
    hits = cli.json(*command)
    assert [hit["track"]["id"] for hit in hits] == ["1", "2", "3"]
    for hit in hits:
        assert hit["explanation"] == json.loads(json.dumps(why[hit["track"]["id"]].to_dict()))
        assert hit["explanation"]["score"] == hit["score"]
    assert "explanation" not in cli.json(*command[:-1])[0]
    recordings = cli.json(*command, "--recordings", "-k", "2")
    assert [[one["explanation"]["verdict"] for one in releases] for releases in recordings] == [["accept"], ["reject"]]

    shown = cli.run(*command).stdout.splitlines()
    assert f"2  Ring of Fire (Live): reject – {why['2'].sentence}" in shown
    score = shown[shown.index(f"2  Ring of Fire (Live): reject – {why['2'].sentence}") + 1]
    assert score.startswith(f"   score {why['2'].score:.3f}: title 1.000 × 0.59, artists 1.000 × 0.41, −version 0.250")
    assert any(line.startswith("   ") and line.endswith("the versions are different (1)") for line in shown)


def test_what_narrows_nothing_is_told(cli: Cli, lines: Path) -> None:
    done = cli.run("catalogue", "search", str(lines), "Africa", "--year", "long ago", code=2)
    assert "--year: 'long ago' is neither one value nor FROM-TO" in done.stderr


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


def test_a_library_is_joined(cli: Cli, lines: Path) -> None:
    cli.run("catalogue", "build", str(lines), "-o", "songs.msc")
    library = [
        {"id": "mine", "title": "Afrca 2071", "artist": "Toto 6"},
        {"id": "other", "title": "Rosanna"},
        {"title": 3},
    ]
    (cli.folder / "mine.jsonl").write_text("".join(json.dumps(song) + "\n" for song in library))
    told = cli.run("catalogue", "join", "songs.msc", "mine.jsonl", "-o", "out.csv", "--rejected", "bad.jsonl")
    assert told.stdout.startswith("out.csv: 2 rows: 1 accepted, 0 ambiguous, 1 not there; ")
    assert "1 row is no track, and left out (all of them in bad.jsonl):" in told.stderr
    assert "mine.jsonl:3: " in told.stderr
    table = (cli.folder / "out.csv").read_text().splitlines()
    assert table[1].startswith("0,mine,Afrca 2071,Toto 6,accept,")
    assert table[2].startswith("1,other,Rosanna,,reject,")
    for kind in ("jsonl", "parquet"):
        done = cli.run("catalogue", "join", str(lines), "songs.msc", "-o", f"out.{kind}", "--one-to-one", "--json")
        assert json.loads(done.stdout)["rows"] == 2500
        assert (cli.folder / f"out.{kind}").stat().st_size > 1000


def test_duplicates_are_found_and_left_out(cli: Cli) -> None:
    songs = [{"id": str(n), "title": word, "artist": "Toto"} for n, word in enumerate(("Africa", "Rosanna", "AFRICA"))]
    (cli.folder / "mine.jsonl").write_text("".join(json.dumps(song) + "\n" for song in songs))
    told = cli.run("catalogue", "dedupe", "mine.jsonl", "-o", "same.tsv", "--keep", "once.msc")
    assert told.stdout.startswith("same.tsv: 1 recordings more than once, 1 tracks too many; ")
    assert "once.msc: the other 2 tracks" in told.stdout
    assert [line.split("\t")[:3] for line in (cli.folder / "same.tsv").read_text().splitlines()] == [
        ["group", "position", "id"], ["0", "0", "0"], ["0", "2", "2"],
    ]  # fmt: skip
    assert [track.id for track in Catalog.open(cli.folder / "once.msc")] == ["0", "1"]


def test_what_a_run_cannot_do_is_said(cli: Cli, lines: Path) -> None:
    done = cli.run("catalogue", "join", str(lines), str(lines), "-o", "out.xlsx", code=2)
    assert "out.xlsx: a table is written as" in done.stderr
    done = cli.run("catalogue", "dedupe", str(lines), "-o", "no/out.csv", code=1)
    assert "no/out.csv: there is no folder no" in done.stderr
    (cli.folder / "notes.txt").write_text("Africa")
    done = cli.run("catalogue", "join", str(lines), "notes.txt", "-o", "out.csv", code=1)
    assert "notes.txt: tracks are read out of" in done.stderr


def _songs(cli: Cli, name: str, first: int, count: int) -> str:
    songs = [{"id": str(i), "title": f"Africa {i}", "artist": "Toto"} for i in range(first, first + count)]
    (cli.folder / name).write_text("".join(json.dumps(song) + "\n" for song in songs), encoding="utf-8")
    return name


def test_a_catalogue_is_added_to_removed_from_and_compacted(cli: Cli) -> None:
    cli.run("catalogue", "build", _songs(cli, "one.jsonl", 0, 50), "-o", "songs.msc")
    told = cli.run("catalogue", "add", "songs.msc", _songs(cli, "two.jsonl", 48, 4), "--replace", "--no-compact").stdout
    assert told.startswith("songs.msc: 4 added, 2 replaced, 52 tracks in 2 files, ")
    added = cli.run("catalogue", "add", "songs.msc", _songs(cli, "three.jsonl", 52, 4), "--json").stdout
    assert {"added": 4, "removed": 0, "tracks": 56, "shards": 2}.items() <= json.loads(added).items()
    assert "songs.msc: 1 removed, 55 tracks left" in cli.run("catalogue", "remove", "songs.msc", "3").stdout
    (cli.folder / "ids.txt").write_text("4\n\n5\n")
    gone = cli.run("catalogue", "remove", "songs.msc", "--ids-from", "ids.txt", "3", "--json", code=1).stdout
    assert {"removed": 2, "tracks": 53, "missing": ["3"]}.items() <= json.loads(gone).items()
    assert "no track has 3" in cli.run("catalogue", "remove", "songs.msc", "3", code=1).stderr
    info = cli.run("catalogue", "info", "songs.msc").stdout
    assert "0.msc" in info
    assert "removed" in info
    assert "53 tracks in 1 file" in cli.run("catalogue", "compact", "songs.msc", "--whole").stdout
    assert cli.run("catalogue", "search", "songs.msc", "Africa 55", "Toto", "-k", "1", "--json").stdout.count("55") > 0
    merged = cli.run("catalogue", "merge", "songs.msc", "songs.msc", "-o", "twice.msc").stdout
    assert merged.startswith("twice.msc: 106 tracks")


def test_what_a_catalogue_cannot_be_changed_to_is_told_of(cli: Cli, lines: Path) -> None:
    cli.run("catalogue", "build", _songs(cli, "one.jsonl", 0, 5), "-o", "songs.msc")
    before = (cli.folder / "songs.msc").read_bytes()
    assert "nothing was written" in cli.run("catalogue", "add", "songs.msc", str(lines), "--strict", code=1).stderr
    assert "name what is to go" in cli.run("catalogue", "remove", "songs.msc", code=2).stderr
    assert "not an ISRC" in cli.run("catalogue", "remove", "songs.msc", "--isrc", "US", code=1).stderr
    assert "this is no catalogue" in cli.run("catalogue", "compact", "one.jsonl", code=1).stderr
    assert "one.jsonl: this is no catalogue" in cli.run("catalogue", "add", "one.jsonl", "one.jsonl", code=1).stderr
    assert (cli.folder / "songs.msc").read_bytes() == before
    assert not (cli.folder / "songs.msc.shards").exists()
