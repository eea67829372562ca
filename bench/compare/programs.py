"""Google Benchmark programs of two revisions: the same rounds in turn as the Python workloads."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

from bench.compare.build import CompareError, Revision
from bench.compare.measured import Sample

UNITS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}


def google_benchmarks(revision: Revision, names: Sequence[str]) -> Sample:
    """Runs programs ("bench_rank") or single benchmarks of them ("bench_rank:decide_candidates/50")."""
    found: dict[str, Mapping[str, object]] = {}
    for program, wanted in _by_program(names).items():
        path = revision.program(program)
        if not path.is_file():
            continue  # that revision has no such program: its benchmarks are missing on that side
        command = [str(path), "--benchmark_format=json", "--benchmark_min_time=0.03", "--benchmark_repetitions=3"]
        if wanted:
            command.append(f"--benchmark_filter=^({'|'.join(wanted)})$")
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise CompareError(f"{revision.name}: {program} failed: {done.stderr.strip()[-400:]}")
        found |= {f"{program}:{name}": value for name, value in from_json(json.loads(done.stdout)).items()}
    return found


def from_json(report: Mapping[str, Any]) -> dict[str, Mapping[str, object]]:
    """Seconds an iteration by name: the least of the repetitions, since noise only ever adds.

    A benchmark that found its own result wrong is missing, with its message.
    """
    found: dict[str, Mapping[str, object]] = {}
    least: dict[str, float] = {}
    for run in report["benchmarks"]:
        if run.get("run_type", "iteration") != "iteration":
            continue
        name = run["name"]
        if run.get("error_occurred"):
            found[name] = {"missing": run.get("error_message", "failed")}
            continue
        least[name] = min(least.get(name, float("inf")), run[_clock(name)] * UNITS[run["time_unit"]])
        found[name] = {"seconds": least[name]}
    return found


def _clock(name: str) -> str:
    """The time the program itself goes by: what runs over all cores says so in its name."""
    return "real_time" if name.endswith("/real_time") else "cpu_time"


def _by_program(names: Sequence[str]) -> dict[str, list[str]]:
    programs: dict[str, list[str]] = {}
    for name in names:
        program, _, single = name.partition(":")
        programs.setdefault(program, [])
        if single:
            programs[program].append(single)
    return programs
