"""The allowed arrows between the C++ folders, and the few things the library never does. docs/architecture.md says why.

An include is allowed when the tables below name it; everything else is a violation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.layout.project import relative

PUBLIC = "include"
"""The folder name that stands for core/include/musicsync."""

VOCABULARY = "src"
"""The few sources that belong to no step: what error.hpp and track.hpp declare."""

VOCABULARY_FILES = frozenset({"error.cpp"})

PRIVATE: dict[str, frozenset[str]] = {
    PUBLIC: frozenset(),
    VOCABULARY: frozenset({PUBLIC}),
    "kernels": frozenset(),
    "parallel": frozenset({PUBLIC}),
    "ingest": frozenset({PUBLIC}),
    "normalize": frozenset({PUBLIC, "kernels"}),
    "similarity": frozenset({PUBLIC, "kernels", "parallel"}),
    "score": frozenset({PUBLIC, "kernels", "parallel", "normalize", "similarity"}),
    "rank": frozenset({PUBLIC, "kernels", "parallel", "similarity", "score"}),
    "decide": frozenset({PUBLIC, "parallel", "score", "rank"}),
    "explain": frozenset({PUBLIC, "similarity", "score", "decide"}),
    "catalog": frozenset({PUBLIC, "kernels", "parallel", "normalize", "similarity", "score", "rank"}),
    "bindings": frozenset({PUBLIC}),
}
"""Which folders' headers a folder may include, besides its own."""

SEAM = "kernels.hpp"
"""The only header of `kernels` that other folders may include."""

OWNERS: list[tuple[str, re.Pattern[str]]] = [
    ("ingest", re.compile(r"simdjson")),
    ("normalize", re.compile(r"unicode/")),
    ("parallel", re.compile(r"(oneapi/)?tbb[/.]|execution$")),
    ("kernels", re.compile(r"\w*intrin\.h$|arm_(neon|sve)\.h$|cpuid\.h$")),
    ("bindings", re.compile(r"pybind11/|Python\.h$")),
    ("catalog", re.compile(r"xxhash|sys/(mman|stat)\.h$|fcntl\.h$")),
    ("", re.compile(r"gtest/|gmock/|benchmark/|boost/|iostream$")),
]
"""Who alone may include a foreign header; "" is nobody in the library or its bindings."""

KERNEL_HEADERS = re.compile(r"cstdint$|cstddef$|\w*intrin\.h$|arm_(neon|sve)\.h$")
DISPATCH_HEADERS = re.compile(r"cpuid\.h$|cstdlib$|cstring$|atomic$|array$|span$|string_view$|musicsync/cpu\.hpp$")
"""What kernels may include at all; dispatch, which is no kernel, also reads the CPU and the environment."""

_INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]', re.MULTILINE)
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_INSTRUCTION_SET = re.compile(
    r"\b(_mm\d*_\w+|__m(128|256|512)i?|__AVX\w*|__SSE\w*|__ARM_NEON|__builtin_(cpu|ia32)_\w+)\b"
)
_ENDS_OR_PRINTS = re.compile(r"\b(?:std::)?(?:(?:cout|cerr|clog)\b|(?:f?printf|puts|abort|exit|_Exit|terminate)\s*\()")


def folder_of(path: Path, root: Path) -> str | None:
    """The step of matching a C++ file belongs to; None for files the arrows do not speak of (tests, benchmarks)."""
    parts = path.relative_to(root).parts
    if parts[:2] == ("core", "include"):
        return PUBLIC
    if parts[:2] == ("core", "src") and len(parts) > 3:
        return parts[2]
    if parts[:2] == ("core", "src") and path.name in VOCABULARY_FILES:
        return VOCABULARY
    return "bindings" if parts[0] == "bindings" else None


def _resolve(name: str, path: Path, root: Path) -> str | None:
    """The folder of ours that a header name means, or None for a foreign header."""
    for base in (path.parent, root / "core/src", root / "core/include", root / "bindings"):
        candidate = (base / name).resolve()
        if candidate.is_file() and candidate.is_relative_to(root):
            return folder_of(candidate, root) or "elsewhere"
    return PUBLIC if name.startswith("musicsync/") else None


def _include_problem(folder: str, path: Path, name: str, root: Path) -> str | None:
    if folder == "kernels" and path.stem == "dispatch" and DISPATCH_HEADERS.match(name):
        return None
    target = _resolve(name, path, root)
    if target is not None:
        if target == folder:
            return None
        if target not in PRIVATE[folder]:
            return f"{folder} -> {target} is not an allowed arrow"
        if target == "kernels" and Path(name).name != SEAM:
            return f"of kernels only {SEAM} is open to others"
        return None
    if folder == "kernels":
        return None if KERNEL_HEADERS.match(name) else "kernels may include cstdint and intrinsics only"
    for owner, pattern in OWNERS:
        if pattern.match(name) and owner != folder:
            return f"only {owner} may include it" if owner else "neither the library nor its bindings may include it"
    return None


def violations(files: list[Path], root: Path) -> Iterator[str]:
    """One line per include that no arrow allows, and per use of an instruction set or of printing and ending."""
    root = root.resolve()
    for path in (path.resolve() for path in files if path.suffix in (".cpp", ".hpp", ".h")):
        folder = folder_of(path, root)
        if folder is None:
            if path.is_relative_to(root / "core"):
                yield f"{relative(path, root)} lies in no step's folder"
            continue
        if folder not in PRIVATE:
            yield f"{relative(path, root)}: the folder {folder} has no place among the arrows"
            continue
        text = _COMMENT.sub("", path.read_text(encoding="utf-8"))
        for match in _INCLUDE.finditer(text):
            if problem := _include_problem(folder, path, match[2], root):
                yield f"{relative(path, root)} includes {match[2]}: {problem}"
        if folder != "kernels" and (found := _INSTRUCTION_SET.search(text)):
            yield f"{relative(path, root)} knows an instruction set: {found[0]}"
        if folder != "bindings" and (found := _ENDS_OR_PRINTS.search(text)):
            yield f"{relative(path, root)} prints or ends the process: {found[0]}"
