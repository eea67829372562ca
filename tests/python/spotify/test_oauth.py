"""Signing in, by browser and by hand."""

from __future__ import annotations

import asyncio
import json as stdlib_json
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from musicsync.errors import InsufficientScopeError, InvalidCredentialsError, SettingsError, SpotifyUnavailable
from musicsync.spotify.oauth import SCOPES, sign_in, visit
from musicsync.spotify.tokens import AccessTokens, FileVault
from tests.python.fake_clock import VirtualClock
from tests.python.spotify.server import FakeSpotify, json


@pytest.fixture
def empty(tmp_path: Path) -> FileVault:
    return FileVault(tmp_path / "secrets" / "spotify.json")


def fetch(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as page:
            return page.status, page.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def answered_address(url: str) -> str:
    """Where a person would be sent, without going there."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *arguments: object) -> None:
            return None

    try:
        urllib.request.build_opener(Stay).open(url, timeout=10)
    except urllib.error.HTTPError as error:
        return str(error.headers["Location"])
    raise AssertionError("no redirect")


async def test_signing_in_by_browser_stores_a_sign_in_that_works(
    server: FakeSpotify, empty: FileVault, clock: VirtualClock
) -> None:
    seen: list[str] = []

    def browser(url: str) -> None:
        seen.append(url)
        visit(url)

    tokens = await sign_in(server.url, "client1", empty, clock, open_browser=browser, paste=None)
    assert empty.load() == tokens
    assert (tokens.access_token, tokens.refresh_token) == ("access2", "refresh2")
    assert (tokens.consented_at, tokens.expires_at) == (clock.now(), clock.now() + 3600)
    assert set(tokens.scope.split()) == set(SCOPES)

    asked = {name: values[0] for name, values in parse_qs(urlsplit(seen[0]).query).items()}
    assert asked["redirect_uri"].startswith("http://127.0.0.1:")
    assert asked["redirect_uri"].endswith("/callback")
    assert (asked["client_id"], asked["response_type"], asked["code_challenge_method"]) == ("client1", "code", "S256")
    form = server.token_calls[0]
    assert 43 <= len(form["code_verifier"]) <= 128
    assert form["code_verifier"] not in seen[0]
    assert set(form) == {"grant_type", "code", "redirect_uri", "client_id", "code_verifier"}

    access = AccessTokens(empty, server.url, "client1", clock)
    assert await access.renew("access2") == "access3"
    await access.close()


async def test_signing_in_by_hand_takes_the_pasted_address(
    server: FakeSpotify, empty: FileVault, clock: VirtualClock
) -> None:
    for shape in ("{}", "  <{}>\n", "{query}", "?{query}"):

        def person(url: str, shape: str = shape) -> str:
            address = answered_address(url)
            assert address.startswith("http://127.0.0.1:8888/callback?")
            return shape.format(address, query=urlsplit(address).query)

        tokens = await sign_in(server.url + "/", "client1", empty, clock, open_browser=None, paste=person)
        assert empty.load() == tokens


@pytest.mark.parametrize(
    ("pasted", "says"),
    [
        ("", "another sign-in"),
        ("http://127.0.0.1:8888/callback?code=stolen&state=wrong", "another sign-in"),
        ("http://127.0.0.1:8888/callback?code=x&state=ü", "another sign-in"),
        ("http://[bad", "another sign-in"),
        ("http://127.0.0.1:8888/callback?state={state}", "holds no code"),
        ("http://127.0.0.1:8888/callback?error=access_denied&state={state}", "access_denied"),
    ],
)
async def test_a_wrong_address_signs_nobody_in(
    server: FakeSpotify, empty: FileVault, clock: VirtualClock, pasted: str, says: str
) -> None:
    def person(url: str) -> str:
        return pasted.format(state=parse_qs(urlsplit(url).query)["state"][0])

    with pytest.raises(InvalidCredentialsError, match=says):
        await sign_in(server.url, "client1", empty, clock, open_browser=None, paste=person)
    assert server.token_calls == []
    assert empty.load() is None


async def test_a_foreign_callback_is_turned_away_and_the_right_one_still_counts(
    server: FakeSpotify, empty: FileVault, clock: VirtualClock
) -> None:
    pages: list[tuple[int, str]] = []

    def browser(url: str) -> None:
        callback = parse_qs(urlsplit(url).query)["redirect_uri"][0]
        pages.append(fetch(f"{callback}?code=evil&state=guess"))
        pages.append(fetch(f"{callback}?code=evil"))
        pages.append(fetch(callback.replace("/callback", "/other")))
        pages.append(fetch(url))

    await sign_in(server.url, "client1", empty, clock, open_browser=browser, paste=None)
    assert [status for status, _ in pages] == [400, 400, 404, 200]
    assert "signed in" in pages[3][1]
    assert len(server.token_calls) == 1


async def test_a_refusal_on_spotifys_page_is_said(server: FakeSpotify, empty: FileVault, clock: VirtualClock) -> None:
    def browser(url: str) -> None:
        asked = parse_qs(urlsplit(url).query)
        fetch(f"{asked['redirect_uri'][0]}?error=access_denied&state={asked['state'][0]}")

    with pytest.raises(InvalidCredentialsError, match="access_denied"):
        await sign_in(server.url, "client1", empty, clock, open_browser=browser, paste=None)


async def test_a_sign_in_that_nobody_finishes_ends(server: FakeSpotify, empty: FileVault, clock: VirtualClock) -> None:
    with pytest.raises(InvalidCredentialsError, match="nobody signed in"):
        await sign_in(server.url, "client1", empty, clock, open_browser=lambda url: None, paste=None, timeout_s=0.05)


async def test_a_page_that_cannot_be_opened_is_said(empty: FileVault, clock: VirtualClock) -> None:
    with pytest.raises(SpotifyUnavailable, match="cannot be opened"):
        await sign_in("http://127.0.0.1:9", "client1", empty, clock, open_browser=visit, paste=None)
    with pytest.raises(SettingsError, match="on this machine"):
        await sign_in("https://accounts.example", "client1", empty, clock, open_browser=visit, paste=None)


async def test_a_port_in_use_and_a_missing_client_id_are_settings(
    server: FakeSpotify, empty: FileVault, clock: VirtualClock
) -> None:
    port = urlsplit(server.url).port
    assert port
    with pytest.raises(SettingsError, match=f"port {port}"):
        await sign_in(server.url, "client1", empty, clock, open_browser=visit, paste=None, port=port)
    with pytest.raises(SettingsError, match="MUSICSYNC_SPOTIFY_CLIENT_ID"):
        await sign_in(server.url, "", empty, clock, open_browser=visit, paste=None)
    with pytest.raises(SettingsError, match="browser"):
        await sign_in(server.url, "client1", empty, clock, open_browser=None, paste=None)


async def test_less_than_was_asked_for_is_not_enough(
    server: FakeSpotify, empty: FileVault, clock: VirtualClock
) -> None:
    granted = {"access_token": "a", "refresh_token": "r", "expires_in": 3600, "scope": "playlist-read-private"}
    server.token_script.append(json(granted))
    with pytest.raises(InsufficientScopeError, match="playlist-modify-private"):
        await sign_in(server.url, "client1", empty, clock, open_browser=visit, paste=None)
    assert empty.load() is None


async def test_a_sign_in_without_refresh_token_lasts_as_long_as_its_access_token(
    server: FakeSpotify, empty: FileVault, clock: VirtualClock
) -> None:
    server.token_script.append(json({"access_token": "a", "expires_in": 3600}))
    await sign_in(server.url, "client1", empty, clock, open_browser=visit, paste=None)
    access = AccessTokens(empty, server.url, "client1", clock)
    assert await access.get() == "a"
    await clock.advance(3600)
    with pytest.raises(InvalidCredentialsError, match="signed out"):
        await access.get()
    assert len(server.token_calls) == 1
    await access.close()


async def test_the_listener_is_gone_after_the_sign_in(
    server: FakeSpotify, empty: FileVault, clock: VirtualClock
) -> None:
    seen: list[str] = []

    def browser(url: str) -> None:
        seen.append(parse_qs(urlsplit(url).query)["redirect_uri"][0])
        visit(url)

    await sign_in(server.url, "client1", empty, clock, open_browser=browser, paste=None)
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", urlsplit(seen[0]).port)


def test_the_stored_form_is_plain_json(vault: FileVault, tmp_path: Path) -> None:
    stored = stdlib_json.loads((tmp_path / "secrets" / "spotify.json").read_text())
    assert set(stored) == {
        "access_token", "refresh_token", "expires_at", "scope", "consented_at", "account_id", "issued_at",
    }  # fmt: skip
