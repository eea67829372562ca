"""Connecting, and the worker process's body."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from temporalio.client import Client, TLSConfig
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from musicsync.errors import SettingsError
from musicsync.steps import Steps
from musicsync.temporal.activities import Activities
from musicsync.temporal.messages import CATALOGUE_QUEUE, TASK_QUEUE
from musicsync.temporal.workflows import WORKFLOWS

_GRACE = timedelta(seconds=15)
"""What runs when a worker is asked to stop may take so long; then it is cancelled, and runs again elsewhere."""
_SETTLE_S = 0.2


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


def workflow_runner() -> SandboxedWorkflowRunner:
    """The sandbox, with our own modules loaded once: a layout test sees to it that the flow touches nothing outside."""
    return SandboxedWorkflowRunner(SandboxRestrictions.default.with_passthrough_modules("musicsync"))


def make_worker(
    client: Client, steps: Steps, *, task_queue: str = TASK_QUEUE, workflow_tasks: int = 50, activities: int = 100
) -> Worker:
    """A worker for all workflows and activities: so many workflow tasks and so many activities at once."""
    return Worker(
        client,
        task_queue=task_queue,
        workflows=WORKFLOWS,
        activities=Activities(steps, client).all(),
        workflow_runner=workflow_runner(),
        max_concurrent_workflow_tasks=workflow_tasks,
        max_concurrent_activities=activities,
        graceful_shutdown_timeout=_GRACE,
    )


@asynccontextmanager
async def working(
    client: Client, steps: Steps, *, task_queue: str = TASK_QUEUE, workflow_tasks: int = 50, activities: int = 100
) -> AsyncIterator[None]:
    """With a worker; where the local catalogue is open, another one for what is asked of it, which workers without it
    must not take."""
    async with AsyncExitStack() as stack:
        worker = make_worker(client, steps, task_queue=task_queue, workflow_tasks=workflow_tasks, activities=activities)
        await stack.enter_async_context(worker)
        if steps.has_catalogue:
            searches = Worker(
                client, task_queue=CATALOGUE_QUEUE, activities=Activities(steps, client).of_the_catalogue(),
                max_concurrent_activities=activities, graceful_shutdown_timeout=_GRACE,
            )  # fmt: skip
            await stack.enter_async_context(searches)
        yield


async def run_worker(
    client: Client, steps: Steps, stop: asyncio.Event, *, task_queue: str = TASK_QUEUE, workflow_tasks: int = 50,
    activities: int = 100,
) -> None:  # fmt: skip
    """Work until `stop` is set, then finish what is running. Raises what ended the worker, if something did."""
    async with working(client, steps, task_queue=task_queue, workflow_tasks=workflow_tasks, activities=activities):
        await stop.wait()
    await settled()


async def settled() -> None:
    """Let the client's threads come to rest. A process that ends in the very moment in which they hand over their last
    result may abort (temporalio/sdk-python issue 300)."""
    await asyncio.sleep(_SETTLE_S)
