"""The C++ tests under AddressSanitizer, UndefinedBehaviorSanitizer and ThreadSanitizer, once for each kernel."""

from __future__ import annotations

import pytest

from tests.native.programs import ALL, KERNELS, SUITE, expect_clean, only, program, run

LEFT_OUT = ["-Cost.*", "LinearTime.*", *([] if ALL else ["Determinism.of_the_profile_classic"])]
"""Measures of time say nothing in a program that is ten times as slow; one profile is enough for the short run."""

FORKS = ["Processes.a_fork_*"]
"""ThreadSanitizer does not follow a process that has threads and forks."""

pytestmark = pytest.mark.timeout(0 if ALL else 300)


def chosen(kernel: str, *left_out: str) -> str:
    return "--gtest_filter=" + ":".join([*only(kernel), *left_out])


def chosen_of_threads() -> str:
    return ":".join(["--gtest_filter=Determinism.*", "Processes.*", *LEFT_OUT, *FORKS])


@pytest.mark.parametrize("kernel", KERNELS)
def test_no_bad_access_and_no_undefined_behaviour(kernel: str) -> None:
    # GCC aligns the frames that are watched after their return to 32 bytes; registers of AVX-512 have 64.
    watched = int(not kernel.startswith("avx512"))
    options = f"detect_leaks=1:detect_stack_use_after_return={watched}"
    command = [program("asan", SUITE), chosen(kernel, *LEFT_OUT)]
    expect_clean(run(command, MUSICSYNC_KERNEL=kernel, ASAN_OPTIONS=options))


@pytest.mark.parametrize("kernel", KERNELS if ALL else KERNELS[-1:])
def test_no_race(kernel: str) -> None:
    """What has threads, with one kernel, in the short run: threads know nothing of kernels."""
    wanted = chosen(kernel, *LEFT_OUT, *FORKS) if ALL else chosen_of_threads()
    expect_clean(run([program("tsan", SUITE), wanted], MUSICSYNC_KERNEL=kernel))


def test_a_planted_race_is_found() -> None:
    done = run([program("tsan", "planted_race")])
    assert done.returncode != 0
    assert "WARNING: ThreadSanitizer: data race" in done.stderr
