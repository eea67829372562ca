"""Spotify's token endpoint: a code or a refresh token in, an access token out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from musicsync.errors import RateLimited, SpotifyUnavailable
from musicsync.ports import Clock
from musicsync.spotify import failures
from musicsync.spotify.gate import Gate
from musicsync.spotify.shapes import Field
from musicsync.spotify.transport import Lost, NotSent, Transport

_TOKEN = re.compile(r"[\x21-\x7e]+")
_ENDPOINT = "POST /api/token"


@dataclass(frozen=True, slots=True)
class Granted:
    """What Spotify gave. `refresh_token` is None where the old one stays good; `scope` where it says nothing."""

    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    expires_in_s: float
    scope: str | None


class Accounts:
    """The accounts service as one app (`client_id`; PKCE, so there is no client secret)."""

    def __init__(self, accounts_url: str, client_id: str, clock: Clock, *, timeout_s: float = 10.0) -> None:
        self.url, self.client_id = accounts_url.rstrip("/"), client_id
        self._clock, self._timeout_s = clock, timeout_s
        self._transport, self._gate = Transport(max_body=256 * 1024), Gate(clock)

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.close()

    async def exchange_code(self, code: str, verifier: str, redirect_uri: str) -> Granted:
        """The first tokens of a sign-in. Raises as `refresh`."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        return await self._ask({**form, "code_verifier": verifier}, code, verifier)

    async def refresh(self, refresh_token: str) -> Granted:
        """A new access token. Raises `InvalidCredentialsError` (signed out), `SettingsError` (client id),
        `RateLimited`, `SpotifyUnavailable`, `SpotifyRefused`."""
        return await self._ask({"grant_type": "refresh_token", "refresh_token": refresh_token}, refresh_token)

    async def _ask(self, form: Mapping[str, str], *secrets: str) -> Granted:
        self._gate.check(_ENDPOINT)
        body = urlencode({**form, "client_id": self.client_id}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        try:
            answer = await self._transport.exchange(
                "POST", f"{self.url}/api/token", timeout_s=self._timeout_s, headers=headers, body=body,
                allow=lambda: self._gate.check(_ENDPOINT),
            )  # fmt: skip
        except (NotSent, Lost) as error:
            raise SpotifyUnavailable(f"{_ENDPOINT}: {error}") from error
        if not 200 <= answer.status < 300:
            refusal = failures.token_refusal(answer, self._clock.now(), secrets)
            if isinstance(refusal, RateLimited):
                self._gate.close(refusal.until)
            raise refusal
        return _granted(Field.parse(_ENDPOINT, answer.body))


def _granted(answer: Field) -> Granted:
    return Granted(
        access_token=_token(answer["access_token"]),
        refresh_token=answer["refresh_token"].get(_token),
        expires_in_s=float(answer["expires_in"].whole()),
        scope=answer["scope"].get(Field.text),
    )


def _token(value: Field) -> str:
    """A token that can stand in a header."""
    return value.value if isinstance(value.value, str) and _TOKEN.fullmatch(value.value) else value.fail("a token")
