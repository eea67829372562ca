"""Access tokens: good ones, and one renewal for everybody."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from musicsync.errors import (
    InvalidCredentialsError,
    SettingsError,
    SpotifyRefused,
    SpotifyUnavailable,
    StorageUnavailable,
)
from musicsync.spotify.tokens import AccessTokens, FileVault, TokenSet, days_left
from tests.python.fake_clock import VirtualClock
from tests.python.spotify.server import FakeSpotify, Reaction, drop, hang, json, text

ENDED = json({"error": "invalid_grant", "error_description": "Refresh token revoked"}, 400)


def stored(vault: FileVault) -> TokenSet:
    tokens = vault.load()
    assert tokens
    return tokens


async def test_a_token_that_is_good_is_used_as_it_is(tokens: AccessTokens, server: FakeSpotify) -> None:
    assert [await tokens.get() for _ in range(3)] == ["access0"] * 3
    assert server.token_calls == []


async def test_a_token_is_renewed_shortly_before_it_expires(
    tokens: AccessTokens, server: FakeSpotify, clock: VirtualClock
) -> None:
    await clock.advance(3600 - 31)
    assert await tokens.get() == "access0"
    await clock.advance(1)
    assert await tokens.get() == "access1"
    assert server.token_calls == [{"grant_type": "refresh_token", "refresh_token": "refresh0", "client_id": "client1"}]


async def test_a_short_lived_token_is_not_renewed_at_every_call(
    tokens: AccessTokens, server: FakeSpotify, clock: VirtualClock
) -> None:
    server.expires_in = 10
    await tokens.renew("access0")
    await clock.advance(8)
    assert await tokens.get() == "access1"
    await clock.advance(1)
    assert await tokens.get() == "access2"


async def test_the_old_refresh_token_is_kept_where_none_comes_back(
    tokens: AccessTokens, vault: FileVault, clock: VirtualClock
) -> None:
    before = stored(vault)
    await clock.advance(100)
    await tokens.renew("access0")
    after = stored(vault)
    assert (after.access_token, after.refresh_token) == ("access1", "refresh0")
    assert after.expires_at == clock.now() + 3600
    assert after.consented_at == before.consented_at, "a renewal is no consent"


async def test_a_rotated_refresh_token_is_stored_and_used_next(
    tokens: AccessTokens, vault: FileVault, server: FakeSpotify
) -> None:
    server.rotates = True
    assert await tokens.renew("access0") == "access1"
    assert stored(vault).refresh_token == "refresh1"
    assert await tokens.renew("access1") == "access2"
    assert [call["refresh_token"] for call in server.token_calls] == ["refresh0", "refresh1"]


async def test_two_processes_renew_once_even_where_refresh_tokens_rotate(
    vault: FileVault, server: FakeSpotify, clock: VirtualClock
) -> None:
    server.rotates = True
    processes = [AccessTokens(vault, server.url, "client1", clock) for _ in range(5)]
    await asyncio.gather(*(one.get() for one in processes))
    got = await asyncio.gather(*(one.renew("access0") for one in processes for _ in range(3)))
    assert set(got) == {"access1"}
    assert len(server.token_calls) == 1
    for one in processes:
        await one.close()


async def test_a_cancelled_caller_does_not_lose_a_rotated_token(
    tokens: AccessTokens, vault: FileVault, server: FakeSpotify
) -> None:
    server.rotates = True
    caller = asyncio.create_task(tokens.renew("access0"))
    await server.arrived(0, token_calls=1)
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)
    await tokens.close()
    assert stored(vault).refresh_token == "refresh1"


async def test_a_full_disk_does_not_lose_a_rotated_token(
    tokens: AccessTokens, vault: FileVault, server: FakeSpotify, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.rotates = True

    def full(_: TokenSet) -> None:
        raise StorageUnavailable("no space")

    with monkeypatch.context() as patched:
        patched.setattr(vault, "save", full)
        assert await tokens.renew("access0") == "access1"
        await clock.advance(70)
        assert await tokens.get() == "access1"
    await clock.advance(70)
    assert await tokens.get() == "access1"
    assert stored(vault).refresh_token == "refresh1"


async def test_a_token_that_was_refused_while_another_renewal_ran_is_renewed_as_well(
    tokens: AccessTokens, vault: FileVault, server: FakeSpotify, clock: VirtualClock
) -> None:
    now = clock.now()
    vault.save(TokenSet("accessX", "refresh0", now + 3600, issued_at=now))
    first, second = await asyncio.gather(tokens.renew("access0"), tokens.renew("accessX"))
    assert (first, second) == ("accessX", "access1")


async def test_signed_out_needs_the_user_until_somebody_signs_in(
    tokens: AccessTokens, vault: FileVault, server: FakeSpotify, clock: VirtualClock
) -> None:
    server.refresh_tokens.clear()
    await clock.advance(4000)
    for _ in range(5):
        with pytest.raises(InvalidCredentialsError, match="musicsync auth login"):
            await tokens.get()
        await clock.advance(60)
    assert len(server.token_calls) == 1
    now = clock.now()
    vault.save(TokenSet("accessN", "refreshN", now + 3600, consented_at=now, issued_at=now))
    assert await tokens.get() == "accessN"
    vault.clear()
    await clock.advance(60)
    with pytest.raises(InvalidCredentialsError, match="not signed in"):
        await tokens.get()
    assert await tokens.days_left() is None


@pytest.mark.parametrize(
    ("reaction", "kind", "says"),
    [
        (ENDED, InvalidCredentialsError, "Refresh token revoked"),
        (json({"error": "invalid_client"}, 400), SettingsError, "MUSICSYNC_SPOTIFY_CLIENT_ID"),
        (json({"error": "unsupported_grant_type"}, 400), SpotifyRefused, "unsupported_grant_type"),
        (text(503, "upstream error"), SpotifyUnavailable, "503 “upstream error”"),
        (drop, SpotifyUnavailable, "/api/token"),
        (text(200, "<html>"), SpotifyUnavailable, "not JSON"),
        (json({"access_token": "", "expires_in": 3600}), SpotifyUnavailable, "access_token is a text, not a token"),
        (json({"access_token": "a\nb", "expires_in": 3600}), SpotifyUnavailable, "access_token"),
        (json({"access_token": "ab", "expires_in": "soon"}), SpotifyUnavailable, "expires_in"),
        (json({"access_token": "ab", "expires_in": 3600, "refresh_token": 7}), SpotifyUnavailable, "refresh_token"),
    ],
)  # fmt: skip
async def test_a_failed_renewal_is_its_error_and_keeps_the_sign_in(
    tokens: AccessTokens, vault: FileVault, server: FakeSpotify, reaction: Reaction, kind: type[Exception], says: str
) -> None:
    before = stored(vault)
    server.token_script.append(reaction)
    with pytest.raises(kind, match=says) as caught:
        await tokens.renew("access0")
    assert type(caught.value) is kind
    assert stored(vault) == before


async def test_a_token_endpoint_without_answer_is_given_up(
    vault: FileVault, server: FakeSpotify, clock: VirtualClock
) -> None:
    tokens = AccessTokens(vault, server.url, "client1", clock, timeout_s=0.1)
    server.token_script.append(hang)
    with pytest.raises(SpotifyUnavailable, match="no answer"):
        await tokens.renew("access0")
    assert await tokens.renew("access0") == "access1"
    await tokens.close()


async def test_a_clock_that_was_set_back_is_no_reason_to_trust_memory(
    tokens: AccessTokens, vault: FileVault, clock: VirtualClock
) -> None:
    await tokens.get()
    vault.clear()
    clock.jump(-3600)
    with pytest.raises(InvalidCredentialsError):
        await tokens.get()


@pytest.mark.parametrize(
    ("consented", "today", "left"),
    [
        ((2026, 1, 15), (2026, 1, 15), 181),
        ((2026, 1, 15), (2026, 7, 14), 1),
        ((2026, 1, 15), (2026, 7, 15), 0),
        ((2026, 1, 15), (2030, 1, 1), 0),
        ((2025, 8, 31), (2026, 2, 27), 1),
        ((2026, 12, 1), (2027, 5, 31), 1),
    ],
)
def test_a_sign_in_ends_six_months_after_consent(
    consented: tuple[int, int, int], today: tuple[int, int, int], left: int
) -> None:
    tokens = TokenSet("a", "r", 0.0, consented_at=datetime(*consented, tzinfo=UTC).timestamp())
    assert days_left(tokens, datetime(*today, tzinfo=UTC).timestamp()) == left


async def test_days_left_are_counted_from_consent(tokens: AccessTokens, clock: VirtualClock) -> None:
    assert await tokens.days_left() == 181  # 15 January to 15 July
    await clock.advance(90 * 86_400)
    assert await tokens.days_left() == 91
