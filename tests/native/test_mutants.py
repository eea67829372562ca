"""Every property of the kernels has a test that notices when it is broken: a line is changed, the tests of the kernels
are built again, and the one that is named here has to fail. Minutes: with `--all` only."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.native.programs import ROOT, run

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(600)]


@dataclass(frozen=True, slots=True)
class Mutant:
    """`old`, which stands once in `file`, becomes `new`; the tests of `noticed_by` fail."""

    name: str
    file: str
    old: str
    new: str
    noticed_by: str


SINGLE, TILE = "core/src/kernels/single.hpp", "core/src/kernels/tile.hpp"

MUTANTS = (
    Mutant(
        "a load of a text 32 bytes wider", SINGLE,
        "inline std::uint32_t lcs_single(const PatternBlock& block, const char32_t* text, std::size_t length) {",
        "inline std::uint32_t lcs_single(const PatternBlock& block, const char32_t* text, std::size_t length) {\n"
        "    const volatile char32_t wide = text[length + 7];\n    (void)wide;",
        "*/EveryPlace.*",
    ),
    Mutant("a tile reads one symbol more", TILE, "j < length; ++j", "j <= length; ++j", "*/EveryPlace.tiles*"),
    Mutant(
        "ratios are written one too far", TILE,
        "std::size_t i = 0; i < count; ++i", "std::size_t i = 0; i <= count; ++i", "*/EveryPlace.ratios*",
    ),
    Mutant(
        "a carry is lost between blocks", SINGLE,
        "(first || second) ?", "first ?", "KernelEqualsReference.for_pairs*",
    ),
    Mutant(
        "symbols of one slot are one", SINGLE,
        "return block.keys[slot] == symbol ? block.masks[slot] : 0;", "return block.masks[slot];",
        "KernelEqualsReference.for_pairs*",
    ),
    Mutant("64 common symbols are none", TILE, "(0x7F)", "(0x3F)", "KernelEqualsReference.for_tiles*"),
    Mutant("a cutoff cuts what equals it", TILE, "value < cutoff", "value <= cutoff", "*for_ratios_and_every_cutoff"),
    Mutant(
        "the order of hits depends on who comes first", "core/src/catalog/top_k.hpp",
        "by_id != 0 ? by_id < 0 : a.index < b.index", "by_id < 0", "Determinism.of_the_profile*",
    ),
    Mutant(
        "a forked child waits for its parent's threads", "core/src/parallel/for_blocks.cpp",
        "team.process != getpid()", "false", "Processes.a_fork_after*",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def copy() -> Iterator[Path]:
    """The sources in build/mutants/tree, built once as they are."""
    tree = ROOT / "build/mutants/tree"
    shutil.rmtree(tree, ignore_errors=True)
    for folder in ("core", "tests/core", "tests/reference", "tests/tables"):
        shutil.copytree(ROOT / folder, tree / folder)
    for file in ("CMakeLists.txt", "CMakePresets.json"):
        shutil.copy(ROOT / file, tree / file)
    options = ["-D", "MUSICSYNC_BUILD_PYTHON=OFF", "-D", "MUSICSYNC_BUILD_BENCH=OFF"]
    subprocess.run(["cmake", "--preset", "dev", *options], cwd=tree, check=True, capture_output=True)
    _build(tree)
    yield tree
    shutil.rmtree(tree)


def _build(tree: Path) -> Path:
    subprocess.run(["cmake", "--build", "build/dev", "--target", "kernel_tests"], cwd=tree, check=True)
    return tree / "build/dev/tests/core/kernel_tests"


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_is_noticed(mutant: Mutant, copy: Path) -> None:
    filtered = f"--gtest_filter={mutant.noticed_by}"
    path = copy / mutant.file
    whole = path.read_text(encoding="utf-8")
    assert whole.count(mutant.old) == 1, f"{mutant.file} has changed: adapt the mutant"
    try:
        path.write_text(whole.replace(mutant.old, mutant.new), encoding="utf-8")
        assert run([_build(copy), filtered]).returncode != 0
    finally:
        path.write_text(whole, encoding="utf-8")
