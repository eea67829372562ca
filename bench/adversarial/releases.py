"""What released versions answered: `datasets/adversarial/releases/VERSION.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.adversarial.matchers import Answer, engine
from bench.adversarial.scenarios import FOLDER, Scenario
from bench.adversarial.scoring import Outcome, outcome


@dataclass(frozen=True, slots=True)
class Release:
    """A released version and its answers; `digests` tell whether a scenario has changed since."""

    version: str
    model: str
    answers: Mapping[str, Answer]
    digests: Mapping[str, str]

    def outcomes(self, scenarios: Sequence[Scenario]) -> dict[str, Outcome]:
        """Its outcomes, of the scenarios that it has answered as they stand now."""
        return {one.id: outcome(one, self.answers[one.id]) for one in scenarios if self.knows(one)}

    def knows(self, scenario: Scenario) -> bool:
        """Has it answered this scenario, and has that not changed since?"""
        return self.digests.get(scenario.id) == scenario.digest


def last_release(folder: Path = FOLDER) -> Release:
    """The highest recorded version. Raises `FileNotFoundError` without one."""
    paths = sorted((folder / "releases").glob("*.json"), key=lambda path: tuple(map(int, path.stem.split("."))))
    if not paths:
        raise FileNotFoundError(f"{folder / 'releases'} holds no recorded release")
    table = json.loads(paths[-1].read_text(encoding="utf-8"))
    rows = table["scenarios"]
    return Release(
        version=table["version"],
        model=table["model"],
        answers={name: Answer(row["verdict"], row["chosen"]) for name, row in rows.items()},
        digests={name: row["digest"] for name, row in rows.items()},
    )


def record(scenarios: Sequence[Scenario], folder: Path = FOLDER) -> Path:
    """Write down what the installed engine answers, under its version. Raises `ValueError` where another model of the
    same version is recorded: that one was released, this one was not."""
    from musicsync import __version__, model_version

    path = folder / "releases" / f"{__version__}.json"
    if path.exists() and (old := json.loads(path.read_text(encoding="utf-8"))["model"]) != model_version():
        raise ValueError(f"{path.name} was recorded with model {old}; the installed engine has {model_version()}")
    answerer = engine()
    lines = []
    for one in scenarios:
        answer = answerer(one.query, one.candidates)
        row = {
            "outcome": outcome(one, answer), "verdict": answer.verdict, "chosen": answer.chosen, "digest": one.digest,
        }  # fmt: skip
        lines.append(f"  {json.dumps(one.id)}: {json.dumps(row)}")
    head = f'{{\n "version": {json.dumps(__version__)},\n "model": {json.dumps(model_version())},\n "scenarios": {{\n'
    path.write_text(head + ",\n".join(lines) + "\n }\n}\n", encoding="utf-8")
    return path
