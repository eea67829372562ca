"""How commands reach the service: always by its HTTP API, of the running server or of one that this command starts."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from musicsync.api import PREFIX
from musicsync.cli import address
from musicsync.cli.output import Failed

if TYPE_CHECKING:
    import aiohttp

    from musicsync.settings import Settings

_TIMEOUT_S = 90.0


class ApiClient:
    """Calls of the API; problem documents become `Failed`."""

    def __init__(self, session: aiohttp.ClientSession, where: address.Address, *, here: bool) -> None:
        self._session, self.where = session, where
        self.here = here
        """True when the service runs in this process, and stops with it."""

    async def call(self, method: str, path: str, body: Any = None, **query: Any) -> dict[str, Any]:
        """The JSON answer. Raises `Failed` with the problem's detail (exit code 2 where the input is wrong)."""
        import aiohttp

        params = {key: str(value) for key, value in query.items() if value is not None}
        try:
            async with self._session.request(method, self._url(path), json=body, params=params) as response:
                text = await response.text()
                status = response.status
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Failed(f"the server at {self.where.url} does not answer: {error or type(error).__name__}") from error
        return _parsed(status, text)

    async def events(self, path: str) -> AsyncIterator[dict[str, Any]]:
        """The bodies of server-sent events, until the stream ends."""
        async with self._session.get(self._url(path)) as response:
            if response.status != 200:
                _parsed(response.status, await response.text())
            async for line in response.content:
                if line.startswith(b"data: "):
                    yield json.loads(line[6:])

    def _url(self, path: str) -> str:
        return f"{self.where.url}{PREFIX}{path}"


def _parsed(status: int, text: str) -> dict[str, Any]:
    try:
        body: dict[str, Any] = json.loads(text)
    except ValueError:
        raise Failed(f"the server answered {status} with something that is not JSON") from None
    if status >= 400:
        raise Failed(str(body.get("detail", f"the server answered {status}")), 2 if status in (400, 404, 422) else 1)
    return body


@asynccontextmanager
async def _session_at(where: address.Address, *, here: bool) -> AsyncIterator[ApiClient]:
    import aiohttp

    headers = {"Authorization": f"Bearer {where.token}"}
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=5, sock_read=_TIMEOUT_S)
    async with aiohttp.ClientSession(headers=headers, timeout=timeout, read_bufsize=2**22) as session:
        yield ApiClient(session, where, here=here)


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[ApiClient | None]:
    """The server that has this data folder open, or None."""
    where = address.read(settings.data_dir)
    if where is None:
        yield None
        return
    async with _session_at(where, here=False) as api:
        try:
            await api.call("GET", "/health/live")
        except Failed:
            yield None
            return
        yield api


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[ApiClient]:
    """The running server, else the service opened by this command for as long as it runs."""
    async with running(settings) as api:
        if api:
            yield api
            return
    from musicsync.cli.server import serving

    async with serving(settings) as where, _session_at(where, here=True) as api:
        yield api
