"""The same program on CPUs without AVX-512 and without AVX2, emulated: it takes the kernel that runs there, and the
numbers stay the same (the tests hold them against literals)."""

from __future__ import annotations

import pytest

from tests.native.programs import ALL, SUITE, emulator, expect_clean, program, run

CPUS = {"Nehalem": "scalar", "Haswell": "avx2"}

SLOW = "-Cost.*:LinearTime.*:NormalForm.IsAFixedPointForEveryCodePoint"
"""An emulated CPU is twenty times as slow, which measures of time do not survive."""

FILTER = SLOW if ALL else "*/EveryPlace*:KernelEqualsReference*:Determinism*-Determinism.of_the_profile_classic"

pytestmark = pytest.mark.timeout(0 if ALL else 300)


@pytest.mark.parametrize(("cpu", "kernel"), CPUS.items())
def test_the_best_kernel_is_what_the_cpu_can_run(cpu: str, kernel: str) -> None:
    done = run([*emulator(cpu), program("dev", "kernel_tests"), "--gtest_list_tests"])
    listed = {line.split("#")[0].strip().rpartition("/")[2] for line in done.stdout.splitlines() if "/" in line}
    kernels = [name for name in ("scalar", "avx2", "avx512") if name in listed]
    assert kernels, done.stdout + done.stderr
    assert kernels[-1] == kernel


@pytest.mark.parametrize("cpu", CPUS)
def test_the_suite_runs_on(cpu: str) -> None:
    expect_clean(run([*emulator(cpu), program("dev", SUITE), f"--gtest_filter={FILTER}"], seconds=290))
