"""The accounts side: a consent page that consents by itself, and the token endpoint. Authorization Code with PKCE."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from musicsync.emulator.accounts import Grant, GrantError
from musicsync.emulator.gate import Call
from musicsync.emulator.wire import Json

SCOPES = frozenset({
    "playlist-read-private", "playlist-read-collaborative", "playlist-modify-public", "playlist-modify-private",
    "user-read-private", "user-read-email", "user-library-read", "user-library-modify", "user-follow-read",
    "user-follow-modify", "user-top-read", "user-read-recently-played", "user-read-playback-state",
    "user-modify-playback-state", "user-read-currently-playing", "user-read-playback-position", "ugc-image-upload",
    "app-remote-control", "streaming",
})  # fmt: skip
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_NO_STORE = {"cache-control": "no-store"}


def allowed_redirect(uri: str) -> bool:
    """True for https anywhere and for http on a loopback address written as a number; never `localhost`."""
    try:
        parts = urlsplit(uri)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in ("127.0.0.1", "::1"))


async def authorize(call: Call) -> Response:
    """`GET /authorize`: a page with an error where the app itself is wrong, else a redirect with `code` or `error`."""
    query = call.request.query_params
    redirect_uri = query.get("redirect_uri", "")
    if not query.get("client_id"):
        return PlainTextResponse("INVALID_CLIENT: Invalid client", 400)
    if not allowed_redirect(redirect_uri):
        return PlainTextResponse("INVALID_CLIENT: Insecure redirect URI", 400)
    if query.get("response_type") != "code":
        return _back(redirect_uri, query.get("state"), error="unsupported_response_type")
    if query.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(query.get("code_challenge", "")):
        return _back(redirect_uri, query.get("state"), error="invalid_request")
    scopes = query.get("scope", "").split()
    if not SCOPES.issuperset(scopes):
        return _back(redirect_uri, query.get("state"), error="invalid_scope")
    if call.fate.chance.random() < call.emulator.faults.knobs.access_denied:
        return _back(redirect_uri, query.get("state"), error="access_denied")
    code = call.emulator.accounts.new_code(
        query["client_id"], redirect_uri, query["code_challenge"], " ".join(dict.fromkeys(scopes)), call.emulator.user
    )
    return _back(redirect_uri, query.get("state"), code=code)


def _back(redirect_uri: str, state: str | None, **answer: str) -> Response:
    if state is not None:
        answer["state"] = state
    joint = "&" if urlsplit(redirect_uri).query else "?"
    return RedirectResponse(f"{redirect_uri}{joint}{urlencode(answer)}", 302, headers=_NO_STORE)


async def token(call: Call) -> Response:
    """`POST /api/token`: a code or a refresh token for an access token."""
    try:
        form = await _form(call.request)
        match form.get("grant_type"):
            case "authorization_code":
                return _granted(_exchange(call, form))
            case "refresh_token":
                return _granted(_refresh(call, form))
            case None:
                raise GrantError("invalid_request", "grant_type must be supplied")
            case _:
                raise GrantError(
                    "unsupported_grant_type",
                    "grant_type must be client_credentials, authorization_code or refresh_token",
                )
    except GrantError as error:
        return Json({"error": error.error, "error_description": error.description}, 400, _NO_STORE)


async def _form(request: Request) -> dict[str, str]:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise GrantError("invalid_request", "Content-Type must be application/x-www-form-urlencoded")
    try:
        return dict(parse_qsl((await request.body()).decode("ascii"), max_num_fields=32))
    except ValueError as error:
        raise GrantError("invalid_request", "The form cannot be read") from error


def _need(form: dict[str, str], *names: str) -> list[str]:
    for name in names:
        if not form.get(name):
            raise GrantError("invalid_request", f"{name} must be supplied")
    return [form[name] for name in names]


def _exchange(call: Call, form: dict[str, str]) -> Grant:
    code, redirect_uri, client_id, verifier = _need(form, "code", "redirect_uri", "client_id", "code_verifier")
    knobs = call.emulator.faults.knobs
    refresh = call.fate.chance.random() >= knobs.no_refresh
    return call.emulator.accounts.exchange(
        code, redirect_uri, client_id, verifier, expires_in=knobs.expires_in_s, refresh=refresh
    )


def _refresh(call: Call, form: dict[str, str]) -> Grant:
    refresh_token, client_id = _need(form, "refresh_token", "client_id")
    knobs, chance, accounts = call.emulator.faults.knobs, call.fate.chance, call.emulator.accounts
    if chance.random() < knobs.revoke_refresh:
        accounts.revoke(refresh_token)
    rotate = chance.random() < knobs.rotate_refresh
    return accounts.refresh(
        refresh_token, client_id, expires_in=knobs.expires_in_s, ttl_s=knobs.refresh_ttl_s, rotate=rotate
    )


def _granted(grant: Grant) -> Response:
    content = {
        "access_token": grant.access_token,
        "token_type": "Bearer",
        "expires_in": grant.expires_in,
        "scope": grant.scope,
    }
    if grant.refresh_token:
        content["refresh_token"] = grant.refresh_token
    return Json(content, headers=_NO_STORE)
