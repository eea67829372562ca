"""The wheel and the sdist, built as ./dev wheel does: minutes, so only with ./dev test --all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.layout.project import ROOT

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(sys.platform != "linux", reason="wheels of macOS are built by cibuildwheel"),
]
LARGEST = 4_000_000
"""Bytes: the goal of the project's list of benchmarks (its floor is 8 MB). With all of ICU's data it has 14.5 MB."""


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command: list[str | Path] = [ROOT / "deploy/wheel/build", sys.executable]
    subprocess.run(command, env=os.environ | {"MUSICSYNC_DIST": str(folder)}, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    (path,) = dist.glob("*.whl")
    return path


def test_the_wheel_is_small_and_named_by_auditwheel(wheel: Path) -> None:
    assert wheel.stat().st_size <= LARGEST
    assert "manylinux_2_" in wheel.name


def test_the_wheel_holds_every_library_its_licence_and_its_place_in_the_sbom(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        libraries = {Path(name).name for name in names if ".libs/" in name}
        assert {name.split("-")[0] for name in libraries} == {"libicudata", "libicuuc", "libsimdjson", "libtbb"}
        sbom = json.loads(archive.read(next(name for name in names if name.endswith("sboms/bundled.cdx.json"))))
        components = {row["name"] for row in sbom["components"]}
        assert components == {"ICU", "oneTBB", "simdjson", "xxHash", "pybind11"}
        assert {part["name"] for row in sbom["components"] for part in row.get("components", [])} == libraries
        metadata = archive.read(next(name for name in names if name.endswith("/METADATA"))).decode()
    for component in components:
        assert f"License-File: bundled/{component}.txt\n" in metadata
        assert [name for name in names if name.endswith(f"licenses/bundled/{component}.txt")]


def test_the_wheel_works_in_an_empty_environment_and_equals_this_build(dist: Path) -> None:
    command: list[str | Path] = [ROOT / "deploy/wheel/check", "--texts-as", sys.executable, dist]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHON": sys.executable}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "equals the reference" in done.stdout


def test_the_sdist_holds_what_builds_it_and_nothing_built(dist: Path) -> None:
    """That a wheel comes out of it is shown by `dist`: the wheel is built from the unpacked sdist."""
    (path,) = dist.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"CMakeLists.txt", "core/install.cmake", "bindings/exports.map", "core/data/names.tsv", "LICENSE"} <= names
    assert [name for name in names if name.startswith(("build/", "dist/", ".venv/")) or name.endswith(".so")] == []
