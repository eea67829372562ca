"""The pipeline's scenarios end on Temporal as they do in memory."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest

from tests.python.scenarios import SCENARIOS, Scenario, World, play
from tests.python.temporal.servers import Namespaces
from tests.python.temporal.worlds import QUICK, temporal_world
from tests.python.test_memory import in_memory

_BEHIND_S = {"a short rate limit is waited out": 9.0, "a long rate limit pauses": 298.5}
_A_SECOND = 1 / 86_400


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
async def test_a_scenario_ends_as_in_memory(scenario: Scenario, namespaces: Namespaces) -> None:
    client = await namespaces.client()

    def temporal(_: Scenario) -> AbstractAsyncContextManager[World]:
        return temporal_world(client, behind_s=_BEHIND_S.get(scenario.name, 0.0))

    days = _A_SECOND if scenario.name == "nobody answers in time" else QUICK.review_days
    quick = replace(scenario, request=replace(scenario.request, policy=replace(QUICK, review_days=days)))
    assert await play(quick, temporal) == await play(scenario, in_memory)
