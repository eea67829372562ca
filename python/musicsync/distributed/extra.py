"""The libraries of the extra, loaded when they are needed, with its name where they are not there."""

from __future__ import annotations

import importlib
from typing import Any


def pyarrow() -> Any:
    """The module pyarrow."""
    return _module("pyarrow")


def ray() -> Any:
    """The module ray, connected to the cluster that the environment names, or else to one on this machine."""
    module = _module("ray")
    if not module.is_initialized():
        module.init()
    return module


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"musicsync.distributed needs {error.name}: pip install 'musicsync-engine[ray]'", name=error.name
        ) from None
