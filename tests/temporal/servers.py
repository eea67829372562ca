"""A Temporal dev server for tests, and namespaces of it: what one test does, no other sees."""

from __future__ import annotations

import asyncio
import os
import shutil
from dataclasses import dataclass, field

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.service import RetryConfig
from temporalio.testing import WorkflowEnvironment

from musicsync.temporal.worker import Server, connect

_NAMESPACES = 120


def binary() -> str | None:
    """The dev server: what `./dev test` found or built, or the `temporal` of PATH."""
    return os.environ.get("MUSICSYNC_TEMPORAL_BINARY") or shutil.which("temporal")


def start(path: str) -> WorkflowEnvironment:
    """Start a dev server; it lives until `stop`."""
    arguments = [word for number in range(_NAMESPACES) for word in ("--namespace", f"test-{number}")]
    return asyncio.run(
        WorkflowEnvironment.start_local(
            dev_server_existing_path=path,
            data_converter=pydantic_data_converter,
            dev_server_extra_args=arguments,
            dev_server_log_level="error",
        )
    )


def stop(server: WorkflowEnvironment) -> None:
    """Stop it."""
    asyncio.run(server.shutdown())


@dataclass
class Namespaces:
    """Hands out clients, each with a namespace of its own."""

    address: str
    _used: int = field(default=0)

    async def client(self) -> Client:
        """A client as the product makes it."""
        return await connect(self.next())

    async def impatient(self) -> Client:
        """A client that asks once, not for ten seconds, before it says that the server is away."""
        server = self.next()
        return await Client.connect(
            server.address, namespace=server.namespace, retry_config=RetryConfig(max_retries=1),
            data_converter=pydantic_data_converter,
        )  # fmt: skip

    def next(self) -> Server:
        """A namespace that no test has used."""
        name = f"test-{self._used}"
        self._used += 1
        assert self._used < _NAMESPACES, "more tests than namespaces"
        return Server(self.address, name)
