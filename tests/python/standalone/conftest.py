"""A standalone runner over fakes, which can die at any moment and be started again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.python.standalone.houses import House


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """A started service with a virtual clock; everything is closed at the end."""
    one = House(tmp_path / "journal.db")
    await one.start()
    yield one
    await one.close()


@pytest.fixture
async def unstarted(tmp_path: Path) -> AsyncIterator[Callable[..., House]]:
    """Makes houses with other settings; they are closed at the end."""
    made: list[House] = []

    def make(**settings: object) -> House:
        made.append(House(tmp_path / f"journal{len(made)}.db", **settings))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        await one.close()
