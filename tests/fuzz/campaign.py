"""Runs the libFuzzer programs of build/fuzz, each on a corpus that it goes on from next time."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from musicsync import Catalog

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build/fuzz"

CASES = {"normalise": "texts", "title_parts": "titles", "artist_credits": "credits"}
"""Targets that also begin with the first column of a table of tests/cases."""

DICTIONARIES = {"normalise": "titles", "title_parts": "titles", "artist_credits": "titles", "rank": "titles"}
LONGEST = {"isrc": 64, "similarity": 512, "rank": 1024, "profile": 4096, "catalogue": 16384}
"""Bytes of an input; the others take 2,048."""


def targets() -> list[str]:
    """What can be fuzzed, built or not: the sources say."""
    return sorted(path.stem.removesuffix("_fuzz") for path in HERE.glob("*_fuzz.cpp"))


def program(target: str) -> Path:
    return BUILD / f"tests/fuzz/{target}_fuzz"


def _from_cases(target: str) -> Iterator[bytes]:
    if target in CASES:
        for line in (ROOT / f"tests/cases/{CASES[target]}.tsv").read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                yield line.split("\t")[0].encode()
    if target == "profile":
        yield (ROOT / "core/data/standard.json").read_bytes()
    if target == "catalogue":
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "songs.msc"
            Catalog.from_tracks([{"title": "Africa", "artist": "Toto", "isrc": "USSM18200342"}] * 3).save(path)
            yield path.read_bytes()


def _seeds(target: str) -> list[Path]:
    made = BUILD / "seeds" / target
    made.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(_from_cases(target)):
        (made / f"{number:05}").write_bytes(seed)
    return [folder for folder in (made, HERE / "seeds" / target) if folder.is_dir()]


@dataclass(frozen=True, slots=True)
class Run:
    """One program's run: how much it tried, and the input it broke on."""

    target: str
    status: int
    executions: int
    seed: str
    log: str

    @property
    def found(self) -> bool:
        return self.status != 0

    def __str__(self) -> str:
        verdict = f"FAILED\n{self.log[-6000:]}" if self.found else "clean"
        return f"{self.target:<15} {self.executions:>10,} inputs   seed {self.seed:<11} {verdict}"


def run(target: str, seconds: float, seed: int = 0) -> Run:
    """`seed` 0 lets libFuzzer choose one. Inputs that break a program stay in build/fuzz/findings."""
    corpus, findings = BUILD / "corpus" / target, BUILD / "findings" / target
    for folder in (corpus, findings):
        folder.mkdir(parents=True, exist_ok=True)
    dictionary = HERE / f"dictionaries/{DICTIONARIES.get(target, target)}.dict"
    command = [program(target), corpus, *_seeds(target), f"-artifact_prefix={findings}/", f"-seed={seed}"]
    command += [f"-max_total_time={max(1, round(seconds))}", f"-max_len={LONGEST.get(target, 2048)}"]
    command += ["-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1"]
    if dictionary.is_file():
        command.append(f"-dict={dictionary}")
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    tried = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    chosen = re.search(r"INFO: Seed: (\d+)", done.stderr)
    return Run(target, done.returncode, int(tried[1]) if tried else 0, chosen[1] if chosen else "?", done.stderr)
