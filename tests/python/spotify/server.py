"""A small Spotify over real HTTP: answers what a test scripted, else behaves; counts what reaches it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import itertools
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Reaction = Callable[["FakeSpotify", web.Request], Awaitable[web.StreamResponse]]

SCOPE = "playlist-read-private playlist-read-collaborative playlist-modify-public playlist-modify-private"


def track(n: int = 1, **changes: Any) -> dict[str, Any]:
    """A track object as a new app sees it."""
    return {
        "id": f"track{n}", "uri": f"spotify:track:track{n}", "name": f"Song {n}", "type": "track", "is_local": False,
        "artists": [{"id": "a1", "name": "Queen"}, {"id": "a2", "name": "David Bowie"}],
        "album": {
            "name": "Hot Space", "album_type": "album", "release_date": "1982-05-21", "release_date_precision": "day",
            "total_tracks": 11,
        },
        "disc_number": 1, "track_number": 11, "duration_ms": 248_440, "explicit": False,
        "external_ids": {"isrc": "GBUM71029605"}, **changes,
    }  # fmt: skip


def json(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> Reaction:
    """Answer this JSON."""

    async def react(server: FakeSpotify, request: web.Request) -> web.Response:
        return web.json_response(data, status=status, headers=headers)

    return react


def error(status: int, message: str, headers: dict[str, str] | None = None) -> Reaction:
    """Answer an error of the Web API."""
    return json({"error": {"status": status, "message": message}}, status, headers)


def text(status: int, body: str) -> Reaction:
    """Answer plain text."""

    async def react(server: FakeSpotify, request: web.Request) -> web.Response:
        return web.Response(status=status, text=body)

    return react


async def drop(server: FakeSpotify, request: web.Request) -> web.StreamResponse:
    """Close the connection without an answer."""
    assert request.transport
    request.transport.abort()
    return web.Response()


async def hang(server: FakeSpotify, request: web.Request) -> web.StreamResponse:
    """Answer when the test is over."""
    await server.over.wait()
    return web.Response()


async def apply_and_hang(server: FakeSpotify, request: web.Request) -> web.StreamResponse:
    """Do what was asked, and do not say so."""
    await server.behave(request)
    return await hang(server, request)


async def apply_and_drop(server: FakeSpotify, request: web.Request) -> web.StreamResponse:
    """Do what was asked, and close the connection."""
    await server.behave(request)
    return await drop(server, request)


@dataclass
class FakeSpotify:
    """API and accounts on one port. `script` holds reactions to the next API requests, `token_script` to the next
    token requests; when one is empty the server behaves."""

    script: deque[Reaction] = field(default_factory=deque)
    token_script: deque[Reaction] = field(default_factory=deque)
    calls: list[tuple[str, str]] = field(default_factory=list)
    queries: list[dict[str, str]] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    token_calls: list[dict[str, str]] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    playlists: list[dict[str, Any]] = field(default_factory=list)
    found: list[Any] = field(default_factory=lambda: [track()])
    good: set[str] = field(default_factory=set)
    refresh_tokens: set[str] = field(default_factory=set)
    rotates: bool = False
    expires_in: int = 3600
    over: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""
    _codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))
    _runner: web.AppRunner | None = None
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/authorize", self._authorize)
        app.router.add_post("/api/token", self._token)
        app.router.add_route("*", "/{path:.*}", self._api)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        self.over.set()
        if self._runner:
            await self._runner.cleanup()

    async def arrived(self, calls: int, *, token_calls: int = 0) -> None:
        """Return when so many requests have arrived."""
        async with self._news:
            await self._news.wait_for(lambda: len(self.calls) >= calls and len(self.token_calls) >= token_calls)

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    def count(self, method: str) -> int:
        """How many API requests of this method arrived."""
        return sum(called == method for called, _ in self.calls)

    async def _api(self, request: web.Request) -> web.StreamResponse:
        self.calls.append((request.method, request.path))
        self.queries.append(dict(request.query))
        self.headers.append(dict(request.headers))
        if request.can_read_body:
            self.bodies.append(await request.json())
        await self._tell()
        if self.script:
            return await self.script.popleft()(self, request)
        return await self.behave(request)

    async def behave(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.good:
            return await error(401, "The access token expired")(self, request)
        match request.method, request.path.split("/")[2:]:
            case "GET", ["search"]:
                limit = int(request.query["limit"])
                return web.json_response({"tracks": {"items": self.found[:limit], "total": len(self.found)}})
            case "GET", ["tracks", _]:
                return web.json_response(track())
            case "GET", ["me"]:
                return web.json_response({"id": "me", "display_name": "Me", "account_id": "acc1"})
            case "GET", ["me", "playlists"]:
                start, limit = int(request.query["offset"]), int(request.query["limit"])
                page = {"items": self.playlists[start : start + limit], "total": len(self.playlists)}
                return web.json_response(page)
            case "GET", ["playlists", playlist_id]:
                body = {"id": playlist_id, "name": "Mine", "snapshot_id": self._snapshot(), "owner": {"id": "me"}}
                return web.json_response({**body, "items": {"total": len(self.items)}})
            case "GET", ["playlists", _, "items"]:
                start, limit = int(request.query["offset"]), int(request.query["limit"])
                shown = [{"added_at": "2026-01-01T00:00:00Z", "item": track(uri=uri)} for uri in self.items]
                return web.json_response({"items": shown[start : start + limit], "total": len(shown)})
            case "POST", ["playlists", _, "items"]:
                body = await request.json()
                at = body.get("position", len(self.items))
                self.items[at:at] = body["uris"]
                return web.json_response({"snapshot_id": self._snapshot()}, status=201)
            case "DELETE", ["playlists", _, "items"]:
                gone = {entry["uri"] for entry in (await request.json())["items"]}
                self.items = [uri for uri in self.items if uri not in gone]
                return web.json_response({"snapshot_id": self._snapshot()})
        return await error(404, "Resource not found")(self, request)

    def _snapshot(self) -> str:
        return "s" + hashlib.sha256(" ".join(self.items).encode()).hexdigest()[:12]

    async def _authorize(self, request: web.Request) -> web.Response:
        """Agrees at once, like the emulator."""
        query = request.query
        assert (query["response_type"], query["code_challenge_method"]) == ("code", "S256")
        code = f"code{next(self._numbers)}"
        self._codes[code] = (query["code_challenge"], query["redirect_uri"])
        raise web.HTTPFound(f"{query['redirect_uri']}?code={code}&state={query['state']}")

    async def _token(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.token_calls.append(form)
        await self._tell()
        if self.token_script:
            return await self.token_script.popleft()(self, request)
        if form["grant_type"] == "authorization_code":
            return self._exchange(form)
        if form["refresh_token"] not in self.refresh_tokens:
            return web.json_response(
                {"error": "invalid_grant", "error_description": "Refresh token revoked"}, status=400
            )
        if not self.rotates:
            return web.json_response(self.grant(refresh=False))
        self.refresh_tokens.discard(form["refresh_token"])
        return web.json_response(self.grant(refresh=True))

    def _exchange(self, form: dict[str, str]) -> web.Response:
        challenge, redirect_uri = self._codes.pop(form["code"], ("", ""))
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if challenge != base64.urlsafe_b64encode(digest).rstrip(b"=").decode() or redirect_uri != form["redirect_uri"]:
            return web.json_response({"error": "invalid_grant", "error_description": "Invalid code"}, status=400)
        return web.json_response(self.grant(refresh=True))

    def grant(self, *, refresh: bool) -> dict[str, Any]:
        """A new access token, with a new refresh token where asked."""
        n = next(self._numbers)
        self.good = {f"access{n}"}
        answer = {"access_token": f"access{n}", "token_type": "Bearer", "expires_in": self.expires_in, "scope": SCOPE}
        if refresh:
            self.refresh_tokens.add(f"refresh{n}")
            answer["refresh_token"] = f"refresh{n}"
        return answer
