"""Shards built by the workers of a Ray cluster, each of a part of the sources."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from musicsync import _core
from musicsync.bulk.parts import OtherRun, differing, file_stamp, write_whole
from musicsync.distributed import extra
from musicsync.distributed.shards import PLAN, shard_name
from musicsync.distributed.sources import Slice, build_part, parts_of, size_of
from musicsync.imports.tracks import UnreadableFile

Progress: TypeAlias = Callable[[int, int], object] | None


@dataclass(frozen=True, slots=True)
class Build:
    """What is built, of what, and into which folder. `part_bytes`: of the sources, for each shard."""

    sources: tuple[Path, ...]
    folder: Path
    part_bytes: int = 512 << 20
    threads: int = 1

    def plan(self) -> dict[str, Any]:
        """What all shards have to have in common."""
        stamps = [_stamp(source) for source in self.sources]
        return {"kind": "build", "sources": stamps, "engine": _core.engine_version(), "part_bytes": self.part_bytes}


def build(asked: Build, progress: Progress = None, *, restart: bool = False) -> dict[str, int]:
    """Build the shards that are not there yet, and say how many tracks, bytes and rejected rows those have.

    Every machine has to see sources and folder under the same paths. `progress(done, total)` counts shards; what it
    raises stops the run, which goes on from there when it is called again. The rows that are no tracks stand beside
    each shard in `.rejected.jsonl`. Raises `OtherRun`, `UnreadableFile` and `OSError`.
    """
    ray = extra.ray()
    parts = parts_of(asked.sources, asked.part_bytes)
    _begin(asked.folder, asked.plan() | {"parts": len(parts)}, restart=restart)
    task = ray.remote(num_cpus=asked.threads)(_built)
    targets = {number: asked.folder / shard_name(number) for number in range(len(parts))}
    waiting = [
        task.remote(parts[number], target, asked.threads) for number, target in targets.items() if not target.exists()
    ]
    done = len(parts) - len(waiting)
    counts = {"shards": len(parts), "built": len(waiting), "tracks": 0, "bytes": 0, "rejected": 0}
    try:
        while waiting:
            (ready, *_), waiting = ray.wait(waiting)
            for name, count in _raised(ray.get(ready)).items():
                counts[name] += count
            done += 1
            if progress is not None:
                progress(done, len(parts))
    finally:
        for one in waiting:
            ray.cancel(one)
    return counts


def _stamp(source: Path) -> dict[str, Any]:
    if source.is_dir():
        return {"path": str(source.resolve()), "bytes": size_of(source)}
    return file_stamp(source)


def _begin(folder: Path, plan: dict[str, Any], *, restart: bool) -> None:
    folder.mkdir(exist_ok=True)
    there = folder / PLAN
    if there.exists() and not restart:
        if names := differing(json.loads(there.read_text(encoding="utf-8")), plan):
            raise OtherRun(f"{folder}: belongs to a build of another {', '.join(names)}; restart=True begins anew")
        return
    if restart:
        there.unlink(missing_ok=True)
        for old in folder.glob("part-*"):
            old.unlink()
    if found := sorted(folder.glob("part-*.msc")):
        raise OtherRun(f"{folder}: has {found[0].name} and no {PLAN}; restart=True begins anew")
    write_whole(there, [json.dumps(plan, ensure_ascii=False, indent=1)])


def _built(part: list[Slice], target: Path, threads: int) -> dict[str, Any]:
    """Errors come back as values: what Ray makes of an exception tells neither its kind nor its words alone."""
    try:
        return build_part(part, target, threads)
    except UnreadableFile as error:
        return {"unreadable": str(error)}
    except (_core.EngineError, OSError) as error:
        return {"failed": str(error)}


def _raised(told: dict[str, Any]) -> dict[str, int]:
    if "unreadable" in told:
        raise UnreadableFile(told["unreadable"])
    if "failed" in told:
        raise OSError(told["failed"])
    return told
