"""The files of a catalogue that lies in shards, and their tracks by position."""

from __future__ import annotations

import bisect
import itertools
import json
import re
from collections.abc import Sequence
from pathlib import Path

from musicsync import _core

PLAN = "plan.json"
"""Beside the shards: what they are built of, and how many there are."""

_NAME = re.compile(r"part-([0-9]{5,})\.msc")


class BrokenShards(Exception):
    """A folder in which a shard is missing, or that has none."""


def shard_name(number: int) -> str:
    """The name of a shard's file."""
    return f"part-{number:05}.msc"


def shard_files(folder: Path) -> list[Path]:
    """The shards of a folder, in the order in which positions count. Raises `BrokenShards` and `OSError`."""
    found = {int(name[1]): path for path in folder.iterdir() if (name := _NAME.fullmatch(path.name))}
    plan = folder / PLAN
    count = json.loads(plan.read_text(encoding="utf-8"))["parts"] if plan.exists() else len(found)
    if missing := [shard_name(number) for number in range(max(count, 1)) if number not in found]:
        raise BrokenShards(f"{folder}: has no {missing[0]}" + (f" ({len(missing)} are missing)" if missing[1:] else ""))
    return [found[number] for number in sorted(found)]


class Shards:
    """The tracks of shards as one list. Files are mapped: what nobody looks at is not read.

    Raises `EngineError` where a file is no catalogue.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        self._catalogues = [_core.Catalog.open(file, mapped=True) for file in files]
        self.starts = [0, *itertools.accumulate(len(catalogue) for catalogue in self._catalogues)]

    def __len__(self) -> int:
        return self.starts[-1]

    def __getitem__(self, position: int) -> _core.Track:
        if not 0 <= position < len(self):
            raise IndexError(f"{position} is no position of {len(self)} tracks")
        shard = bisect.bisect_right(self.starts, position) - 1
        return self._catalogues[shard][position - self.starts[shard]]
