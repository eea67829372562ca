"""The guide's commands run as they are written."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from musicsync.api.problems import TYPES
from musicsync.cli.main import app

from .conftest import Cli

ROOT = Path(__file__).resolve().parents[3]
GUIDE = (ROOT / "docs" / "guide.md").read_text()
EMULATOR = (ROOT / "docs" / "emulator.md").read_text()


def _commands(mark: str) -> list[str]:
    blocks = re.findall(rf"<!-- {mark} -->\n```console\n(.*?)```", GUIDE, re.DOTALL)
    return [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]


def _shell(cli: Cli, command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    line = f'musicsync() {{ "{sys.executable}" -m musicsync "$@"; }}; {command}'
    return subprocess.run(
        ["bash", "-c", line], env=cli.environment | variables, cwd=cli.folder, text=True, capture_output=True,
        timeout=60, check=False,
    )  # fmt: skip


def test_the_commands_of_the_guide_succeed(at_emulator: Cli, catalogue: Path) -> None:
    cli = at_emulator
    cli.run("auth", "login")
    shutil.copy(catalogue, cli.folder / "tracks.jsonl")
    africa = {"title": "Africa", "artist": "Toto"}
    (cli.folder / "pairs.jsonl").write_text(json.dumps({"left": africa, "right": africa, "label": "same"}) + "\n")
    query = {"id": "q", "kind": "plain", "query": africa, "relevant": ["1" * 22]}
    (cli.folder / "queries.jsonl").write_text(json.dumps(query) + "\n")
    commands = _commands("checked")
    assert len(commands) > 10
    for command in commands:
        done = _shell(cli, command)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr, (command, done.stderr)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_calls_of_the_guide_succeed(at_emulator: Cli) -> None:
    cli = at_emulator
    cli.run("auth", "login")
    server, url = cli.start("serve")
    try:
        answers = [json.loads(_shell(cli, command, URL=url).stdout) for command in _commands("checked with a server")]
    finally:
        server.terminate()
        server.wait(timeout=20)
    synced, found, reviews, matched, health = answers
    assert (synced["outcome"], len(found["syncs"]), reviews["total"]) == ("added", 1, 0)
    assert (matched["verdict"], matched["chosen"], health["status"]) == ("accept", 1, "ok")


def test_the_guide_names_every_problem_type_and_every_address() -> None:
    assert [kind for kind in TYPES if f"`{kind}`" not in GUIDE] == []


def test_every_command_that_the_guide_mentions_exists() -> None:
    mentioned = set(re.findall(r"musicsync ((?:auth|review|evaluate|catalogue) [a-z]+|[a-z]+)\b", GUIDE))
    assert {"serve", "auth login", "review list"} <= mentioned
    for command in mentioned - {"emulator"} - {word for word in mentioned if word in ("puts", "is", "will")}:
        assert CliRunner().invoke(app, [*command.split(), "--help"]).exit_code == 0, command


def test_the_commands_of_the_readme_have_the_options_that_it_gives_them() -> None:
    lines = re.findall(
        r"^(?:\./dev )?musicsync ((?:auth |evaluate |catalogue )?[a-z]+)(.*)$", (ROOT / "README.md").read_text(), re.M
    )
    assert len(lines) >= 6
    for command, rest in lines:
        said = CliRunner().invoke(app, [*command.split(), "--help"], env={"COLUMNS": "200"}).stdout
        assert [option for option in re.findall(r"--[a-z-]+", rest.partition("#")[0]) if option not in said] == [], (
            command
        )


@pytest.mark.parametrize("command", ["match", "search"])
def test_the_readmes_first_look_at_the_engine_runs(cli: Cli, command: str) -> None:
    line = next(
        one for one in (ROOT / "README.md").read_text().splitlines() if one.startswith(f"./dev musicsync {command}")
    )
    words = [str(ROOT / word) if word.startswith("datasets/") else word for word in shlex.split(line)[2:]]
    assert "Ring of Fire" in cli.run(*words).stdout


def test_the_page_of_the_emulator_names_every_option_fault_and_address(cli: Cli) -> None:
    said = cli.run("emulator", "--help").stdout
    options = set(re.findall(r"--[a-z-]+", said.partition("faults (rates")[0])) - {"--help"}
    keys = set(re.findall(r"^  ([0-9a-z_]+)  ", said.partition("faults (rates")[2], re.M))
    addresses = {address.split("|")[0] for address in re.findall(r"/_emulator/[a-z/{}|]+", said)}
    assert min(len(options), len(keys), len(addresses)) > 5
    assert [name for name in options | addresses if name not in EMULATOR] == []
    assert [name for name in keys if f"`{name}`" not in EMULATOR] == []
