from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from musicsync.spotify.client import SpotifyClient
from musicsync.spotify.tokens import AccessTokens, FileVault, TokenSet
from tests.python.fake_clock import VirtualClock
from tests.python.spotify.server import SCOPE, FakeSpotify


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
async def server() -> AsyncIterator[FakeSpotify]:
    fake = FakeSpotify()
    await fake.start()
    yield fake
    await fake.close()


@pytest.fixture
def vault(tmp_path: Path, server: FakeSpotify, clock: VirtualClock) -> FileVault:
    """Signed in, with a token that the server accepts."""
    vault = FileVault(tmp_path / "secrets" / "spotify.json")
    now = clock.now()
    vault.save(TokenSet("access0", "refresh0", now + 3600, SCOPE, consented_at=now, issued_at=now))
    server.good.add("access0")
    server.refresh_tokens.add("refresh0")
    return vault


@pytest.fixture
async def tokens(vault: FileVault, server: FakeSpotify, clock: VirtualClock) -> AsyncIterator[AccessTokens]:
    tokens = AccessTokens(vault, server.url, "client1", clock)
    yield tokens
    await tokens.close()


@pytest.fixture
async def client(tokens: AccessTokens, server: FakeSpotify, clock: VirtualClock) -> AsyncIterator[SpotifyClient]:
    client = SpotifyClient(server.url, tokens, clock)
    yield client
    await client.close()


@pytest.fixture
async def hasty(tokens: AccessTokens, server: FakeSpotify, clock: VirtualClock) -> AsyncIterator[SpotifyClient]:
    """A client that gives up after 0.3 s, and that has read its token."""
    await tokens.get()
    client = SpotifyClient(server.url, tokens, clock, request_timeout_s=0.3)
    yield client
    await client.close()
