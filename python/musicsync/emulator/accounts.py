"""Sign-ins: authorization codes (PKCE), access and refresh tokens. All outlive a restart."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from musicsync.emulator.store import Store

_CODE_LIFE_S = 600
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


class GrantError(Exception):
    """The token endpoint's error: `error` and `error_description`."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.error, self.description = error, description


@dataclass(frozen=True, slots=True)
class Session:
    """What an access token stands for."""

    user: str
    client_id: str
    scopes: frozenset[str]
    expires_at: float


@dataclass(frozen=True, slots=True)
class Grant:
    """What a sign-in or refresh gives. `refresh_token` is None where none comes back."""

    access_token: str
    expires_in: int
    scope: str
    refresh_token: str | None


class Accounts:
    """Issues, checks and ends tokens. Tokens are random; times are seconds since the epoch."""

    def __init__(self, store: Store, now: Callable[[], float]) -> None:
        self._store, self._now = store, now
        rows = store.connection.execute("SELECT token, user, client_id, scope, expires_at FROM access_tokens")
        self._sessions = {row[0]: Session(row[1], row[2], frozenset(row[3].split()), row[4]) for row in rows}

    def session(self, token: str) -> Session | None:
        """The session of an access token, also of one that has ended (see `expires_at`)."""
        return self._sessions.get(token)

    def new_code(self, client_id: str, redirect_uri: str, challenge: str, scope: str, user: str) -> str:
        """A code that can be exchanged once within ten minutes."""
        code = secrets.token_urlsafe(48)
        row = (code, client_id, redirect_uri, challenge, scope, user, self._now() + _CODE_LIFE_S)
        with self._store.transaction() as connection:
            connection.execute("INSERT INTO codes VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        return code

    def exchange(
        self, code: str, redirect_uri: str, client_id: str, verifier: str, *, expires_in: int, refresh: bool = True
    ) -> Grant:
        """Tokens for a code. Raises `GrantError`; a code is spent by its first use, right or wrong."""
        with self._store.transaction() as connection:
            row = connection.execute(
                "DELETE FROM codes WHERE code = ?"
                " RETURNING client_id, redirect_uri, challenge, scope, user, expires_at",
                (code,),
            ).fetchone()
        if row is None:
            raise GrantError("invalid_grant", "Invalid authorization code")
        if row[5] < self._now():
            raise GrantError("invalid_grant", "Authorization code expired")
        if row[0] != client_id:
            raise GrantError("invalid_grant", "Invalid client")
        if row[1] != redirect_uri:
            raise GrantError("invalid_grant", "Invalid redirect URI")
        if not _VERIFIER.fullmatch(verifier) or not hmac.compare_digest(challenge_of(verifier), row[2]):
            raise GrantError("invalid_grant", "code_verifier was incorrect")
        token = self._new_refresh_token(client_id, row[3], row[4], self._now()) if refresh else None
        return self._grant(client_id, row[3], row[4], expires_in, token)

    def refresh(self, token: str, client_id: str, *, expires_in: int, ttl_s: float, rotate: bool) -> Grant:
        """A new access token; with `rotate` also a new refresh token, and the old one ends. Raises `GrantError`."""
        row = self._store.connection.execute(
            "SELECT client_id, scope, user, consented_at FROM refresh_tokens WHERE token = ?", (token,)
        ).fetchone()
        if row is None:
            raise GrantError("invalid_grant", "Refresh token revoked")
        if row[0] != client_id:
            raise GrantError("invalid_grant", "Invalid client")
        if row[3] + ttl_s <= self._now():
            raise GrantError("invalid_grant", "Refresh token expired")
        new = None
        if rotate:
            self.revoke(token)
            new = self._new_refresh_token(client_id, row[1], row[2], row[3])
        return self._grant(client_id, row[1], row[2], expires_in, new)

    def _new_refresh_token(self, client_id: str, scope: str, user: str, consented_at: float) -> str:
        token = secrets.token_urlsafe(64)
        with self._store.transaction() as connection:
            row = (token, client_id, scope, user, consented_at)
            connection.execute("INSERT INTO refresh_tokens VALUES (?, ?, ?, ?, ?)", row)
        return token

    def _grant(self, client_id: str, scope: str, user: str, expires_in: int, refresh_token: str | None) -> Grant:
        token, expires_at = secrets.token_urlsafe(64), self._now() + expires_in
        with self._store.transaction() as connection:
            connection.execute(
                "INSERT INTO access_tokens VALUES (?, ?, ?, ?, ?)", (token, client_id, scope, user, expires_at)
            )
        self._sessions[token] = Session(user, client_id, frozenset(scope.split()), expires_at)
        return Grant(token, expires_in, scope, refresh_token)

    def expire(self, token: str) -> None:
        """End an access token now."""
        session = self._sessions[token]
        self._sessions[token] = Session(session.user, session.client_id, session.scopes, 0.0)
        with self._store.transaction() as connection:
            connection.execute("UPDATE access_tokens SET expires_at = 0 WHERE token = ?", (token,))

    def revoke(self, token: str) -> None:
        """End a refresh token."""
        with self._store.transaction() as connection:
            connection.execute("DELETE FROM refresh_tokens WHERE token = ?", (token,))

    def expire_all(self) -> int:
        """End every access token; how many there were."""
        for token in list(self._sessions):
            self.expire(token)
        return len(self._sessions)

    def revoke_all(self) -> int:
        """End every refresh token; how many there were."""
        with self._store.transaction() as connection:
            return connection.execute("DELETE FROM refresh_tokens").rowcount


def challenge_of(verifier: str) -> str:
    """S256: the challenge that a verifier answers."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode()
