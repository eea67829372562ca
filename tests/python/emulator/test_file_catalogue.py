"""A catalogue file of the engine behind the emulator: opened mapped, searched by the engine, as Spotify would."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest

from musicsync import Catalog
from musicsync.emulator.__main__ import opened
from musicsync.emulator.catalogue import Catalogue, CatalogueError, load, twin_id
from musicsync.emulator.file_catalogue import FileCatalogue, FileSearch
from tests.python.emulator.emulated import ITEMS, NOBODYS_ID, ROWS, Client, write_rows
from tests.python.emulator.test_process import process, run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("catalogue")
    Catalog.from_jsonl(write_rows(folder / "rows.jsonl")).save(folder / "tracks.jsonl")
    return folder


@pytest.fixture(scope="module")
def file(folder: Path) -> FileCatalogue:
    catalogue = opened([folder / "tracks.jsonl"])  # told by how it begins, not by its name
    assert isinstance(catalogue, FileCatalogue)
    return catalogue


@pytest.fixture(scope="module")
def lines(folder: Path) -> Catalogue:
    return load([folder / "rows.jsonl"])


@pytest.fixture(scope="module")
def search(file: FileCatalogue) -> FileSearch:
    return FileSearch(file)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("africa toto", ["Africa", "Africa - Live"]),
        ("AFRICA", ["Africa", "Africa - Live"]),
        ("afica toto", ["Africa", "Africa - Live"]),
        ("blinding lihgts", ["Blinding Lights"]),
        ("blinding lights weekend", ["Blinding Lights"]),
        ("track:africa artist:toto", ["Africa", "Africa - Live"]),
        ("track:africa artist:queen", []),
        ("track:afica artist:toto", ["Africa", "Africa - Live"]),
        ("track:africa year:1982", ["Africa"]),
        ("track:africa year:1983-1999", ["Africa - Live"]),
        ("track:africa year:eighties", []),
        ("year:1978", ["Don't Stop Me Now"]),
        ("artist:toto album:\"toto iv\" rosanna", ["Rosanna"]),
        ("track:\"Under Pressure\" artist:\"David Bowie\"", ["Under Pressure", "Under Pressure"]),
        ("track:\"Under Pressure\" artist:\"Queen, David Bowie\"", []),
        ("artist:\"Tyler, The Creator\"", ["See You Again"]),
        ("track:Don't Stop Me Now artist:Queen", []),
        ("track:Dont Stop Me Now artist:Queen", ["Don't Stop Me Now"]),
        ("isrc:ussm18200001", ["Africa"]),
        ("isrc:USSM18200001 artist:queen", []),
        ("isrc:GBUM71505078", ["Under Pressure", "Under Pressure"]),
        ("isrc:USSM18299999", []),
        ("isrc:US-SM1-82-00001", []),
        ("isrc:USSM18200001 OR isrc:USUG11904206", []),
        ("genre:rock", []),
        ("夜に駆ける", ["夜に駆ける"]),
        ("yoru ni kakeru yoasobi", []),
        ("completely unheard words", []),
        ("!!!", []),
        ("\ud800\0", []),
    ],
)  # fmt: skip
def test_queries_find(search: FileSearch, file: FileCatalogue, query: str, found: list[str]) -> None:
    assert [file[place].name for place in search.find(query)] == found


def test_its_tracks_are_those_of_the_lines_it_was_built_of(file: FileCatalogue, lines: Catalogue) -> None:
    known = [(one.name, one.artists, one.album, one.isrc, one.release_date, one.explicit) for one in lines.tracks]
    assert [
        (one.name, one.artists, one.album, one.isrc, one.release_date, one.explicit) for one in file.every()
    ] == known
    assert len(file) == len(lines)


def test_a_track_that_was_never_shown_is_found_by_its_id_and_then_by_its_other_id(
    file: FileCatalogue, folder: Path
) -> None:
    fresh = FileCatalogue(folder / "tracks.jsonl")
    for one in file.every():
        assert fresh.get(one.id) == one
    assert [fresh.get(twin_id(one)) for one in file.every()] == list(file.every())
    assert fresh.get(NOBODYS_ID) is None


def test_more_are_found_where_more_are_asked_for(tmp_path: Path) -> None:
    Catalog.from_tracks([{"title": "Hello", "artist": f"Band {n}"} for n in range(90)]).save(tmp_path / "many.msc")
    search = FileSearch(FileCatalogue(tmp_path / "many.msc"))
    assert (len(search.find("hello", None, 5)), len(search.find("hello", None, 80))) == (50, 80)


async def test_it_is_served_as_any_other_and_found_again_after_a_restart(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "tracks.jsonl").write_bytes((folder / "tracks.jsonl").read_bytes())
    async with aiohttp.ClientSession() as http:
        with process(tmp_path) as (_, url):
            client = Client(url, http)
            await client.sign_in()
            page = (await client.get("/v1/search", q="africa toto", type="track", limit=1)).body["tracks"]
            assert (len(page["items"]), page["total"], bool(page["next"])) == (1, 2, True)
            rest = (await client.get("/v1/search", q="africa toto", type="track", limit=1, offset=1)).body["tracks"]
            assert [one["name"] for one in (*page["items"], *rest["items"])] == ["Africa", "Africa - Live"]
            assert (await client.post(ITEMS, {"uris": [page["items"][0]["uri"]]})).status == 201
            assert (await client.post(ITEMS, {"uris": [f"spotify:track:{NOBODYS_ID}"]})).status == 400
        with process(tmp_path) as (_, url):
            client.url = url
            (item,) = (await client.get(ITEMS)).body["items"]
            assert item["item"]["name"] == "Africa"
            assert (await client.get("/_emulator/health")).body["tracks"] == len(ROWS)


def test_a_damaged_file_or_a_second_one_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = (folder / "tracks.jsonl").read_bytes()
    (tmp_path / "bad.msc").write_bytes(whole[: len(whole) // 2])
    code, said = run(capsys, "--catalogue", str(tmp_path / "bad.msc"), "--port", "0", "--data", str(tmp_path / "data"))
    assert (code, "bad.msc" in said) == (2, True)
    with pytest.raises(CatalogueError, match="must be the only one"):
        opened([folder / "tracks.jsonl", folder / "rows.jsonl"])
