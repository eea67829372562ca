"""Tracks out of files of many kinds: what is good arrives, what is bad is told of by line and field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from musicsync import CatalogBuilder, EngineError, Track
from musicsync.imports.tracks import Rejected, UnreadableFile, add_file

pyarrow = pytest.importorskip("pyarrow", reason="needs musicsync-engine[tuning]")

ROWS: list[dict[str, Any]] = [
    {"id": "1", "title": "Africa", "artist": "Toto", "isrc": "USSM18200342", "duration_ms": 295_893, "year": 1982},
    {"id": "2", "title": 'Say "Hello", "again"', "artist": "Ann Lee, Jane Doe", "explicit": True},
    {"id": "3", "title": "夜に駆ける", "artist": "YOASOBI", "album": "THE BOOK", "duration_s": 261.5},
]


def added(path: Path) -> tuple[list[Track], list[Rejected]]:
    builder = CatalogBuilder()
    rejected = add_file(builder, path)
    return list(builder.build()), rejected


def as_table(rows: list[dict[str, Any]]) -> Any:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pyarrow.table({name: [row.get(name) for row in rows] for name in names})


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    from pyarrow import csv, feather, ipc, parquet

    table = as_table(rows)
    match path.suffix:
        case ".jsonl":
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        case ".csv":
            csv.write_csv(table, path)
        case ".tsv":
            csv.write_csv(table, path, csv.WriteOptions(delimiter="\t"))
        case ".parquet":
            parquet.write_table(table, path, row_group_size=2)
        case ".feather":
            feather.write_feather(table, str(path))
        case ".arrow":
            with ipc.new_file(str(path), table.schema) as sink:
                sink.write_table(table, max_chunksize=2)
        case ".arrows":
            with ipc.new_stream(str(path), table.schema) as sink:
                sink.write_table(table, max_chunksize=2)
    return path


@pytest.mark.parametrize("kind", [".jsonl", ".csv", ".tsv", ".parquet", ".feather", ".arrow", ".arrows"])
def test_every_kind_of_file_gives_the_same_tracks(kind: str, tmp_path: Path) -> None:
    tracks, rejected = added(written(tmp_path / f"songs{kind}", [row | {"comment": "x"} for row in ROWS]))
    assert rejected == []
    assert tracks == [Track.from_mapping(row) for row in ROWS]


@pytest.mark.parametrize("kind", [".parquet", ".arrow"])
def test_a_bad_row_costs_no_other(kind: str, tmp_path: Path) -> None:
    rows = [*ROWS, {"id": "4", "title": "Late", "year": 12_345}, {"id": "5", "title": "Last"}]
    tracks, (bad,) = added(written(tmp_path / f"songs{kind}", rows))
    assert [track.id for track in tracks] == ["1", "2", "3", "5"]
    assert (bad.line, bad.field, bad.code) == (4, "release_year", "invalid_value")


def test_a_column_of_another_type_costs_only_the_rows_that_have_something_in_it(tmp_path: Path) -> None:
    from pyarrow import parquet

    path = tmp_path / "songs.parquet"
    titles = pyarrow.array(["Africa", "Rosanna", "Hello"])
    parquet.write_table(pyarrow.table({"title": titles, "album": [None, 4, None]}), path)
    tracks, (bad,) = added(path)
    assert [track.title for track in tracks] == ["Africa", "Hello"]
    assert (bad.line, bad.reason) == (2, "album must be str, not int")


def test_the_rows_of_later_batches_are_counted_on(tmp_path: Path) -> None:
    rows = [{"title": f"Song {n}", "year": 12_345 if n in (1, 6) else 1982} for n in range(8)]
    tracks, rejected = added(written(tmp_path / "songs.arrows", rows))
    assert len(tracks) == 6
    assert [bad.line for bad in rejected] == [2, 7]


def test_lines_of_a_table_that_are_no_tracks_are_told_of(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv"
    path.write_bytes(
        b"\xef\xbb\xbfTitle,Artist,Duration ms,Explicit,Comment\r\n"
        b"Africa,Toto,295893,no,x\r\n"
        b"Rosanna,Toto,long,,\r\n"
        b'"Two\nlines",Toto,,,\r\n'
        b"Caf\xe9,Toto,,,\r\n"
        b"\r\n"
        b"Hello,Adele,,perhaps,\r\n"
        b"One,too,1,yes,many,cells\r\n"
        b"Short\r\n"
    )
    tracks, rejected = added(path)
    assert [track.title for track in tracks] == ["Africa", "Two\nlines", "Short"]
    assert (tracks[0].duration_ms, tracks[0].explicit) == (295_893, False)
    assert [(bad.line, bad.field, bad.code) for bad in rejected] == [
        (3, "", "invalid_value"), (6, "title", "invalid_utf8"), (8, "", "invalid_value"),
        (9, "", "length_mismatch"),
    ]  # fmt: skip
    assert all(bad.reason and bad.file == str(path) for bad in rejected)
    assert ["duration_ms" in rejected[0].reason, "explicit" in rejected[2].reason] == [True, True]


def test_progress_ends_at_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = written(tmp_path / "songs.csv", ROWS * 9000)
    rejected = add_file(builder := CatalogBuilder(), path, progress=lambda done, total: told.append((done, total)))
    assert (len(builder), rejected) == (27_000, [])
    assert told[-1] == (path.stat().st_size, path.stat().st_size)
    assert sorted(told) == told


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("songs.mp3", b"x", "tracks are read out of .jsonl .ndjson .csv"),
        ("songs.csv", b"", "its first line names no column of a track"),
        ("songs.csv", b"name,length\nAfrica,3\n", "its first line names no column of a track"),
        ("songs.csv", b'"title"x,artist\nAfrica,Toto\n', "its first line names no columns: "),
        ("songs.parquet", b"PAR1nonsense", "is no parquet: "),
        ("songs.arrow", b"nonsense", "is no arrow: "),
        ("songs.arrows", b"nonsense", "is no arrows: "),
    ],
)
def test_a_file_without_tracks_is_refused_by_name(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as caught:
        added(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert said in str(caught.value)


def test_a_file_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="No such file"):
        added(tmp_path / "none.jsonl")
    with pytest.raises(OSError, match="No such file"):
        added(tmp_path / "none.csv")
