"""Canary secrets through everything that can go wrong: none of them in an error, a log line or a repr."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import structlog

from musicsync.errors import MusicSyncError
from musicsync.spotify.accounts import Granted
from musicsync.spotify.client import SpotifyClient
from musicsync.spotify.oauth import sign_in, visit
from musicsync.spotify.tokens import AccessTokens, FileVault, TokenSet
from musicsync.spotify.transport import Answer
from tests.python.fake_clock import VirtualClock
from tests.python.spotify.server import FakeSpotify, drop, error, hang, json, text

CANARIES = ("canary-access", "canary-refresh", "canary-new-access", "canary-new-refresh")


def written(error: BaseException) -> str:
    """All that a log could hold of an error: its text, and the text of all that led to it."""
    return "".join(traceback.format_exception(error))


async def test_no_secret_is_in_an_error_or_a_log(
    tmp_path: Path, server: FakeSpotify, clock: VirtualClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    vault = FileVault(tmp_path / "secrets" / "spotify.json")
    now = clock.now()
    vault.save(TokenSet(CANARIES[0], CANARIES[1], now + 3600, consented_at=now, issued_at=now))
    tokens = AccessTokens(vault, server.url, "client1", clock, timeout_s=0.1)
    client = SpotifyClient(server.url, tokens, clock, request_timeout_s=0.1)
    echo = " ".join(CANARIES[:2])
    new = {"access_token": CANARIES[2], "refresh_token": CANARIES[3], "expires_in": 3600}
    found: list[str] = []
    with structlog.testing.capture_logs() as logs:
        for reaction in (
            error(400, f"bad token {echo}"), text(403, f"Bearer {CANARIES[0]}"), error(500, CANARIES[0]), drop, hang,
            text(200, CANARIES[0]), json({"tracks": {"items": [CANARIES[0]]}}), error(429, CANARIES[0]),
        ):  # fmt: skip
            server.script.append(reaction)
            with pytest.raises(MusicSyncError) as caught:
                await client.search("x")
            # what the server echoes is taken out of its own token only: the refresh token never goes to the API
            found.append(written(caught.value).replace(CANARIES[1], ""))
            await clock.advance(1)
        for reaction in (
            json({"error": "x", "error_description": CANARIES[1]}, 400), text(500, CANARIES[1]), drop, hang,
            text(200, CANARIES[1]), json({"access_token": f"{CANARIES[2]}\n", "expires_in": 1}),
        ):  # fmt: skip
            server.token_script.append(reaction)
            with pytest.raises(MusicSyncError) as caught:
                await tokens.renew(CANARIES[0])
            found.append(written(caught.value))
        server.token_script.append(json(new))
        assert await tokens.renew(CANARIES[0]) == CANARIES[2]
        (tmp_path / "secrets" / "spotify.json").write_text(f'{{"access_token": "{CANARIES[0]}"}}')
        await clock.advance(70)
        with pytest.raises(MusicSyncError) as caught:
            await tokens.get()
        found.append(written(caught.value))
    await client.close()
    await tokens.close()
    everything = "\n".join([*found, caplog.text, repr(logs), repr(client), repr(tokens)])
    assert [canary for canary in CANARIES if canary in everything] == []
    assert "spotify access token renewed" in repr(logs), "the log was not watched"
    assert len(found) == 15


async def test_no_secret_of_a_sign_in_is_in_an_error_or_a_log(
    tmp_path: Path, server: FakeSpotify, clock: VirtualClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    vault = FileVault(tmp_path / "secrets" / "spotify.json")
    secrets: list[str] = []

    def browser(url: str) -> None:
        secrets.append(parse_qs(urlsplit(url).query)["state"][0])
        visit(url)

    found = ""
    for reaction in (error(400, "bad"), drop, text(200, "{}")):
        server.token_script.append(reaction)
        with pytest.raises(MusicSyncError) as caught:
            await sign_in(server.url, "client1", vault, clock, open_browser=browser, paste=None)
        found += written(caught.value)
    secrets += [call[name] for call in server.token_calls for name in ("code", "code_verifier")]
    assert len(secrets) == 9
    assert [secret for secret in secrets if secret in found + caplog.text] == []


def test_no_secret_is_in_a_repr() -> None:
    shown = [
        TokenSet(CANARIES[0], CANARIES[1], 0.0), Granted(CANARIES[2], CANARIES[3], 1.0, None),
        Answer(200, {}, CANARIES[0].encode()),
    ]  # fmt: skip
    assert "canary" not in repr(shown)
