"""`/catalogue`, over a real file."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from musicsync import Catalog, Matcher
from musicsync.api.app import create_app
from musicsync.engine import NativeEngine
from musicsync.errors import SettingsError
from musicsync.local_catalogue import LocalCatalogue
from musicsync.settings import load
from musicsync.wiring import open_catalogue

from .conftest import client_of
from .fake import FakeEngine, FakeService, FakeStore

Api = httpx2.AsyncClient
SONGS = [
    {"id": "a", "title": "Africa", "artist": "Toto", "album": "Toto IV", "year": 1982, "duration_s": 295},
    {"id": "b", "title": "Rosanna", "artist": "Toto", "isrc": "USSM18200342", "explicit": False},
    {"id": "c", "title": "Hello", "artist": "Adele", "year": 2015, "explicit": True},
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("catalogue") / "songs.msc"
    Catalog.from_tracks(SONGS).save(path)
    return path


def app_over(file: Path, engine: Any = None) -> FastAPI:
    service = FakeService()
    settings = load(_env_file=None, data_dir=Path("unused"), allowed_hosts="testserver")
    return create_app(service, FakeStore(service), engine or FakeEngine(), settings, catalogue=LocalCatalogue(file))  # type: ignore[arg-type]


@pytest.fixture
async def searched(file: Path) -> AsyncIterator[Api]:
    async with client_of(app_over(file)) as client:
        yield client


async def test_it_says_what_it_holds(searched: Api, file: Path) -> None:
    state = (await searched.get("/api/v1/catalogue")).json()
    assert state == {"tracks": 3, "bytes": Catalog.info(file)["bytes"], "format": 3, "read_as_now": True}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "toto africa", "limit": 1}, "a"),
        ({"q": "Afrca", "artist": "Toto", "cutoff": 0.5}, "a"),
        ({"q": "US-SM1-82-00342"}, "b"),
        ({"q": "GBAAA9900001", "cutoff": 0.9}, ""),
        ({"isrc": "USSM18200342", "q": "Rosanna", "cutoff": 0.5}, "b"),
        ({"q": "adele hello", "limit": 1}, "c"),
        ({"q": "Hello", "year_from": 2000}, "c"),
        ({"q": "Hello", "year_to": 1999}, "a"),
        ({"q": "Hello", "explicit": "true"}, "c"),
        ({"q": "Hello", "profile": "classic", "cutoff": 0.4}, "c"),
    ],
)
async def test_a_search_finds_the_best(searched: Api, query: dict[str, Any], found: str) -> None:
    answer = (await searched.get("/api/v1/catalogue/search", params=query)).json()
    assert "".join(hit["id"] for hit in answer["hits"]) == found


async def test_a_hit_tells_all_that_is_known(searched: Api) -> None:
    (hit,) = (
        await searched.get("/api/v1/catalogue/search", params={"q": "Africa", "artist": "Toto", "limit": 1})
    ).json()["hits"]
    expected = Catalog.from_tracks(SONGS).search({"title": "Africa", "artist": "Toto"}, k=1)[0]
    assert hit == {
        "position": 0, "id": "a", "title": "Africa", "artists": ["Toto"], "album": "Toto IV", "isrc": None,
        "duration_ms": 295_000, "release_year": 1982, "explicit": None, "score": expected.score,
        "probability": expected.probability, "explanation": None,
    }  # fmt: skip


async def test_each_hit_is_explained_where_that_is_asked_for(searched: Api) -> None:
    for profile in ("standard", "classic"):
        query = {"q": "Afrca", "artist": "Toto", "explain": "true", "profile": profile}
        hits = (await searched.get("/api/v1/catalogue/search", params=query)).json()["hits"]
        assert [hit["id"] for hit in hits] == ["a", "b", "c"]
        for hit in hits:
            song = next(song for song in SONGS if song["id"] == hit["id"])
            why = Matcher(profile).explain({"title": "Afrca", "artist": "Toto"}, song)
            assert hit["explanation"] == json.loads(json.dumps(why.to_dict()))
            assert (hit["score"], hit["probability"]) == (why.score, why.probability)


async def test_a_hit_by_its_isrc_is_explained_by_that(searched: Api) -> None:
    (hit,) = (await searched.get("/api/v1/catalogue/search?q=USSM18200342&explain=true")).json()["hits"]
    assert (hit["id"], hit["score"], hit["explanation"]["isrc_equal"]) == ("b", 1.0, True)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "q"),
        ({"q": "x", "isrc": "USSM1820034"}, "isrc"),
        ({"q": " "}, "q"),
        ({"q": "x", "limit": 0}, "limit"),
        ({"q": "x", "cutoff": 2}, "cutoff"),
    ],
)
async def test_what_is_no_search_is_told(searched: Api, query: dict[str, Any], field: str) -> None:
    answer = await searched.get("/api/v1/catalogue/search", params=query)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


@pytest.fixture
async def deciding(file: Path) -> AsyncIterator[Api]:
    """With the real engine, too."""
    engine = NativeEngine()
    async with client_of(app_over(file, engine)) as client:
        yield client
    engine.close()


async def test_a_song_without_candidates_is_matched_with_the_catalogue(deciding: Api) -> None:
    body = {"track_name": "africa", "artist": "TOTO", "duration": "4:55"}
    answer = (await deciding.post("/api/v1/match", json=body)).json()
    (decision,) = Catalog.from_tracks(SONGS).join([{"title": "africa", "artist": "TOTO", "duration_ms": 295_000}])
    assert (answer["verdict"], answer["chosen"], answer["confidence"]) == ("accept", 0, decision.probability)
    assert answer["explanation"]
    best = answer["matches"][0]
    assert (best["rank"], best["index"], best["id"], best["album"]) == (1, 0, "a", "Toto IV")


async def test_a_song_that_only_shares_its_isrc_is_shown_with_the_reasons(deciding: Api) -> None:
    body = {"track_name": "Something", "artist": "Somebody", "isrc": "US-SM1-82-00342"}
    answer = (await deciding.post("/api/v1/match", json=body)).json()
    assert answer["verdict"] != "accept"
    assert [(one["index"], one["id"]) for one in answer["matches"]] == [(1, "b")]
    assert answer["matches"][0]["reasons"]


async def test_nothing_alike_is_a_rejection(deciding: Api) -> None:
    answer = await deciding.post("/api/v1/match", json={"track_name": "Xyzzy", "artist": "Plugh", "candidates": None})
    assert (answer.status_code, answer.json()["verdict"], answer.json()["matches"]) == (200, "reject", [])


async def test_candidates_are_preferred_to_the_catalogue(deciding: Api) -> None:
    body = {"track_name": "Africa", "artist": "Toto", "candidates": [{"title": "Rosanna", "artist": "Toto"}]}
    (match,) = (await deciding.post("/api/v1/match", json=body)).json()["matches"]
    assert (match["index"], match["id"], match["title"]) == (0, None, "Rosanna")


async def test_without_a_catalogue_it_says_what_to_do(app_of: Callable[..., FastAPI]) -> None:
    async with client_of(app_of()) as api:
        for path in ("catalogue", "catalogue/search?q=x"):
            answer = await api.get(f"/api/v1/{path}")
            assert answer.status_code == 404
            assert "set MUSICSYNC_CATALOGUE to a file that" in answer.json()["detail"]
        answer = await api.post("/api/v1/match", json={"track_name": "Africa", "artist": "Toto"})
        assert answer.status_code == 404
        assert answer.json()["detail"].startswith("`candidates` is missing, and this server has no catalogue: set")


@pytest.mark.parametrize(("content", "why"), [(None, "songs.msc"), (b"Africa", "songs.msc: this is no catalogue")])
def test_a_file_that_is_none_ends_the_start(tmp_path: Path, content: bytes | None, why: str) -> None:
    path = tmp_path / "songs.msc"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingsError, match=f"MUSICSYNC_CATALOGUE: .*{why}"):
        open_catalogue(load(_env_file=None, data_dir=tmp_path, catalogue=path))
    assert open_catalogue(load(_env_file=None, data_dir=tmp_path)) is None
