"""`POST /sync` and what follows from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from .conftest import PLAYLIST, client_of, song
from .fake import TRACK, FakeService

Api = httpx2.AsyncClient


async def test_a_song_is_accepted_with_the_addresses_to_follow_it(api: Api) -> None:
    answer = await api.post("/api/v1/sync", json=song(track_name="slow"))
    body = answer.json()
    assert answer.status_code == 202
    assert set(body) == {
        "workflow_id", "status", "outcome", "message", "status_url", "review_url", "track", "confidence",
    }  # fmt: skip
    assert (body["status"], body["outcome"], body["track"], body["confidence"]) == ("accepted", None, None, None)
    assert body["status_url"] == f"http://127.0.0.1:8000/api/v1/sync/{body['workflow_id']}"
    assert (await api.get(body["status_url"])).json()["status"] == "running"


async def test_waiting_answers_200_with_the_status_and_the_track_at_the_top(api: Api) -> None:
    answer = await api.post("/api/v1/sync?wait=8", json=song())
    body = answer.json()
    assert answer.status_code == 200
    status = (await api.get(body["status_url"])).json()
    extra = {"status_url", "review_url", "track", "confidence"}
    assert {key: value for key, value in body.items() if key not in extra} == status
    assert body["track"] == body["result"]["track"]
    assert body["track"]["id"] == TRACK.id
    assert body["confidence"] == body["result"]["confidence_score"] == 0.99
    assert body["message"] == "Added “Bang Bang” by Jessie J to “Party”."


async def test_waiting_for_a_person_ends_the_wait(api: Api) -> None:
    answer = await api.post("/api/v1/sync?wait=8", json=song(track_name="ask"))
    assert (answer.status_code, answer.json()["status"]) == (200, "waiting_for_review")
    assert (await api.get(answer.json()["review_url"])).json()["candidates"][0]["track"]["id"] == TRACK.id


async def test_a_wait_that_is_too_short_answers_202(api: Api) -> None:
    answer = await api.post("/api/v1/sync?wait=0", json=song(track_name="slow"))
    assert (answer.status_code, answer.json()["status"]) == (202, "accepted")


async def test_the_status_body_has_the_fields_of_the_contract(api: Api) -> None:
    body = (await api.post("/api/v1/sync?wait=1", json=song(duration="3:45"))).json()
    status = (await api.get(f"/api/v1/sync/{body['workflow_id']}")).json()
    assert set(status) == {
        "workflow_id", "status", "outcome", "message", "progress", "result", "error", "resumes_at", "started_at",
        "completed_at",
    }  # fmt: skip
    assert set(status["progress"]) == {
        "current_step", "percent", "steps_completed", "steps_total", "candidates_found", "match_strategy",
        "elapsed_seconds", "track_name", "artist", "playlist_id", "user_id",
    }  # fmt: skip
    assert {
        "success", "spotify_track_id", "spotify_track_uri", "track", "confidence_score", "match_method",
        "execution_time_seconds", "retry_count", "explanation", "candidates", "versions",
    } <= set(status["result"])  # fmt: skip
    assert status["progress"]["percent"] == 100
    assert status["result"]["success"] is True
    assert status["result"]["execution_time_seconds"] == 1.5
    assert (status["started_at"], status["completed_at"]) == ("1970-01-01T00:16:40.000Z", "1970-01-01T00:16:41.500Z")


@pytest.mark.parametrize(
    ("sent", "milliseconds"),
    [
        (225, 225_000), (225.4, 225_400), (9_999, 9_999_000), (10_000, 10_000), (225_400, 225_400), ("3:45", 225_000),
        ("1:02:03", 3_723_000), ("225", 225_000), ("225,4", 225_400), ("225400", 225_400), (0, None), ("", None),
        (None, None),
    ],
)  # fmt: skip
async def test_a_duration_is_taken_in_every_form(
    api: Api, service: FakeService, sent: object, milliseconds: int | None
) -> None:
    body = (await api.post("/api/v1/sync", json=song(duration=sent))).json()
    assert service.views[body["workflow_id"]].request.song.duration_ms == milliseconds


@pytest.mark.parametrize(
    "sent",
    [
        PLAYLIST, f"https://open.spotify.com/playlist/{PLAYLIST}", f"https://open.spotify.com/playlist/{PLAYLIST}?si=1",
        f"https://open.spotify.com/intl-de/playlist/{PLAYLIST}", f"spotify:playlist:{PLAYLIST}", f"  {PLAYLIST} ",
    ],
)  # fmt: skip
async def test_a_playlist_is_the_same_however_it_is_named(api: Api, service: FakeService, sent: str) -> None:
    first = (await api.post("/api/v1/sync", json=song())).json()
    body = (await api.post("/api/v1/sync", json=song(playlist_id=sent))).json()
    assert service.views[body["workflow_id"]].request.playlist == PLAYLIST
    assert body["workflow_id"] == first["workflow_id"]


async def test_a_playlist_may_be_given_by_its_name(api: Api, service: FakeService) -> None:
    body = (await api.post("/api/v1/sync", json=song(playlist_id="Road trip: 2026"))).json()
    assert service.views[body["workflow_id"]].request.playlist == "Road trip: 2026"


async def test_blank_optional_fields_count_as_unknown(api: Api, service: FakeService) -> None:
    sent = song(album=" ", isrc="", duration="", apple_music_url="")
    request = service.views[(await api.post("/api/v1/sync", json=sent)).json()["workflow_id"]].request
    assert (request.song.album, request.song.isrc, request.song.apple_music_url) == (None, None, None)


async def test_an_isrc_is_taken_with_hyphens_and_in_lower_case(api: Api, service: FakeService) -> None:
    body = (await api.post("/api/v1/sync", json=song(isrc="us-um7-14-09737"))).json()
    assert service.views[body["workflow_id"]].request.song.isrc == "USUM71409737"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"track_name": ""}, "track_name"), ({"track_name": "   "}, "track_name"), ({"track_name": 5}, "track_name"),
        ({"track_name": "x" * 201}, "track_name"), ({"artist": "a\0b"}, "artist"), ({"user_id": ""}, "user_id"),
        ({"playlist_id": " "}, "playlist_id"), ({"playlist_id": "https://example.org/playlist/1"}, "playlist_id"),
        ({"playlist_id": "spotify:track:1"}, "playlist_id"), ({"duration": "3:75"}, "duration"),
        ({"duration": "24:00:00"}, "duration"),
        ({"duration": -1}, "duration"), ({"duration": True}, "duration"), ({"duration": 10**9}, "duration"),
        ({"duration": -1e308}, "duration"), ({"duration": 10**400}, "duration"),
        ({"match_threshold": 10**400}, "match_threshold"),
        ({"isrc": "nonsense"}, "isrc"), ({"match_threshold": 1.1}, "match_threshold"),
        ({"match_threshold": "0.5"}, "match_threshold"), ({"dry_run": "yes"}, "dry_run"), ({"dryrun": True}, "dryrun"),
        ({"apple_music_url": "https://evil.example/music.apple.com/"}, "apple_music_url"),
    ],
)  # fmt: skip
async def test_what_is_not_valid_is_refused_with_the_field_named(api: Api, changes: dict[str, Any], field: str) -> None:
    answer = await api.post("/api/v1/sync", json=song(**changes))
    body = answer.json()
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["type"] == "urn:musicsync:problem:invalid"
    assert [one["field"] for one in body["errors"]] == [field]
    assert body["detail"].startswith(f"{field}: ")


async def test_a_missing_field_is_named(api: Api) -> None:
    answer = await api.post("/api/v1/sync", json={"track_name": "x", "playlist_id": PLAYLIST})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "artist")


@pytest.mark.parametrize(
    "body", [b"{", b"[1]", b"null", b'{"track_name": "\\ud800"}', b"[" * 100_000, b"\xff", b"9" * 5000]
)
async def test_a_body_that_is_no_request_is_refused_as_a_problem(api: Api, body: bytes) -> None:
    answer = await api.post("/api/v1/sync", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.json()["type"].startswith("urn:musicsync:problem:")


async def test_refusals_are_in_plain_words(api: Api) -> None:
    form = await api.post("/api/v1/sync", data={"track_name": "x"})
    assert form.json()["detail"] == "body: must be a JSON object, sent with the header Content-Type: application/json"
    wrong = await api.post("/api/v1/sync", json={"track_name": "", "artist": " ", "song": "x"})
    assert wrong.json()["detail"] == (
        "track_name: must not be blank; artist: must not be blank; playlist_id: is missing; song: is not known here"
    )


async def test_the_same_key_is_the_same_sync_and_conflicts_with_another_body(api: Api) -> None:
    key = {"Idempotency-Key": "abc"}
    first = await api.post("/api/v1/sync", json=song(), headers=key)
    again = await api.post("/api/v1/sync", json=song(), headers=key)
    other = await api.post("/api/v1/sync", json=song(track_name="Other"), headers=key)
    assert first.json()["workflow_id"] == again.json()["workflow_id"]
    assert (other.status_code, other.json()["type"]) == (409, "urn:musicsync:problem:conflict")


async def test_without_a_key_the_same_song_is_the_same_sync(api: Api) -> None:
    ids = [
        (await api.post("/api/v1/sync", json=song(track_name=name))).json()["workflow_id"]
        for name in ("Song", " SONG ")
    ]
    assert ids[0] == ids[1]


async def test_a_full_disk_is_503(api: Api, service: FakeService) -> None:
    service.full = True
    answer = await api.post("/api/v1/sync", json=song())
    assert (answer.status_code, answer.json()["detail"]) == (503, "the disk is full")
    assert (await api.get("/api/v1/health/ready")).status_code == 503
    assert (await api.get("/api/v1/health")).json()["status"] == "degraded"


@pytest.mark.parametrize("tail", ["", "/history", "/events", "/cancellable"])
@pytest.mark.parametrize("sync_id", ["sync-unknown", "%00", "x" * 300])
async def test_unknown_ids_are_404(api: Api, tail: str, sync_id: str) -> None:
    answer = await api.get(f"/api/v1/sync/{sync_id}{tail}")
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:musicsync:problem:not-found")


async def test_an_unknown_address_and_method_are_problems_too(api: Api) -> None:
    assert (await api.get("/nowhere")).json()["type"] == "urn:musicsync:problem:not-found"
    assert (await api.delete("/api/v1/sync")).json()["type"] == "urn:musicsync:problem:method-not-allowed"


async def test_a_visitor_who_is_lost_is_told_where_to_go(api: Api) -> None:
    assert "/openapi.json" in (await api.get("/")).json()["detail"]
    said = (await api.delete("/api/v1/sync")).json()["detail"]
    assert said == "DELETE is not for this address: it takes GET, POST"


async def test_the_list_takes_filters_and_a_cursor(api: Api) -> None:
    for name in ("one", "two", "slow"):
        await api.post("/api/v1/sync", json=song(track_name=name))
    page = (await api.get("/api/v1/sync", params={"status": "completed", "limit": 1})).json()
    assert ([one["status"] for one in page["syncs"]], page["cursor"]) == (["completed"], "more")
    assert (await api.get("/api/v1/sync?status=nonsense")).json()["errors"][0]["field"] == "status"
    wrong = await api.get("/api/v1/sync?cursor=bad")
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (404, "cursor")
    assert (await api.get("/api/v1/sync?since=2026-01-01&until=2026-12-31T00:00:00Z")).status_code == 200


async def test_the_history_shows_attempts_decision_and_versions(api: Api) -> None:
    sync_id = (await api.post("/api/v1/sync", json=song())).json()["workflow_id"]
    body = (await api.get(f"/api/v1/sync/{sync_id}/history")).json()
    search, match = body["history"]
    assert (search["step"], search["attempt"], search["error"]) == ("spotify-search", 1, "SpotifyUnavailable: 502")
    assert match["decision"] == {"verdict": "accept", "confidence": 0.99}
    assert match["versions"] == {"engine": "e", "model": "m", "profile": "p"}


async def test_events_follow_a_sync_to_its_end(api: Api) -> None:
    sync_id = (await api.post("/api/v1/sync", json=song())).json()["workflow_id"]
    answer = await api.get(f"/api/v1/sync/{sync_id}/events")
    frames = [frame for frame in answer.text.split("\n\n") if frame]
    statuses = [json.loads(frame.split("data: ", 1)[1])["status"] for frame in frames]
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert [frame.splitlines()[:2] for frame in frames] == [["id: 1", "event: sync"], ["id: 2", "event: sync"]]
    assert statuses == ["running", "completed"]


async def test_cancelling_says_what_was_undone(api: Api) -> None:
    sync_id = (await api.post("/api/v1/sync", json=song(track_name="slow"))).json()["workflow_id"]
    can = (await api.get(f"/api/v1/sync/{sync_id}/cancellable")).json()
    assert can == {"can_cancel": True, "will_compensate": False, "current_step": "searching"}
    body = (await api.post(f"/api/v1/sync/{sync_id}/cancel")).json()
    assert (body["status"], body["compensated"], body["compensation_error"]) == ("cancelled", True, None)
    assert (await api.post(f"/api/v1/sync/{sync_id}/cancel")).json() == body


async def test_cancelling_what_is_complete_says_completed(api: Api) -> None:
    sync_id = (await api.post("/api/v1/sync", json=song())).json()["workflow_id"]
    answer = await api.post(f"/api/v1/sync/{sync_id}/cancel")
    assert (answer.status_code, answer.json()["status"], answer.json()["compensated"]) == (200, "completed", False)
    assert (await api.post("/api/v1/sync/sync-unknown/cancel")).status_code == 404


async def test_a_sign_in_wakes_waiting_syncs(api: Api, service: FakeService) -> None:
    assert (await api.post("/api/v1/auth/signed-in")).status_code == 200
    assert service.signals == ["signed-in"]


async def test_an_unexpected_error_is_a_problem_without_its_text(
    app_of: Callable[..., FastAPI], service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(workflow_id: str) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr(service, "view", broken)
    async with client_of(app_of()) as api:
        answer = await api.get("/api/v1/sync/sync-1")
    assert (answer.status_code, answer.json()["type"]) == (500, "urn:musicsync:problem:internal")
    assert "secret" not in answer.text
