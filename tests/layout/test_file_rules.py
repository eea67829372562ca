from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests.layout import file_rules
from tests.layout.project import ROOT, project_files

Rule = Callable[[Iterable[Path], Path], Iterator[str]]

PLANTED: list[tuple[Rule, str, str]] = [
    (file_rules.too_long, "python/musicsync/long.py", "x = 1\n" * 301),
    (file_rules.too_long, "core/src/score/long.cpp", "int x;\n" * 501),
    (file_rules.misnamed, "python/musicsync/CamelCase.py", ""),
    (file_rules.misnamed, "core/src/Score/score.cpp", ""),
    (file_rules.misplaced, "scripts/helper.sh", ""),
    (file_rules.foreign_package, "docs/guide.md", "pip install " + "musicsync"),
    (file_rules.foreign_package, "docs/guide.md", "pip install -U '" + "musicsync[server]'"),
    (file_rules.foreign_package, "README.md", "pip3 install --user " + "musicsync\n"),
    (file_rules.machine_path, "docs/guide.md", "see /wo" + "rk/main/dev"),
    (file_rules.machine_path, "bench/run.py", "open('/ho" + "me/ada/tracks.jsonl')"),
]

ALLOWED: list[tuple[Rule, str, str]] = [
    (file_rules.too_long, "python/musicsync/full.py", "x = 1\n" * 300),
    (file_rules.misnamed, "python/musicsync/__init__.py", ""),
    (file_rules.misnamed, "python/musicsync/_private.py", ""),
    (file_rules.misplaced, "docs/guide.md", ""),
    (file_rules.foreign_package, "README.md", "pip install 'musicsync-engine[server]'"),
    (file_rules.foreign_package, "README.md", "pip install -e . && musicsync doctor"),
    (file_rules.machine_path, "docs/guide.md", "build/log/pip.log, /usr/bin/python3, https://example.org/work/1"),
]


def plant(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("rule", "name", "text"), PLANTED)
def test_a_planted_violation_is_caught(tmp_path: Path, rule: Rule, name: str, text: str) -> None:
    assert list(rule([plant(tmp_path, name, text)], tmp_path))


@pytest.mark.parametrize(("rule", "name", "text"), ALLOWED)
def test_what_is_allowed_is_not_reported(tmp_path: Path, rule: Rule, name: str, text: str) -> None:
    assert list(rule([plant(tmp_path, name, text)], tmp_path)) == []


def test_two_test_modules_of_one_name_are_caught(tmp_path: Path) -> None:
    files = [plant(tmp_path, f"tests/{folder}/test_score.py", "") for folder in ("bindings", "python")]
    assert list(file_rules.same_name(files, tmp_path))


@pytest.mark.parametrize(
    "rule",
    [
        file_rules.too_long,
        file_rules.misnamed,
        file_rules.misplaced,
        file_rules.same_name,
        file_rules.foreign_package,
        file_rules.machine_path,
    ],
)
def test_the_project_keeps_the_rule(rule: Rule) -> None:
    files = project_files(ROOT)
    assert ROOT / "dev" in files
    assert list(rule(files, ROOT)) == []


def test_every_listed_table_exists() -> None:
    assert [name for name in file_rules.TABLES if not (ROOT / name).is_file()] == []


def test_without_git_the_same_kinds_of_files_are_found(tmp_path: Path) -> None:
    plant(tmp_path, "docs/guide.md", "")
    plant(tmp_path, ".venv/lib/foreign.py", "")
    plant(tmp_path, "build/dev/made.cpp", "")
    assert project_files(tmp_path) == [tmp_path / "docs/guide.md"]
