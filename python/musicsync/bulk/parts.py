"""What a long run has done so far, in a folder beside its output: a kill costs one part."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeAlias

Progress: TypeAlias = Callable[[int, int], Any] | None

_PLAN = "plan.json"


class OtherRun(Exception):
    """The folder belongs to a run of other inputs, or one that is at work."""


def file_stamp(path: Path) -> dict[str, Any]:
    """What a file, or a folder of shards, is known by while a run goes on with it."""
    if path.is_dir():
        return {"path": str(path.resolve()), "files": [file_stamp(file) for file in sorted(path.glob("*.msc"))]}
    found = path.stat()
    return {"path": str(path.resolve()), "bytes": found.st_size, "changed_ns": found.st_mtime_ns}


def write_whole(path: Path, lines: Iterable[str]) -> None:
    """The old or the new text stands at `path`, whatever happens. Raises `OSError`."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    publish(beside, path)


def publish(beside: Path, path: Path) -> None:
    """Put a whole file, which is on the disk, in the place of another."""
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Parts:
    """Rows 0 to `total` of a run, `size` a part, each part a file of JSON Lines in `OUTPUT.parts/`.

    The folder is this process's alone while the context is open. Raises `OtherRun` where another process has it, or
    where its plan is another (`restart` begins anew then), and `OSError`.
    """

    def __init__(self, output: Path, plan: dict[str, Any], total: int, size: int, *, restart: bool = False) -> None:
        self._total, self._size, self._count = total, size, -(-total // size)
        self._folder = output.with_name(output.name + ".parts")
        self._plan = plan | {"parts": self._count}
        self._restart = restart
        self._lock = -1

    def __enter__(self) -> Self:
        self._folder.mkdir(exist_ok=True)
        self._lock = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._lock)
            raise OtherRun(f"{self._folder}: another process is at work there") from None
        try:
            self._begin()
        except BaseException:
            os.close(self._lock)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._lock)

    def _begin(self) -> None:
        plan = self._folder / _PLAN
        if plan.exists() and not self._restart:
            if names := differing(json.loads(plan.read_text(encoding="utf-8")), self._plan):
                raise OtherRun(f"{self._folder}: belongs to a run of another {', '.join(names)}; --restart begins anew")
            return
        for old in self._folder.iterdir():
            old.unlink()
        write_whole(plan, [json.dumps(self._plan, ensure_ascii=False, indent=1)])

    def fill(self, made: Callable[[int, int, Progress], Iterable[Any]], progress: Progress) -> None:
        """Write the parts that are not on the disk, each whole or not at all.

        `made(first, last, progress)` gives the rows of a part and counts those that are done of it.
        """
        for number in range(self._count):
            first, last = number * self._size, min((number + 1) * self._size, self._total)
            if not self._path(number).exists():
                part = None if progress is None else partial(_tell, progress, first, self._total)
                rows = made(first, last, part)
                write_whole(self._path(number), (json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
            if progress is not None:
                progress(last, self._total)

    def rows(self) -> Iterator[Any]:
        """The rows of all parts, in order."""
        for number in range(self._count):
            with self._path(number).open(encoding="utf-8") as lines:
                yield from map(json.loads, lines)

    def remove(self) -> None:
        """The output is written: nothing to go on with."""
        shutil.rmtree(self._folder)

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:08}.jsonl"


def _tell(progress: Callable[[int, int], Any], before: int, total: int, done: int, _of_part: int) -> None:
    progress(before + done, total)


def differing(there: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    """What two plans do not have in common, by name."""
    return sorted(name for name in there.keys() | wanted.keys() if there.get(name) != wanted.get(name))
