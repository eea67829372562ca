"""Two revisions in turn: with invented timings, a planted slowdown fails and noise does not."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from bench.compare import __main__ as command
from bench.compare.build import CompareError, Revision, checked_out
from bench.compare.history import keep
from bench.compare.measured import Compared, compare, judged, slower
from bench.compare.programs import from_json
from bench.compare.table import as_json, rendered
from bench.compare.workloads import WORKLOADS, songs

from tests.layout.project import ROOT

OLD, NEW = Revision("old", Path("old")), Revision("new", Path("new"))
NAMES = [f"work{i}" for i in range(20)]


class Machine:
    """A machine that measures by invention: 1 ms a call, noise, and what `change` says of the new side."""

    def __init__(self, noise: float, change: Callable[[str, int], float], seed: int = 1) -> None:
        self.draw, self.noise, self.change, self.calls = random.Random(seed), noise, change, 0

    def __call__(self, revision: Revision, names: Sequence[str]) -> Mapping[str, Mapping[str, object]]:
        self.calls += 1
        return {name: {"seconds": self._seconds(revision, name), "answer": "x"} for name in names}

    def _seconds(self, revision: Revision, name: str) -> float:
        change = self.change(name, self.calls) if revision is NEW else 1.0
        return 1e-3 * change * (1 + abs(self.draw.gauss(0, self.noise)))


def test_noise_alone_never_fails() -> None:
    for seed in range(50):
        assert slower(compare(OLD, NEW, NAMES, run=Machine(0.15, lambda *_: 1.0, seed))) == []


def test_a_planted_slowdown_fails_alone() -> None:
    for seed in range(20):
        machine = Machine(0.03, lambda name, _: 1.25 if name == "work7" else 1.0, seed)
        assert slower(compare(OLD, NEW, NAMES, run=machine)) == ["work7"]


def test_what_was_slower_once_is_measured_again_and_cleared() -> None:
    """A neighbour that came for the first rounds and went."""
    machine = Machine(0.0, lambda name, calls: 1.5 if calls <= 18 and name == "work3" else 1.0)
    compared = {one.name: one for one in compare(OLD, NEW, NAMES, run=machine)}
    assert machine.calls == 36
    assert compared["work3"].word == "same"
    assert "slower at first" in compared["work3"].note


def test_a_benchmark_of_one_side_has_no_verdict() -> None:
    olds = [{"a": {"seconds": 1.0}, "b": {"missing": "no rank_batch"}}] * 6
    news = [{"a": {"seconds": 1.0}, "b": {"seconds": 1.0}, "c": {"seconds": 1.0}}] * 6
    compared = {one.name: one for one in judged(olds, news)}
    assert compared["a"].word == "same"
    assert compared["b"].word == compared["c"].word == "not there"
    assert "old side: no rank_batch" in compared["b"].note
    assert rendered(list(compared.values()), "old", "new").row_count == 3


def test_other_answers_are_told() -> None:
    olds, news = [{"a": {"seconds": 1.0, "answer": "x"}}] * 6, [{"a": {"seconds": 1.0, "answer": "y"}}] * 6
    assert "answers differ" in judged(olds, news)[0].note


def test_google_benchmarks_are_read() -> None:
    runs = [
        {"name": "rank/5", "run_type": "iteration", "cpu_time": 3.0, "time_unit": "us"},
        {"name": "rank/5", "run_type": "iteration", "cpu_time": 4.0, "time_unit": "us"},
        {"name": "rank/50", "run_type": "iteration", "error_occurred": True, "error_message": "wrong"},
        {"name": "rank/5_mean", "run_type": "aggregate", "cpu_time": 3.0, "time_unit": "us"},
    ]
    assert from_json({"benchmarks": runs}) == {
        "rank/5": {"seconds": pytest.approx(3e-6)},
        "rank/50": {"missing": "wrong"},
    }


@pytest.mark.parametrize(("change", "code"), [(1.0, 0), (1.4, 1)])
def test_the_exit_code_and_the_history(
    change: float, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    machine = Machine(0.02, lambda *_: change)
    monkeypatch.setattr(command, "measured", lambda _: ("old", compare(OLD, NEW, NAMES, run=machine)))
    monkeypatch.setattr(command, "LATEST", tmp_path / "compare.json")
    history = tmp_path / "kept/history.jsonl"
    assert command.main(["HEAD", "--history", str(history)]) == code
    assert command.main(["HEAD", "--history", str(history)]) == code
    lines = [json.loads(line) for line in history.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 2
    assert (lines[0]["slower"] != []) is bool(code)
    assert json.loads((tmp_path / "compare.json").read_text(encoding="utf-8")) == lines[1]


def test_the_history_keeps_one_line_each(tmp_path: Path) -> None:
    for _ in range(3):
        keep(as_json([Compared("a")], "old", "new", {}), tmp_path / "latest.json", tmp_path / "history.jsonl")
    assert len((tmp_path / "history.jsonl").read_text(encoding="utf-8").splitlines()) == 3


def test_an_unknown_revision_is_refused_in_words() -> None:
    with pytest.raises(CompareError, match="'no-such-branch' is no revision"):
        checked_out("no-such-branch")


def test_every_workload_answers_the_same_twice() -> None:
    assert songs(50) == songs(50)
    for name, make in WORKLOADS.items():
        if name.startswith(("matrix/avx", "catalog/search")):
            continue  # not on every CPU; seconds
        assert repr(make().answer()) == repr(make().answer()), name


def in_repository(folder: Path, *commits: str) -> Path:
    """A repository with .ci/benchmark and a ./dev that only says what it was asked."""
    (folder / ".ci").mkdir()
    (folder / ".ci/benchmark").write_bytes((ROOT / ".ci/benchmark").read_bytes())
    (folder / "dev").write_text('#!/usr/bin/env bash\necho "dev $*"\n', encoding="utf-8")
    (folder / "dev").chmod(0o755)
    git(folder, "init", "--quiet", "--initial-branch=main")
    for message in commits:
        git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return folder


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    done = subprocess.run(["git", "-C", folder, *identity, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def asked(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["bash", folder / ".ci/benchmark", *arguments], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


def test_ci_compares_with_the_commit_before_on_main(tmp_path: Path) -> None:
    folder = in_repository(tmp_path, "one", "two")
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    before = git(folder, "rev-parse", "HEAD^")
    expected = f"dev bench compare {before} --history build/bench/history.jsonl"
    assert asked(folder) == expected
    assert asked(folder, "0" * 40) == expected  # what a push of a new branch calls the revision before it


def test_ci_compares_a_branch_with_where_it_left_main(tmp_path: Path) -> None:
    folder = in_repository(tmp_path, "one", "two")
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    left = git(folder, "rev-parse", "HEAD")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "three")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "four")
    assert asked(folder) == f"dev bench compare {left} --history build/bench/history.jsonl"
    named = git(folder, "rev-parse", "HEAD^")
    assert asked(folder, named, "kept.jsonl") == f"dev bench compare {named} --history kept.jsonl"


def test_ci_has_nothing_to_compare_the_first_commit_with(tmp_path: Path) -> None:
    assert "nothing to compare with" in asked(in_repository(tmp_path, "one"))
