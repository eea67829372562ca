"""What a figure was measured on: without it, it means nothing."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def cpu_model() -> str:
    """The CPU's name, as the system gives it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def load() -> float:
    """The load average of the last minute."""
    return round(os.getloadavg()[0], 2)


def commit(root: Path = ROOT) -> str:
    """The revision, with "+" where the tree differs from it; "" where git knows nothing."""

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    head = git("rev-parse", "--short=12", "HEAD")
    return head + "+" if head and git("status", "--porcelain", "--untracked-files=no") else head


def versions(packages: Iterable[str]) -> dict[str, str]:
    """The installed version of each package; those that are not there are left out."""
    found = {}
    for name in packages:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def described(packages: Iterable[str] = ()) -> dict[str, Any]:
    """All of it, for JSON."""
    return {
        "cpu": cpu_model(), "cores": cores(), "system": platform.platform(), "load": load(), "commit": commit(),
        "python": platform.python_version(), "versions": versions(packages),
    }  # fmt: skip


def in_words(machine: dict[str, Any], load_after: float | None = None) -> str:
    """One line for below a table."""
    loads = f"{machine['load']}" if load_after is None else f"{machine['load']} before, {load_after} after"
    packages = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    return (
        f"{machine['cpu']}, {machine['cores']} cores, load {loads}; commit {machine['commit'] or 'unknown'}; "
        f"Python {machine['python']}{', ' + packages if packages else ''}"
    )
