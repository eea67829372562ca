"""Access tokens that are good now, from a sign-in that several processes share."""

from __future__ import annotations

import asyncio
import calendar
from dataclasses import replace
from datetime import UTC, datetime

import structlog

from musicsync.errors import InvalidCredentialsError, StorageUnavailable
from musicsync.ports import Clock
from musicsync.spotify.accounts import Accounts
from musicsync.spotify.vaults import FileVault, KeyringVault, TokenSet, TokenVault, has_keyring, open_vault

__all__ = [
    "AccessTokens", "FileVault", "KeyringVault", "TokenSet", "TokenVault", "days_left", "has_keyring", "note_account",
    "open_vault",
]  # fmt: skip

_log = structlog.get_logger(__name__)

CONSENT_MONTHS = 6
_READ_AGAIN_S = 60.0  # a sign-out or a new sign-in by another process is noticed within
_EARLY_S = 30.0
_EARLY_SHARE = 0.1


def days_left(tokens: TokenSet, now: float) -> int:
    """Whole days until Spotify ends the sign-in, six calendar months after consent; 0 when it has ended."""
    start = datetime.fromtimestamp(tokens.consented_at, UTC)
    years, month = divmod(start.month - 1 + CONSENT_MONTHS, 12)
    year, month = start.year + years, month + 1
    end = start.replace(year=year, month=month, day=min(start.day, calendar.monthrange(year, month)[1]))
    return max(0, int((end.timestamp() - now) // 86_400))


async def note_account(vault: TokenVault, account_id: str) -> None:
    """Write down whose sign-in it is (known only once the API was asked)."""
    async with vault.lock():
        tokens = await asyncio.to_thread(vault.load)
        if tokens and tokens.account_id != account_id:
            await asyncio.to_thread(vault.save, replace(tokens, account_id=account_id))


class AccessTokens:
    """Hands out the access token and renews it: one task of one process asks Spotify, all others read its answer.

    A renewal goes on when its caller is cancelled, since its answer may hold the only refresh token that is still good.
    """

    def __init__(
        self, vault: TokenVault, accounts_url: str, client_id: str, clock: Clock, *, timeout_s: float = 10.0
    ) -> None:
        self._vault, self._clock = vault, clock
        self._accounts = Accounts(accounts_url, client_id, clock, timeout_s=timeout_s)
        self._known: TokenSet | None = None
        self._read_at = float("-inf")
        self._unsaved = False
        self._ended = ""  # the refresh token that Spotify has ended: it is not asked about again
        self._renewal: asyncio.Task[str] | None = None

    async def get(self) -> str:
        """A token that is good for a while. Raises `InvalidCredentialsError` when signed out, and what a refresh may:
        `SpotifyUnavailable`, `RateLimited`, `SettingsError`, `SpotifyRefused`, `StorageUnavailable`."""
        age = self._clock.now() - self._read_at
        tokens = self._known if self._known and 0 <= age < _READ_AGAIN_S else await self._load()
        return tokens.access_token if self._is_good(tokens) else await self.renew(tokens.access_token)

    async def renew(self, stale: str) -> str:
        """Another token than `stale`, which expired or which Spotify refused. Raises as `get`."""
        token = await asyncio.shield(self._renewing(stale))
        if token == stale:  # the renewal that was under way began before this token was refused
            token = await asyncio.shield(self._renewing(stale))
        return token

    def _renewing(self, stale: str) -> asyncio.Task[str]:
        """The renewal under way, or a new one."""
        if self._renewal is None or self._renewal.done():
            self._renewal = asyncio.create_task(self._renew(stale))
            self._renewal.add_done_callback(lambda task: task.cancelled() or task.exception())  # retrieved
        return self._renewal

    async def days_left(self) -> int | None:
        """Whole days until one must sign in again, None when signed out."""
        try:
            return days_left(await self._load(), self._clock.now())
        except InvalidCredentialsError:
            return None

    async def close(self) -> None:
        """Let a renewal end and be stored, then close the connections."""
        if self._renewal:
            await asyncio.wait([self._renewal])
        await self._accounts.close()

    async def _renew(self, stale: str) -> str:
        async with self._vault.lock():
            tokens = await self._load()
            if tokens.access_token != stale and self._is_good(tokens):
                return tokens.access_token  # another process was first
            if tokens.refresh_token == self._ended:
                raise InvalidCredentialsError("signed out of Spotify: run `musicsync auth login`")
            now = self._clock.now()
            try:
                granted = await self._accounts.refresh(tokens.refresh_token)
            except InvalidCredentialsError:
                self._ended = tokens.refresh_token
                _log.warning("spotify sign-in has ended")
                raise
            renewed = replace(
                tokens, access_token=granted.access_token, issued_at=now, expires_at=now + granted.expires_in_s,
                refresh_token=granted.refresh_token or tokens.refresh_token,
                scope=tokens.scope if granted.scope is None else granted.scope,
            )  # fmt: skip
            self._known, self._read_at, self._unsaved = renewed, now, True
            await self._save()
            _log.info("spotify access token renewed", rotated=granted.refresh_token is not None)
            return renewed.access_token

    async def _load(self) -> TokenSet:
        if self._unsaved and self._known:
            await self._save()
            return self._known
        tokens = await asyncio.to_thread(self._vault.load)
        self._known, self._read_at = tokens, self._clock.now()
        if tokens is None:
            raise InvalidCredentialsError("not signed in to Spotify: run `musicsync auth login`")
        return tokens

    async def _save(self) -> None:
        """Store what is known. Where that fails it is used from memory, and stored at the next occasion."""
        assert self._known
        try:
            await asyncio.to_thread(self._vault.save, self._known)
            self._unsaved = False
        except StorageUnavailable as error:
            _log.warning("spotify sign-in not stored", reason=str(error))

    def _is_good(self, tokens: TokenSet) -> bool:
        lifetime = tokens.expires_at - tokens.issued_at
        return self._clock.now() < tokens.expires_at - min(_EARLY_S, max(0.0, lifetime) * _EARLY_SHARE)
