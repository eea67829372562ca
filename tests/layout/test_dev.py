from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

from tests.layout.project import ROOT


def dev(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([ROOT / "dev", *arguments], capture_output=True, text=True, check=False)


def test_an_unknown_command_fails_and_shows_what_there_is() -> None:
    result = dev("tset")
    assert result.returncode != 0
    assert 'unknown command "tset"' in result.stderr
    assert "./dev COMMAND" in result.stderr


def test_help_of_the_tests_is_help_and_no_test() -> None:
    result = dev("test", "--help")
    assert result.returncode == 0
    assert "./dev COMMAND" in result.stdout + result.stderr
    assert "passed" not in result.stdout


def test_an_unknown_fuzz_target_fails_before_anything_is_built() -> None:
    result = dev("fuzz", "nonsense", "--seconds", "1")
    assert result.returncode != 0
    assert 'no fuzz target "nonsense"' in result.stderr


def test_ci_runs_the_readme_s_test_command() -> None:
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert "./dev test" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_the_readme_begins_with_the_two_commands() -> None:
    beginning = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:8]
    assert [line.split("#")[0].strip() for line in beginning if line.startswith("./dev")] == [
        "./dev demo",
        "./dev test",
    ]


def test_the_script_stays_within_bash_3() -> None:
    """macOS has bash 3.2: no mapfile, no associative arrays, no ${name^^}."""
    script = (ROOT / "dev").read_text(encoding="utf-8")
    assert [word for word in ("mapfile", "readarray", "declare -A", "local -A", "^^}", ",,}") if word in script] == []


def test_there_is_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    places = {
        "CMakeLists.txt": r"project\(musicsync VERSION ([\d.]+)",
        "python/musicsync/__init__.py": r'__version__ = "([^"]+)"',
    }
    for name, pattern in places.items():
        found = re.search(pattern, (ROOT / name).read_text(encoding="utf-8"))
        assert found, name
        assert found[1] == project, name


def test_a_step_that_fails_behind_a_lock_is_no_success(tmp_path: Path) -> None:
    script = (ROOT / "dev").read_text(encoding="utf-8")
    functions = "".join(
        found.group()
        for name in ("have", "alone")
        if (found := re.search(rf"^{name}\(\).*?^}}?$", script, re.M | re.S))
    )
    called = f'set -e\n{functions}\nif alone "$1" sh -c "exit 3"; then echo passed; else echo "failed: $?"; fi'
    done = subprocess.run(["bash", "-c", called, "bash", tmp_path / "lock"], capture_output=True, text=True, check=True)
    assert done.stdout == "failed: 3\n"
