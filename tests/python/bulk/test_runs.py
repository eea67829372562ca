"""Long runs: what they write, and that a stopped one goes on where it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import musicsync
from musicsync import Catalog, Profile
from musicsync.bulk import Dedupe, Join, OtherRun, dedupe, join

SONGS = [
    {"id": f"s{n}", "title": f"Africa {word}", "artist": f"Toto {word}", "album": f"{word} IV", "duration_s": 200 + n}
    for n, word in enumerate(f"{a}{b}" for a in "abcdefghij" for b in ("lake", "moon", "river", "harbour", "paper"))
]


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Fifty songs, the first of them on two releases."""
    path = tmp_path / "songs.msc"
    again = SONGS[0] | {"id": "again", "album": "Greatest Hits"}
    Catalog.from_tracks([*SONGS, again]).save(path)
    return path


def asked_join(catalogue: Path, library: list[dict[str, Any]], **options: Any) -> Join:
    source = catalogue.with_name("library.msc")
    if not source.exists():
        Catalog.from_tracks(library).save(source)
    return Join(
        Catalog.open(catalogue), Catalog.open(source), (catalogue, source), catalogue.with_name("out.jsonl"),
        Profile("standard"), rows=7, **options,
    )  # fmt: skip


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


class Stopped(Exception):
    """By the test."""


def stopping_at(row: int) -> Any:
    def progress(done: int, total: int) -> None:
        if done >= row:
            raise Stopped

    return progress


def test_each_row_has_its_track_or_a_reason(catalogue: Path) -> None:
    library = [*SONGS, {"id": "x", "title": "Nothing like it", "artist": "Nobody"}]
    asked = asked_join(catalogue, library)
    told: list[tuple[int, int]] = []
    assert join(asked, lambda done, total: told.append((done, total))) == {"accept": 50, "ambiguous": 0, "reject": 1}
    rows = rows_of(asked.output)
    assert [row["query_id"] for row in rows] == [song["id"] for song in library]
    assert all(row["id"] == row["query_id"] and row["verdict"] == "accept" for row in rows[:50])
    assert rows[0] | {"score": 0, "probability": 0, "margin": 0} == {
        "row": 0, "query_id": "s0", "query_title": "Africa alake", "query_artists": ["Toto alake"],
        "verdict": "accept", "method": "exact", "reasons": ["exact"], "score": 0, "probability": 0, "margin": 0,
        "position": 0, "id": "s0", "title": "Africa alake", "artists": ["Toto alake"], "album": "alake IV",
        "isrc": None,
    }  # fmt: skip
    assert (rows[50]["verdict"], rows[50]["position"], rows[50]["id"]) == ("reject", None, None)
    assert (told[-1], [done for done, _ in told]) == ((51, 51), sorted(done for done, _ in told))
    assert not list(catalogue.parent.glob("*.parts"))


def test_the_table_says_what_deciding_says(catalogue: Path) -> None:
    asked = asked_join(catalogue, SONGS)
    join(asked)
    for row, decision in zip(rows_of(asked.output), asked.catalogue.join(list(asked.library)), strict=True):
        assert (row["score"], row["probability"], row["margin"]) == (
            decision.score, decision.probability, decision.margin,
        )  # fmt: skip


def test_one_to_one_gives_each_track_once(catalogue: Path) -> None:
    asked = asked_join(catalogue, [SONGS[0], SONGS[0], SONGS[0], SONGS[1]], one_to_one=True)
    assert join(asked) == {"accept": 3, "ambiguous": 1, "reject": 0}
    rows = rows_of(asked.output)
    given = [row["id"] for row in rows if row["verdict"] == "accept"]
    assert Counter(given) == {"s0": 1, "again": 1, "s1": 1}
    (taken,) = (row for row in rows if row["verdict"] == "ambiguous")
    assert (taken["reasons"], taken["id"]) == (["taken"], "s0")
    other = next(row for row in rows if row["id"] == "again")
    assert other["score"] == musicsync.Matcher().score(asked.library[0], asked.catalogue[50])


def test_a_stopped_run_goes_on_where_it_was(catalogue: Path) -> None:
    asked = asked_join(catalogue, SONGS)
    with pytest.raises(Stopped):
        join(asked, stopping_at(21))
    parts = sorted(catalogue.with_name("out.jsonl.parts").glob("*.jsonl"))
    assert len(parts) >= 2
    assert not asked.output.exists()
    written = [part.stat().st_mtime_ns for part in parts]
    with pytest.raises(Stopped):
        join(asked, stopping_at(40))
    assert [part.stat().st_mtime_ns for part in parts] == written
    join(asked)
    found = asked.output.read_text()
    join(asked)
    assert asked.output.read_text() == found


def test_a_part_that_is_done_is_not_made_again(catalogue: Path) -> None:
    asked = asked_join(catalogue, SONGS)
    with pytest.raises(Stopped):
        join(asked, stopping_at(21))
    part = catalogue.with_name("out.jsonl.parts") / "00000000.jsonl"
    part.write_text(part.read_text().replace("Africa alake", "Kept as it was"))
    join(asked)
    assert rows_of(asked.output)[0]["query_title"] == "Kept as it was"


def test_another_run_is_refused_by_what_differs(catalogue: Path) -> None:
    asked = asked_join(catalogue, SONGS)
    with pytest.raises(Stopped):
        join(asked, stopping_at(8))
    other = replace(asked, limit=5, cutoff=0.25)
    with pytest.raises(
        OtherRun, match=r"out\.jsonl\.parts: belongs to a run of another cutoff, limit; --restart begins"
    ):
        join(other)
    os.utime(catalogue, ns=(1, 1))
    with pytest.raises(OtherRun, match="of another catalogue;"):
        join(asked)
    join(other, restart=True)
    assert len(rows_of(asked.output)) == 50


def test_two_processes_do_not_share_a_run(catalogue: Path) -> None:
    asked = asked_join(catalogue, SONGS)

    def at_once(done: int, total: int) -> None:
        with pytest.raises(OtherRun, match="another process is at work there"):
            join(asked)

    join(asked, at_once)


def test_duplicates_are_groups(catalogue: Path) -> None:
    asked = Dedupe(Catalog.open(catalogue), catalogue, catalogue.with_name("same.jsonl"), Profile("standard"), rows=13)
    kept = catalogue.with_name("kept.msc")
    with pytest.raises(Stopped):
        dedupe(asked, stopping_at(20), kept=kept)
    assert dedupe(asked, kept=kept) == {"tracks": 51, "groups": 1, "duplicates": 1}
    rows = rows_of(asked.output)
    assert [(row["group"], row["position"], row["id"], row["duration_ms"]) for row in rows] == [
        (0, 0, "s0", 200_000), (0, 50, "again", 200_000),
    ]  # fmt: skip
    assert list(Catalog.open(kept)) == list(Catalog.open(catalogue))[:50]


def test_a_killed_command_goes_on_and_nothing_is_lost(catalogue: Path) -> None:
    library = [song | {"id": f"{song['id']}-{n}"} for n in range(120) for song in SONGS]
    Catalog.from_tracks(library).save(catalogue.with_name("library.msc"))
    command = [
        sys.executable, "-m", "musicsync", "catalogue", "join", str(catalogue),
        str(catalogue.with_name("library.msc")), "-o", str(catalogue.with_name("out.csv")), "--threads", "1",
    ]  # fmt: skip
    parts = catalogue.with_name("out.csv.parts")
    kills = 0
    for more in (1, 2):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        before = len(list(parts.glob("*.jsonl")))
        while running.poll() is None and len(list(parts.glob("*.jsonl"))) < before + more:
            time.sleep(0.002)
        kills += running.poll() is None
        running.send_signal(signal.SIGKILL)
        running.wait()
    assert kills >= 1
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    lines = catalogue.with_name("out.csv").read_text().splitlines()
    assert [line.split(",")[1] for line in lines[1:]] == [song["id"] for song in library]
    assert not parts.exists()
