"""The standalone runner plays every scenario, and ends as the one in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.python.scenarios import SCENARIOS, Scenario, World, play
from tests.python.standalone.houses import House
from tests.python.test_memory import in_memory


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
async def test_a_scenario_ends_as_in_memory(scenario: Scenario, tmp_path: Path) -> None:
    @asynccontextmanager
    async def standalone(_: Scenario) -> AsyncIterator[World]:
        house = House(tmp_path / "journal.db")
        await house.start()
        try:
            yield World(house.service, house.spotify, house.store, house.clock, house.clock.skip, house.local)
        finally:
            await house.close()

    assert await play(scenario, standalone) == await play(scenario, in_memory)
