"""HTTP as Spotify speaks it: JSON bodies, its errors, and answers that never come."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_TRANSPORT = "musicsync.emulator.transport"


class Protocol(HttpToolsProtocol):
    """uvicorn's protocol, with the connection within reach of the answer: so that it can be cut."""

    def on_headers_complete(self) -> None:
        self.scope.setdefault("extensions", {})[_TRANSPORT] = {"transport": self.transport}
        super().on_headers_complete()


class Json(Response):
    """A JSON answer; `orjson.Fragment` inside is sent as it is."""

    media_type = "application/json; charset=utf-8"

    def __init__(self, content: Any, status_code: int = 200, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(orjson.dumps(content), status_code, headers)


class Refused(Exception):
    """An error answer: `{"error": {"status", "message"}}`, or another body where one is given."""

    def __init__(
        self, status: int, message: str, *, headers: Mapping[str, str] | None = None, body: Response | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.headers, self.body = status, message, headers, body

    def answer(self) -> Response:
        """The response to send."""
        content = {"error": {"status": self.status, "message": self.message}}
        return self.body or Json(content, self.status, self.headers)


class NoAnswer(Response):
    """Holds the connection for `seconds` (0 = not at all), then closes it without a byte. Ends early when the client
    gives up or the emulator stops. Its status for the statistics is `label`."""

    def __init__(self, label: str, seconds: float, closing: asyncio.Event) -> None:
        super().__init__(status_code=599)
        self.label, self._seconds, self._closing = label, seconds, closing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        gone = asyncio.ensure_future(_disconnected(receive))
        closing = asyncio.ensure_future(self._closing.wait())
        if self._seconds:
            await asyncio.wait((gone, closing), timeout=self._seconds, return_when=asyncio.FIRST_COMPLETED)
        closing.cancel()
        scope["extensions"][_TRANSPORT]["transport"].abort()
        await gone


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def json_body(request: Request) -> dict[str, Any]:
    """The request's JSON object; an empty body is an empty one. Raises `Refused` (400)."""
    body = await request.body()
    if not body:
        return {}
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Refused(400, "Error parsing JSON.") from error
    if not isinstance(content, dict):
        raise Refused(400, "Error parsing JSON.")
    return content


def whole_number(request: Request, name: str, default: int, least: int, most: int) -> int:
    """A query parameter between two limits. Raises `Refused` (400 "Invalid limit")."""
    text = request.query_params.get(name)
    if text is None:
        return default
    number = int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else least - 1
    if not least <= number <= most:
        raise Refused(400, f"Invalid {name}")
    return number


def base_url(request: Request) -> str:
    """Where the client reached us, so that `next` leads back here."""
    return f"{request.url.scheme}://{request.headers.get('host', 'localhost')}"
