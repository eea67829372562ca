"""Connecting, and the worker process's body."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from temporalio.client import Client, TLSConfig
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Worker

from musicsync.errors import SettingsError
from musicsync.steps import Steps
from musicsync.temporal.activities import Activities
from musicsync.temporal.messages import TASK_QUEUE
from musicsync.temporal.workflows import WORKFLOWS


@dataclass(frozen=True, slots=True)
class Server:
    """Where Temporal is. `tls_*` are paths to PEM files; `api_key` is for Temporal Cloud."""

    address: str = "127.0.0.1:7233"
    namespace: str = "default"
    tls_cert: Path | None = None
    tls_key: Path | None = None
    tls_ca: Path | None = None
    api_key: str | None = None

    def __repr__(self) -> str:
        return f"Server({self.address}, {self.namespace})"


async def connect(server: Server) -> Client:
    """A client, or `SettingsError` naming the address that does not answer."""
    tls: TLSConfig | bool = bool(server.api_key)
    if server.tls_cert or server.tls_key or server.tls_ca:
        tls = TLSConfig(
            server_root_ca_cert=server.tls_ca.read_bytes() if server.tls_ca else None,
            client_cert=server.tls_cert.read_bytes() if server.tls_cert else None,
            client_private_key=server.tls_key.read_bytes() if server.tls_key else None,
        )
    try:
        return await Client.connect(
            server.address, namespace=server.namespace, data_converter=pydantic_data_converter, tls=tls,
            api_key=server.api_key,
        )  # fmt: skip
    except RuntimeError as error:
        raise SettingsError(f"Temporal does not answer at {server.address} (TEMPORAL_HOST): {error}") from error


def make_worker(client: Client, steps: Steps, *, task_queue: str = TASK_QUEUE) -> Worker:
    """A worker for all workflows and activities: 50 workflow tasks and 100 activities at once."""
    return Worker(
        client,
        task_queue=task_queue,
        workflows=WORKFLOWS,
        activities=Activities(steps, client).all(),
        max_concurrent_workflow_tasks=50,
        max_concurrent_activities=100,
    )


async def run_worker(client: Client, steps: Steps, stop: asyncio.Event, *, task_queue: str = TASK_QUEUE) -> None:
    """Work until `stop` is set, then finish what is running."""
    async with make_worker(client, steps, task_queue=task_queue):
        await stop.wait()
