"""One HTTP exchange at a time: bounded in time and size, never redirected, never sent twice.

What the caller must know of a failure is whether anything left the machine, since a playlist write that was sent may
have been applied. aiohttp's exceptions do not say it, and aiohttp sends some requests again on a new connection by
itself; `_Request` watches the one moment between "connected" and "sent" instead.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import aiohttp
from aiohttp.http import HttpProcessingError
from yarl import URL

if TYPE_CHECKING:
    from aiohttp.connector import Connection

_MAX_BODY = 8 * 1024 * 1024


class NotSent(Exception):
    """The exchange failed before anything was sent."""


class Lost(Exception):
    """The request was sent, and there is no complete answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer. The body may hold tokens."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


@dataclass(slots=True)
class _Departure:
    """Called when the connection stands and nothing was written yet."""

    allow: Callable[[], None]
    gone: bool = False

    def leave(self) -> None:
        if self.gone:
            raise aiohttp.ClientError("not sent a second time")
        self.allow()
        self.gone = True


_departure: ContextVar[_Departure] = ContextVar("_departure")


class _Request(aiohttp.ClientRequest):
    async def send(self, conn: Connection) -> aiohttp.ClientResponse:
        _departure.get().leave()
        return await super().send(conn)


class Transport:
    """A pool of connections. Must be used from one event loop; the session opens with the first exchange."""

    def __init__(self, max_body: int = _MAX_BODY) -> None:
        self._max_body = max_body
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()
            self._session = None

    async def exchange(
        self, method: str, url: str, *, timeout_s: float, headers: Mapping[str, str], body: bytes | None = None,
        allow: Callable[[], None] = lambda: None,
    ) -> Answer:  # fmt: skip
        """Send once and read the whole answer within `timeout_s` seconds.

        `allow` is asked at the last moment; what it raises comes out and nothing is sent. Raises `NotSent`, `Lost`.
        """
        departure = _Departure(allow)
        reset = _departure.set(departure)
        try:
            return await self._exchange(method, url, timeout_s, headers, body)
        except (aiohttp.ClientError, HttpProcessingError, OSError, TimeoutError, ValueError) as error:
            kind = Lost if departure.gone else NotSent
            raise kind(_reason(error)) from error
        finally:
            _departure.reset(reset)

    async def _exchange(
        self, method: str, url: str, timeout_s: float, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        if timeout_s <= 0:
            raise TimeoutError
        # aiohttp rounds longer time-outs up to whole seconds; the caller's reckoning needs the exact one
        timeout = aiohttp.ClientTimeout(total=timeout_s, ceil_threshold=math.inf)
        async with self._open().request(
            method, URL(url, encoded=True), headers=headers, data=body, timeout=timeout, allow_redirects=False
        ) as response:
            read = bytearray()
            async for chunk in response.content.iter_chunked(64 * 1024):
                read += chunk
                if len(read) > self._max_body:
                    raise aiohttp.ClientPayloadError(f"the answer is longer than {self._max_body} bytes")
            return Answer(response.status, response.headers, bytes(read))

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),  # the callers' own bounds decide before the gate does
                cookie_jar=aiohttp.DummyCookieJar(),
                request_class=_Request,
            )
        return self._session


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return f"{type(error).__name__}: {error}"[:200]
