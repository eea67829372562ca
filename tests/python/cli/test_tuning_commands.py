"""`report pairs`, `what-if`, and a profile file wherever a profile is taken."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from musicsync import _core, profiles
from musicsync.errors import SettingsError
from musicsync.settings import load
from musicsync.wiring import check_profile

from .conftest import PLAYLIST, Cli

AFRICA = {"title": "Africa", "artist": "Toto"}


def _profile(path: Path, **changes: float) -> Path:
    path.write_text(_core.Profile(**changes).to_json())  # type: ignore[arg-type]
    return path


def test_the_report_is_one_file_that_fetches_nothing(cli: Cli) -> None:
    hostile = {"title": "<script>alert(1)</script>", "artist": "Toto"}
    rows = [
        {"id": "<b>", "left": hostile, "right": hostile, "label": "different", "kinds": ["<i>odd</i>"]},
        {"left": AFRICA, "right": AFRICA, "label": "same"},
    ]
    (cli.folder / "pairs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    cli.run("report", "pairs", "pairs.jsonl", "-o", "out.html")
    page = (cli.folder / "out.html").read_text()
    assert set(re.findall(r"https?://[^\s\"'<>)]*", page)) <= {
        "http://www.w3.org/1999/xlink",
        "http://www.w3.org/2000/svg",
    }
    assert not re.search(r"<(script|link|img|iframe|i>|b>)", page)
    assert page.count("<svg") == 3
    assert "wrongly accepted" in page
    assert "&lt;i&gt;odd" in page


def test_a_report_of_a_bad_file_names_line_and_reason(cli: Cli) -> None:
    (cli.folder / "pairs.jsonl").write_text('{"label": "equal"}\n')
    assert "pairs.jsonl:1: label must be" in cli.run("report", "pairs", "pairs.jsonl", code=2).stderr
    (cli.folder / "empty.jsonl").write_text("")
    assert "no pair with a right answer" in cli.run("report", "pairs", "empty.jsonl", code=2).stderr


def test_what_if_shows_what_a_stricter_profile_would_not_have_added(at_emulator: Cli) -> None:
    cli = at_emulator
    cli.run("auth", "login")
    cli.run("sync", "Africa", "Toto", "-p", PLAYLIST)
    _profile(cli.folder / "same.json")
    _profile(cli.folder / "strict.json", accept=1.0)
    same = cli.json("what-if", "--profile", "same.json")
    assert (same["decided"], same["changes"]) == (1, [])
    strict = cli.json("what-if", "--profile", "strict.json", "--since", "all")
    assert [(one["song"], one["before"], one["after"]) for one in strict["changes"]] == [
        ("Africa – Toto", "accept", "ambiguous")
    ]
    assert "Africa – Toto" in cli.run("what-if", "--profile", "strict.json").stdout
    assert "30d or 12h" in cli.run("what-if", "--profile", "same.json", "--since", "soon", code=2).stderr


def test_what_if_without_a_journal_says_so(cli: Cli) -> None:
    assert "no sync has run" in cli.run("what-if", "--profile", "classic", code=1).stderr


def test_a_profile_file_serves_everywhere(at_emulator: Cli) -> None:
    cli = at_emulator
    cli.run("auth", "login")
    strict = _profile(cli.folder / "strict.json", accept=1.0)
    assert "ambiguous" in cli.run("match", "Africa", "Toto", "Africa", "Toto", "--profile", "strict.json").stdout
    cli.settings["MUSICSYNC_PROFILE"] = str(strict)
    label = profiles.label(profiles.read(str(strict)))
    assert re.fullmatch(r"standard#[0-9a-f]{12}", label)
    assert label in cli.run("doctor", code=None).stdout
    found = cli.json("sync", "Africa", "Toto", "-p", PLAYLIST)
    assert found["status"] == "waiting_for_review"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is no JSON"), ("[]", "must be a JSON object with a name"),
        ('{"format": "musicsync-profile/1", "name": "x", "acept": 1}', "acept is not known"),
        ('{"format": "musicsync-profile/1", "name": "x", "accept": 2}', "accept is not between 0 and 1"),
    ],
)  # fmt: skip
def test_a_bad_profile_file_is_refused_at_the_start(cli: Cli, text: str, said: str) -> None:
    file = cli.folder / "bad.json"
    file.write_text(text)
    cli.settings["MUSICSYNC_PROFILE"] = str(file)
    stderr = cli.run("serve", "--port", "0", code=2).stderr
    assert f"MUSICSYNC_PROFILE: {file}: " in stderr
    assert said in stderr


def test_a_request_holds_the_profile_itself_so_that_a_changed_file_changes_nothing(tmp_path: Path) -> None:
    file = _profile(tmp_path / "mine.json", accept=0.9)
    settings = load(profile=str(file))
    snapshot = settings.policy().profile
    _profile(file, accept=0.5)
    assert _core.Profile.from_json(snapshot).accept == 0.9
    assert settings.policy().profile == snapshot
    with pytest.raises(SettingsError, match=r"nowhere\.json: cannot be read"):
        check_profile(load(profile=str(tmp_path / "nowhere.json")))
