"""P9: normal forms of ASCII titles against ICU, measured by the project's own program in C++."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from typing import Any

from bench.measure.machine import ROOT
from bench.peers.data import Data
from bench.peers.rows import NotThereError, Row, Samples, WrongAnswerError

OURS, PEER = "ours_ascii_titles", "icu_nfkc_casefold"
REPETITIONS = 15
NANOSECONDS = {"ns": 1.0, "us": 1e3, "ms": 1e6, "s": 1e9}


def ascii_titles(data: Data) -> Samples:
    """Runs `./dev bench normalize`, both sides in random turns; the program checks its own results."""
    command = [
        "./dev", "bench", "normalize", f"--benchmark_filter=^({OURS}|{PEER})$", "--benchmark_min_time=0.05",
        f"--benchmark_repetitions={REPETITIONS}", "--benchmark_enable_random_interleaving=true",
        "--benchmark_format=json",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NotThereError(f"./dev bench normalize failed: {(done.stderr or done.stdout).strip()[-200:]}")
    return from_json(json.loads(done.stdout))


def from_json(report: Mapping[str, Any]) -> Samples:
    """Seconds a title out of Google Benchmark's JSON, repetition by repetition."""
    taken: dict[str, list[float]] = {OURS: [], PEER: []}
    for run in report["benchmarks"]:
        if run.get("error_occurred"):
            raise WrongAnswerError(f"{run['name']}: {run.get('error_message', 'failed')}")
        name = run["run_name"] if "run_name" in run else run["name"]
        if run.get("run_type", "iteration") == "iteration" and name in taken:
            # items_per_second where the program says how many titles an iteration does; else an iteration is one
            rate = run.get("items_per_second")
            taken[name].append(1 / rate if rate else run["cpu_time"] * NANOSECONDS[run["time_unit"]] / 1e9)
    if not taken[OURS] or len(taken[OURS]) != len(taken[PEER]):
        raise NotThereError(f"./dev bench normalize measures no {OURS} and {PEER}")
    return Samples(tuple(taken[OURS]), tuple(taken[PEER]))


ROWS = [
    Row("P9", "normalise ASCII titles, in C++", "ICU Normalizer2 NFKC_Casefold, UTF-8", ascii_titles, "title", 8, 20)
]
