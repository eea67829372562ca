"""The pipeline's scenarios end on Temporal as they do in memory."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest

from musicsync.model import Outcome
from tests.python.scenarios import SCENARIOS, Scenario, World, play
from tests.python.test_memory import in_memory
from tests.temporal.servers import Namespaces
from tests.temporal.worlds import QUICK, temporal_world

_BEHIND_S = {"a short rate limit is waited out": 9.0, "a long rate limit pauses": 298.5}
_A_SECOND = 1 / 86_400
_AT_ONCE = 8

Ends = dict[str, Outcome | BaseException]


async def _played(scenario: Scenario, namespaces: Namespaces, turn: asyncio.Semaphore) -> Outcome:
    async with turn:
        client = await namespaces.client()

        def temporal(_: Scenario) -> AbstractAsyncContextManager[World]:
            return temporal_world(client, behind_s=_BEHIND_S.get(scenario.name, 0.0))

        days = _A_SECOND if scenario.name == "nobody answers in time" else QUICK.review_days
        policy = replace(QUICK, review_days=days, search_source=scenario.request.policy.search_source)
        quick = replace(scenario, request=replace(scenario.request, policy=policy))
        return await play(quick, temporal)


async def _all_played(namespaces: Namespaces) -> Ends:
    turn = asyncio.Semaphore(_AT_ONCE)
    ends = await asyncio.gather(*(_played(one, namespaces, turn) for one in SCENARIOS), return_exceptions=True)
    return {one.name: end for one, end in zip(SCENARIOS, ends, strict=True)}


@pytest.fixture(scope="module")
def ends(namespaces: Namespaces) -> Ends:
    """How every scenario ended: they are played side by side, for they mostly wait."""
    return asyncio.run(_all_played(namespaces))


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
async def test_a_scenario_ends_as_in_memory(scenario: Scenario, ends: Ends) -> None:
    end = ends[scenario.name]
    if isinstance(end, BaseException):
        raise end
    assert end == await play(scenario, in_memory)
