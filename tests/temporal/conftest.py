"""One dev server for all tests of this folder; without one they are skipped."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.temporal import servers
from tests.temporal.servers import Namespaces


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and "namespaces" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.temporal)


@pytest.fixture(scope="session")
def namespaces() -> Iterator[Namespaces]:
    """Namespaces of a running server."""
    path = servers.binary()
    if path is None:
        pytest.skip("needs a Temporal server: `temporal` on PATH or MUSICSYNC_TEMPORAL_BINARY (./dev test sets it)")
    server = servers.start(path)
    try:
        yield Namespaces(server.client.service_client.config.target_host)
    finally:
        servers.stop(server)
        time.sleep(0.2)  # the client's threads come to rest before the interpreter ends: see temporal/worker.py
