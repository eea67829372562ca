"""The review queue and `POST /match`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from musicsync.errors import EngineFailed
from musicsync.model import ReviewAnswer, Status
from musicsync.ports import SyncView

from .conftest import song
from .fake import TRACK, FakeEngine, FakeService, added

Api = httpx2.AsyncClient


async def _waiting(api: Api) -> str:
    body: dict[str, Any] = (await api.post("/api/v1/sync", json=song(track_name="ask"))).json()
    return str(body["workflow_id"])


async def test_the_queue_shows_the_open_questions_with_their_candidates(api: Api) -> None:
    sync_id = await _waiting(api)
    queue = (await api.get("/api/v1/review")).json()
    assert queue["total"] == 1
    entry = queue["entries"][0]
    assert (entry["workflow_id"], entry["track_name"], entry["explanation"]) == (sync_id, "ask", "Two are alike.")
    assert entry["candidates"] == [
        {
            "track": {
                "id": TRACK.id, "uri": TRACK.uri, "title": "Bang Bang", "artists": ["Jessie J"], "album": None,
                "isrc": None, "duration_ms": None, "release_year": None, "explicit": None,
            },
            "score": 0.91, "probability": 0.7, "reasons": ["version_unknown"],
        }
    ]  # fmt: skip
    assert (await api.get("/api/v1/review?user_id=somebody")).json() == {"total": 0, "entries": []}


async def test_an_answer_is_taken_once(api: Api, service: FakeService) -> None:
    sync_id = await _waiting(api)
    first = await api.post(f"/api/v1/review/{sync_id}?wait=1", json={"choice": TRACK.id, "answered_by": "me"})
    again = await api.post(f"/api/v1/review/{sync_id}", json={"choice": TRACK.id})
    assert (first.status_code, first.json()["status"]) == (200, "completed")
    assert (service.answers[sync_id].choice, service.answers[sync_id].answered_by) == (TRACK.id, "me")
    assert (again.status_code, again.json()["type"]) == (409, "urn:musicsync:problem:conflict")
    assert (await api.get(f"/api/v1/review/{sync_id}")).json()["answer"] == TRACK.id


async def test_an_answer_is_not_followed_by_the_same_question(
    api: Api, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A service takes the answer first and acts on it later; what it knew before still says “please choose one”.
    async def take(workflow_id: str, answer: ReviewAnswer) -> SyncView:
        service.answers[workflow_id] = answer
        return service.views[workflow_id]

    async def later(workflow_id: str) -> AsyncIterator[SyncView]:
        yield service.views[workflow_id]
        yield replace(service.views[workflow_id], status=Status.RUNNING)
        yield replace(service.views[workflow_id], status=Status.COMPLETED, outcome=added())

    monkeypatch.setattr(service, "answer_review", take)
    monkeypatch.setattr(service, "events", later)
    address = f"/api/v1/review/{await _waiting(api)}"
    at_once = (await api.post(address, json={"choice": "none"})).json()
    waited = (await api.post(f"{address}?wait=5", json={"choice": "none"})).json()
    assert (at_once["status"], waited["status"]) == ("running", "completed")


async def test_an_answer_on_which_nobody_acts_yet_is_said_to_be_taken(
    api: Api, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def take(workflow_id: str, answer: ReviewAnswer) -> SyncView:
        return service.views[workflow_id]

    async def never(workflow_id: str) -> AsyncIterator[SyncView]:
        yield service.views[workflow_id]
        await asyncio.Event().wait()

    monkeypatch.setattr(service, "answer_review", take)
    monkeypatch.setattr(service, "events", never)
    said = (await api.post(f"/api/v1/review/{await _waiting(api)}?wait=0.01", json={"choice": "none"})).json()
    assert (said["status"], said["message"]) == (
        "waiting_for_review", "Your answer for “ask” by Jessie J is taken.",
    )  # fmt: skip


async def test_a_choice_that_is_not_offered_is_422_and_an_unknown_sync_404(api: Api) -> None:
    sync_id = await _waiting(api)
    wrong = await api.post(f"/api/v1/review/{sync_id}", json={"choice": "0000000000000000000000"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "choice")
    assert (await api.post("/api/v1/review/sync-unknown", json={"choice": "none"})).status_code == 404
    assert (await api.get("/api/v1/review/sync-unknown")).status_code == 404


async def test_match_ranks_candidates_and_names_their_places(api: Api) -> None:
    candidates = [{"title": "Other", "artist": "A"}, {"title": "bang bang", "artist": "Jessie J", "duration": "3:19"}]
    body = {"track_name": "Bang Bang", "artist": "Jessie J", "candidates": candidates}
    answer = (await api.post("/api/v1/match", json=body)).json()
    assert (answer["verdict"], answer["chosen"], answer["versions"]["profile"]) == ("accept", 1, "standard")
    assert [(one["rank"], one["index"], one["score"]) for one in answer["matches"]] == [(1, 1, 1.0), (2, 0, 0.0)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"candidates": []}, "candidates"), ({"candidates": [{"title": " ", "artist": "x"}]}, "candidates.0.title"),
        ({"candidates": [{"title": "x"}]}, "candidates.0.artist"), ({"profile": "../x"}, "profile"),
    ],
)  # fmt: skip
async def test_a_wrong_candidate_is_named_by_its_place(api: Api, changes: dict[str, Any], field: str) -> None:
    body = {"track_name": "x", "artist": "y", "candidates": [{"title": "x", "artist": "y"}]} | changes
    answer = await api.post("/api/v1/match", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


async def test_what_the_engine_refuses_is_422(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*anything: object) -> None:
        raise EngineFailed("the engine refused “x”: too long")

    monkeypatch.setattr(FakeEngine, "decide", refuse)
    body = {"track_name": "x", "artist": "y", "candidates": [{"title": "x", "artist": "y"}]}
    answer = await api.post("/api/v1/match", json=body)
    assert (answer.status_code, answer.json()["detail"]) == (422, "the engine refused “x”: too long")
