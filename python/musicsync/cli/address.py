"""The address file: how commands find the server that has the data folder open."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "server.json"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server is, and the token for this machine's user (new at every start)."""

    url: str
    token: str
    pid: int


def write(data_dir: Path, address: Address) -> None:
    """Publish the address, readable by its owner only, in one step."""
    temporary = data_dir / f"{NAME}.{address.pid}"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(asdict(address), file)
    temporary.replace(data_dir / NAME)


def read(data_dir: Path) -> Address | None:
    """The address of the last server that started here, or None. It may have died since."""
    try:
        found = json.loads((data_dir / NAME).read_text())
        return Address(str(found["url"]), str(found["token"]), int(found["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remove(data_dir: Path, address: Address) -> None:
    """Take back what this server published, unless another has published its own since."""
    if read(data_dir) == address:
        (data_dir / NAME).unlink(missing_ok=True)
