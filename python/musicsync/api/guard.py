"""What stands before every route: Host, Origin, bearer token and the size of the body. Plain ASGI, no framework."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import socket
from collections.abc import Iterable

from fastapi import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from musicsync.api.problems import problem
from musicsync.settings import LOOPBACK, Settings, is_loopback

MAX_BODY = 1 << 20
_BODY_TIMEOUT_S = 30.0
_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
]


class Guard:
    """Refuses what must not reach a route: 421 foreign Host, 403 foreign Origin, 401 no token, 413 a body over 1 MiB.

    `tokens` empty means that no token is asked for, which is only right on loopback.
    """

    def __init__(self, app: ASGIApp, *, tokens: Iterable[str], settings: Settings) -> None:
        self._app = app
        self._tokens = tuple(token.encode() for token in tokens)
        self._exposed = not is_loopback(settings.host)
        own = socket.gethostname().lower()
        machine = (own, f"{own}.local", settings.host.lower()) if self._exposed else ()
        self._hosts = frozenset((*LOOPBACK, *machine, *(name.lower() for name in settings.allowed_hosts)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is None and scope["method"] in ("POST", "PUT", "PATCH", "DELETE"):
            body = await _read(scope, receive)
            if isinstance(body, Response):
                refusal = body
            else:
                receive = _replay(body, receive)
        await (refusal or self._app)(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> Response | None:
        hosts = _values(scope, b"host")
        if len(hosts) != 1 or not self._known(hosts[0]):
            detail = "this name is not one of the API's: set MUSICSYNC_ALLOWED_HOSTS to use it"
            return problem("wrong-host", detail)
        origins = _values(scope, b"origin")
        if any(origin.split("://", 1)[-1].lower() != hosts[0].lower() for origin in origins):
            return problem("foreign-origin", "calls from another web site are refused")
        if self._tokens and not self._authorized(_values(scope, b"authorization")):
            detail = "send the header: Authorization: Bearer TOKEN"
            return problem("unauthorized", detail, headers={"WWW-Authenticate": 'Bearer realm="musicsync"'})
        return None

    def _known(self, host: str) -> bool:
        name = host.lower()
        name = name[1 : name.find("]")] if name.startswith("[") else name.rsplit(":", 1)[0] if ":" in name else name
        if name in self._hosts:
            return True
        # A rebinding attack needs a domain name; a literal address that reached us is ours.
        return self._exposed and _is_address(name)

    def _authorized(self, headers: list[str]) -> bool:
        if len(headers) != 1:
            return False
        scheme, _, sent = headers[0].partition(" ")
        given = sent.strip().encode("latin-1")
        matches = [hmac.compare_digest(given, token) for token in self._tokens]
        return scheme.lower() == "bearer" and any(matches)


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


async def _read(scope: Scope, receive: Receive) -> bytes | Response:
    """The body, or the refusal of one that is too large (counted, whatever Content-Length says) or too slow."""
    length = _values(scope, b"content-length")
    if length and length[0].isdigit() and int(length[0]) > MAX_BODY:
        return problem("too-large", f"the body may have up to {MAX_BODY} bytes", headers={"Connection": "close"})
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_TIMEOUT_S):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return problem("bad-request", "the connection was closed before the body had arrived")
                body += message.get("body", b"")
                if len(body) > MAX_BODY:
                    detail = f"the body may have up to {MAX_BODY} bytes"
                    return problem("too-large", detail, headers={"Connection": "close"})
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        return problem("timeout", f"the body did not arrive within {_BODY_TIMEOUT_S:g} s")


def _replay(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def again() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *_HEADERS]}
        await send(message)

    return sending
