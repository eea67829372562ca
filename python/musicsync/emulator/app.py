"""The table of endpoints, and the application made of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route

from musicsync.emulator import api_catalogue, api_playlists, oauth
from musicsync.emulator.control import Control
from musicsync.emulator.faults import Kind
from musicsync.emulator.gate import Gate, Handler, not_found, wrong_method
from musicsync.emulator.state import Emulator
from musicsync.emulator.wire import Refused

_ITEMS = (
    ("GET", Kind.ITEMS_READ, api_playlists.items),
    ("POST", Kind.WRITE, api_playlists.add),
    ("PUT", Kind.WRITE, api_playlists.update),
    ("DELETE", Kind.WRITE, api_playlists.remove),
)

OPEN: tuple[tuple[str, Kind, Handler], ...] = (
    ("GET /authorize", Kind.SIGN_IN, oauth.authorize),
    ("POST /api/token", Kind.SIGN_IN, oauth.token),
    ("GET /v1/search", Kind.SEARCH, api_catalogue.search),
    ("GET /v1/tracks/{id}", Kind.READ, api_catalogue.track),
    ("GET /v1/me", Kind.READ, api_catalogue.me),
    ("GET /v1/me/playlists", Kind.PLAYLIST_READ, api_playlists.mine),
    ("POST /v1/me/playlists", Kind.WRITE, api_playlists.create),
    ("GET /v1/playlists/{id}", Kind.PLAYLIST_READ, api_playlists.metadata),
    *((f"{method} /v1/playlists/{{id}}/items", kind, handler) for method, kind, handler in _ITEMS),
)
"""In both profiles."""

_CLOSED: tuple[tuple[str, Kind, Handler], ...] = (
    ("GET /v1/tracks", Kind.READ, api_catalogue.forbidden),
    ("POST /v1/users/{id}/playlists", Kind.READ, api_catalogue.forbidden),
    ("GET /v1/audio-features", Kind.READ, api_catalogue.forbidden),
    ("GET /v1/audio-features/{id}", Kind.READ, api_catalogue.forbidden),
    ("GET /v1/recommendations", Kind.READ, api_catalogue.gone),
    *((f"{method} /v1/playlists/{{id}}/tracks", Kind.READ, api_catalogue.forbidden) for method, _, _ in _ITEMS),
)
"""`dev2026`: what a new app is refused."""

_EXTENDED: tuple[tuple[str, Kind, Handler], ...] = (
    ("GET /v1/tracks", Kind.READ, api_catalogue.tracks),
    ("POST /v1/users/{id}/playlists", Kind.WRITE, api_playlists.create),
    ("GET /v1/audio-features", Kind.READ, api_catalogue.features),
    ("GET /v1/audio-features/{id}", Kind.READ, api_catalogue.features_of_one),
    ("GET /v1/recommendations", Kind.READ, api_catalogue.recommendations),
    *((f"{method} /v1/playlists/{{id}}/tracks", kind, handler) for method, kind, handler in _ITEMS),
)
"""`extended`: the same, as they were."""

ENDPOINTS = frozenset(name for name, _, _ in (*OPEN, *_CLOSED))
"""Every endpoint's name: what `endpoints` in the faults may list and the statistics are kept by."""


async def _refused(_: Any, error: Exception) -> Any:
    assert isinstance(error, Refused)
    return error.answer()


def create_app(emulator: Emulator) -> Starlette:
    """The ASGI application of one emulator."""
    table = (*OPEN, *(_EXTENDED if emulator.extended else _CLOSED))
    routes = [
        Route(path, Gate(emulator, name, kind, handler), methods=[method])
        for name, kind, handler in table
        for method, path in [name.split(" ")]
    ]
    handlers: dict[Any, Callable[..., Any]] = {404: not_found, 405: wrong_method, Refused: _refused}
    return Starlette(routes=[*routes, *Control(emulator, ENDPOINTS).routes()], exception_handlers=handlers)
