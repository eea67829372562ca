"""A service, a store and an engine that keep everything in memory, so that the API is tested and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from musicsync import outcomes
from musicsync.catalogue import CatalogueHit, CatalogueQuery, CatalogueState
from musicsync.errors import (
    EngineFailed,
    IdempotencyConflict,
    NotCancellable,
    Permanent,
    ReviewChoiceInvalid,
    ReviewConflict,
    StorageUnavailable,
    SyncNotFound,
)
from musicsync.idempotency import fingerprint, workflow_id
from musicsync.model import (
    Added,
    MatchDecision,
    MatchMethod,
    Outcome,
    OutcomeKind,
    Playlist,
    ReviewAnswer,
    ScoredCandidate,
    Song,
    SpotifyTrack,
    Stage,
    Status,
    SyncRequest,
    Verdict,
    Versions,
)
from musicsync.ports import Cancellable, HistoryEntry, ReviewEntry, Started, SyncFilter, SyncPage, SyncView

TRACK = SpotifyTrack("0123456789012345678901", "spotify:track:0123456789012345678901", "Bang Bang", ("Jessie J",))
CANDIDATE = ScoredCandidate(TRACK, 0.91, 0.7, ("version_unknown",))
VERSIONS = Versions("0.1.0", "m1", "standard")


def added() -> Outcome:
    """What a sync that went well ends with."""
    decision = MatchDecision(Verdict.ACCEPT, TRACK, 0.99, method=MatchMethod.FUZZY, candidates=(CANDIDATE,))
    decision = replace(decision, versions=VERSIONS, explanation="The titles are equal.")
    return outcomes.completed(Added(OutcomeKind.ADDED, TRACK), Playlist("p" * 22, "Party"), decision)


class FakeService:
    """`SyncService`: a song titled “slow” stays open, “ask” waits for a person, all others are added at once."""

    def __init__(self) -> None:
        self.views: dict[str, SyncView] = {}
        self.bodies: dict[str, str] = {}
        self.answers: dict[str, ReviewAnswer] = {}
        self.signals: list[str] = []
        self.full = False

    async def start(self, request: SyncRequest, idempotency_key: str | None = None) -> Started:
        if self.full:
            raise StorageUnavailable("the disk is full")
        sync_id = workflow_id(request, idempotency_key)
        if sync_id in self.views:
            if self.bodies[sync_id] != fingerprint(request):
                raise IdempotencyConflict("this Idempotency-Key was used for another request")
            return Started(self.views[sync_id], created=False)
        self.bodies[sync_id] = fingerprint(request)
        view = SyncView(sync_id, request, Status.RUNNING, Stage.SEARCHING, 2, 3, "fields", started_at=1_000.0)
        if request.song.title == "ask":
            view = replace(view, status=Status.WAITING_FOR_REVIEW, stage=Stage.REVIEWING)
        elif request.song.title != "slow":
            view = replace(view, status=Status.COMPLETED, stage=Stage.COMPLETED, outcome=added(), completed_at=1_001.5)
        self.views[sync_id] = view
        return Started(view)

    async def view(self, workflow_id: str) -> SyncView:
        if workflow_id not in self.views:
            raise SyncNotFound("there is no sync of that id")
        return self.views[workflow_id]

    async def wait(self, workflow_id: str, timeout_s: float) -> SyncView:
        return await self.view(workflow_id)

    async def find(self, query: SyncFilter) -> SyncPage:
        if query.cursor not in (None, "more"):
            raise Permanent("the cursor is none that was given out")
        found = [one for one in self.views.values() if query.status in (None, one.status)]
        return SyncPage(tuple(found[: query.limit]), "more" if len(found) > query.limit else None)

    async def history(self, workflow_id: str) -> tuple[HistoryEntry, ...]:
        await self.view(workflow_id)
        result = {"verdict": "accept", "confidence": 0.99, "versions": {"engine": "e", "model": "m", "profile": "p"}}
        return (
            HistoryEntry("spotify-search", 1, 1.0, 2.0, "SpotifyUnavailable: 502"),
            HistoryEntry("fuzzy-match", 1, 2.0, 3.0, None, result),
        )

    async def events(self, workflow_id: str) -> AsyncIterator[SyncView]:
        view = await self.view(workflow_id)
        yield replace(view, status=Status.RUNNING, outcome=None, completed_at=None)
        await asyncio.sleep(0)
        yield view

    async def cancel(self, workflow_id: str) -> SyncView:
        view = await self.view(workflow_id)
        if not view.status.is_open:
            raise NotCancellable("the sync has ended")
        outcome = outcomes.cancelled(TRACK, removed=True, error=None)
        self.views[workflow_id] = replace(view, status=Status.CANCELLED, outcome=outcome, completed_at=1_002.0)
        return self.views[workflow_id]

    async def cancellable(self, workflow_id: str) -> Cancellable:
        view = await self.view(workflow_id)
        return Cancellable(view.status.is_open, False, view.stage)

    async def answer_review(self, workflow_id: str, answer: ReviewAnswer) -> SyncView:
        view = await self.view(workflow_id)
        if view.status is not Status.WAITING_FOR_REVIEW:
            raise ReviewConflict("this review is closed")
        if answer.choice not in (TRACK.id, "none", "not_on_spotify"):
            raise ReviewChoiceInvalid(f"{answer.choice} is none of the candidates")
        self.answers[workflow_id] = answer
        self.views[workflow_id] = replace(view, status=Status.COMPLETED, outcome=added(), completed_at=1_003.0)
        return self.views[workflow_id]

    async def signal(self, event: str) -> None:
        self.signals.append(event)

    async def ready(self) -> str | None:
        return "the disk is full" if self.full else None


class FakeStore:
    """The review queue of `FakeService`."""

    def __init__(self, service: FakeService) -> None:
        self._service = service

    def _entry(self, view: SyncView) -> ReviewEntry:
        request = view.request
        return ReviewEntry(
            view.workflow_id, request.user_id, request.song, request.playlist, (CANDIDATE,), "Two are alike.", 1.0, 2.0,
            self._service.answers.get(view.workflow_id),
        )  # fmt: skip

    async def reviews(self, user_id: str | None = None, *, open_only: bool = True) -> tuple[ReviewEntry, ...]:
        waiting = [one for one in self._service.views.values() if one.status is Status.WAITING_FOR_REVIEW]
        return tuple(self._entry(one) for one in waiting if user_id in (None, one.request.user_id))

    async def review(self, sync_id: str) -> ReviewEntry | None:
        view = self._service.views.get(sync_id)
        return self._entry(view) if view and view.request.song.title == "ask" else None


class FakeEngine:
    """Ranks by equal titles."""

    async def decide(
        self, song: Song, candidates: Sequence[SpotifyTrack], profile: str, accept: float | None
    ) -> MatchDecision:
        if profile not in ("standard", "classic"):
            raise EngineFailed(f"there is no profile {profile!r}")
        ranked = sorted(candidates, key=lambda one: one.title.lower() != song.title.lower())
        scored = tuple(ScoredCandidate(one, float(one.title.lower() == song.title.lower()), None) for one in ranked)
        verdict = Verdict.ACCEPT if scored[0].score >= (accept or 0.85) else Verdict.REJECT
        return MatchDecision(
            verdict, scored[0].track if verdict is Verdict.ACCEPT else None, scored[0].score,
            method=MatchMethod.FUZZY, candidates=scored, versions=Versions("0.1.0", "m1", profile),
        )  # fmt: skip


class FakeCatalogue:
    """Finds one track, whatever is asked for."""

    async def state(self) -> CatalogueState:
        return CatalogueState(1, 2048, 1, True)

    async def search(self, query: CatalogueQuery) -> list[CatalogueHit]:
        return await self.candidates(query.song, query.profile)

    async def candidates(self, song: Song, profile: str, *, most: int = 20) -> list[CatalogueHit]:
        return [CatalogueHit(0, "a", "Africa", ("Toto",), None, None, 295_000, 1982, None, 1.0, 0.99)]
