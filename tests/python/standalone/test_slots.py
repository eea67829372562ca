"""Slots: never more than there are, and none is lost."""

from __future__ import annotations

import asyncio
import random

import pytest

from musicsync.standalone.slots import Slots


@pytest.mark.parametrize("seed", range(20))
async def test_no_slot_is_lost_or_given_twice_whatever_is_cancelled(seed: int) -> None:
    chance = random.Random(seed)
    slots, at_work, most = Slots(3), 0, 0

    async def work() -> None:
        nonlocal at_work, most
        await slots.acquire(chance.choice((1, 3, 5)), chance.choice("abc"))
        at_work += 1
        most = max(most, at_work)
        try:
            for _ in range(chance.randrange(3)):
                await asyncio.sleep(0)
        finally:
            at_work -= 1
            slots.release()

    tasks = []
    for _ in range(60):
        tasks.append(asyncio.create_task(work()))
        if chance.random() < 0.5:
            await asyncio.sleep(0)
        if chance.random() < 0.4:
            chance.choice(tasks).cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert most == 3
    for _ in range(3):
        await asyncio.wait_for(slots.acquire(1, "a"), 1)
    fourth = asyncio.create_task(slots.acquire(1, "a"))
    await asyncio.sleep(0)
    assert not fourth.done()
    slots.release()
    await fourth


async def test_the_order_is_priority_then_turns_then_age() -> None:
    slots, order = Slots(1), []

    async def work(name: str, priority: int, user: str) -> None:
        await slots.acquire(priority, user)
        order.append(name)
        slots.release()

    await slots.acquire(1, "x")
    asks = [("a1", 3, "a"), ("a2", 3, "a"), ("b1", 3, "b"), ("late", 5, "c"), ("first", 1, "c"), ("a3", 3, "a")]
    tasks = [asyncio.create_task(work(*one)) for one in asks]
    await asyncio.sleep(0)
    slots.release()
    await asyncio.gather(*tasks)
    assert order == ["first", "a1", "b1", "a2", "a3", "late"]
