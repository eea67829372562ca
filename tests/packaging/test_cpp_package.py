"""The C++ package: installed into a prefix, found by another project, which docs/packaging.md shows word for word."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.layout.project import ROOT

CONSUMER = Path(__file__).parent / "consumer"
BUILD = ROOT / "build" / "dev"  # the one of ./dev test core: compiled once for both


def run(*command: str | Path) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the installed package and nothing else."""
    folder = tmp_path_factory.mktemp("prefix")
    run("cmake", "--preset", "dev", "-D", "MUSICSYNC_BUILD_PYTHON=OFF")
    run("cmake", "--build", BUILD, "--target", "musicsync_core")
    run("cmake", "--install", BUILD, "--prefix", folder)
    return folder


@pytest.fixture(scope="module")
def same_song(prefix: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The consumer's program, built against the installed package."""
    build = tmp_path_factory.mktemp("consumer")
    run(
        "cmake",
        "-S",
        CONSUMER,
        "-B",
        build,
        "-G",
        "Ninja",
        f"-DCMAKE_PREFIX_PATH={prefix}",
        "-DCMAKE_BUILD_TYPE=Release",
    )
    run("cmake", "--build", build)
    return build / "same_song"


@pytest.mark.parametrize(
    ("songs", "verdict"),
    [(("Africa", "Toto", "AFRICA", "TOTO"), "accept"), (("Africa", "Toto", "Africa (Live)", "Toto"), "reject")],
)
def test_another_project_builds_against_it_and_runs(same_song: Path, songs: tuple[str, ...], verdict: str) -> None:
    assert run(same_song, *songs).strip() == verdict


def test_all_public_headers_are_installed_and_no_others(prefix: Path) -> None:
    public = ROOT / "core" / "include"
    installed = {path.relative_to(prefix / "include") for path in (prefix / "include").rglob("*.*")}
    assert installed == {path.relative_to(public) for path in public.rglob("*.hpp")}


def test_nothing_of_this_checkout_is_named_in_the_package(prefix: Path) -> None:
    for path in prefix.rglob("*.cmake"):
        assert str(ROOT) not in path.read_text(encoding="utf-8"), path


def test_an_older_release_is_not_taken_for_a_newer_one(prefix: Path, tmp_path: Path) -> None:
    text = "cmake_minimum_required(VERSION 3.25)\nproject(x LANGUAGES CXX)\nfind_package(musicsync 0.9 REQUIRED)\n"
    (tmp_path / "CMakeLists.txt").write_text(text, encoding="utf-8")
    build = tmp_path / "build"
    command: list[str | Path] = ["cmake", "-S", tmp_path, "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    assert done.returncode != 0
    assert "0.9" in done.stderr


def test_the_library_is_configured_without_python(tmp_path: Path) -> None:
    """For packagers: no Python, no test framework, no benchmark library."""
    run("cmake", "-S", ROOT, "-B", tmp_path, "-G", "Ninja", "-D", "MUSICSYNC_BUILD_PYTHON=OFF")
    assert "Python_EXECUTABLE" not in (tmp_path / "CMakeCache.txt").read_text(encoding="utf-8")


def test_the_page_shows_this_consumer() -> None:
    page = (ROOT / "docs" / "packaging.md").read_text(encoding="utf-8")
    for name in ("CMakeLists.txt", "main.cpp"):
        assert (CONSUMER / name).read_text(encoding="utf-8") in page, name
