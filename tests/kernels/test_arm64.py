"""The kernels of a 64-bit Arm, compiled here and run by an emulator: the same tests as for this machine's kernels."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BUILD = HERE.parent.parent / "build/arm64"
NEEDED = ("aarch64-linux-gnu-g++", "qemu-aarch64", "cmake")


def test_the_neon_kernel_gives_the_reference_s_results() -> None:
    if missing := [name for name in NEEDED if shutil.which(name) is None]:
        pytest.skip(f"needs {', '.join(missing)} (Debian: g++-aarch64-linux-gnu qemu-user)")
    if not Path("/usr/src/googletest/CMakeLists.txt").exists():
        pytest.skip("needs the sources of GoogleTest (Debian: googletest)")
    if "MUSICSYNC_TEST_ALL" not in os.environ and not (BUILD / "kernel_tests").exists():
        pytest.skip("compiles for minutes: ./dev test --all")
    for command in (
        ["cmake", "-S", str(HERE), "-B", str(BUILD), f"-DCMAKE_TOOLCHAIN_FILE={HERE / 'aarch64.cmake'}"],
        ["cmake", "--build", str(BUILD), "--parallel", "2"],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    done = subprocess.run(["qemu-aarch64", BUILD / "kernel_tests"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "EveryKernel.gives_the_reference_ratio_for_a_prepared_pattern/neon" in done.stdout
    assert "[  PASSED  ]" in done.stdout
