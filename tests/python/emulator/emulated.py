"""An emulator over a small catalogue, and a client that is signed in to it: real HTTP on a real socket."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp

from musicsync.emulator.accounts import challenge_of
from musicsync.emulator.app import ENDPOINTS
from musicsync.emulator.catalogue import load
from musicsync.emulator.knobs import read_knobs
from musicsync.emulator.playlists import FIRST_PLAYLIST
from musicsync.emulator.server import serving
from musicsync.emulator.state import Emulator, Options

ITEMS = f"/v1/playlists/{FIRST_PLAYLIST}/items"
REDIRECT = "http://127.0.0.1:8899/callback"
VERIFIER = "v" * 64
SCOPES = "playlist-read-private playlist-read-collaborative playlist-modify-public playlist-modify-private"
NOBODYS_ID = "0" * 22

ROWS: tuple[dict[str, Any], ...] = (
    {"title": "Africa", "artist": "Toto", "album": "Toto IV", "duration_s": 295, "year": 1982, "isrc": "USSM18200001"},
    {"title": "Africa - Live", "artist": "Toto", "album": "Livefields", "duration_s": 360, "year": 1999},
    {"title": "Rosanna", "artist": "Toto", "album": "Toto IV", "duration_s": 331, "year": 1982},
    {"title": "Under Pressure", "artists": ["Queen", "David Bowie"], "album": "Hot Space", "year": 1982,
     "isrc": "GB-UM7-15-05078", "genre": "rock"},
    {"title": "Under Pressure", "artists": ["Queen", "David Bowie"], "album": "Greatest Hits II", "year": 1991,
     "isrc": "GBUM71505078", "album_type": "compilation", "markets": ["US"]},
    {"title": "See You Again", "artists": ["Tyler, The Creator", "Kali Uchis"], "explicit": True},
    {"title": "Don't Stop Me Now", "artist": "Queen", "album": "Jazz", "year": 1978},
    {"title": "Ain’t No Sunshine", "artist": "Bill Withers", "album": "Just As I Am", "year": 1971},
    {"title": "夜に駆ける", "artist": "YOASOBI", "album": "THE BOOK", "year": 2021},
    {"title": "Blinding Lights", "artist": "The Weeknd", "album": "After Hours", "year": 2020, "isrc": "USUG11904206"},
)  # fmt: skip


def write_rows(path: Path, rows: tuple[dict[str, Any], ...] = ROWS) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@dataclass
class Answer:
    """A response, read."""

    status: int
    body: Any
    headers: Any

    @property
    def message(self) -> str:
        return str(self.body["error"]["message"])


@dataclass
class Client:
    """Speaks to one emulator; `token` goes with every request. A dropped connection raises `aiohttp.ClientError`."""

    url: str
    http: aiohttp.ClientSession
    token: str = ""
    refresh_token: str | None = None
    extra: dict[str, str] = field(default_factory=dict)

    async def send(self, method: str, path: str, **more: Any) -> Answer:
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= more.pop("headers", {})
        url = path if path.startswith("http") else self.url + path
        async with self.http.request(method, url, headers=headers, allow_redirects=False, **more) as response:
            text = await response.text()
            is_json = response.content_type == "application/json"
            return Answer(response.status, json.loads(text) if is_json else text, response.headers)

    async def get(self, path: str, **query: Any) -> Answer:
        return await self.send("GET", path, params={name: str(value) for name, value in query.items()})

    async def post(self, path: str, body: Any = None, **query: Any) -> Answer:
        return await self.send("POST", path, json=body, params={name: str(value) for name, value in query.items()})

    async def put(self, path: str, body: Any = None) -> Answer:
        return await self.send("PUT", path, json=body)

    async def delete(self, path: str, body: Any = None) -> Answer:
        return await self.send("DELETE", path, json=body)

    async def consent(self, **changed: Any) -> Answer:
        query = {
            "client_id": "app", "response_type": "code", "redirect_uri": REDIRECT, "code_challenge_method": "S256",
            "code_challenge": challenge_of(VERIFIER), "scope": SCOPES, "state": "s1",
        } | changed  # fmt: skip
        return await self.send(
            "GET", "/authorize", params={name: text for name, text in query.items() if text is not None}
        )

    async def exchange(self, code: str, **changed: str) -> Answer:
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT, "client_id": "app",
            "code_verifier": VERIFIER,
        } | changed  # fmt: skip
        return await self.send("POST", "/api/token", data=form)

    async def refresh(self, token: str | None = None, **changed: str) -> Answer:
        form = {"grant_type": "refresh_token", "refresh_token": token or self.refresh_token or "", "client_id": "app"}
        return await self.send("POST", "/api/token", data=form | changed)

    async def sign_in(self, scope: str = SCOPES) -> None:
        granted = await self.exchange(code_in(await self.consent(scope=scope)))
        self.token, self.refresh_token = granted.body["access_token"], granted.body.get("refresh_token")

    async def faults(self, **knobs: Any) -> None:
        answer = await self.put("/_emulator/faults", knobs)
        assert answer.status == 200, answer.body

    async def uris(self, playlist_id: str = FIRST_PLAYLIST) -> list[str]:
        return list((await self.get(f"/_emulator/playlists/{playlist_id}")).body["uris"])

    async def fill(self, uris: list[str], playlist_id: str = FIRST_PLAYLIST) -> None:
        assert (await self.put(f"/_emulator/playlists/{playlist_id}", {"uris": uris})).status == 200

    async def counts(self) -> dict[str, Any]:
        return dict((await self.get("/_emulator/requests")).body)


def code_in(consented: Answer) -> str:
    return parse_qs(urlsplit(consented.headers["location"]).query)["code"][0]


@dataclass
class Running:
    """An emulator that is served, with its signed-in client and the tracks it knows."""

    emulator: Emulator
    client: Client

    def uri(self, place: int) -> str:
        return self.emulator.catalogue.tracks[place].uri

    def uris(self, *places: int) -> list[str]:
        return [self.uri(place) for place in places]


async def never_sleep(_: float) -> None:
    """Instead of waiting."""


@asynccontextmanager
async def emulated(
    folder: Path, *, signed_in: bool = True, faults: dict[str, Any] | None = None,
    now: Callable[[], float] | None = None, sleep: Callable[[float], Awaitable[None]] = never_sleep, **options: Any,
) -> AsyncIterator[Running]:  # fmt: skip
    """Serve an emulator whose data is in `folder`."""
    catalogue = load([write_rows(folder / "tracks.jsonl")])
    settings = Options(data=folder / "data", knobs=read_knobs(faults or {}, ENDPOINTS), **options)
    clock = {"now": now} if now else {}
    emulator = Emulator(catalogue, settings, sleep=sleep, **clock)
    async with (
        serving(emulator) as url,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as http,
    ):
        client = Client(url, http)
        if signed_in:
            await client.sign_in()
        yield Running(emulator, client)
