from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from tests.layout.arrows import parse, violations
from tests.layout.project import ROOT

TABLE = ["_core -> model", "model ->", "steps -> model", "spotify -> model", "store -> model", "api -> steps _core"]

PACKAGE = {
    "__init__.py": "from shop import model\n",
    "model.py": "import datetime\n",
    "steps.py": "from shop.model import Track\n",
    "spotify/__init__.py": "",
    "spotify/client.py": "from shop import model\nfrom shop.spotify import errors\n",
    "spotify/errors.py": "",
    "store/__init__.py": "",
    "api/__init__.py": "import shop\nfrom shop import steps\nfrom shop._core import rank\n",
}


def check(folder: Path, monkeypatch: pytest.MonkeyPatch, extra: dict[str, str]) -> list[str]:
    for name, text in (PACKAGE | extra).items():
        path = folder / "shop" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    graph = grimp.build_graph("shop", include_external_packages=True, cache_dir=None)
    return list(violations(graph, "shop", parse(TABLE)))


def test_the_allowed_arrows_are_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check(tmp_path, monkeypatch, {}) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("model.py", "from shop.steps import search\n"),
        ("model.py", "def late():\n    import shop.steps\n"),
        ("steps.py", "from shop.spotify.client import Client\n"),
        ("steps.py", "from shop._core import rank\n"),
        ("spotify/client.py", "import shop.store\n"),
        ("helpers.py", ""),
    ],
)
def test_a_planted_violation_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    found = check(tmp_path, monkeypatch, {name: text})
    assert len(found) == 1
    assert f"shop.{name.removesuffix('.py').replace('/', '.')} " in found[0]


@pytest.mark.parametrize("row", ["model", "-> model", "model -> nowhere"])
def test_a_table_that_means_nothing_is_refused(row: str) -> None:
    with pytest.raises(ValueError, match=r"arrow|form"):
        parse([row])


def test_the_package_keeps_its_contracts() -> None:
    # Without the cache: it does not notice that a module which others already import has come into being.
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", program, "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "3 kept, 0 broken" in result.stdout
