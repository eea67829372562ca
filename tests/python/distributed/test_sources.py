"""Sources are cut into parts without losing, doubling or reordering a track."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musicsync import Catalog

pytest.importorskip("pyarrow", reason="needs musicsync-engine[ray]")

from musicsync.distributed.shards import BrokenShards, Shards, shard_files, shard_name
from musicsync.distributed.sources import Slice, build_part, parts_of

from .worlds import shards, songs


def content(one: Slice) -> bytes:
    return one.path.read_bytes()[one.first : one.last]


@settings(deadline=None)
@given(st.lists(st.lists(st.binary(max_size=9).filter(lambda line: b"\n" not in line), max_size=6), max_size=4),
       st.integers(1, 40), st.booleans())  # fmt: skip
def test_lines_stay_whole_and_in_order(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[bytes]], part_bytes: int, ended: bool
) -> None:
    folder = tmp_path_factory.mktemp("sources")
    sources = [folder / f"{number}.jsonl" for number in range(len(files))]
    for path, lines in zip(sources, files, strict=True):
        path.write_bytes(b"\n".join(lines) + (b"\n" if ended else b""))
    parts = parts_of(sources, part_bytes)
    for path in sources:
        pieces = [content(one) for part in parts for one in part if one.path == path]
        assert b"".join(pieces) == path.read_bytes()
        assert all(piece.endswith(b"\n") for piece in pieces[:-1])
    assert [one.path for part in parts for one in part] == sorted(one.path for part in parts for one in part)
    assert all(sum(len(content(one)) for one in part) < part_bytes + 10 for part in parts)


def test_only_json_lines_are_cut(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title\n" + "Africa\n" * 100)
    (tmp_path / "b.csv").write_text("title\nRosanna\n")
    parts = parts_of([tmp_path / "a.csv", tmp_path / "b.csv"], 50)
    assert [[one.path.name for one in part] for part in parts] == [["a.csv"], ["b.csv"]]
    assert all(one.is_whole() for part in parts for one in part)


def test_a_shard_tells_its_bad_lines_by_their_place_in_the_source(tmp_path: Path) -> None:
    source = tmp_path / "songs.jsonl"
    lines = [json.dumps(song) for song in songs(30)]
    lines[4] = lines[25] = '{"title": 3}'
    source.write_text("\n".join(lines) + "\n")
    parts = parts_of([source], source.stat().st_size // 3)
    assert len(parts) >= 3
    told = [build_part(part, tmp_path / shard_name(number), 1) for number, part in enumerate(parts)]
    assert (sum(one["tracks"] for one in told), sum(one["rejected"] for one in told)) == (28, 2)
    rejected = [json.loads(line) for path in sorted(tmp_path.glob("*.rejected.jsonl")) for line in path.open()]
    assert [(row["file"], row["line"]) for row in rejected] == [(str(source), 5), (str(source), 26)]
    assert [track.id for track in Shards(shard_files(tmp_path))] == [f"s{n}" for n in range(30) if n not in (4, 25)]  # type: ignore[attr-defined]


def test_positions_count_over_the_shards_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    files = shards(tmp_path, [songs(3), [], songs(5)[3:]])
    (tmp_path / "notes.txt").write_text("no shard")
    assert shard_files(tmp_path) == files
    all_of_them = Shards(files)
    assert [all_of_them[position].id for position in range(len(all_of_them))] == ["s0", "s1", "s2", "s3", "s4"]
    assert all_of_them[3] == Catalog.open(files[2])[0]
    for outside in (-1, 5):
        with pytest.raises(IndexError, match="is no position of 5 tracks"):
            all_of_them[outside]


def test_a_missing_shard_is_told_of_before_positions_are_wrong(tmp_path: Path) -> None:
    with pytest.raises(BrokenShards, match=r"has no part-00000\.msc$"):
        shard_files(tmp_path)
    files = shards(tmp_path, [songs(2)] * 4)
    files[1].unlink()
    with pytest.raises(BrokenShards, match=r"has no part-00001\.msc$"):
        shard_files(tmp_path)
    files[0].unlink()
    with pytest.raises(BrokenShards, match=r"has no part-00000\.msc \(2 are missing\)$"):
        shard_files(tmp_path)
    (tmp_path / "plan.json").write_text('{"parts": 5}')
    with pytest.raises(BrokenShards, match=r"\(3 are missing\)$"):
        shard_files(tmp_path)
