"""One emulator a test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.python.emulator.emulated import Client, Running, emulated


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    async with emulated(tmp_path) as running:
        yield running


@pytest.fixture
def client(running: Running) -> Client:
    return running.client


@pytest.fixture
async def extended(tmp_path: Path) -> AsyncIterator[Running]:
    async with emulated(tmp_path / "extended", profile="extended") as running:
        yield running
