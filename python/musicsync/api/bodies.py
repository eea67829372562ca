"""What the API answers, built from what the service knows. The shapes are in `schemas.py`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from musicsync import codec, model
from musicsync.api.schemas import (
    Accepted,
    Cancellation,
    Candidate,
    Failure,
    Finished,
    History,
    HistoryStep,
    Match,
    MatchAnswer,
    Progress,
    Result,
    ReviewQuestion,
    SyncStatus,
    Track,
    Versions,
)
from musicsync.model import MatchDecision, Outcome, OutcomeKind, ScoredCandidate, SpotifyTrack, Stage, Status
from musicsync.ports import HistoryEntry, ReviewEntry, SyncView

_STAGES = tuple(Stage)
_GOOD = (OutcomeKind.ADDED, OutcomeKind.ALREADY_THERE, OutcomeKind.WOULD_ADD)
_STEPS_TOTAL = 6  # resolve, recall, search, match, add, verify: what a sync takes when nothing is in its way


def when(seconds: float | None) -> str | None:
    """ISO 8601 in UTC, to the millisecond; null for 0 and None."""
    if not seconds:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def versions(one: model.Versions) -> Versions:
    """What decided."""
    return Versions(engine=one.engine, model=one.model, profile=one.profile)


def track(one: SpotifyTrack) -> Track:
    """A track."""
    return Track(
        id=one.id, uri=one.uri, title=one.title, artists=list(one.artists), album=one.album, isrc=one.isrc,
        duration_ms=one.duration_ms, release_year=one.release_year, explicit=one.explicit,
    )  # fmt: skip


def candidate(one: ScoredCandidate) -> Candidate:
    """A candidate."""
    return Candidate(track=track(one.track), score=one.score, probability=one.probability, reasons=list(one.reasons))


def sync_status(view: SyncView, now: float) -> SyncStatus:
    """The body of `GET /sync/{id}`."""
    outcome, error = view.outcome, view.outcome.error if view.outcome else None
    return SyncStatus(
        workflow_id=view.workflow_id, status=view.status, outcome=outcome.outcome if outcome else None,
        message=message(view), progress=_progress(view, now),
        result=_result(view, outcome, now) if outcome else None,
        error=Failure(type=error.type, message=error.message, step=error.step) if error else None,
        resumes_at=when(view.resumes_at), started_at=when(view.started_at), completed_at=when(view.completed_at),
    )  # fmt: skip


def named(view: SyncView) -> str:
    """The song, as messages name it."""
    return f"“{view.request.song.title}” by {view.request.song.artist}"


def message(view: SyncView) -> str:
    """One sentence fit for a notification."""
    if view.outcome:
        return view.outcome.message
    name = named(view)
    if view.status is Status.WAITING_FOR_REVIEW:
        return f"Several tracks could be {name}: please choose one."
    if view.status is Status.PAUSED:
        until = f" until {when(view.resumes_at)}" if view.resumes_at else ""
        return f"{name} waits{until}: {view.paused_reason or 'paused'}."
    return f"{name} is being looked for." if view.status is Status.RUNNING else f"{name} was accepted."


def _elapsed(view: SyncView, now: float) -> float:
    return round(max(0.0, (view.completed_at or now) - (view.started_at or now)), 3)


def _progress(view: SyncView, now: float) -> Progress:
    song, ended = view.request.song, not view.status.is_open
    total = view.steps_completed if ended else max(_STEPS_TOTAL, view.steps_completed + 1)
    return Progress(
        current_step=view.stage, percent=100 if ended else _STAGES.index(view.stage) * 100 // len(_STAGES),
        steps_completed=view.steps_completed, steps_total=total, candidates_found=view.candidates_found,
        match_strategy=view.match_strategy, elapsed_seconds=_elapsed(view, now), track_name=song.title,
        artist=song.artist, playlist_id=view.request.playlist, user_id=view.request.user_id,
    )  # fmt: skip


def _result(view: SyncView, outcome: Outcome, now: float) -> Result:
    found, problem = outcome.track, outcome.compensation_error
    return Result(
        success=outcome.outcome in _GOOD, spotify_track_id=found.id if found else None,
        spotify_track_uri=found.uri if found else None, track=track(found) if found else None,
        confidence_score=outcome.confidence, match_method=outcome.method, execution_time_seconds=_elapsed(view, now),
        retry_count=view.retry_count, explanation=outcome.explanation,
        candidates=[candidate(one) for one in outcome.candidates],
        versions=versions(outcome.versions),
        policy=codec.to_plain(view.request.policy), compensated=outcome.compensated,
        compensation_error=problem.message if problem else None,
    )  # fmt: skip


def history(workflow_id: str, entries: tuple[HistoryEntry, ...]) -> History:
    """The body of `GET /sync/{id}/history`."""
    return History(workflow_id=workflow_id, history=[_history_step(one) for one in entries])


def _history_step(one: HistoryEntry) -> HistoryStep:
    result = one.result if isinstance(one.result, Mapping) else {}
    decision = {key: value for key, value in result.items() if key not in ("candidates", "versions")}
    return HistoryStep(
        step=one.step, attempt=one.attempt, started_at=when(one.started_at), ended_at=when(one.ended_at),
        error=one.error, decision=decision if "verdict" in result else None, versions=result.get("versions"),
        result=one.result,
    )  # fmt: skip


def review(entry: ReviewEntry) -> ReviewQuestion:
    """One entry of `GET /review`."""
    song = entry.song
    return ReviewQuestion(
        workflow_id=entry.sync_id, user_id=entry.user_id, track_name=song.title, artist=song.artist, album=song.album,
        isrc=song.isrc, duration_ms=song.duration_ms, playlist_id=entry.playlist_id,
        candidates=[candidate(one) for one in entry.candidates], explanation=entry.explanation,
        opened_at=when(entry.opened_at), expires_at=when(entry.expires_at),
        answer=entry.answer.choice if entry.answer else None,
    )  # fmt: skip


def accepted(view: SyncView, status_url: str, review_url: str) -> Accepted:
    """The 202 of `POST /sync`: the request is safe, whatever becomes of it."""
    return Accepted(
        workflow_id=view.workflow_id, status=Status.ACCEPTED, outcome=view.outcome.outcome if view.outcome else None,
        message=message(view), status_url=status_url, review_url=review_url, track=None, confidence=None,
    )  # fmt: skip


def finished(view: SyncView, now: float, status_url: str, review_url: str) -> Finished:
    """The 200 of a call that waited: the status, and at the top what a Shortcut shows."""
    outcome = view.outcome
    return Finished(
        **sync_status(view, now), status_url=status_url, review_url=review_url,
        track=track(outcome.track) if outcome and outcome.track else None,
        confidence=outcome.confidence if outcome else None,
    )  # fmt: skip


def cancellation(view: SyncView) -> Cancellation:
    """The body of `POST /sync/{id}/cancel`."""
    outcome = view.outcome
    problem = outcome.compensation_error if outcome else None
    return Cancellation(
        status=view.status, message=message(view), compensated=bool(outcome and outcome.compensated),
        compensation_error=problem.message if problem else None,
    )  # fmt: skip


def match(decision: MatchDecision, place: Mapping[str, tuple[int, str | None]]) -> MatchAnswer:
    """The body of `POST /match`; `place` gives each candidate's index, and its id in the catalogue, by its uri."""
    matches = [
        Match(
            rank=rank, index=place[one.track.uri][0], id=place[one.track.uri][1], title=one.track.title,
            artist=one.track.artist, album=one.track.album, score=one.score, probability=one.probability,
            reasons=list(one.reasons),
        )
        for rank, one in enumerate(decision.candidates, 1)
    ]  # fmt: skip
    return MatchAnswer(
        verdict=decision.verdict, chosen=place[decision.chosen.uri][0] if decision.chosen else None,
        confidence=decision.confidence, margin=decision.margin, match_method=decision.method,
        reasons=list(decision.reasons), explanation=decision.explanation, matches=matches,
        versions=versions(decision.versions),
    )  # fmt: skip
