"""The control side, for tests: what really is in the playlists, what was requested, and which faults are on.

GET  /_emulator/health                  {"status": "ok", "profile", "tracks", "seed"}
GET  /_emulator/playlists               {"playlists": [{"id", "name", "owner", "total"}]}
POST /_emulator/playlists               {"name", "owner"?, "public"?, "collaborative"?, "uris"?} → 201 {"id"}
GET  /_emulator/playlists/{id}          {"uris": […]} in order, whatever faults are on
PUT  /_emulator/playlists/{id}          {"uris": […]}: as if somebody else had changed it
GET  /_emulator/tracks/{id}             the track; also by the id that the catalogue file gave
GET  /_emulator/requests                {"total", "by_endpoint": {"GET /v1/search": {"200": n}}, "too_early",
                                         "too_early_same_endpoint"}; statuses also "timeout" and "dropped".
                                         `total` counts arrivals: those without a status are under way.
DELETE /_emulator/requests              start counting again
GET  /_emulator/faults                  the faults that are on
PUT  /_emulator/faults                  {key: value}: these and no others; {} ends them all
POST /_emulator/tokens/expire|revoke    end every access token | every refresh token: {"ended": n}
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from musicsync.emulator.ids import made_id
from musicsync.emulator.knobs import FaultsError, read_knobs
from musicsync.emulator.playlists import Playlist
from musicsync.emulator.state import Emulator
from musicsync.emulator.wire import Json, Refused, json_body

_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Control:
    """The control endpoints of one emulator. They need no sign-in and suffer no faults."""

    def __init__(self, emulator: Emulator, endpoints: frozenset[str]) -> None:
        self._emulator, self._endpoints = emulator, endpoints

    def routes(self) -> list[Route]:
        table: list[tuple[str, str, _Handler]] = [
            ("GET", "health", self.health),
            ("GET", "playlists", self.playlists),
            ("POST", "playlists", self.create_playlist),
            ("GET", "playlists/{id}", self.playlist),
            ("PUT", "playlists/{id}", self.change_playlist),
            ("GET", "tracks/{id}", self.track),
            ("GET", "requests", self.requests),
            ("DELETE", "requests", self.forget_requests),
            ("GET", "faults", self.faults),
            ("PUT", "faults", self.replace_faults),
            ("POST", "tokens/expire", self.expire_tokens),
            ("POST", "tokens/revoke", self.revoke_tokens),
        ]
        return [Route(f"/_emulator/{path}", handler, methods=[method]) for method, path, handler in table]

    async def health(self, _: Request) -> Response:
        emulator = self._emulator
        return Json({
            "status": "ok", "profile": emulator.options.profile, "tracks": len(emulator.catalogue),
            "seed": emulator.faults.seed,
        })  # fmt: skip

    def _playlist(self, request: Request) -> Playlist:
        playlist = self._emulator.playlists.get(request.path_params["id"])
        if playlist is None:
            raise Refused(404, "Resource not found")
        return playlist

    async def playlists(self, _: Request) -> Response:
        return Json({"playlists": [
            {"id": one.id, "name": one.facts.name, "owner": one.facts.owner, "total": len(one.state.entries)}
            for one in self._emulator.playlists.every()
        ]})  # fmt: skip

    async def create_playlist(self, request: Request) -> Response:
        body = await json_body(request)
        owner = str(body.get("owner") or self._emulator.user)
        playlist = self._emulator.playlists.create(
            str(body.get("name") or "Playlist"), owner, public=body.get("public", True) is not False,
            collaborative=body.get("collaborative") is True,
        )  # fmt: skip
        self._emulator.playlists.add(playlist, _uris(body), None, owner)
        return Json({"id": playlist.id}, 201)

    async def playlist(self, request: Request) -> Response:
        return Json({"uris": [entry.uri for entry in self._playlist(request).state.entries]})

    async def change_playlist(self, request: Request) -> Response:
        playlist = self._playlist(request)
        uris = _uris(await json_body(request))
        return Json({"snapshot_id": self._emulator.playlists.replace(playlist, uris, playlist.facts.owner)})

    async def track(self, request: Request) -> Response:
        given = request.path_params["id"]
        catalogue = self._emulator.catalogue
        track = catalogue.get(given) or catalogue.get(made_id("track", given))
        if track is None:
            raise Refused(404, "Resource not found")
        return Json(self._emulator.shapes.track(track, None))

    async def requests(self, _: Request) -> Response:
        counts = self._emulator.statistics
        return Json({
            "total": counts.total, "by_endpoint": counts.by_endpoint, "too_early": counts.too_early,
            "too_early_same_endpoint": counts.too_early_same_endpoint,
        })  # fmt: skip

    async def forget_requests(self, _: Request) -> Response:
        self._emulator.statistics.clear()
        return Response(status_code=204)

    async def faults(self, _: Request) -> Response:
        knobs = self._emulator.faults.knobs
        return Json(knobs.model_dump(by_alias=True, exclude_defaults=True))

    async def replace_faults(self, request: Request) -> Response:
        try:
            knobs = read_knobs(await request.body() or b"{}", self._endpoints)
        except FaultsError as error:
            raise Refused(400, str(error)) from error
        self._emulator.faults.replace(knobs)
        return await self.faults(request)

    async def expire_tokens(self, _: Request) -> Response:
        return Json({"ended": self._emulator.accounts.expire_all()})

    async def revoke_tokens(self, _: Request) -> Response:
        return Json({"ended": self._emulator.accounts.revoke_all()})


def _uris(body: dict[str, Any]) -> list[str]:
    uris = body.get("uris", [])
    if not isinstance(uris, list) or not all(isinstance(uri, str) for uri in uris):
        raise Refused(400, "uris: a list of texts is wanted")
    return uris
