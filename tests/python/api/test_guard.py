"""Who may call: Host, Origin, token and size, for every route of the table."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from musicsync.api.guard import MAX_BODY
from musicsync.errors import SettingsError

from .conftest import client_of, song

TOKEN = "correct-horse-battery"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
AppOf = Callable[..., FastAPI]


def _routes(app: FastAPI) -> list[tuple[str, str]]:
    found = [
        (method, route.path.replace("{id}", "sync-1"))
        for route in iter_route_contexts(app.routes)
        for method in sorted(route.methods or ())
    ]
    assert any(path.endswith("/api/v1/sync") for _, path in found)
    return found


async def test_every_route_needs_the_token_once_one_is_set(app_of: AppOf) -> None:
    app = app_of(api_token=TOKEN)
    async with client_of(app) as api:
        for method, path in _routes(app):
            answer = await api.request(method, path)
            assert (answer.status_code, answer.headers["www-authenticate"][:6]) == (401, "Bearer"), path
            assert method == "HEAD" or answer.json()["type"] == "urn:musicsync:problem:unauthorized"


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", f"Basic {TOKEN}", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", TOKEN, "Bearer \xff"],
)
async def test_a_wrong_token_is_refused(app_of: AppOf, header: str) -> None:
    async with client_of(app_of(api_token=TOKEN)) as api:
        answer = await api.get("/api/v1/health", headers={"Authorization": header.encode("latin-1")})
    assert answer.status_code == 401


async def test_the_token_and_the_local_token_open_the_api(app_of: AppOf) -> None:
    async with client_of(app_of(api_token=TOKEN, local_token="local-only-token")) as api:
        for token in (TOKEN, "local-only-token"):
            answer = await api.get("/api/v1/health", headers={"Authorization": f"bearer {token}"})
            assert answer.status_code == 200


async def test_beyond_loopback_a_token_is_required(app_of: AppOf) -> None:
    with pytest.raises(SettingsError, match=r"MUSICSYNC_API_TOKEN is not set, and 0\.0\.0\.0"):
        app_of(host="0.0.0.0")
    app_of(host="0.0.0.0", api_token=TOKEN)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.5", "localhost.evil.example:8000"]
)
async def test_a_foreign_host_is_refused_on_loopback(app_of: AppOf, host: str) -> None:
    async with client_of(app_of()) as api:
        answer = await api.post("/api/v1/sync", json=song(), headers={"Host": host})
    assert (answer.status_code, answer.json()["type"]) == (421, "urn:musicsync:problem:wrong-host")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:1", "[::1]:8000", "LOCALHOST", "nas.local"])
async def test_own_names_are_served(app_of: AppOf, host: str) -> None:
    async with client_of(app_of(allowed_hosts="nas.local")) as api:
        assert (await api.get("/api/v1/health", headers={"Host": host})).status_code == 200


async def test_an_exposed_api_is_served_by_address_and_not_by_a_foreign_name(app_of: AppOf) -> None:
    async with client_of(app_of(host="0.0.0.0", api_token=TOKEN), headers=BEARER) as api:
        assert (await api.get("/api/v1/health", headers={"Host": "192.168.1.5:8000"})).status_code == 200
        assert (await api.get("/api/v1/health", headers={"Host": "rebound.example:8000"})).status_code == 421


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:9000", "http://127.0.0.1:8000.evil.example"]
)
async def test_a_foreign_origin_is_refused(app_of: AppOf, origin: str) -> None:
    async with client_of(app_of()) as api:
        answer = await api.post("/api/v1/sync", json=song(), headers={"Origin": origin})
        own = await api.post("/api/v1/sync", json=song(), headers={"Origin": "http://127.0.0.1:8000"})
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:musicsync:problem:foreign-origin")
    assert own.status_code == 202


async def test_no_cross_origin_headers_are_ever_sent(app_of: AppOf) -> None:
    async with client_of(app_of()) as api:
        answer = await api.options("/api/v1/sync", headers={"Access-Control-Request-Method": "POST"})
        plain = await api.get("/api/v1/health")
    assert not [name for name in (*answer.headers, *plain.headers) if name.startswith("access-control")]
    assert plain.headers["x-content-type-options"] == "nosniff"


async def test_a_body_over_one_mebibyte_is_refused_by_its_announced_length(app_of: AppOf) -> None:
    async with client_of(app_of()) as api:
        answer = await api.post("/api/v1/sync", content=b" " * (MAX_BODY + 1))
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:musicsync:problem:too-large")


async def test_a_streamed_body_is_counted_whatever_it_announces(app_of: AppOf) -> None:
    sent = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(64):
            sent += 1
            yield b" " * (MAX_BODY // 8)

    async with client_of(app_of()) as api:
        answer = await api.post("/api/v1/sync", content=chunks())
        lying = await api.post("/api/v1/sync", content=chunks(), headers={"Content-Length": "10"})
    assert (answer.status_code, lying.status_code) == (413, 413)
    assert sent <= 2 * 10


async def test_a_body_of_one_mebibyte_is_read(app_of: AppOf) -> None:
    body = httpx2.Request("POST", "http://x", json=song()).read()
    async with client_of(app_of()) as api:
        headers = {"Content-Type": "application/json"}
        answer = await api.post("/api/v1/sync", content=body + b" " * (MAX_BODY - len(body)), headers=headers)
    assert answer.status_code == 202
