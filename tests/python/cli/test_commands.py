"""Commands that need no service."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from musicsync.cli import address
from musicsync.cli.address import Address
from musicsync.cli.main import app, main
from musicsync.cli.server import own_address

from .conftest import Cli

COMMANDS = [
    "serve", "worker", "emulator", "sync", "syncs", "cancel", "match", "search", "evaluate", "auth", "review", "doctor",
    "settings", "demo", "catalogue",
]  # fmt: skip


def test_help_names_every_command(cli: Cli) -> None:
    said = cli.run("--help").stdout
    assert [name for name in COMMANDS if f" {name} " not in said] == []


@pytest.mark.parametrize(
    "command",
    [
        *(name for name in COMMANDS if name != "emulator"), "evaluate pairs", "evaluate retrieval", "auth login",
        "auth status", "auth logout", "review list", "review answer", "catalogue build", "catalogue info",
        "catalogue verify", "catalogue search",
    ],
)  # fmt: skip
def test_every_command_explains_itself(command: str) -> None:
    assert "Usage:" in CliRunner().invoke(app, [*command.split(), "--help"]).stdout


def test_help_shows_what_stands_in_square_brackets() -> None:
    """Rich takes them for markup and leaves them out."""
    said = CliRunner().invoke(app, ["evaluate", "retrieval", "--help"]).stdout
    assert "[japanese]" in said


def test_help_loads_neither_engine_nor_server(cli: Cli) -> None:
    code = (
        "import sys, musicsync.cli.main as m\ntry: m.app(['--help'])\nexcept SystemExit: pass\n"
        "heavy = ('pydantic', 'fastapi', 'aiohttp', 'temporalio', 'numpy', 'musicsync._core')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], env=cli.environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(("module", "command", "extra"), [
    ("pydantic_settings", ["settings"], "server"), ("aiohttp", ["syncs"], "server"), ("fastapi", ["serve"], "server"),
    ("temporalio", ["worker"], "temporal"), ("starlette", ["emulator"], "server"),
])  # fmt: skip
def test_a_missing_extra_is_named(cli: Cli, module: str, command: list[str], extra: str) -> None:
    hide = f"import sys; sys.modules[{module!r}] = None; sys.argv[1:] = {command!r}"
    code = f"{hide}\nfrom musicsync.cli.main import main\nmain()"
    cli.settings |= {"MUSICSYNC_MODE": "temporal"} if extra == "temporal" else {}
    done = subprocess.run(
        [sys.executable, "-c", code], env=cli.environment, cwd=cli.folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.strip() == f"musicsync: {module} is not installed: pip install 'musicsync-engine[{extra}]'"


def test_two_songs_are_compared(cli: Cli) -> None:
    assert cli.json("match", "Africa", "Toto", "Africa", "TOTO")["verdict"] == "accept"
    assert cli.json("match", "Africa", "Toto", "Africa (Live)", "Toto")["verdict"] == "reject"
    said = cli.run("match", "Africa", "Toto", "Africa (Live)", "Toto").stdout
    assert said.startswith("reject – Another version: only the right title says ‘live’")
    assert "similarity" in said
    assert "log-odds: the versions are different (1)" in said
    assert "What would change it:\n  If the right title did not say ‘live’, it would be accepted." in said
    assert "No single fact would change it." in cli.run("match", "Hello", "Adele", "Africa", "Toto").stdout


def test_a_song_is_matched_with_the_candidates_of_a_file(cli: Cli, catalogue: Path) -> None:
    found = cli.json("match", "africa", "toto", "--candidates", str(catalogue))
    assert (found["verdict"], found["best"]) == ("accept", 0)
    assert found["candidates"][0]["track"]["title"] == "Africa"
    with_length = '{"title": "Africa", "artist": "Toto", "duration_s": 380, "album": "Livefields"}'
    assert cli.json("match", with_length, "--candidates", str(catalogue))["candidates"]


def test_a_catalogue_is_searched(cli: Cli, catalogue: Path) -> None:
    found = cli.json("search", "--catalogue", str(catalogue), "hello", "adele", "--limit", "2")
    assert found[0]["track"]["title"] == "Hello"
    assert "Hello" in cli.run("search", "--catalog", str(catalogue), "hello").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["match", "Africa"], "expected TITLE ARTIST TITLE ARTIST"),
        (["match", "a", "b", "c", "d", "--profile", "wild"], "wild"),
        (["match", '{"title": 5}', "{}"], "title must be"),
        (["match", "{bad", "{}"], "is no JSON object"),
        (["search", "--catalogue", "absent.jsonl", "x"], "absent.jsonl"),
        (["search", "--catalogue", "bad.jsonl", "x"], "bad.jsonl:2"),
        (["search", "--catalogue", "bad.jsonl", "x", "y", "z"], "quote the title and the artist"),
        (["evaluate", "pairs", "bad.jsonl"], "bad.jsonl:1: label must be one of"),
        (["evaluate", "pairs", "bad.jsonl", "--ignore", "tempo"], "unknown field 'tempo'"),
        (["evaluate", "retrieval", "--catalogue", "bad.jsonl", "--queries", "none.jsonl"], "bad.jsonl:2"),
        (["sync", "x"], "Missing argument"), (["fly"], "No such command"), (["serve", "--port", "99999"], "--port"),
    ],
)  # fmt: skip
def test_wrong_input_ends_with_code_2_and_says_why(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": "1", "title": "x"}\n{"id": \n')
    (tmp_path / "none.jsonl").write_text("")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["musicsync", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    assert said in capsys.readouterr().err


def test_evaluate_prints_exactly_the_figures(cli: Cli) -> None:
    africa = {"title": "Africa", "artist": "Toto"}
    rows = [
        {"left": africa, "right": africa, "label": "same"},
        {"left": africa, "right": {"title": "x"}, "label": "version"},
    ]
    (cli.folder / "p.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert list(cli.json("evaluate", "pairs", "p.jsonl")) == [
        "n", "positives", "f1", "precision", "recall", "recall_at_precision_995", "accept_share", "accept_precision",
        "accept_recall", "ambiguous_share", "reject_share", "false_accepts", "pairs_per_second",
    ]  # fmt: skip
    (cli.folder / "t.jsonl").write_text(json.dumps({"id": "1", **africa}) + "\n")
    (cli.folder / "q.jsonl").write_text(json.dumps({"id": "q", "kind": "k", "query": africa, "relevant": ["1"]}) + "\n")
    found = cli.json("evaluate", "retrieval", "--catalogue", "t.jsonl", "--queries", "q.jsonl", "--k", "5")
    assert list(found) == ["overall", "kinds"]
    assert list(found["kinds"]["k"]) == ["n", "recall_at_1", "recall_at_k", "mean_ms"]
    cli.run("catalogue", "build", "t.jsonl", "-o", "t.msc")
    of_file = cli.json("evaluate", "retrieval", "--catalogue", "t.msc", "--queries", "q.jsonl", "--k", "5")
    assert {**of_file["overall"], "mean_ms": 0} == {**found["overall"], "mean_ms": 0}
    assert (
        "recall at 5"
        in cli.run("evaluate", "retrieval", "--catalogue", "t.jsonl", "--queries", "q.jsonl", "--k", "5").stdout
    )


def test_a_wrong_setting_ends_every_command_with_one_sentence(cli: Cli) -> None:
    cli.settings["MUSICSYNC_PORT"] = "many"
    for command in (["settings"], ["serve"], ["syncs"], ["auth", "status"]):
        assert cli.run(*command, code=2).stderr.startswith("musicsync: MUSICSYNC_PORT: ")
    assert "MUSICSYNC_PORT" in cli.run("doctor", code=1).stdout


def test_serve_refuses_an_open_address_without_a_token(cli: Cli) -> None:
    cli.settings["MUSICSYNC_SPOTIFY_CLIENT_ID"] = "x"
    assert "MUSICSYNC_API_TOKEN is not set, and 0.0.0.0" in cli.run("serve", "--host", "0.0.0.0", code=2).stderr


def test_serve_refuses_an_unknown_profile_at_once(cli: Cli) -> None:
    cli.settings |= {"MUSICSYNC_SPOTIFY_CLIENT_ID": "x", "MUSICSYNC_PROFILE": "wild"}
    for command in (["serve", "--port", "0"], ["syncs"]):
        assert "MUSICSYNC_PROFILE: no profile named 'wild'" in cli.run(*command, code=2).stderr


def test_a_port_in_use_and_a_foreign_address_each_name_their_own_option(cli: Cli) -> None:
    cli.settings |= {"MUSICSYNC_SPOTIFY_CLIENT_ID": "x", "MUSICSYNC_API_TOKEN": "correct-horse"}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = cli.run("serve", "--port", str(port), code=2).stderr
    assert f"127.0.0.1:{port} cannot be bound" in said
    assert "--port" in said
    foreign = cli.run("serve", "--host", "203.0.113.1", "--port", "0", code=2).stderr
    assert ("203.0.113.1:0 cannot be bound" in foreign, "--host" in foreign, "--port" in foreign) == (True, True, False)


@pytest.mark.parametrize(
    ("bound", "reached"),
    [("0.0.0.0", "127.0.0.1"), ("::", "::1"), ("127.0.0.1", "127.0.0.1"), ("192.168.1.5", "192.168.1.5")],
)
def test_commands_reach_a_server_where_it_is_bound(bound: str, reached: str) -> None:
    assert own_address(bound) == reached


def _doctor(cli: Cli) -> dict[str, tuple[bool, str, str]]:
    checks = cli.json("doctor", code=1)["checks"]
    return {one["name"]: (one["ok"], one["detail"], one["todo"]) for one in checks}


def test_the_doctor_says_that_nobody_answers_before_it_asks_for_a_sign_in(cli: Cli) -> None:
    cli.settings |= {
        "MUSICSYNC_SPOTIFY_API_URL": "http://127.0.0.1:9/v1", "MUSICSYNC_SPOTIFY_ACCOUNTS_URL": "http://127.0.0.1:9",
    }  # fmt: skip
    found = _doctor(cli)
    assert found["spotify"][:2] == (False, "the emulator does not answer at http://127.0.0.1:9")
    assert "MUSICSYNC_SPOTIFY_ACCOUNTS_URL" in found["spotify"][2]
    assert "sign-in" not in found


def test_the_doctor_sees_a_data_folder_that_cannot_be_one(cli: Cli) -> None:
    (cli.folder / "file").write_text("")
    cli.settings["MUSICSYNC_DATA_DIR"] = str(cli.folder / "file")
    assert _doctor(cli)["data folder"] == (
        False, f"{cli.folder / 'file'} is no folder", "set MUSICSYNC_DATA_DIR to a folder",
    )  # fmt: skip
    cli.settings["MUSICSYNC_DATA_DIR"] = str(cli.folder / "file" / "below")
    assert "cannot be made" in _doctor(cli)["data folder"][1]


def test_a_worker_needs_temporal_mode(cli: Cli) -> None:
    assert "set MUSICSYNC_MODE=temporal" in cli.run("worker", code=2).stderr


def test_settings_mask_secrets(cli: Cli) -> None:
    cli.settings["MUSICSYNC_API_TOKEN"] = "correct-horse-battery"
    for arguments in (["settings"], ["settings", "--json"]):
        said = cli.run(*arguments).stdout
        assert "MUSICSYNC_API_TOKEN" in said
        assert "correct-horse" not in said


def test_the_address_file_is_private_and_only_its_owner_takes_it_back(tmp_path: Path) -> None:
    mine, other = Address("http://127.0.0.1:1", "t", 1), Address("http://127.0.0.1:2", "u", 2)
    assert address.read(tmp_path) is None
    address.write(tmp_path, mine)
    assert (tmp_path / address.NAME).stat().st_mode & 0o777 == 0o600
    assert address.read(tmp_path) == mine
    address.remove(tmp_path, other)
    assert address.read(tmp_path) == mine
    address.remove(tmp_path, mine)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / address.NAME).write_text("{")
    assert address.read(tmp_path) is None
