"""The OpenAPI document is complete and true: generated calls never meet anything that it does not announce."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, settings

from musicsync.api.app import create_app
from musicsync.settings import load

from .conftest import client_of, song
from .fake import FakeCatalogue, FakeEngine, FakeService, FakeStore

_SERVICE = FakeService()
_SETTINGS = load(_env_file=None, data_dir=Path("unused"), allowed_hosts="testserver")
_APP = create_app(_SERVICE, FakeStore(_SERVICE), FakeEngine(), _SETTINGS, catalogue=FakeCatalogue())  # type: ignore[arg-type]
schema = schemathesis.openapi.from_asgi("/openapi.json", _APP)


@schema.parametrize()
@settings(
    max_examples=15, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
def test_generated_calls_keep_to_the_document(case: schemathesis.Case) -> None:
    case.call_and_validate()


async def test_every_operation_declares_its_problems(app_of: Callable[..., FastAPI]) -> None:
    async with client_of(app_of()) as api:
        document = (await api.get("/openapi.json")).json()
    assert "Problem" in document["components"]["schemas"]
    assert "HTTPValidationError" not in document["components"]["schemas"]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            responses: dict[str, Any] = operation["responses"]
            assert {"401", "403", "421", "422", "503"} <= set(responses), (method, path)
            for status, response in responses.items():
                if int(status) >= 400:
                    assert list(response["content"]) == ["application/problem+json"], (method, path, status)
            if "{id}" in path:
                assert "404" in responses, (method, path)


@pytest.mark.parametrize("token", [None, "correct-horse-battery"])
async def test_the_document_asks_for_a_token_exactly_where_the_server_does(
    app_of: Callable[..., FastAPI], token: str | None
) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with client_of(app_of(api_token=token), headers=headers) as api:
        document = (await api.get("/openapi.json")).json()
    assert document.get("security") == ([{"bearer": []}] if token else None)


def test_the_answers_fit_their_schemas() -> None:
    async def bodies() -> list[tuple[str, Any]]:
        async with client_of(_APP) as api:
            made = (await api.post("/api/v1/sync?wait=1", json=song(track_name="ask"))).json()
            one = f"sync/{made['workflow_id']}"
            paths = {
                "SyncStatus": one, "History": f"{one}/history", "CanCancel": f"{one}/cancellable", "SyncList": "sync",
                "ReviewList": "review", "Health": "health", "Alive": "health/live",
            }  # fmt: skip
            got = [(name, (await api.get(f"/api/v1/{path}")).json()) for name, path in paths.items()]
            accepted = (await api.post("/api/v1/sync", json=song())).json()
            return [("Finished", made), ("Accepted", accepted), *got]

    document = _APP.openapi()
    for name, body in asyncio.run(bodies()):
        schema_of = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        jsonschema_rs.validate(schema_of, body)
