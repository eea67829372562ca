"""Signing in: PKCE only, loopback or https only, codes once, refresh tokens that rotate, end and are revoked."""

from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from musicsync.emulator.oauth import allowed_redirect
from tests.python.emulator.emulated import REDIRECT, Client, Running, code_in, emulated


@pytest.mark.parametrize(
    ("uri", "allowed"),
    [
        ("https://example.com/callback", True),
        ("http://127.0.0.1:8899/callback", True),
        ("http://127.0.0.1/", True),
        ("http://[::1]:8899/callback", True),
        ("http://localhost:8899/callback", False),
        ("http://example.com/callback", False),
        ("http://127.0.0.1.example.com/", False),
        ("https://example.com/#fragment", False),
        ("http://127.0.0.1:port/", False),
        ("musicsync:/callback", False),
        ("", False),
    ],
)
def test_redirects_go_to_https_or_to_a_loopback_number(uri: str, allowed: bool) -> None:
    assert allowed_redirect(uri) is allowed


async def test_the_page_consents_by_itself_and_gives_code_and_state(client: Client) -> None:
    answer = await client.consent(state="a b&c")
    assert answer.status == 302
    assert answer.headers["location"].startswith(f"{REDIRECT}?")
    assert parse_qs(urlsplit(answer.headers["location"]).query)["state"] == ["a b&c"]


async def test_a_redirect_uri_with_a_query_keeps_it(client: Client) -> None:
    answer = await client.consent(redirect_uri="https://example.com/back?x=1")
    assert answer.headers["location"].startswith("https://example.com/back?x=1&code=")


@pytest.mark.parametrize("changed", [{"client_id": ""}, {"redirect_uri": "http://localhost:1/"}])
async def test_a_wrong_app_gets_a_page_and_no_redirect(client: Client, changed: dict[str, str]) -> None:
    answer = await client.consent(**changed)
    assert (answer.status, answer.body[:14]) == (400, "INVALID_CLIENT")


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"scope": "playlist-read-private everything"}, "invalid_scope"),
    ],
)
async def test_a_wrong_request_is_told_to_the_app(client: Client, changed: dict[str, str | None], error: str) -> None:
    answer = await client.consent(**changed)
    assert parse_qs(urlsplit(answer.headers["location"]).query) == {"error": [error], "state": ["s1"]}


async def test_a_code_gives_tokens_once(client: Client) -> None:
    code = code_in(await client.consent(scope="playlist-read-private"))
    granted = await client.exchange(code)
    assert granted.status == 200
    assert granted.headers["cache-control"] == "no-store"
    assert (granted.body["token_type"], granted.body["expires_in"]) == ("Bearer", 3600)
    assert granted.body["scope"] == "playlist-read-private"
    assert granted.body["access_token"] != granted.body["refresh_token"]
    again = await client.exchange(code)
    assert (again.status, again.body) == (
        400,
        {"error": "invalid_grant", "error_description": "Invalid authorization code"},
    )


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_verifier": "w" * 64}, "invalid_grant"),
        ({"code_verifier": "short"}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_request"),
        ({"redirect_uri": "http://127.0.0.1:1/"}, "invalid_grant"),
        ({"client_id": "other"}, "invalid_grant"),
        ({"code": "guess"}, "invalid_grant"),
        ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
        ({"grant_type": ""}, "invalid_request"),
    ],
)
async def test_a_wrong_exchange_gives_nothing(client: Client, changed: dict[str, str], error: str) -> None:
    code = code_in(await client.consent())
    answer = await client.exchange(**({"code": code} | changed))
    assert (answer.status, answer.body["error"]) == (400, error)
    assert answer.body["error_description"]


async def test_the_token_endpoint_wants_a_form(client: Client) -> None:
    answer = await client.post("/api/token", {"grant_type": "refresh_token"})
    assert (answer.status, answer.body["error"]) == (400, "invalid_request")


async def test_a_code_ends_after_ten_minutes(tmp_path: Path) -> None:
    time = [1000.0]
    async with emulated(tmp_path, now=lambda: time[0]) as running:
        code = code_in(await running.client.consent())
        time[0] += 601
        assert (await running.client.exchange(code)).body["error"] == "invalid_grant"


async def test_a_refresh_gives_an_access_token_and_usually_no_refresh_token(client: Client) -> None:
    first = await client.refresh()
    assert first.status == 200
    assert "refresh_token" not in first.body
    assert (await client.refresh()).status == 200
    client.token = first.body["access_token"]
    assert (await client.get("/v1/me")).status == 200


async def test_a_rotated_refresh_token_is_used_once(client: Client) -> None:
    await client.faults(rotate_refresh=1)
    old = client.refresh_token
    renewed = await client.refresh(old)
    assert renewed.body["refresh_token"] != old
    spent = await client.refresh(old)
    assert (spent.status, spent.body["error"]) == (400, "invalid_grant")
    assert (await client.refresh(renewed.body["refresh_token"])).status == 200


async def test_refresh_tokens_end_half_a_year_after_consent_also_when_rotated(tmp_path: Path) -> None:
    time = [1000.0]
    async with emulated(tmp_path, now=lambda: time[0], faults={"rotate_refresh": 1}) as running:
        time[0] += 181 * 86_400
        renewed = await running.client.refresh()
        assert renewed.status == 200
        time[0] += 2 * 86_400
        answer = await running.client.refresh(renewed.body["refresh_token"])
        assert (answer.status, answer.body["error"]) == (400, "invalid_grant")


async def test_a_revoked_refresh_token_is_an_invalid_grant(client: Client) -> None:
    assert (await client.post("/_emulator/tokens/revoke")).body == {"ended": 1}
    answer = await client.refresh()
    assert (answer.status, answer.body) == (
        400,
        {"error": "invalid_grant", "error_description": "Refresh token revoked"},
    )


async def test_sign_in_faults(client: Client) -> None:
    await client.faults(no_refresh=1)
    assert "refresh_token" not in (await client.exchange(code_in(await client.consent()))).body
    await client.faults(revoke_refresh=1)
    assert (await client.refresh()).body["error"] == "invalid_grant"
    await client.faults()
    assert (await client.refresh()).body["error"] == "invalid_grant"
    await client.faults(access_denied=1)
    assert "error=access_denied" in (await client.consent()).headers["location"]


async def test_the_token_endpoint_suffers_faults_only_where_it_is_named(client: Client) -> None:
    await client.faults(**{"500": 1})
    assert (await client.refresh()).status == 200
    await client.faults(**{"500": 1, "endpoints": ["POST /api/token"]})
    assert (await client.refresh()).status == 500
    assert (await client.get("/v1/me")).status == 200


async def test_calls_without_a_good_token_are_refused(running: Running) -> None:
    client, good = running.client, running.client.token
    client.token = ""
    assert (await client.get("/v1/me")).message == "No token provided"
    client.token = "guess"
    answer = await client.get("/v1/me")
    assert (answer.status, answer.body) == (401, {"error": {"status": 401, "message": "Invalid access token"}})
    assert "invalid_token" in answer.headers["www-authenticate"]
    basic = "Basic " + base64.b64encode(b"a:b").decode()
    assert (await client.send("GET", "/v1/me", headers={"authorization": basic})).status == 400
    client.token = good
    assert (await client.get("/v1/me")).status == 200


async def test_an_access_token_ends_after_an_hour(tmp_path: Path) -> None:
    time = [1000.0]
    async with emulated(tmp_path, now=lambda: time[0]) as running:
        time[0] += 3599
        assert (await running.client.get("/v1/me")).status == 200
        time[0] += 2
        answer = await running.client.get("/v1/me")
        assert (answer.status, answer.message) == (401, "The access token expired")


async def test_a_restart_keeps_sign_ins(tmp_path: Path) -> None:
    async with emulated(tmp_path) as before:
        token, refresh_token = before.client.token, before.client.refresh_token
        code = code_in(await before.client.consent())
    async with emulated(tmp_path, signed_in=False) as after:
        after.client.token = token
        assert (await after.client.get("/v1/me")).status == 200
        assert (await after.client.refresh(refresh_token)).status == 200
        assert (await after.client.exchange(code)).status == 200
