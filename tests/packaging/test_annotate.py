"""What the wheel says of the libraries inside it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.layout.project import ROOT

LIBRARIES = ("libicudata-1.so.72", "libicuuc-1.so.72", "libsimdjson-1.so.14", "libtbb-1.so.12")


@pytest.fixture(scope="module")
def annotate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("annotate", ROOT / "deploy/wheel/annotate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a dataclass looks for its module there
    spec.loader.exec_module(module)
    return module


def files(folder: Path, names: tuple[str, ...]) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.write_bytes(path.name.encode())
    return paths


def test_what_is_a_header_alone_has_no_file(annotate: ModuleType, tmp_path: Path) -> None:
    rows = {row["name"]: row for row in annotate.sbom(files(tmp_path, LIBRARIES))["components"]}
    assert set(rows) == {"ICU", "oneTBB", "simdjson", "xxHash", "pybind11"}
    assert {name for name, row in rows.items() if "components" not in row} == {"xxHash", "pybind11"}
    assert sorted(part["name"] for row in rows.values() for part in row.get("components", [])) == sorted(LIBRARIES)


def test_a_library_that_is_missing_or_unknown_is_named(annotate: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="oneTBB is not in the wheel"):
        annotate.sbom(files(tmp_path, LIBRARIES[:3]))
    with pytest.raises(SystemExit, match="libother"):
        annotate.sbom(files(tmp_path, (*LIBRARIES, "libother.so.1")))
