"""Rules about single files: size, name, place, and words that must not stand in them. Each returns what breaks it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.layout.project import relative

LINES = {".py": 300, ".pyi": 300, ".cpp": 500, ".hpp": 500, ".h": 500}
"""The longest file of each kind. Tables and vocabularies are apart, by name, in TABLES."""

TABLES: frozenset[str] = frozenset()

TOP_LEVEL = frozenset(
    {
        ".ci",
        ".clang-format",
        ".clang-tidy",
        ".editorconfig",
        ".gitattributes",
        ".github",
        ".gitignore",
        "CHANGELOG.md",
        "CMakeLists.txt",
        "CMakePresets.json",
        "LICENSE",
        "README.md",
        "SECURITY.md",
        "bench",
        "bindings",
        "core",
        "datasets",
        "deploy",
        "dev",
        "docs",
        "pyproject.toml",
        "python",
        "tests",
    }
)

_CODE_NAME = re.compile(r"_{0,2}[a-z0-9]+(_[a-z0-9]+)*_{0,2}\.(py|pyi|cpp|hpp|h)")
_FOLDER_NAME = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_FOREIGN_PACKAGE = re.compile(r"""pip[0-9.]*\s+install\s+(?:-\S+\s+)*["']?musicsync(?!-engine)(?![\w/.-])""")
_MACHINE_PATH = re.compile(
    r"(?<![\w.$}])/(?:work|farm)/|(?<![\w.$}])/(?:root|tmp/w)/|(?<![\w.$}])/(?:home|Users)/[a-z]\w*/"
)


def too_long(files: Iterable[Path], root: Path) -> Iterator[str]:
    for path in files:
        limit = LINES.get(path.suffix)
        if limit and relative(path, root) not in TABLES:
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > limit:
                yield f"{relative(path, root)} has {lines} lines; the limit is {limit}"


def misnamed(files: Iterable[Path], root: Path) -> Iterator[str]:
    """Code is in snake_case, and so is each folder above it."""
    for path in files:
        if path.suffix in LINES:
            folders = path.relative_to(root).parts[:-1]
            if not _CODE_NAME.fullmatch(path.name) or not all(map(_FOLDER_NAME.fullmatch, folders)):
                yield f"{relative(path, root)} is not in snake_case"


def misplaced(files: Iterable[Path], root: Path) -> Iterator[str]:
    """The top level is fixed."""
    for name in sorted({path.relative_to(root).parts[0] for path in files} - TOP_LEVEL):
        yield f"{name} does not belong to the top level"


def same_name(files: Iterable[Path], root: Path) -> Iterator[str]:
    """pytest imports what lies in no package by its bare name: two of one name shadow each other."""
    places = defaultdict(list)
    for path in files:
        bare = path.suffix == ".py" and path.name != "conftest.py" and not (path.parent / "__init__.py").exists()
        if bare and path.is_relative_to(root / "tests"):
            places[path.name].append(relative(path, root))
    for paths in places.values():
        if len(paths) > 1:
            yield f"the same module name: {', '.join(paths)}"


def _lines(files: Iterable[Path]) -> Iterator[tuple[Path, int, str]]:
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # binary: no text to judge
        for number, line in enumerate(text.splitlines(), start=1):
            yield path, number, line


def foreign_package(files: Iterable[Path], root: Path) -> Iterator[str]:
    """`musicsync` on the package index is somebody else's: ours is `musicsync-engine`."""
    for path, number, line in _lines(files):
        if _FOREIGN_PACKAGE.search(line):
            yield f"{relative(path, root)}:{number} installs a foreign package: {line.strip()[:80]}"


def machine_path(files: Iterable[Path], root: Path) -> Iterator[str]:
    """A path of one person's or one machine's means nothing to anybody else."""
    for path, number, line in _lines(path for path in files if path.suffix not in (".jsonl", ".lock", ".sum")):
        if _MACHINE_PATH.search(line):
            yield f"{relative(path, root)}:{number} names a place on one machine: {line.strip()[:80]}"
