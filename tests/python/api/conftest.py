"""The API over fakes, called in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from musicsync import logs
from musicsync.api.app import create_app
from musicsync.settings import Settings, load

from .fake import FakeEngine, FakeService, FakeStore

logs.configure()
PLAYLIST = "37i9dQZF1DXcBWIGoYBM5M"


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(_env_file=None, data_dir=tmp_path)


@pytest.fixture
def app_of(service: FakeService, tmp_path: Path) -> Callable[..., FastAPI]:
    """Builds the app with changed settings."""

    def build(**changes: Any) -> FastAPI:
        options = {key: changes.pop(key) for key in ("local_token", "on_shutdown") if key in changes}
        settings = load(_env_file=None, data_dir=tmp_path, **changes)
        return create_app(service, FakeStore(service), FakeEngine(), settings, now=lambda: 1_010.0, **options)  # type: ignore[arg-type]

    return build


def client_of(app: FastAPI, base_url: str = "http://127.0.0.1:8000", **options: Any) -> httpx2.AsyncClient:
    """A client of `app` that answers unexpected errors instead of raising them."""
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx2.AsyncClient(transport=transport, base_url=base_url, **options)


@pytest.fixture
async def api(app_of: Callable[..., FastAPI]) -> AsyncIterator[httpx2.AsyncClient]:
    async with client_of(app_of()) as client:
        yield client


def song(**changes: Any) -> dict[str, Any]:
    """A body for `POST /sync`."""
    return {"track_name": "Bang Bang", "artist": "Jessie J", "playlist_id": PLAYLIST} | changes
