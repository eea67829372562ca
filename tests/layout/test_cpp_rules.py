from __future__ import annotations

from pathlib import Path

import pytest

from tests.layout.cpp_rules import PRIVATE, violations
from tests.layout.project import ROOT, project_files

TREE = {
    "core/include/musicsync/track.hpp": "#include <cstdint>\n#include <string>\n",
    "core/src/kernels/kernels.hpp": "#include <cstdint>\n",
    "core/src/kernels/avx2.cpp": '#include "kernels.hpp"\n#include <immintrin.h>\n__m256i x;\n',
    "core/src/kernels/dispatch.cpp": '#include "kernels.hpp"\n#include <cstdlib>\n',
    "core/src/parallel/parallel.hpp": "#include <functional>\n",
    "core/src/parallel/parallel.cpp": '#include "parallel/parallel.hpp"\n#include <tbb/parallel_for.h>\n',
    "core/src/error.cpp": '#include "musicsync/track.hpp"\n',
    "core/src/normalize/fold.cpp": "#include <unicode/normalizer2.h>\n",
    "core/src/normalize/fold.hpp": '#include "musicsync/track.hpp"\n',
    "core/src/ingest/json_lines.cpp": "#include <simdjson.h>\n",
    "core/src/similarity/ratio.cpp": '#include "kernels/kernels.hpp"\n#include "../parallel/parallel.hpp"\n',
    "bindings/module.cpp": "#include <pybind11/pybind11.h>\n#include <musicsync/track.hpp>\n",
    "tests/core/test_fold.cpp": '#include <gtest/gtest.h>\n#include "normalize/fold.hpp"\n',
}

PLANTED = [
    ("core/src/score/score.cpp", "#include <simdjson.h>"),
    ("core/src/ingest/fast.cpp", "#include <unicode/unistr.h>"),
    ("core/src/rank/rank.cpp", "#include <oneapi/tbb/parallel_for.h>"),
    ("core/src/similarity/fast.cpp", "#include <immintrin.h>"),
    ("core/src/similarity/fast.cpp", "#ifdef __AVX2__"),
    ("core/src/similarity/fast.cpp", '#include "kernels/avx2.cpp"'),
    ("core/src/kernels/scalar.cpp", "#include <algorithm>"),
    ("core/src/kernels/scalar.cpp", '#include "musicsync/track.hpp"'),
    ("core/src/ingest/fast.cpp", '#include "kernels/kernels.hpp"'),
    ("core/src/normalize/again.cpp", '#include "similarity/ratio.cpp"'),
    ("core/include/musicsync/score.hpp", '#include "kernels/kernels.hpp"'),
    ("core/src/decide/decide.cpp", "#include <Python.h>"),
    ("core/src/decide/decide.cpp", "#include <iostream>"),
    ("core/src/decide/decide.cpp", 'void f() { std::printf("x"); }'),
    ("core/src/decide/decide.cpp", "void f() { std::abort(); }"),
    ("core/src/magic/spell.cpp", ""),
    ("core/src/loose.cpp", ""),
    ("core/src/error.cpp", '#include "normalize/fold.hpp"'),
    ("bindings/score.cpp", '#include "normalize/fold.hpp"'),
    ("bindings/score.cpp", "#include <simdjson.h>"),
]


def grow(root: Path, tree: dict[str, str]) -> list[Path]:
    for name, text in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return project_files(root)


def test_the_allowed_arrows_are_allowed(tmp_path: Path) -> None:
    assert list(violations(grow(tmp_path, TREE), tmp_path)) == []


@pytest.mark.parametrize(("name", "text"), PLANTED)
def test_a_planted_violation_is_caught(tmp_path: Path, name: str, text: str) -> None:
    found = list(violations(grow(tmp_path, TREE | {name: text}), tmp_path))
    assert len(found) == 1
    assert name in found[0]


def test_a_comment_is_no_include_and_no_instruction_set(tmp_path: Path) -> None:
    tree = TREE | {"core/src/score/score.cpp": "// #include <simdjson.h>, __AVX2__\n/* std::abort() */\n"}
    assert list(violations(grow(tmp_path, tree), tmp_path)) == []


def test_the_library_and_its_bindings_keep_the_arrows() -> None:
    assert list(violations(project_files(ROOT), ROOT)) == []


def test_every_step_of_matching_has_a_row() -> None:
    steps = {path.name for path in (ROOT / "core/src").iterdir() if path.is_dir()}
    assert {"normalize", "similarity", "score", "kernels"} <= steps <= PRIVATE.keys()
