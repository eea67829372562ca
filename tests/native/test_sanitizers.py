"""The C++ tests under AddressSanitizer, UndefinedBehaviorSanitizer and ThreadSanitizer, once for each kernel."""

from __future__ import annotations

import pytest

from tests.native.programs import ALL, KERNELS, SUITE, expect_clean, program, run

TIMING = ["-Cost.*", "LinearTime.*"]
"""Says nothing in a program that is ten times as slow."""

FORKS = ["Processes.a_fork_*"]
"""ThreadSanitizer does not follow a process that has threads and forks."""

SINGLE = ["Determinism.*", "Processes.*", "Matrix*", "*/Matrix*", "KernelEqualsReference.for_pairs*"]
"""What has threads at all."""

pytestmark = pytest.mark.timeout(0 if ALL else 300)


def without(*names: str) -> str:
    return "--gtest_filter=*" + ":".join(names)


@pytest.mark.parametrize("kernel", KERNELS)
def test_no_bad_access_and_no_undefined_behaviour(kernel: str) -> None:
    done = run([program("asan", SUITE), without(*TIMING)], MUSICSYNC_KERNEL=kernel)
    expect_clean(done)


@pytest.mark.parametrize("kernel", KERNELS)
def test_no_race(kernel: str) -> None:
    done = run([program("tsan", SUITE), without(*TIMING, *FORKS)], MUSICSYNC_KERNEL=kernel)
    expect_clean(done)


def test_a_planted_race_is_found() -> None:
    done = run([program("tsan", "planted_race")])
    assert done.returncode != 0
    assert "WARNING: ThreadSanitizer: data race" in done.stderr
