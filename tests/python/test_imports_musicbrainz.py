"""Catalogues of a dump of MusicBrainz: its tables joined, whatever the order, and told of where they are broken."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicsync import CatalogBuilder, Track
from musicsync.imports import copy_text
from musicsync.imports.rows import Rejected
from musicsync.imports.tracks import UnreadableFile, add_file

WHEN = "2024-01-01 00:00:00+00"


def gid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def table(*rows: tuple[Any, ...]) -> str:
    return "".join("\t".join("\\N" if cell is None else str(cell) for cell in row) + "\n" for row in rows)


def recording(number: int, name: str, credit: int, length: int | None = None, comment: str = "") -> tuple[Any, ...]:
    return number, gid(number), name, credit, length, comment, 0, WHEN, "f"


def track(number: int, of: int, medium: int, name: str, credit: int, length: int | None = None) -> tuple[Any, ...]:
    return number, gid(900 + number), of, medium, number, str(number), name, credit, length, 0, WHEN, "f"


# Invented. Recording 11 is on both releases, 12 live on one of them, 13 on none.
DUMP = {
    "artist_credit": table((1, "Ann Lee & The Tides", 2, 3, WHEN, 0, gid(501)), (2, "Åsa", 1, 1, WHEN, 0, gid(502))),
    "artist_credit_name": table((1, 1, 72, "The Tides", ""), (1, 0, 71, "Ann Lee", " & "), (2, 0, 73, "Åsa", "")),
    "isrc": table(
        (9, 11, "QZAAA2400009", 0, WHEN), (4, 11, "QZAAA2400004", 0, WHEN), (5, 13, "QZAAA2400005", 0, WHEN)
    ),
    "medium": table((31, 21, 1, None, "", 0, WHEN, 2, gid(631)), (32, 22, 1, 1, "", 0, WHEN, 1, gid(632))),
    "recording": table(
        recording(11, "Paper Harbour", 1, 201_000), recording(12, "Paper Harbour", 1, comment="live, 2019: Quay Hall"),
        recording(13, "Tidewater", 2, 180_500, "early demo"),
    ),
    "release": table(
        (21, gid(721), "Low\\tTide", 1, 41, 1, None, 120, 28, None, "", 0, -1, WHEN),
        (22, gid(722), "Best \\\\ Rest", 1, 42, 1, None, 120, 28, None, "", 0, -1, WHEN),
    ),
    "release_country": table((22, 222, 2011, 5, None), (22, 81, 2010, None, None), (21, 222, None, None, None)),
    "release_unknown_country": table((21, 1999, 3, 1)),
    "track": table(
        track(1, 11, 31, "Paper Harbour", 1), track(2, 12, 31, "Paper Harbour", 1, 260_000),
        track(1, 11, 32, "Paper Harbour (remaster)", 1, 201_500),
    ),
}  # fmt: skip


def fields(of: int, title: str, album: str | None, year: int | None, **more: Any) -> Track:
    return Track.from_mapping({"id": gid(of), "title": title, "album": album, "release_year": year} | more)


TIDES = ["Ann Lee", "The Tides"]
WANTED = [
    fields(11, "Paper Harbour", "Low\tTide", 1999, artists=TIDES, isrc="QZAAA2400004", duration_ms=201_000),
    fields(12, "Paper Harbour (live, 2019: Quay Hall)", "Low\tTide", 1999, artists=TIDES, duration_ms=260_000),
    fields(11, "Paper Harbour (remaster)", "Best \\ Rest", 2010, artists=TIDES, isrc="QZAAA2400004",
           duration_ms=201_500),
    fields(13, "Tidewater (early demo)", None, None, artists=["Åsa"], isrc="QZAAA2400005", duration_ms=180_500),
]  # fmt: skip


def folder(path: Path, dump: dict[str, str]) -> Path:
    (path / "mbdump").mkdir(parents=True)
    for name, text in dump.items():
        (path / "mbdump" / name).write_text(text, encoding="utf-8", errors="surrogateescape")
    return path


def archive(path: Path, dump: dict[str, str]) -> Path:
    with tarfile.open(path, f"w:{path.suffix[1:].replace('tar', '')}") as file:
        for name, content in {"COPYING": "", **{f"mbdump/{name}": text for name, text in dump.items()}}.items():
            member = tarfile.TarInfo(name)
            member.size = len(content.encode())
            file.addfile(member, io.BytesIO(content.encode()))
    return path


def added(path: Path) -> tuple[list[Track], list[Rejected]]:
    builder = CatalogBuilder()
    rejected = add_file(builder, path)
    return list(builder.build()), rejected


def told(rejected: list[Rejected]) -> list[tuple[str, int, str, str]]:
    return [(Path(one.file).name, one.line, one.field, one.reason) for one in rejected]


def test_each_recording_is_on_each_of_its_releases_and_else_alone(tmp_path: Path) -> None:
    assert added(folder(tmp_path / "dump", DUMP)) == (WANTED, [])


def test_the_folder_of_the_tables_will_do(tmp_path: Path) -> None:
    assert added(folder(tmp_path / "dump", DUMP) / "mbdump") == (WANTED, [])


@pytest.mark.parametrize("ending", [".tar", ".tar.bz2", ".tar.gz", ".tar.xz"])
def test_an_archive_is_read_in_whatever_order_its_tables_lie(ending: str, tmp_path: Path) -> None:
    path = archive(tmp_path / f"mbdump{ending}", dict(reversed(DUMP.items())))
    assert added(path) == (WANTED, [])


def test_a_table_without_rows_may_be_absent(tmp_path: Path) -> None:
    few = {name: text for name, text in DUMP.items() if name not in ("isrc", "release_country", "artist_credit")}
    tracks, rejected = added(folder(tmp_path, few))
    assert rejected == []
    assert [(track.isrc, track.release_year) for track in tracks] == [
        (None, 1999), (None, 1999), (None, None), (None, None),
    ]  # fmt: skip


def test_an_older_dump_has_fewer_columns(tmp_path: Path) -> None:
    old = table((31, 21, 1, None, "", 0, WHEN, 2), (32, 22, 1, 1, "", 0, WHEN, 1))
    assert added(folder(tmp_path, DUMP | {"medium": old})) == (WANTED, [])


@pytest.mark.parametrize(
    ("name", "row", "field", "reason"),
    [
        ("recording", "14\tnothing", "", "has 2 columns, not 9"),
        ("recording", table(recording(14, "\udcff", 1)), "name", "name is no UTF-8"),
        ("recording", table((14, "x-y", "A", 1, None, "", 0, WHEN, "f")), "gid", "gid is no MBID"),
        ("recording", table(recording(14, "A\\000B", 1)), "name", "name holds U+0000"),
        ("recording", table((14, gid(14), None, 1, None, "", 0, WHEN, "f")), "name", "name is null"),
        ("recording", table(recording(14, "Lost", 7)), "artist_credit", "points to artist_credit 7, which is not "),
        ("recording", table(recording(14, "Short", 1, -3)), "duration_ms", "duration_ms is -3, not between "),
        ("release_country", table((22, 1, 12_345, 1, 1)), "date_year", "date_year is 12345, not between 1 and 9999"),
        ("isrc", table((1, "eleven", "QZAAA2400001", 0, WHEN)), "recording", "recording is no number"),
        ("isrc", table((1, 2**40, "QZAAA2400001", 0, WHEN)), "recording", "recording is beyond every number"),
        ("medium", table((33, None, 1, 1, "", 0, WHEN, 1, gid(1))), "release", "release names no row"),
        ("track", table(track(9, 99, 31, "A", 1)), "recording", "points to recording 99, which is not there"),
        ("track", table(track(9, 11, 99, "A", 1)), "medium", "points to medium 99, which is not there"),
        ("track", table(track(9, 11, 31, "A", 99)), "artist_credit", "points to artist_credit 99, which is not there"),
        ("track", "\n", "", "has 1 columns, not 12"),
        ("track", "x" * (1 << 22) + "\n", "", "is longer than 2 MB"),
    ],
    ids=range(16),
)  # fmt: skip
def test_a_broken_row_is_told_of_and_costs_no_other(
    name: str, row: str, field: str, reason: str, tmp_path: Path
) -> None:
    lines = DUMP[name].splitlines(keepends=True)
    broken = "".join([*lines[:1], row.rstrip("\n") + "\n", *lines[1:]])
    tracks, rejected = added(folder(tmp_path, DUMP | {name: broken}))
    assert tracks == WANTED
    (bad,) = told(rejected)
    assert bad[:3] == (name, 2, field)
    assert bad[3].startswith(reason)


def test_a_recording_stands_alone_where_its_only_track_is_broken(tmp_path: Path) -> None:
    lost = table(track(1, 13, 99, "Tidewater", 2))
    tracks, rejected = added(folder(tmp_path, DUMP | {"track": DUMP["track"] + lost}))
    assert tracks == WANTED
    assert told(rejected) == [("track", 4, "medium", "points to medium 99, which is not there")]


def test_a_medium_without_its_release_is_told_of_by_its_track(tmp_path: Path) -> None:
    lines = DUMP["release"].splitlines(keepends=True)
    tracks, rejected = added(folder(tmp_path, DUMP | {"release": lines[0]}))
    assert tracks == [*WANTED[:2], WANTED[3]]
    assert told(rejected) == [("track", 3, "medium", "points to release 22 of medium 32, which is not there")]


def test_a_comment_that_names_no_version_and_a_title_that_names_one_stay_as_they_are(tmp_path: Path) -> None:
    songs = table(
        recording(11, "A", 1, comment="the one with bells"), recording(12, "B (live)", 1, comment="live, 2019"),
    )  # fmt: skip
    tracks, rejected = added(folder(tmp_path, DUMP | {"recording": songs, "track": "", "isrc": ""}))
    assert ([track.title for track in tracks], rejected) == (["A", "B (live)"], [])


def test_progress_ends_at_the_end(tmp_path: Path) -> None:
    many = table(*(recording(n, f"Song {n}", 1) for n in range(100, 20_100)))
    tracks = table(*(track(n, n, 31, f"Song {n}", 1) for n in range(100, 20_100)))
    path = folder(tmp_path, DUMP | {"recording": many, "track": tracks, "isrc": ""})
    seen: list[tuple[int, int]] = []
    builder = CatalogBuilder()
    assert add_file(builder, path, progress=lambda done, total: seen.append((done, total))) == []
    total = 2 * sum((path / "mbdump" / name).stat().st_size for name in DUMP if name != "artist_credit")
    assert (len(builder), seen[-1]) == (20_000, (total, total))
    assert len(seen) > 6
    assert seen == sorted(seen)


def test_what_progress_raises_stops_the_import(tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        add_file(CatalogBuilder(), folder(tmp_path, DUMP), progress=stop)


@pytest.mark.parametrize("name", ["artist_credit_name", "medium", "recording", "release", "track"])
def test_a_dump_that_lacks_a_table_is_refused_by_name(name: str, tmp_path: Path) -> None:
    path = folder(tmp_path, {other: text for other, text in DUMP.items() if other != name})
    with pytest.raises(UnreadableFile, match=f"is no dump of MusicBrainz: it has no table {name}$"):
        added(path)


def test_an_archive_that_is_cut_off_or_none_is_refused(tmp_path: Path) -> None:
    whole = archive(tmp_path / "mbdump.tar.bz2", DUMP).read_bytes()
    for content in (whole[: len(whole) // 2], b"nonsense", b"", b"BZh9" + b"x" * 600):
        path = tmp_path / "cut.tar.bz2"
        path.write_bytes(content)
        with pytest.raises(UnreadableFile, match=r"cut\.tar\.bz2: is no whole archive: "):
            added(path)


@given(st.binary().filter(lambda text: b"\0" not in text))
def test_copy_text_is_read_as_it_was_meant(text: bytes) -> None:
    written = text.replace(b"\\", b"\\\\")
    for sign, letter in {b"\t": b"t", b"\n": b"n", b"\r": b"r", b"\b": b"b", b"\f": b"f", b"\v": b"v"}.items():
        written = written.replace(sign, b"\\" + letter)
    ((line, columns),) = copy_text.rows(io.BytesIO(b"\\N\t" + written + b"\n\\.\nbehind the end\n"))
    assert columns is not None
    assert (line, [copy_text.value(column) for column in columns]) == (1, [None, text])


def test_copy_text_knows_characters_by_number() -> None:
    assert copy_text.value(rb"\101\x42\x4a\q") == b"ABJq"
