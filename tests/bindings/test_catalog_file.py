"""A catalogue's file from Python."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

import musicsync
from musicsync import Catalog, CatalogBuilder, EngineError, Track

QUERY = {"title": "Afrca 2071", "artist": "Toto 6"}


def track(i: int) -> Track:
    return Track(
        id=str(i), title=f"Africa {i}", artists=[f"Toto {i % 7}"], album=f"IV {i // 9}", duration_ms=200_000 + i
    )


def tracks(count: int) -> list[Track]:
    return [track(i) for i in range(count)]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("catalogue") / "songs.msc"
    Catalog.from_tracks(tracks(5000)).save(path)
    return path


@pytest.mark.parametrize("mapped", [False, True])
def test_what_is_saved_is_opened(file: Path, mapped: bool) -> None:
    built, opened = Catalog.from_tracks(tracks(5000)), Catalog.open(file, mapped=mapped)
    assert list(opened)[:50] == list(built)[:50]
    assert len(opened) == 5000
    for profile in ("standard", "classic"):
        expected = [(hit.track, hit.score, hit.probability) for hit in built.search(QUERY, profile=profile)]
        assert [(hit.track, hit.score, hit.probability) for hit in opened.search(QUERY, profile=profile)] == expected
        assert expected[0][0].title == "Africa 2071"


def test_a_file_says_what_it_holds(file: Path) -> None:
    info = Catalog.info(file)
    assert (info["tracks"], info["bytes"], info["format"]) == (5000, file.stat().st_size, 3)
    assert (info["has_rows"], info["read_as_now"]) == (True, True)
    assert 0 < sum(info["sections"].values()) < info["bytes"]


def test_damage_is_told_of(file: Path, tmp_path: Path) -> None:
    assert Catalog.verify(file) == []
    damaged = bytearray(file.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    path = tmp_path / "damaged.msc"
    path.write_bytes(damaged)
    (fault,) = Catalog.verify(path)
    assert fault.startswith(f"{path}: section ")
    assert fault.endswith("is damaged: its checksum is another")
    path.write_bytes(damaged[:1000])
    with pytest.raises(EngineError, match="it has 1000 bytes, not the") as caught:
        Catalog.open(path)
    assert caught.value.code == "damaged"
    path.write_text("{}")
    with pytest.raises(EngineError, match="this is no catalogue"):
        Catalog.info(path)
    with pytest.raises(EngineError, match="No such file") as caught:
        Catalog.verify(tmp_path / "none.msc")
    assert caught.value.code == "io"


def test_a_folder_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="No such file or directory") as caught:
        Catalog.from_tracks(tracks(3)).save(tmp_path / "none" / "songs.msc")
    assert caught.value.code == "io"


def test_a_catalogue_is_built_of_parts(tmp_path: Path) -> None:
    lines = tmp_path / "songs.jsonl"
    lines.write_text('{"title": "Rosanna", "artist": "Toto"}\n{"title": 3}\n{"title": "Hello"}')
    builder = CatalogBuilder()
    builder.add(tracks(3))
    rejected = builder.add_jsonl(lines)
    builder.add([{"title": "Last"}])
    assert len(builder) == 6
    titles = ["Africa 0", "Africa 1", "Africa 2", "Rosanna", "Hello", "Last"]
    assert [one.title for one in builder.build()] == titles
    assert [(bad.line, bad.field) for bad in rejected] == [(2, "title")]
    assert len(builder) == 0
    with pytest.raises(EngineError, match=r"tracks\[1\]"):
        builder.add([{"title": "a"}, {"title": "b", "duration_ms": -1}])
    assert len(builder) == 0


def test_progress_is_told_and_stops(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    catalogue = Catalog.from_tracks(tracks(3000), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (3000, 3000)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "songs.msc"
    with pytest.raises(KeyboardInterrupt):
        catalogue.save(path, progress=stop)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(KeyboardInterrupt):
        Catalog.from_tracks(tracks(3000), progress=stop)


def test_other_words_open_the_file_all_the_same(file: Path, tmp_path: Path) -> None:
    words = tmp_path / "words.tsv"
    words.write_text("Vaporwave\ttail\tremix\tvaporwave\n", encoding="utf-8")
    before = [(hit.track, hit.score) for hit in Catalog.open(file).search(QUERY)]
    musicsync.load_vocabulary(words)
    try:
        assert Catalog.info(file)["read_as_now"] is False
        assert [(hit.track, hit.score) for hit in Catalog.open(file).search(QUERY)] == before
    finally:
        musicsync.reset_vocabulary()


def test_tracks_that_were_made_by_other_words_are_not_kept(tmp_path: Path) -> None:
    words = tmp_path / "words.tsv"
    words.write_text("Vaporwave\ttail\tremix\tvaporwave\n", encoding="utf-8")
    songs = [*tracks(3000), Track(title="Africa (Vaporwave)", artists=["Toto 6"])]
    query = {"title": "Africa", "artist": "Toto 6"}
    catalogue = Catalog.from_tracks(songs)
    expected = musicsync.Matcher().score(query, songs[-1])
    musicsync.load_vocabulary(words)
    try:
        assert catalogue[-1].title == "Africa (Vaporwave)"
        catalogue.search({"title": "Africa", "artist": "x" * 300}, profile="classic")
        other = musicsync.Matcher().score(query, Track(title="Africa (Vaporwave)", artists=["Toto 6"]))
        assert (
            {hit.track.title: hit.score for hit in catalogue.search(query, k=3001)}["Africa (Vaporwave)"]
            == other
            != expected
        )
    finally:
        musicsync.reset_vocabulary()
    assert {hit.track.title: hit.score for hit in catalogue.search(query, k=3001)}["Africa (Vaporwave)"] == expected


def found_in(path: Path) -> list[str | None]:
    return [hit.track.id for hit in Catalog.open(path, mapped=True).search(QUERY, k=3)]


def test_processes_read_while_one_writes(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "songs.msc"
    catalogue = Catalog.open(file)
    catalogue.save(path)
    expected = found_in(path)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        running = pool.map_async(found_in, [path] * 20)
        while not running.ready():
            catalogue.save(path)
        assert running.get() == [expected] * 20
