"""The comparison with peers: what is written, what fails, and that no figure is ever invented."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bench.peers.__main__ import ROWS, chosen, failed, main
from bench.peers.data import Data
from bench.peers.few import ROWS as FEW
from bench.peers.full_text import recall
from bench.peers.growth import catalogue_file
from bench.peers.normalize import from_json
from bench.peers.rows import Measured, NotThereError, Row, Samples, Trial, WrongAnswerError, measure, require
from bench.peers.table import as_json, remarks, rendered, seconds

import musicsync


def row(prepare: Any, **more: Any) -> Row:
    return Row("P0", "work", "peer", prepare, "unit", 2, 5, **more)


def trial(right: bool = True, slow: int = 3) -> Trial:
    return Trial(
        lambda: sum(range(1000)), lambda: sum(range(1000 * slow)), lambda: require(right, "other answers"), units=10
    )


def test_every_asked_row_is_there_with_its_marks() -> None:
    """The ids, floors and goals are the benchmark specification's."""
    marks = {one.id: (one.floor, one.goal) for one in ROWS if one.kernel == "auto" and one.floor}
    assert marks == {
        "P1": (5, 10), "P2-prepared": (2, 5), "P2-fresh": (0.5, 1.5), "P3": (3, 8), "P4": (8, 20), "P8": (4, 8),
        "P9": (8, 20), "P10-rank": (1.7, 1.95), "P15": (60, 20), "P15-engine": (60, 20), "P15-size": (8, 4),
        "P5-batch": (25, 60), "P5-single": (15, 40), "P5-standard": (1 / 3, 1 / 1.5), "P6": (30, 150),
        "P7": (1, 3), "P12": (1, 1), "P12-cutoff": (1, 1.1),
        "P10-search": (1.7, 1.95), "P11-build": (4, 1.5), "P11-open": (500, 50), "P11-memory": (120, 80),
    }  # fmt: skip
    forced = {one.kernel for one in ROWS if one.id == "P3"}
    assert forced == {"auto", *musicsync.kernels()}


def test_a_measured_row_has_a_ratio_and_its_spread() -> None:
    one = measure(row(lambda _: trial()), Data(), rounds=3)
    assert one.checked
    assert one.mark in ("floor", "goal")
    assert one.ratio is not None
    assert 1.5 < one.ratio < 6
    written = as_json([one], {"cpu": "c"})["rows"][0]
    assert {"id", "ratio", "ours", "peer", "spread", "kernel", "checked"} <= written.keys()
    assert written["peer"] / written["ours"] == pytest.approx(written["ratio"])


def test_a_wrong_answer_is_marked_and_fails() -> None:
    one = measure(row(lambda _: trial(right=False)), Data(), rounds=3)
    assert (one.mark, one.checked, one.reason) == ("wrong", False, "other answers")
    assert failed([one], floors=False)


def test_a_wrong_answer_of_another_program_fails_too() -> None:
    def prepare(_: Data) -> Samples:
        raise WrongAnswerError("it says so")

    one = measure(row(prepare), Data(), rounds=3)
    assert one.mark == "wrong"
    written = json.loads(json.dumps(as_json([one], {}), allow_nan=False))["rows"][0]
    assert (written["ours"], written["ratio"], written["checked"]) == (None, None, False)


def test_what_is_not_there_has_a_reason_and_no_figure() -> None:
    def prepare(_: Data) -> Trial:
        raise NotThereError("no such call yet")

    one = measure(row(prepare), Data(), rounds=3)
    written = as_json([one], {})["rows"][0]
    assert (written["ratio"], written["ours"], written["checked"]) == (None, None, False)
    assert written["reason"] == "no such call yet"
    assert not failed([one], floors=False)
    assert failed([one], floors=True)
    assert remarks([one]) == ["P0 (auto): no such call yet"]
    assert rendered([one]).row_count == 1


@pytest.mark.parametrize(
    ("ratio", "mark", "fails"), [(1.9, "below", True), (2.0, "floor", False), (5.0, "goal", False)]
)  # fmt: skip
def test_a_missed_floor_fails_only_when_floors_are_asked_for(ratio: float, mark: str, fails: bool) -> None:
    one = Measured(row(None), 1.0, ratio, ratio, 0.0, 3, True)
    assert one.mark == mark
    assert not failed([one], floors=False)
    assert failed([one], floors=True) is fails


def test_of_a_limit_less_is_better() -> None:
    limited = Row("P0", "work", "–", lambda _: Samples((30.0, 30.0)), "ms", 60, 20, limit=True)
    assert measure(limited, Data(), 3).mark == "floor"
    assert Measured(limited, 61.0, checked=True).mark == "below"


def test_the_kernel_is_forced_and_let_go() -> None:
    seen: list[str] = []

    def prepare(_: Data) -> Samples:
        seen.append(musicsync.active_kernel())
        return Samples((1.0,))

    measure(row(prepare, kernel="scalar"), Data(), 3)
    assert seen == ["scalar"]
    assert musicsync.active_kernel() == musicsync.set_kernel("auto")


def google(name: str, time: float, **more: Any) -> dict[str, Any]:
    return {"name": name, "run_name": name, "run_type": "iteration", "cpu_time": time, "time_unit": "us", **more}


def test_google_benchmark_s_json_is_read_title_by_title() -> None:
    ours = [google("ours_ascii_titles", 2.0, items_per_second=1e9) for _ in range(3)]
    peer = [google("icu_nfkc_casefold", 2.0, items_per_second=1e8) for _ in range(3)]
    mean = {**google("ours_ascii_titles", 9.0), "run_type": "aggregate"}
    samples = from_json({"benchmarks": [*ours, mean, *peer]})
    assert samples.ours == pytest.approx((1e-9,) * 3)
    assert samples.peer == pytest.approx((1e-8,) * 3)
    with pytest.raises(NotThereError):
        from_json({"benchmarks": ours})
    with pytest.raises(WrongAnswerError, match="another form"):
        from_json({"benchmarks": [google("ours_ascii_titles", 1.0, error_occurred=True, error_message="another form")]})


def test_without_the_catalogues_it_says_how_they_are_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    assert main(["--data", str(tmp_path), "--json", str(tmp_path / "out.json")]) == 2
    assert "make_data.sh" in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()


def made(folder: Path, *names: int, tracks: int = 3000) -> None:
    """Files named as the catalogues of so many tracks, which have fewer."""
    lines = [f"song number {i} of the {i % 7} nights\tartist {i % 11}\talbum {i % 13}\tX\n" for i in range(tracks)]
    for name in names:
        for kind in ("cat", "q"):
            (folder / f"{kind}_{name}.tsv").write_text("".join(lines), encoding="utf-8")


def measured(folder: Path, *rows: str) -> list[dict[str, Any]]:
    out = folder / "latest.json"
    assert main([*rows, "--kernel", "auto", "--rounds", "3", "--data", str(folder), "--json", str(out)]) == 0
    found: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))["rows"]
    return found


def test_the_rows_for_few_candidates_answer_as_rapidfuzz(tmp_path: Path) -> None:
    """The whole way over a small catalogue: checked, timed, written."""
    made(tmp_path, 10_000, 100_000)
    rows = measured(tmp_path, "P1", "P2")
    assert [one["id"] for one in rows] == ["P1", "P2-prepared", "P2-fresh"]
    assert all(one["checked"] and one["ratio"] > 0 for one in rows)


def test_a_full_text_engine_is_measured_with_how_much_of_the_answer_it_finds(tmp_path: Path) -> None:
    made(tmp_path, 10_000, 100_000, 1_000_000)
    (row,) = measured(tmp_path, "P7")
    assert (row["id"], row["checked"], row["ratio"] > 0) == ("P7", True, True)
    said = re.fullmatch(r"recall@10 of tantivy's 100 best is (\d\.\d\d); ours is 1", row["note"])
    assert said
    assert 0 < float(said[1]) <= 1


def test_recall_is_the_share_of_the_best_scores_that_was_found() -> None:
    exact = [[90.0, 80.0, 80.0], [50.0, 40.0, 30.0]]
    assert recall(exact, exact) == 1
    assert recall([[90.0, 80.0, 70.0], [20.0]], exact) == 2 / 6
    assert recall([[], []], exact) == 0


def test_ten_times_as_many_tracks_are_only_measured_where_they_were_made(tmp_path: Path) -> None:
    made(tmp_path, 10_000, 100_000, 1_000_000)
    absent = measured(tmp_path, "P12")
    assert [(row["id"], row["mark"], row["ours"]) for row in absent] == [
        ("P12", "not there", None), ("P12-cutoff", "not there", None)
    ]  # fmt: skip
    assert "cat_10000000.tsv cannot be read" in absent[0]["reason"]
    assert absent[0]["reason"].endswith("`bash ../shared/peers/make_data.sh 10000000` makes it")
    assert list(tmp_path.glob("*.msc")) == []


def test_a_catalogue_of_ten_times_as_many_tracks_is_built_once(tmp_path: Path) -> None:
    made(tmp_path, 10_000, 100_000, 1_000_000)
    made(tmp_path, 10_000_000, tracks=5000)
    rows = measured(tmp_path, "P12")
    assert [(row["id"], row["checked"], row["ratio"] > 0) for row in rows] == [
        ("P12", True, True), ("P12-cutoff", True, True)
    ]  # fmt: skip
    file = tmp_path / "cat_10000000.msc"
    assert len(musicsync.Catalog.open(file)) == 5000
    before = file.stat()
    assert catalogue_file(Data(tmp_path), 10_000_000) == file
    assert file.stat() == before
    file.unlink()
    file.write_bytes(b"of another version")
    catalogue_file(Data(tmp_path), 10_000_000)
    assert len(musicsync.Catalog.open(file)) == 5000


def test_rows_are_chosen_by_id_with_what_belongs_to_them() -> None:
    assert {one.id for one in chosen(["P2"], None)} == {"P2-prepared", "P2-fresh"}
    assert {one.id for one in chosen(["P1"], "auto")} == {"P1"}  # and not P10, P15
    assert chosen(["P2-fresh"], "auto") == [one for one in FEW if one.id == "P2-fresh"]
    assert chosen(["P77"], None) == []


@pytest.mark.parametrize(
    ("value", "text"), [(None, "–"), (2.5, "2.50 s"), (1.234e-5, "12.3 µs"), (9.876e-7, "988 ns"), (4e-10, "0.400 ns")]
)  # fmt: skip
def test_times_are_shown_with_three_digits(value: float | None, text: str) -> None:
    assert seconds(value) == text
