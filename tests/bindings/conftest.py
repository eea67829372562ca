"""Labelled data for the tests that read it; they skip where it is not there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"


@pytest.fixture
def rows() -> Callable[[str], Iterator[dict[str, Any]]]:
    """Reads a JSON Lines file of the labelled data, or skips the test."""

    def read(name: str) -> Iterator[dict[str, Any]]:
        path = DATA / name
        if not path.exists():
            pytest.skip(f"the labelled data ({name}) is not beside this checkout")
        with path.open(encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)

    return read
