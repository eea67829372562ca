"""The project's files, as the layout checks see them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_NOT_OURS = {".git", ".venv", "build", "dist"}


def project_files(root: Path) -> list[Path]:
    """Every file that is, or is about to be, under version control; without git, every file outside built folders."""
    command = ["git", "-C", str(root), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listing = subprocess.run(command, capture_output=True, check=False)
    if listing.returncode == 0 and (root / ".git").exists():
        names = filter(None, listing.stdout.decode().split("\0"))
        return sorted(path for path in map(root.joinpath, names) if path.is_file())
    return sorted(_walk(root))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_symlink() or path.name in _NOT_OURS or path.name.endswith("_cache") or path.name == "__pycache__":
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
