"""Catalog and JSON Lines from Python."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy
import pytest

import musicsync
from musicsync import Catalog, EngineError, Track, _core

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


def dated() -> Catalog:
    """Ten releases of one song, from 1990 on, every other one of them explicit; the last is of nobody knows when."""
    return Catalog.from_tracks([
        Track(
            id=str(n), title="Africa", artists=["Toto"], release_year=1990 + n if n < 9 else None,
            duration_ms=200_000 + 1000 * n, explicit=None if n == 8 else n % 2 == 1,
        )
        for n in range(10)
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"year": 1993}, "3"),
        ({"year": (1996, None)}, "678"),
        ({"year": (None, 1991)}, "01"),
        ({"year": [1992, 1994]}, "234"),
        ({"year": (1994, 1992)}, ""),
        ({"duration_s": 204}, "4"),
        ({"duration_s": (207.5, None)}, "89"),
        ({"explicit": True}, "13579"),
        ({"explicit": False}, "0246"),
        ({"explicit": False, "year": (1993, None), "duration_s": (None, 205)}, "4"),
    ],
)
def test_a_search_finds_those_that_pass(filters: dict[str, Any], found: str) -> None:
    query = {"title": "Africa", "artist": "Toto"}
    assert "".join(sorted(hit.track.id or "" for hit in dated().search(query, **filters))) == found
    (hits,) = dated().search_batch([query], **filters)
    assert "".join(sorted(hit.track.id or "" for hit in hits)) == found


@pytest.mark.parametrize(
    ("filters", "error", "why"),
    [
        ({"year": "1993"}, TypeError, "year: a limit is no number: '1993'"),
        ({"year": (1, 2, 3)}, ValueError, "year: two limits are needed"),
        ({"duration_s": -1}, ValueError, "duration_s: no length of a track"),
        ({"duration_s": (float("nan"), None)}, ValueError, "duration_s: no length of a track"),
        ({"explicit": 1}, TypeError, "explicit: True, False or None is needed, not 1"),
    ],
)
def test_what_is_no_filter_is_told(filters: dict[str, Any], error: type[Exception], why: str) -> None:
    with pytest.raises(error, match=why):
        dated().search({"title": "Africa"}, **filters)


def test_recordings_have_their_releases() -> None:
    catalogue, query = dated(), {"title": "Africa", "artist": "Toto"}
    recordings = catalogue.search_recordings(query, k=3)
    assert len(recordings[0]) >= 2
    assert recordings[0][0].score == catalogue.search(query)[0].score
    assert {hit.track.id for releases in recordings for hit in releases} == set("0123456789")
    ((only,),) = catalogue.search_recordings(query, year=1993)
    assert only.track.id == "3"


def test_a_catalogue_decides_for_many_at_once() -> None:
    catalogue = dated()
    accepted, nothing = catalogue.join([{"title": "Africa", "artist": "Toto"}, {"title": "Rosanna"}], limit=3)
    assert (accepted.verdict, len(accepted.candidates)) == ("accept", 3)
    assert accepted.best in [one.index for one in accepted.candidates]
    assert (nothing.verdict, nothing.best, nothing.reasons) == ("reject", None, ["no_candidates"])
    with pytest.raises(EngineError, match="accept"):
        catalogue.join([], accept=2)


def test_a_catalogue_finds_its_duplicates() -> None:
    catalogue = Catalog.from_tracks(
        [{"title": name, "artist": "Toto"} for name in ("Africa", "Rosanna", "AFRICA", "x")]
    )
    pairs = catalogue.duplicates()
    assert (pairs.dtype, pairs.shape, pairs.tolist()) == (numpy.uint32, (1, 2), [[0, 2]])
    assert catalogue.duplicates(1).tolist() == []
    assert catalogue.deduplicate().tolist() == [0, 1, 0, 3]
    assert _core.groups(4, pairs).tolist() == [0, 1, 0, 3]
    with pytest.raises(ValueError, match="pairs: row 0 names a position outside of 2"):
        _core.groups(2, pairs)
    with pytest.raises(ValueError, match="pairs: an array of two columns is needed"):
        _core.groups(2, pairs.reshape(-1))

    def stop(done: int, total: int) -> None:
        raise RuntimeError("enough")

    for call in (catalogue.deduplicate, catalogue.duplicates, lambda progress: catalogue.join([{}], progress=progress)):
        with pytest.raises(RuntimeError, match="enough"):
            call(progress=stop)


@pytest.fixture
def changing(tmp_path: Path) -> Path:
    path = tmp_path / "songs.msc"
    Catalog.from_tracks([{"id": str(i), "title": f"Song {i}", "isrc": f"USRC1760783{i}"} for i in range(5)]).save(path)
    return path


def test_a_catalogue_is_added_to_and_removed_from(changing: Path) -> None:
    opened = Catalog.open(changing, mapped=True)
    done = Catalog.add(changing, [{"id": "3", "title": "Song 3, again"}, {"id": "9", "title": "Song 9"}], replace=True)
    assert done == {"added": 2, "removed": 1, "tracks": 6, "shards": 2, "missing": []}
    done = Catalog.remove(changing, ids=["0", "nobody"], isrcs=["US-RC1-76-07831"])
    assert done == {"added": 0, "removed": 2, "tracks": 4, "shards": 2, "missing": ["nobody"]}
    titles = ["Song 2", "Song 4", "Song 3, again", "Song 9"]
    now = Catalog.open(changing)
    assert [track.title for track in now] == titles
    assert now.search({"title": "Song 9"}, k=1)[0].index == 3
    assert len(opened) == 5  # what is open stays as it was
    assert Catalog.compact(changing, whole=True)["shards"] == 1
    assert [track.title for track in Catalog.open(changing)] == titles
    assert [track.title for track in pickle.loads(pickle.dumps(now))] == titles
    assert Catalog.verify(changing) == []


def test_a_catalogue_in_several_files_tells_of_each(changing: Path) -> None:
    Catalog.add(changing, Catalog.from_tracks([{"id": "9", "title": "Song 9"}]))
    Catalog.remove(changing, ids=["1"])
    info = Catalog.info(changing)
    assert info["tracks"] == 5
    assert [(shard["name"], shard["tracks"], shard["removed"]) for shard in info["shards"]] == [
        ("0.msc", 5, 1),
        ("1.msc", 1, 0),
    ]
    files = [changing, *changing.with_name("songs.msc.shards").iterdir()]
    assert info["bytes"] == sum(file.stat().st_size for file in files)
    (changing.with_name("songs.msc.shards") / "1.msc").unlink()
    with pytest.raises(EngineError, match=r"songs\.msc\.shards/1\.msc: opening: No such file") as caught:
        Catalog.open(changing)
    assert caught.value.code == "io"
    assert len(Catalog.verify(changing)) == 1


def test_what_cannot_be_changed_is_told_of(changing: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"none\.msc: opening: No such file"):
        Catalog.add(tmp_path / "none.msc", [])
    with pytest.raises(EngineError, match="not an ISRC"):
        Catalog.remove(changing, isrcs=["US"])
    with pytest.raises(TypeError, match="ids: strings are needed"):
        Catalog.remove(changing, ids="12")
    with pytest.raises(TypeError, match="ids"):
        Catalog.remove(changing, ids=[12])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="title must be str"):
        Catalog.add(changing, [{"title": 3}])
    (tmp_path / "songs.txt").write_text("no catalogue")
    with pytest.raises(EngineError, match="this is no catalogue"):
        Catalog.add(tmp_path / "songs.txt", [{"title": "Song"}])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["songs.msc", "songs.txt"]


def test_a_change_that_is_stopped_leaves_the_catalogue(changing: Path) -> None:
    before = changing.read_bytes()

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Catalog.add(changing, [{"title": f"Song {i}"} for i in range(3000)], progress=stop)
    assert changing.read_bytes() == before
    assert [path.name for path in changing.parent.iterdir()] == ["songs.msc"]


def test_a_builder_takes_all_of_a_catalogue(changing: Path) -> None:
    Catalog.remove(changing, ids=["2"])
    builder = _core.CatalogBuilder()
    builder.add([{"title": "First"}])
    builder.add(Catalog.open(changing))
    assert [track.title for track in builder.build()] == ["First", "Song 0", "Song 1", "Song 3", "Song 4"]
