"""No instruction of one CPU outside the kernel that is compiled for it. A function that the compiler or the linker took
from a kernel's object would end the program on every older CPU."""

from __future__ import annotations

import platform
import subprocess
from pathlib import Path

import pytest

from musicsync import _core
from tests.kernels.instructions import beyond_baseline, shared_definitions

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(platform.machine() != "x86_64", reason="ARM64 has one instruction set only")

ELSEWHERE = {"neon.cpp"}
"""Kernels of other machines."""

BASELINE = {"scalar", "dispatch"}
"""Sources of the kernels that every CPU runs."""


def objects() -> list[Path]:
    """Of the core, in the build that the Python module is linked from."""
    found = sorted((ROOT / "build/editable/core").rglob("*.cpp.o"))
    if not found:
        pytest.skip("build/editable has no objects: ./dev setup")
    return found


def special(path: Path) -> bool:
    """True for the object of a kernel that has an instruction set of its own."""
    return path.parent.name == "kernels" and path.name.split(".")[0] not in BASELINE


def test_every_source_of_the_core_has_its_object() -> None:
    sources = {path.name for path in (ROOT / "core/src").rglob("*.cpp")}
    assert sources - ELSEWHERE <= {path.name.removesuffix(".o") for path in objects()}


def test_no_function_outside_a_kernel_needs_more_than_every_cpu_has() -> None:
    leaks = {path.name: dict(found) for path in objects() if not special(path) and (found := beyond_baseline(path))}
    assert leaks == {}


def test_the_kernels_have_what_they_are_compiled_for() -> None:
    """The other test would pass with a pattern that matches nothing."""
    kernels = [path for path in objects() if special(path)]
    assert kernels
    for path in kernels:
        assert beyond_baseline(path).total() > 20, path.name


def test_a_kernel_gives_no_function_to_others() -> None:
    for path in objects():
        if path.parent.name == "kernels" and path.name.split(".")[0] != "dispatch":
            assert shared_definitions(path) == [], path.name


def test_the_module_has_no_more_than_its_kernels() -> None:
    """Linked and optimised once more, with the bindings; it has no names of functions left, so they are counted."""
    kernels = sum(beyond_baseline(path).total() for path in objects() if special(path))
    assert 0 < beyond_baseline(Path(_core.__file__)).total() <= kernels


def compiled(folder: Path, flags: str, source: str) -> Path:
    (folder / "leak.cpp").write_text(source, encoding="utf-8")
    subprocess.run(["c++", "-O2", "-march=x86-64-v2", *flags.split(), "-c", "leak.cpp"], cwd=folder, check=True)
    return folder / "leak.o"


@pytest.mark.parametrize(
    ("flags", "source"),
    [
        ("", '__attribute__((target("avx2"))) float f(float a, float b) { return a * b; }'),
        ("-mlzcnt", "int f(unsigned a) { return __builtin_clz(a); }"),
        ("-mbmi2", "unsigned long f(unsigned long a, unsigned long b) { return a << (b & 63); }"),
    ],
)
def test_an_instruction_that_leaks_would_be_noticed(flags: str, source: str, tmp_path: Path) -> None:
    assert beyond_baseline(compiled(tmp_path, flags, source))
    assert not beyond_baseline(compiled(tmp_path, "", source.replace('__attribute__((target("avx2")))', "")))


def test_a_function_that_is_given_away_would_be_noticed(tmp_path: Path) -> None:
    source = "#include <vector>\nint f(std::vector<int>& v) { v.push_back(1); return v.at(0); }"
    assert shared_definitions(compiled(tmp_path, "-mavx2", source))
