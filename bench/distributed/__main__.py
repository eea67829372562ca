"""`./dev bench distributed [--tracks N M] [--queries Q] [--ray]`: the constants of what a join over shards costs.

For each size one core builds a shard of so many tracks and searches it, as a worker of `musicsync.distributed` does,
and what it sends is decided; the decisions are held against `Catalog.join`. With `--ray` a cluster on this machine
joins two shards, against the model. CPU seconds; catalogues of `peers/make_data.sh`; docs/distributed.md.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psutil
from bench.distributed.model import Constants
from bench.measure import machine
from bench.peers.data import FOLDER
from rich.console import Console
from rich.table import Table

from musicsync import Catalog, Track
from musicsync.distributed import Build, ShardedCatalogue, build, shard_files
from musicsync.distributed.batches import batch_of
from musicsync.distributed.decisions import Rule, candidates, decisions
from musicsync.distributed.sources import build_part, parts_of

BLOCK = 64
RULE = Rule("standard", 20, 0.5)
GOAL = 100_000_000


def source_of(folder: Path, count: int) -> tuple[Path, Path]:
    """The smallest catalogue with so many tracks, and its queries. A shard is a part of it, as of any large one."""
    sizes = sorted(int(path.stem[4:]) for path in folder.glob("cat_*.tsv") if path.stem[4:].isdecimal())
    for size in sizes:
        if size >= count:
            return folder / f"cat_{size}.tsv", folder / f"q_{size}.tsv"
    raise SystemExit(
        f"{folder} has no catalogue of {count:,} tracks: ../shared/peers/make_data.sh {count} makes one (it needs g++ "
        "and the project's shared folder); another folder: --data"
    )


def write_lines(catalogue: Path, count: int, path: Path) -> None:
    """The first tracks as JSON Lines."""
    with catalogue.open(encoding="utf-8") as rows, path.open("w", encoding="utf-8") as out:
        for number, row in zip(range(count), rows, strict=False):
            title, artist, album, isrc = (text.strip() for text in row.split("\t"))
            track = {"id": str(number), "title": title, "artist": artist, "album": album, "isrc": isrc}
            out.write(json.dumps(track) + "\n")


def queries_of(path: Path, count: int, wanted: int) -> list[Track]:
    """Queries whose track is among the first ones, or is in no catalogue."""
    rows = [line.rstrip("\n").split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Track(title=title, artists=artist, album=album or None)
        for title, artist, album, true in rows
        if int(true) < count
    ][:wanted]


def measured(source: tuple[Path, Path], count: int, wanted: int, folder: Path) -> dict[str, Any]:
    """What a core takes for a shard of so many tracks."""
    catalogue, asked = source
    lines, file = folder / f"{count}.jsonl", folder / f"{count}.msc"
    write_lines(catalogue, count, lines)
    started = time.process_time()
    told = build_part(parts_of([lines], 1 << 40)[0], file, 1)
    build_s = (time.process_time() - started) / count
    if (told["tracks"], told["rejected"]) != (count, 0):
        raise SystemExit(f"tracks are missing: {told}")
    shard, queries = Catalog.open(file, mapped=True), queries_of(asked, count, wanted)
    candidates([(0, shard)], batch_of(queries[:8]), RULE, 1)  # pages and tables are there
    searched, decided, sent_bytes = [], [], 0
    for first in range(0, len(queries), BLOCK):
        batch = batch_of(queries[first : first + BLOCK])
        times = [time.process_time()]
        sent = candidates([(0, shard)], batch, RULE, 1)
        times.append(time.process_time())
        found = decisions(batch, RULE, [sent])
        times.append(time.process_time())
        searched.append((times[1] - times[0]) / batch.num_rows)
        decided.append((times[2] - times[1]) / batch.num_rows)
        sent_bytes += sent.nbytes
        if first == 0:
            wanted_decisions = [one.to_dict() for one in shard.join(queries[:BLOCK], threads=1)]
            if [asdict(one) for one in found] != wanted_decisions:
                raise SystemExit("shards decide otherwise than one catalogue")
    return {
        "tracks": count, "queries": len(queries), "build_s": build_s, "bytes_a_track": told["bytes"] / count,
        "search_s": statistics.median(searched), "decide_s": statistics.median(decided),
        "sent_bytes": sent_bytes / len(queries),
    }  # fmt: skip


def over_ray(source: tuple[Path, Path], count: int, wanted: int, folder: Path) -> dict[str, Any]:
    """A join over two shards of half as many tracks each, by two workers: seconds of a query, and of their CPUs."""
    catalogue, asked = source
    lines, queries = folder / "ray.jsonl", queries_of(asked, count, wanted)
    write_lines(catalogue, count, lines)
    build(Build((lines,), folder / "shards", part_bytes=lines.stat().st_size // 2 + 1))
    with ShardedCatalogue(shard_files(folder / "shards"), workers=2) as shards:
        shards.join(queries[:8])
        pids = shards.processes()
        started, caller, workers = time.perf_counter(), time.process_time(), cpu_seconds(pids)
        shards.join(queries)
        taken = {
            "query_s": time.perf_counter() - started, "caller_s": time.process_time() - caller,
            "cpu_s": cpu_seconds(pids) - workers,
        }  # fmt: skip
        return {"tracks": count, "workers": 2} | {name: value / len(queries) for name, value in taken.items()}


def cpu_seconds(pids: list[int]) -> float:
    """That processes have used so far."""
    times = [psutil.Process(pid).cpu_times() for pid in pids]
    return sum(one.user + one.system for one in times)


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="./dev bench distributed", description=__doc__)
    parser.add_argument("--tracks", type=int, nargs=2, default=[1_000_000, 2_000_000], help="two sizes of a shard")
    parser.add_argument("--queries", type=int, default=512)
    parser.add_argument("--data", type=Path, default=FOLDER)
    parser.add_argument("--ray", action="store_true", help="and a join by two workers, against the model")
    asked = parser.parse_args()
    on = machine.described(["ray", "pyarrow"])
    source = source_of(asked.data, max(asked.tracks))
    with tempfile.TemporaryDirectory() as folder:
        rows = [measured(source, count, asked.queries, Path(folder)) for count in sorted(asked.tracks)]
        large = rows[-1]
        constants = Constants(
            large["build_s"], large["bytes_a_track"], {row["tracks"]: row["search_s"] for row in rows},
            large["sent_bytes"], large["decide_s"],
        )  # fmt: skip
        ray = over_ray(source, large["tracks"], asked.queries, Path(folder)) if asked.ray else None
    console = Console()
    table = Table("tracks", "build, µs a track", "B a track", "search, ms a query", "decide, ms", "sent, B a query")
    for row in rows:
        figures = (1e6 * row["build_s"], row["bytes_a_track"], 1e3 * row["search_s"], 1e3 * row["decide_s"])
        table.add_row(f"{row['tracks']:,}", *(f"{one:,.2f}" for one in figures), f"{row['sent_bytes']:,.0f}")
    console.print(table)
    console.print(f"a search grows with its shard to the power of {constants.growth:.2f}")
    for shard in (large["tracks"], 10 * large["tracks"]):
        join, built = constants.join(GOAL, GOAL, shard), constants.build(GOAL)
        console.print(
            f"{GOAL:,} × {GOAL:,} in shards of {shard:,}: {built.hours(1):,.1f} core hours to build, "
            f"{join.hours(1):,.0f} to join, {join.sent_bytes / 1e12:,.1f} TB sent"
        )
    if ray:
        ray["of_model"] = ray["cpu_s"] / constants.join(large["tracks"], 1, large["tracks"] // 2).core_seconds
        console.print(
            f"Ray, 2 workers: {1e3 * ray['query_s']:.2f} ms a query, {1e3 * ray['cpu_s']:.2f} ms of CPUs, "
            f"{ray['of_model']:.2f} of the model; {1e3 * ray['caller_s']:.2f} ms of the caller's"
        )
    console.print(machine.in_words(on, machine.load()))
    out = Path("build/bench/distributed.json")
    out.parent.mkdir(parents=True, exist_ok=True)
    found = {"machine": on, "rows": rows, "growth": constants.growth, "ray": ray}
    out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    console.print(f"written to {out}")


if __name__ == "__main__":
    main()
