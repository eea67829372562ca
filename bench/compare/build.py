"""A revision's source, and what is built from it: each in its own folder under build/bench/compare/, same flags.

build/bench/compare/NAME/source     a git worktree of it (the working tree is built where it stands)
build/bench/compare/NAME/build      CMake's
build/bench/compare/NAME/site       the Python package with its module
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.measure.machine import ROOT

FOLDER = ROOT / "build/bench/compare"
HERE = "here"
"""The name of the working tree among the revisions."""


class CompareError(Exception):
    """A revision that cannot be found or built, in words."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A name and where its source is."""

    name: str
    source: Path

    @property
    def folder(self) -> Path:
        """Where everything built from it goes."""
        return FOLDER / self.name

    @property
    def site(self) -> Path:
        """The folder to put on Python's path."""
        return self.folder / "site"

    def program(self, name: str) -> Path:
        """A Google Benchmark program of it."""
        return self.folder / "build/bench" / name


def git(*arguments: str, root: Path = ROOT) -> str:
    """git's answer; CompareError with its own words where it refuses."""
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CompareError(f"git {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout.strip()


def working_tree() -> Revision:
    """This checkout as it is, uncommitted changes included."""
    return Revision(HERE, ROOT)


def checked_out(name: str) -> Revision:
    """A worktree of the revision, made or made again."""
    sha = git("rev-parse", "--verify", "--quiet", "--short=12", f"{name}^{{commit}}") if _known(name) else ""
    if not sha:
        raise CompareError(f"{name!r} is no revision of this repository")
    revision = Revision(sha, FOLDER / sha / "source")
    if not (revision.source / "CMakeLists.txt").is_file():
        remove(revision)
        git("worktree", "add", "--detach", "--force", str(revision.source), sha)
    return revision


def _known(name: str) -> bool:
    command = ["git", "-C", str(ROOT), "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def remove(revision: Revision) -> None:
    """The worktree goes; what was built from it stays, and makes the next comparison with it quick."""
    if revision.source == ROOT:
        return
    shutil.rmtree(revision.source, ignore_errors=True)
    git("worktree", "prune")


def build(revision: Revision, programs: Iterable[str] = ()) -> None:
    """The module as it ships, into `site`, and Google Benchmark programs that the revision has."""
    configure = [
        "cmake", "-S", str(revision.source), "-B", str(revision.folder / "build"), "-G", "Ninja",
        "-D", "CMAKE_BUILD_TYPE=Release", "-D", "MUSICSYNC_BUILD_PYTHON=ON", "-D", "MUSICSYNC_BUILD_BENCH=ON",
        "-D", f"Python_EXECUTABLE={sys.executable}", "-D", "CMAKE_COMPILE_WARNING_AS_ERROR=OFF",
    ]  # fmt: skip
    _logged(revision, configure)
    there = [name for name in programs if (revision.source / f"bench/{name}.cpp").is_file()]
    _logged(revision, ["cmake", "--build", str(revision.folder / "build"), "--target", "_core", *there])
    package = revision.site / "musicsync"
    shutil.rmtree(revision.site, ignore_errors=True)
    shutil.copytree(revision.source / "python/musicsync", package, ignore=shutil.ignore_patterns("__pycache__", "*.so"))
    modules = list((revision.folder / "build/bindings").glob("_core*.so"))
    if len(modules) != 1:
        raise CompareError(f"{revision.name}: built {len(modules)} modules _core, not one")
    shutil.copy2(modules[0], package)


def _logged(revision: Revision, command: list[str]) -> None:
    log = revision.folder / "log"
    revision.folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    log.write_text(done.stdout + done.stderr, encoding="utf-8")
    if done.returncode != 0:
        last = "\n".join((done.stdout + done.stderr).splitlines()[-15:])
        raise CompareError(f"{revision.name}: {' '.join(command[:2])} … failed ({log}):\n{last}")
