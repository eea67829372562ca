"""Signing in: Authorization Code with PKCE, answered on a loopback port or pasted by hand on a machine without browser.

The redirect address is `http://127.0.0.1:PORT/callback`: Spotify accepts plain http for loopback literals only, never
for `localhost`.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import ProxyHandler, build_opener

from aiohttp import web

from musicsync.errors import (
    InsufficientScopeError,
    InvalidCredentialsError,
    MusicSyncError,
    SettingsError,
    SpotifyUnavailable,
)
from musicsync.ports import Clock
from musicsync.spotify.accounts import Accounts
from musicsync.spotify.vaults import TokenSet, TokenVault

SCOPES = ("playlist-read-private", "playlist-read-collaborative", "playlist-modify-public", "playlist-modify-private")
_PASTE_PORT = 8888  # nothing listens there: the browser shows an error page, and its address bar the answer
_DONE = "<!doctype html><meta charset=utf-8><title>musicsync</title><p>{}</p><p>You can close this page.</p>"


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One sign-in's secrets. The verifier proves to Spotify, the state to us, that the answer belongs to it."""

    verifier: str = field(repr=False, default_factory=lambda: secrets.token_urlsafe(64))
    state: str = field(repr=False, default_factory=lambda: secrets.token_urlsafe(32))

    def url(self, accounts: Accounts, redirect_uri: str) -> str:
        """The page on which the person agrees."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()
        query = {
            "client_id": accounts.client_id, "response_type": "code", "redirect_uri": redirect_uri,
            "code_challenge_method": "S256", "code_challenge": challenge, "scope": " ".join(SCOPES),
            "state": self.state,
        }  # fmt: skip
        return f"{accounts.url}/authorize?{urlencode(query)}"

    def code(self, query: str) -> str:
        """The code in an answer's query. Raises `InvalidCredentialsError` for another sign-in's answer or a refusal."""
        answer = {name: values[0] for name, values in parse_qs(query).items()}
        if not hmac.compare_digest(answer.get("state", "").encode(), self.state.encode()):
            raise InvalidCredentialsError("that address belongs to another sign-in (its state differs): start again")
        if "error" in answer:
            raise InvalidCredentialsError(f"Spotify did not sign you in: {answer['error'][:100]}")
        if not answer.get("code"):
            raise InvalidCredentialsError("that address holds no code: copy the whole address you were sent to")
        return answer["code"]


async def sign_in(
    accounts_url: str, client_id: str, vault: TokenVault, clock: Clock, *, open_browser: Callable[[str], None] | None,
    paste: Callable[[str], str] | None, port: int = 0, timeout_s: float = 300.0,
) -> TokenSet:  # fmt: skip
    """Sign in, store the tokens and return them.

    With `open_browser` a listener on `port` (0: any) takes the answer; else `paste` shows the page's address and
    returns the one to which the person was sent. Both may block: they run in a thread. Raises
    `InvalidCredentialsError` (refused, wrong answer, nobody came within `timeout_s`), `InsufficientScopeError`,
    `SettingsError` (client id, port in use), `SpotifyUnavailable`.
    """
    if not client_id:
        raise SettingsError("MUSICSYNC_SPOTIFY_CLIENT_ID is not set: make an app in Spotify's Developer Dashboard")
    accounts, attempt = Accounts(accounts_url, client_id, clock), _Attempt()
    try:
        if open_browser:
            code, redirect_uri = await _by_browser(accounts, attempt, open_browser, port, timeout_s)
        elif paste:
            redirect_uri = _redirect_uri(port or _PASTE_PORT)
            pasted = await asyncio.to_thread(paste, attempt.url(accounts, redirect_uri))
            code = attempt.code(_query(pasted))
        else:
            raise SettingsError("a sign-in needs a browser, or somebody who pastes the address")
        return await _store(accounts, vault, clock, code, attempt.verifier, redirect_uri)
    finally:
        await accounts.close()


async def _store(
    accounts: Accounts, vault: TokenVault, clock: Clock, code: str, verifier: str, redirect_uri: str
) -> TokenSet:
    now = clock.now()
    granted = await accounts.exchange_code(code, verifier, redirect_uri)
    scope = " ".join(SCOPES) if granted.scope is None else granted.scope
    missing = set(SCOPES) - set(scope.split())
    if missing:
        raise InsufficientScopeError(f"Spotify did not grant {', '.join(sorted(missing))}: sign in again and agree")
    tokens = TokenSet(
        granted.access_token, granted.refresh_token or "", now + granted.expires_in_s, scope, consented_at=now,
        issued_at=now,
    )  # fmt: skip
    async with vault.lock():
        await asyncio.to_thread(vault.save, tokens)
    return tokens


async def _by_browser(
    accounts: Accounts, attempt: _Attempt, open_browser: Callable[[str], None], port: int, timeout_s: float
) -> tuple[str, str]:
    """The code, and the redirect address it was given for."""
    answered: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def callback(request: web.Request) -> web.Response:
        return _callback(request, attempt, answered)

    app = web.Application()
    app.router.add_get("/callback", callback)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)  # an access log would hold the code
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port)
        try:
            await site.start()
        except OSError as error:
            raise SettingsError(f"port {port} of 127.0.0.1 cannot be used for the sign-in: {error}") from error
        redirect_uri = _redirect_uri(int(runner.addresses[0][1]))
        opened = asyncio.ensure_future(asyncio.to_thread(open_browser, attempt.url(accounts, redirect_uri)))
        opened.add_done_callback(lambda done: _pass_failure(done, answered))
        return await asyncio.wait_for(answered, timeout_s), redirect_uri
    except TimeoutError as error:
        raise InvalidCredentialsError(f"nobody signed in within {timeout_s:.0f} s") from error
    finally:
        await runner.cleanup()


def _callback(request: web.Request, attempt: _Attempt, answered: asyncio.Future[str]) -> web.Response:
    """Take the answer. One of another sign-in is turned away and changes nothing: anybody can call this port."""
    if not hmac.compare_digest(request.query.get("state", "").encode(), attempt.state.encode()):
        return _page("This is not the sign-in that musicsync waits for.", 400)
    try:
        code = attempt.code(request.query_string)
    except InvalidCredentialsError as error:
        if not answered.done():
            answered.set_exception(error)
        return _page("Spotify did not sign you in.", 400)
    if not answered.done():
        answered.set_result(code)
    return _page("musicsync is signed in to Spotify.", 200)


def _page(text: str, status: int) -> web.Response:
    headers = {"Content-Security-Policy": "default-src 'none'", "Referrer-Policy": "no-referrer"}
    return web.Response(text=_DONE.format(text), content_type="text/html", status=status, headers=headers)


def _pass_failure(opened: asyncio.Future[None], answered: asyncio.Future[str]) -> None:
    error = None if opened.cancelled() else opened.exception()
    if error and not answered.done():
        known = isinstance(error, MusicSyncError)
        answered.set_exception(error if known else SpotifyUnavailable(f"the sign-in page cannot be opened: {error}"))


def _redirect_uri(port: int) -> str:
    return f"http://127.0.0.1:{port}/callback"


def _query(pasted: str) -> str:
    """The query of a pasted address, or what was pasted if it is only the query."""
    text = pasted.strip().strip("<>\"'")
    try:
        return urlsplit(text).query if "://" in text else text.partition("?")[2] or text
    except ValueError:
        return ""


def visit(url: str) -> None:
    """Open the sign-in page by HTTP and follow it: enough where the page consents by itself, as the emulator's does.

    Only for a service on this machine (`SettingsError` otherwise). Raises `OSError` where it does not answer.
    """
    if urlsplit(url).hostname not in ("127.0.0.1", "::1", "localhost"):
        raise SettingsError("only an emulator on this machine signs in without a person")
    with build_opener(ProxyHandler({})).open(url, timeout=30) as page:
        page.read(64 * 1024)
