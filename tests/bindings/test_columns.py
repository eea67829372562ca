"""Files of tracks as columns in memory."""

from __future__ import annotations

import gc
import json
import random
from pathlib import Path
from typing import Any

import pandas
import polars
import pyarrow
import pytest

import musicsync
from musicsync import Catalog, EngineError, Matcher, TrackColumns, read_columns, read_jsonl

SONGS: list[dict[str, Any]] = [
    {"id": 1, "title": " Africa ", "artists": ["Toto", None], "album": "Toto IV", "isrc": "us-sm1-82-00342",
     "duration_ms": 295893, "release_year": 1982, "explicit": False},
    {"track_name": "夜に駆ける", "artist": "YOASOBI", "duration_s": 261.0, "explicit": True,
     "title_reading": "yoru ni"},
    {"title": "", "artist": None, "year": 0},
]  # fmt: skip

TABLE = {
    "id": ["1", None, None],
    "title": ["Africa", "夜に駆ける", None],
    "artists": [["Toto"], ["YOASOBI"], None],
    "album": ["Toto IV", None, None],
    "isrc": ["USSM18200342", None, None],
    "duration_ms": [295893, 261000, None],
    "release_year": [1982, None, None],
    "explicit": [False, True, None],
    "title_reading": [None, "yoru ni", None],
}


@pytest.fixture
def songs(tmp_path: Path) -> Path:
    path = tmp_path / "songs.jsonl"
    path.write_text("\n".join(json.dumps(song) for song in SONGS), encoding="utf-8")
    return path


def test_columns_hold_clean_values_and_null_for_unknown(songs: Path) -> None:
    columns = read_columns(songs)
    assert columns.columns == list(TABLE)
    table = pyarrow.table(columns)
    table.validate(full=True)
    assert table.to_pydict() == TABLE
    assert pyarrow.schema(columns) == table.schema
    frame = polars.from_arrow(pyarrow.table(columns))
    assert isinstance(frame, polars.DataFrame)
    assert polars.DataFrame(columns).to_dict(as_series=False) == TABLE == frame.to_dict(as_series=False)
    assert pandas.DataFrame.from_arrow(columns)["title"][1] == "夜に駆ける"  # type: ignore[attr-defined]


def test_rows_are_the_tracks_of_read_jsonl(songs: Path) -> None:
    columns, tracks = read_columns(songs), read_jsonl(songs)[0]
    assert len(columns) == len(tracks) == 3
    assert list(columns) == tracks == [columns[row] for row in range(3)]
    assert columns[-1] == tracks[-1]
    for row in (3, -4):
        with pytest.raises(IndexError, match=f"row {row} is outside of 3 rows"):
            columns[row]
    assert repr(columns) == "<TrackColumns: 3 tracks>"


def test_arrow_keeps_the_memory_that_the_columns_had(songs: Path) -> None:
    columns = read_columns(songs)
    address = pyarrow.table(columns).column("title").chunk(0).buffers()[2].address
    assert pyarrow.table(columns).column("title").chunk(0).buffers()[2].address == address
    table = pyarrow.table(columns)
    del columns
    gc.collect()
    assert table.to_pydict() == TABLE


def test_columns_are_taken_where_tracks_are(songs: Path) -> None:
    columns, tracks = read_columns(songs), read_jsonl(songs)[0]
    matcher, query = Matcher(), {"title": "Africa", "artist": "Toto"}
    assert [m.to_dict() for m in matcher.rank(query, columns)] == [m.to_dict() for m in matcher.rank(query, tracks)]
    assert list(matcher.score_pairs(columns, tracks)) == list(matcher.score_pairs(tracks, tracks))
    assert list(Catalog.from_tracks(columns)) == tracks


def test_bad_lines_raise_or_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "songs.jsonl"
    path.write_bytes(b'{"title": "a"}\n{"title": 3}\n\n{"title": "\xff"}\n{"title": "b"}\n{"title": "c')
    with pytest.raises(EngineError, match=r"songs.jsonl:2: title is a number, not text") as caught:
        read_columns(path)
    assert (caught.value.code, caught.value.field, caught.value.row) == ("invalid_value", "title", 1)
    columns = read_columns(path, on_error="skip")
    assert [track.title for track in columns] == ["a", "b"]
    assert [(line.line, line.code) for line in columns.rejected] == [
        (2, "invalid_value"), (4, "invalid_utf8"), (6, "invalid_json"),
    ]  # fmt: skip
    assert [line.to_dict() for line in columns.rejected] == [
        line.to_dict() for line in read_jsonl(path, on_error="skip")[1]
    ]
    assert repr(columns) == "<TrackColumns: 2 tracks, 3 lines rejected>"
    with pytest.raises(EngineError, match="on_error is 'ignore'"):
        read_columns(path, on_error="ignore")  # type: ignore[arg-type]
    with pytest.raises(EngineError, match="No such file"):
        read_columns(tmp_path / "nowhere.jsonl")


def test_a_file_of_nothing_has_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text("")
    columns = read_columns(path)
    assert len(columns) == 0
    assert pyarrow.table(columns).schema.names == columns.columns == list(TABLE)[:-1]
    path.write_text("{}\n{}\n")
    table = pyarrow.table(read_columns(path))
    table.validate(full=True)
    assert table.num_rows == 2
    assert all(column.null_count == 2 for column in table.columns)


def test_a_file_of_several_batches_is_one_table(tmp_path: Path) -> None:
    """Some batches lack columns that others have."""
    path = tmp_path / "many.jsonl"
    chance = random.Random(5)
    rows = [
        {"id": str(i), "title": "t" * chance.randrange(1, 200), "artists": ["a"] * chance.randrange(3),
         "isrc": "USSM18200342" if i > 60_000 else None, "artist_reading": "x" if i == 99_999 else None}
        for i in range(100_000)
    ]  # fmt: skip
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    columns = read_columns(path)
    table = pyarrow.table(columns)
    table.validate(full=True)
    assert table.column("id").num_chunks > 1
    assert table.select(["id", "title", "isrc", "artist_reading"]).to_pylist() == [
        {key: row[key] for key in ("id", "title", "isrc", "artist_reading")} for row in rows
    ]
    assert [names or [] for names in table.column("artists").to_pylist()] == [row["artists"] for row in rows]
    for row in (0, 50_000, 99_999):
        assert columns[row] == musicsync.Track.from_mapping(rows[row])


def test_the_class_has_no_constructor() -> None:
    with pytest.raises(TypeError, match="No constructor"):
        TrackColumns()
