"""The command line with the real service: against an emulator, with and without a running server."""

from __future__ import annotations

import json
import signal
import urllib.request
from typing import Any

from .conftest import PLAYLIST, Cli


def _post(url: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.status, json.load(answer)


def _playlist(cli: Cli) -> list[str]:
    url = cli.settings["MUSICSYNC_SPOTIFY_ACCOUNTS_URL"]
    with urllib.request.urlopen(f"{url}/_emulator/playlists/{PLAYLIST}", timeout=20) as answer:
        uris: list[str] = json.load(answer)["uris"]
        return uris


def test_a_song_comes_into_the_playlist_from_the_first_command_on(at_emulator: Cli) -> None:
    cli = at_emulator
    before = cli.json("doctor", code=1)
    assert [one["todo"] for one in before["checks"] if not one["ok"]] == ["run: musicsync auth login"]
    assert cli.json("auth", "status", code=1) == {"signed_in": False, "name": None, "days_left": None}
    assert "Signed in as" in cli.run("auth", "login").stdout
    assert cli.json("auth", "status")["days_left"] > 170
    assert cli.json("doctor")["ok"] is True

    # without a server the command opens the data folder itself
    found = cli.json("sync", "Africa", "Toto", "--playlist", PLAYLIST, "--duration", "4:55")
    assert (found["status"], found["outcome"]) == ("completed", "added")
    assert _playlist(cli) == ["spotify:track:" + "1" * 22]
    assert cli.json("sync", "Nothing like it", "Nobody", "-p", PLAYLIST, code=1)["outcome"] == "not_found"
    dry = cli.json("sync", "Rosanna", "Toto", "-p", PLAYLIST, "--dry-run")
    assert (dry["outcome"], len(_playlist(cli))) == ("would_add", 1)

    # with a server it asks the server, which knows what was done before
    server, url = cli.start("serve")
    try:
        status, body = _post(
            f"{url}/api/v1/sync?wait=8", {"track_name": "Hello", "artist": "Adele", "playlist_id": PLAYLIST}
        )
        assert (status, body["outcome"], body["track"]["title"]) == (200, "added", "Hello")
        page = cli.json("syncs")
        assert [one["progress"]["track_name"] for one in page["syncs"]] == [
            "Hello",
            "Rosanna",
            "Nothing like it",
            "Africa",
        ]
        assert "Hello – Adele" in cli.run("syncs", "--status", "completed").stdout
        shown = cli.json("syncs", body["workflow_id"])
        assert "add-to-playlist" in [step["step"] for step in shown["history"]]
        assert "add-to-playlist" in cli.run("syncs", body["workflow_id"]).stdout
        assert "already in" in cli.run("sync", "Hello", "Adele", "-p", PLAYLIST, "--album", "25").stdout
        assert cli.json("review", "list") == {"total": 0, "entries": []}
        assert "completed" in cli.json("cancel", body["workflow_id"])["status"]
        assert "no sync" in cli.run("syncs", "sync-unknown", code=2).stderr
        assert len(_playlist(cli)) == 2
        assert f"ready at {url}" in cli.run("doctor").stdout
        (cli.folder / "data" / "server.json").rename(cli.folder / "hidden")
        assert "in use by another musicsync" in cli.run("syncs", code=1).stderr
    finally:
        (cli.folder / "hidden").rename(cli.folder / "data" / "server.json")
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=20) == 0
    assert not (cli.folder / "data" / "server.json").exists()
    cli.run("auth", "logout")
    assert cli.json("auth", "status", code=1)["signed_in"] is False


def test_a_sync_waits_for_the_sign_in_and_goes_on(at_emulator: Cli) -> None:
    cli = at_emulator
    server, url = cli.start("serve")
    try:
        song = {"track_name": "Africa", "artist": "Toto", "playlist_id": PLAYLIST}
        status, body = _post(f"{url}/api/v1/sync?wait=0.5", song)
        assert (status, body["status"]) == (202, "accepted")
        paused = cli.json("syncs", body["workflow_id"])
        assert (paused["status"], paused["outcome"]) == ("paused", None)
        assert "musicsync auth login" in paused["message"]
        cli.run("auth", "login")
        status, body = _post(f"{url}/api/v1/sync?wait=8", song)
        assert (status, body["outcome"]) == (200, "added")
    finally:
        server.terminate()
        assert server.wait(timeout=20) == 0


def test_a_headless_sign_in_takes_the_pasted_address(at_emulator: Cli) -> None:
    done = at_emulator.run(
        "auth", "login", "--headless", stdin="http://127.0.0.1/callback?error=access_denied\n", code=1
    )
    assert "/authorize?" in done.stderr
    assert done.stderr.strip().splitlines()[-1].startswith("musicsync: ")
