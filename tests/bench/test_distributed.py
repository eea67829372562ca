"""The cost model of a join over shards."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="needs musicsync-engine[ray]")

from bench.distributed import __main__ as program
from bench.distributed import model


def test_the_examples_of_the_model_hold() -> None:
    assert doctest.testmod(model).failed == 0


def test_a_search_that_grows_in_proportion_costs_the_same_in_shards_of_any_size() -> None:
    constants = model.Constants(1e-5, 300, {1000: 0.001, 2000: 0.002}, 1000, 0.0)
    costs = [constants.join(1_000_000, 500, shard) for shard in (1000, 2000, 10_000)]
    assert [cost.core_seconds for cost in costs] == pytest.approx([500.0] * 3)
    assert [cost.sent_bytes for cost in costs] == [5e8, 2.5e8, 5e7]
    assert constants.build(1_000_000).hours(10) == pytest.approx(1 / 3600)


def test_a_catalogue_that_was_not_made_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"no catalogue of 2,000,000 tracks: \.\./shared/peers/make_data\.sh 2000000"):
        program.source_of(tmp_path, 2_000_000)


def test_constants_are_measured_on_what_one_catalogue_decides(tmp_path: Path) -> None:
    rows = [f"song {n}\tann lee {n % 9}\tlow {n % 50}\tQZAAA24{n:05}" for n in range(3000)]
    (tmp_path / "cat_3000.tsv").write_text("\n".join(rows) + "\n")
    queries = [f"song {n}x\tann lee\tlow\t{n}" for n in range(0, 3000, 100)] + ["nothing\tnobody\t\t-1"]
    (tmp_path / "q_3000.tsv").write_text("\n".join(queries) + "\n")
    told = program.measured(program.source_of(tmp_path, 2500), 2500, 20, tmp_path)
    assert (told["tracks"], told["queries"]) == (2500, 20)
    assert all(told[name] > 0 for name in ("build_s", "search_s", "decide_s", "sent_bytes", "bytes_a_track"))
