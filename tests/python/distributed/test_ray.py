"""A real Ray cluster of two workers has the results of one process, also when a worker is killed in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy
import pytest

from musicsync import Catalog, Profile
from musicsync.bulk import Dedupe, Join, OtherRun, dedupe
from musicsync.bulk import join as bulk_join
from musicsync.imports.tracks import UnreadableFile

from .worlds import songs

pytest.importorskip("ray", reason="needs musicsync-engine[ray]")

from musicsync.distributed import (
    Build,
    JoinBatches,
    ShardedCatalogue,
    WorkerFailed,
    build,
    deduplicate,
    join,
    shard_files,
)

SONGS = songs(700)
LIBRARY = [
    song | {"id": f"q{n}", "title": song["title"].replace("The ", ""), "duration_ms": None}
    for n, song in enumerate(SONGS[::9])
] + [{"title": "Nothing like it", "artist": "Nobody", "isrc": "QZAAA2400004"}]


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """Two nodes with a CPU each, whose files lie in a folder of their own."""
    import ray
    from ray.cluster_utils import Cluster

    with tempfile.TemporaryDirectory(prefix="ray-") as folder, pytest.MonkeyPatch.context() as patched:
        patched.setenv("RAY_TMPDIR", folder)
        patched.setenv("RAY_AUTH_MODE", "disabled")
        patched.setenv("RAY_USAGE_STATS_ENABLED", "0")
        node = {"num_cpus": 1, "object_store_memory": 80 << 20, "include_dashboard": False}
        nodes = Cluster(initialize_head=True, head_node_args=node)
        nodes.add_node(num_cpus=1, object_store_memory=80 << 20)
        ray.init(address=nodes.address, log_to_driver=False)
        yield
        ray.shutdown()
        nodes.shutdown()


@pytest.fixture(scope="module")
def built(cluster: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four shards of a file of JSON Lines and a table."""
    folder = tmp_path_factory.mktemp("shards")
    lines, table = folder / "a.jsonl", folder / "b.csv"
    lines.write_text("".join(json.dumps(song) + "\n" for song in SONGS[:600]) + '{"title": 3}\n')
    rows = [[str(song.get(name) or "") for name in SONGS[0]] for song in SONGS[600:]]
    table.write_text("\n".join(map(",".join, [list(SONGS[0]), *rows])) + "\n")
    asked = Build((lines, table), folder / "shards", part_bytes=lines.stat().st_size * 2 // 7)
    told: list[tuple[int, int]] = []
    counts = build(asked, lambda done, total: told.append((done, total)))
    assert (counts["shards"], counts["built"], counts["tracks"], counts["rejected"]) == (4, 4, 700, 1)
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert build(asked)["built"] == 0
    (folder / "shards" / "part-00002.msc").unlink()
    assert (build(asked)["built"], len(shard_files(folder / "shards"))) == (1, 4)
    with pytest.raises(OtherRun, match="of another part_bytes, parts; restart=True begins anew"):
        build(replace(asked, part_bytes=1 << 20))
    return folder / "shards"


@pytest.fixture(scope="module")
def catalogue(built: Path) -> Iterator[ShardedCatalogue]:
    with ShardedCatalogue(shard_files(built), block=8) as opened:
        yield opened


@pytest.fixture(scope="module")
def whole(built: Path) -> Catalog:
    return Catalog.from_tracks(SONGS)


def test_the_shards_hold_the_tracks_of_the_sources_in_order(catalogue: ShardedCatalogue, whole: Catalog) -> None:
    assert [catalogue[position] for position in range(len(catalogue))] == list(whole)


def test_a_join_is_that_of_one_catalogue_also_when_a_worker_is_killed(
    catalogue: ShardedCatalogue, whole: Catalog
) -> None:
    wanted = [one.to_dict() for one in whole.join(LIBRARY, limit=5)]
    before = catalogue.processes()
    assert len(set(before)) == 3  # two that search and one that decides
    killed: list[int] = []

    def kill(done: int, total: int) -> None:
        if done < total and len(killed) < 2:
            killed.append(before[-len(killed)])
            os.kill(killed[-1], signal.SIGKILL)

    assert [asdict(one) for one in catalogue.join(LIBRARY, limit=5, progress=kill)] == wanted
    assert killed == [before[0], before[2]]
    after = catalogue.processes()
    assert [pid in before for pid in after] == [False, True, False]
    assert [asdict(one) for one in catalogue.join(LIBRARY, limit=5)] == wanted


def test_duplicates_are_those_of_one_catalogue(catalogue: ShardedCatalogue, whole: Catalog) -> None:
    found = catalogue.duplicates(90, 400, profile="classic")
    assert numpy.array_equal(found, whole.duplicates(90, 400, profile="classic"))
    assert len(found)


def test_tables_are_those_of_one_process(catalogue: ShardedCatalogue, built: Path, tmp_path: Path) -> None:
    one, library = tmp_path / "one.msc", tmp_path / "library.msc"
    Catalog.from_tracks(SONGS).save(one)
    Catalog.from_tracks(LIBRARY).save(library)
    asked = Join(
        catalogue, Catalog.open(library), (built, library), tmp_path / "many.csv", Profile("standard"), one_to_one=True,
        rows=30,
    )  # fmt: skip

    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done > 40:
            raise Stopped

    with pytest.raises(Stopped):
        bulk_join(asked, stop)
    counts = bulk_join(asked)
    alone = replace(asked, catalogue=Catalog.open(one), sources=(one, library), output=tmp_path / "one.csv")
    assert counts == bulk_join(alone)
    assert (tmp_path / "many.csv").read_text() == (tmp_path / "one.csv").read_text()

    same = Dedupe(catalogue, built, tmp_path / "same.csv", Profile("standard"), rows=200)
    told = dedupe(same)
    assert told == dedupe(replace(same, catalogue=Catalog.open(one), source=one, output=tmp_path / "same1.csv"))
    assert told["groups"] > 50
    assert (tmp_path / "same.csv").read_text() == (tmp_path / "same1.csv").read_text()


def test_one_call_opens_the_shards_and_closes_them(catalogue: ShardedCatalogue, built: Path, whole: Catalog) -> None:
    catalogue.close()
    (found,) = join(shard_files(built), [SONGS[3]])
    assert asdict(found) == whole.join([SONGS[3]])[0].to_dict()
    groups = deduplicate(shard_files(built), profile="classic")
    assert numpy.array_equal(groups, whole.deduplicate(profile="classic"))


def test_a_worker_that_does_not_see_its_shard_is_told_of(cluster: None, tmp_path: Path) -> None:
    Catalog.from_tracks(SONGS[:9]).save(tmp_path / "part-00000.msc")
    with ShardedCatalogue(shard_files(tmp_path)) as opened:
        (searcher, _) = opened.processes()
        (tmp_path / "part-00000.msc").unlink()
        os.kill(searcher, signal.SIGKILL)
        with pytest.raises(WorkerFailed, match=r"part-00000\.msc: opening: No such file"):
            opened.join(SONGS[:3])


def test_ray_data_moves_batches_through_one_catalogue(built: Path, whole: Catalog, tmp_path: Path) -> None:
    import pyarrow
    import ray

    whole.save(tmp_path / "one.msc")
    library: Any = pyarrow.Table.from_pylist([{"title": None, "artist": None} | song for song in LIBRARY[:20]])
    rows = (
        ray.data.from_arrow(library)
        .map_batches(
            JoinBatches, fn_constructor_args=(str(tmp_path / "one.msc"),), batch_format="pyarrow", batch_size=8,
            concurrency=1,
        )
        .take_all()
    )  # fmt: skip
    wanted = whole.join(LIBRARY[:20])
    assert sorted((row["query_id"], row["verdict"], row["position"], row["probability"]) for row in rows) == sorted(
        (LIBRARY[n]["id"], one.verdict, one.best, one.probability) for n, one in enumerate(wanted)
    )


def test_what_cannot_be_built_is_said(cluster: None, tmp_path: Path) -> None:
    (tmp_path / "songs.csv").write_text("name\nAfrica\n")
    with pytest.raises(UnreadableFile, match=r"songs\.csv: its first line names no column of a track"):
        build(Build((tmp_path / "songs.csv",), tmp_path / "shards"))
    Catalog.from_tracks(SONGS[:3]).save(tmp_path / "part-00000.msc")
    with pytest.raises(OtherRun, match=r"has part-00000\.msc and no plan\.json"):
        build(Build((tmp_path / "songs.csv",), tmp_path))


def test_without_ray_its_extra_is_named() -> None:
    code = (
        "import sys; sys.modules['ray'] = None\n"
        "from musicsync.distributed import join\n"
        "try: join([], [])\n"
        "except ModuleNotFoundError as error: print(error)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert told.stdout.strip() == "musicsync.distributed needs ray: pip install 'musicsync-engine[ray]'"
