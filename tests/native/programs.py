"""The C++ tests in the builds that `./dev test tests/native` makes, and how to run them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

import musicsync

ROOT = Path(__file__).resolve().parents[2]
ALL = os.environ.get("MUSICSYNC_TEST_ALL") == "1"
SUITE = "core_tests" if ALL else "kernel_tests"
"""What runs under sanitizers and on old CPUs: everything in the long run, else what differs between them."""

KERNELS = musicsync.kernels()

SANITIZERS = {
    "ASAN_OPTIONS": "detect_leaks=1",
    "UBSAN_OPTIONS": "print_stacktrace=1",
    "TSAN_OPTIONS": "halt_on_error=1:second_deadlock_stack=1",  # and no suppressions
}


def program(build: str, name: str) -> Path:
    """A test program of build/BUILD; skips where nobody built it."""
    path = ROOT / f"build/{build}/tests/core/{name}"
    if not path.exists():
        pytest.skip(f"{path.relative_to(ROOT)} is missing: ./dev test tests/native builds it")
    return path


def emulator(cpu: str) -> list[str]:
    """The beginning of a command that runs on that CPU; skips where there is no qemu."""
    if not (found := shutil.which("qemu-x86_64")):
        pytest.skip("qemu-x86_64 is missing (Debian: qemu-user)")
    return [found, "-cpu", cpu]


def run(command: Sequence[str | Path], seconds: float = 280, **environment: str) -> subprocess.CompletedProcess[str]:
    """`environment` comes on top of this one's. A long run has no limit, a short one does a tenth of what the C++ tests
    do by themselves, for these programs are slow."""
    return subprocess.run(
        command, capture_output=True, text=True, errors="replace", check=False,
        timeout=None if ALL else seconds, env=os.environ | SANITIZERS | {"MUSICSYNC_TEST_TENTH": "1"} | environment,
    )  # fmt: skip


def only(kernel: str) -> list[str]:
    """The patterns of the tests that this kernel takes part in: in the short run the others run with the best one."""
    if ALL or kernel == KERNELS[-1]:
        return ["*"]
    return ["KernelEqualsReference.*", "Determinism.of_a_matrix*", f"*/{kernel}"]


def expect_clean(done: subprocess.CompletedProcess[str]) -> None:
    """Every test passed, and at least one did run."""
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
    assert "[  PASSED  ] 0 tests" not in done.stdout
    assert "[  PASSED  ]" in done.stdout
