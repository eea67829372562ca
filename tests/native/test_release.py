"""The build that is shipped gives the numbers of the one that is tested: the hash of determinism_test.cpp is one."""

from __future__ import annotations

from tests.native.programs import expect_clean, program, run


def test_the_release_build_passes_the_tests_of_the_kernels() -> None:
    expect_clean(run([program("native-release", "kernel_tests")]))
