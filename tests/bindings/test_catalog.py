"""Catalog and JSON Lines from Python."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import musicsync
from musicsync import Catalog, EngineError

GOOD = '{"id": "1", "title": "Africa", "artist": "Toto", "isrc": "USSM18200342"}\n'
BAD = '{"title": 3}\n'


@pytest.fixture
def songs(tmp_path: Path) -> Path:
    path = tmp_path / "songs.jsonl"
    path.write_text(GOOD + BAD + '{"id": "2", "title": "Rosanna", "artist": "Toto"}\n{"title": "cut')
    return path


def test_bad_lines_are_raised_with_file_and_line(songs: Path) -> None:
    with pytest.raises(EngineError, match=r"songs\.jsonl:2: title is a number, not text") as caught:
        Catalog.from_jsonl(songs)
    assert (caught.value.code, caught.value.field, caught.value.row) == ("invalid_value", "title", 1)


def test_bad_lines_are_skipped_and_listed_when_asked(songs: Path) -> None:
    catalog = Catalog.from_jsonl(str(songs), on_error="skip")
    assert len(catalog) == 2
    assert [(bad.line, bad.field, bad.code) for bad in catalog.rejected] == [
        (2, "title", "invalid_value"),
        (4, "", "invalid_json"),
    ]
    tracks, rejected = musicsync.read_jsonl(songs, on_error="skip")
    assert tracks == list(catalog)
    assert rejected[0].to_dict()["reason"] == "title is a number, not text"


def test_an_unreadable_file_says_why(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="No such file or directory") as caught:
        Catalog.from_jsonl(tmp_path / "none.jsonl")
    assert caught.value.code == "io"
    with pytest.raises(EngineError, match="on_error is 'ignore'"):
        Catalog.from_jsonl(tmp_path / "none.jsonl", on_error="ignore")  # type: ignore[arg-type]


def test_a_catalogue_is_a_sequence_that_pickles(songs: Path) -> None:
    catalog = Catalog.from_jsonl(songs, on_error="skip")
    assert catalog[-1].title == "Rosanna"
    with pytest.raises(IndexError, match="index 2 is outside a catalogue of 2 tracks"):
        catalog[2]
    assert list(pickle.loads(pickle.dumps(catalog))) == list(catalog)
    assert repr(catalog) == "<Catalog of 2 tracks>"


def test_search_finds_and_batches(songs: Path) -> None:
    catalog = Catalog.from_jsonl(songs, on_error="skip")
    best = catalog.search({"title": "africa", "artist": "toto"}, k=1)[0]
    assert (best.track.id, best.index, best.score) == ("1", 0, 1.0)
    assert catalog.search({"title": "zzz"}, cutoff=0.9) == []
    batch = catalog.search_batch([{"title": "africa"}, {"title": "rosanna"}], k=1)
    assert [hits[0].track.title for hits in batch] == ["Africa", "Rosanna"]


def test_a_batch_of_searches_tells_how_far_it_is_and_stops() -> None:
    tracks = [{"title": f"song {number} of {number % 7}", "artist": f"artist {number % 99}"} for number in range(3000)]
    catalog, queries = Catalog.from_tracks(tracks), tracks[:40]
    told: list[tuple[int, int]] = []
    found = catalog.search_batch(queries, k=3, threads=1, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (40, 40)
    assert [[hit.index for hit in hits] for hits in found] == [
        [hit.index for hit in catalog.search(query, k=3)] for query in queries
    ]
    with pytest.raises(TimeoutError, match="enough"):
        catalog.search_batch(queries * 200, k=3, threads=1, progress=enough)


def enough(_done: int, _total: int) -> None:
    raise TimeoutError("enough")


def test_an_isrc_is_found_in_any_spelling(songs: Path) -> None:
    catalog = Catalog.from_jsonl(songs, on_error="skip")
    assert [track.id for track in catalog.lookup_isrc("us-sm1-82-00342")] == ["1"]
    assert catalog.lookup_isrc("GBAAA9900001") == []
    with pytest.raises(EngineError) as caught:
        catalog.lookup_isrc("nonsense")
    assert caught.value.code == "invalid_isrc"
