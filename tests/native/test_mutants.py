"""Every property of the kernels and of a catalogue has a test that notices when it is broken: a line is
changed, the tests are built again, and the one that is named here has to fail. Minutes: with `--all` only."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.native.catalogue_file_mutants import CATALOGUE_FILE_MUTANTS
from tests.native.catalogue_mutants import CATALOGUE_MUTANTS
from tests.native.mutant import Mutant
from tests.native.programs import KERNELS, ROOT, run

SINGLE, TILE, OUTPUT = "core/src/kernels/single.hpp", "core/src/kernels/tile.hpp", "core/src/kernels/output.hpp"
FEW, FEW_VBMI = "core/src/kernels/few.hpp", "core/src/kernels/few_vbmi.hpp"
ASCII = "core/src/kernels/ascii.hpp"

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
        "ratios are written one too far", OUTPUT,
        "i < ratios.count; ++i) out[i] = ratio_at", "i <= ratios.count; ++i) out[i] = ratio_at",
        "*/EveryPlace.ratios*",
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
    Mutant(
        "a cutoff cuts what equals it", OUTPUT,
        "value < given.cutoff", "value <= given.cutoff", "KernelEqualsReference.for_ratios*",
    ),
    Mutant(
        "a carry is lost between parts", TILE,
        "(matched | (state & ~sum)) >> 63", "matched >> 63", "KernelEqualsReference.for_tiles_of_several_parts",
    ),
    Mutant(
        "a few texts have no capitals", FEW,
        "masks[c - 'a' + 'A'] = masks[c]", "masks[c] |= 0", "KernelFew.*",
    ),
    Mutant(
        "a pattern has a number too many", FEW_VBMI,
        "++given == short_pattern", "++given == short_pattern + 1", "KernelFew.*", "avx512vbmi",
    ),
    Mutant(
        "a few texts are read one symbol too far", FEW_VBMI,
        "_bzhi_u64(~std::uint64_t{0}, size)", "_bzhi_u64(~std::uint64_t{0}, size + 1)", "*/EveryPlace.few*",
        "avx512vbmi",
    ),
    Mutant(
        "an article behind a comma stays there", ASCII,
        "longest_article = 3", "longest_article = 2", "KernelAscii.*",
    ),
    Mutant(
        "an n between apostrophes is a letter", ASCII,
        "(joining | lone_n | signs", "(joining | signs", "KernelAscii.*",
    ),
    Mutant(
        "a form ends with a space", ASCII,
        "gaps = follows & ~word & last", "gaps = follows & ~word", "KernelAscii.*",
    ),
    Mutant(
        "a short text is read as a long one", ASCII,
        "if (size < piece_bytes)", "if (size < 8)", "*/EveryPlace.short_texts*",
    ),
    Mutant(
        "a phrase of two words tells nothing", "core/src/score/plain_fields.cpp",
        "telling.has(words[i].hash, where) || telling.has(words[i - 1].hash, words[i].hash, where)",
        "telling.has(words[i].hash, where)", "PlainTrack.*",
    ),
    Mutant(
        "a version at a title's end tells nothing", "core/src/score/plain_fields.cpp",
        "if (telling.has(last, TellingWords::title_end) || ", "if (", "PlainTrack.*",
    ),
    Mutant(
        "a number of a part behind its word tells nothing", "core/src/score/plain_fields.cpp",
        "return text::counts_part(word.text());", "return false && text::counts_part(word.text());", "PlainTrack.*",
    ),
    Mutant(
        "a sign is a space that was given", "core/src/score/plain_text.cpp",
        "is_as_given_ && formed == given", "is_as_given_", "PlainTrack.*",
    ),
    Mutant(
        "a title has guests behind six feet", "core/src/score/plain_fields.cpp",
        "const bool measure = found->text() == \"ft\"",
        "const bool measure = found->text() == \"6 ft\"", "PlainTrack.*",
    ),
    Mutant(
        "what stands beside an outline is not kept", "core/src/score/normal_form.cpp",
        "if (!besides->whole_album.empty())", "if (false)", "PlainTrack.*",
    ),
    Mutant(
        "a title in sections is read by itself", "core/src/score/alone.cpp",
        "if (is_in_sections(given)) return std::nullopt;", "", "Alone.*",
    ),
    Mutant(
        "a name in the other title is overlooked", "core/src/score/apart.hpp",
        "may_be_named_in(a, b.title_sets) ||", "false ||", "Apart.*",
    ),
    Mutant(
        "a title in the other one is overlooked", "core/src/score/apart.hpp",
        "a.title_sets.can_be_inside(b.title_sets) ||", "false ||", "Apart.*",
    ),
    Mutant(
        "the order of hits depends on who comes first", "core/src/rank/order.hpp",
        "by_id != 0 ? by_id < 0 : a.index < b.index", "by_id < 0", "Determinism.of_the_profile*",
    ),
    Mutant(
        "a forked child waits for its parent's threads", "core/src/parallel/for_blocks.cpp",
        "team.process != getpid()", "false", "Processes.a_fork_after*",
    ),
    Mutant(
        "a signature forgets one of the others", "core/src/kernels/signed_texts.hpp",
        "others : asked.others;", "others : asked.others / 2;", "kernels/KernelSigned.*",
    ),
    *CATALOGUE_MUTANTS,
    *CATALOGUE_FILE_MUTANTS,
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


@pytest.mark.heavy
@pytest.mark.timeout(600)
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_is_noticed(mutant: Mutant, copy: Path) -> None:
    if mutant.kernel not in KERNELS:
        pytest.skip(f"this CPU does not run the kernel {mutant.kernel}")
    filtered = f"--gtest_filter={mutant.noticed_by}"
    path = copy / mutant.file
    whole = path.read_text(encoding="utf-8")
    try:
        path.write_text(whole.replace(mutant.old, mutant.new), encoding="utf-8")
        assert run([_build(copy), filtered]).returncode != 0
    finally:
        path.write_text(whole, encoding="utf-8")
