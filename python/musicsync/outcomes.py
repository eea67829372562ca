"""How a sync ends, in words fit for a notification: builders of `Outcome`, pure."""

from __future__ import annotations

from dataclasses import replace

from musicsync.errors import MusicSyncError
from musicsync.model import (
    NOT_ON_SPOTIFY,
    Added,
    ErrorInfo,
    MatchDecision,
    MatchMethod,
    Outcome,
    OutcomeKind,
    Playlist,
    ReviewAnswer,
    ScoredCandidate,
    SearchSource,
    Song,
    SpotifyTrack,
    Status,
    Verdict,
)


def _name(song: Song | SpotifyTrack) -> str:
    return f"“{song.title}” by {song.artist}" if song.artist else f"“{song.title}”"


def _info(error: MusicSyncError) -> ErrorInfo:
    return ErrorInfo(type(error).__name__, str(error))


def _with(decision: MatchDecision, status: Status, outcome: OutcomeKind, message: str) -> Outcome:
    return Outcome(
        status, outcome, message, confidence=decision.confidence, explanation=decision.explanation,
        candidates=decision.candidates, versions=decision.versions,
    )  # fmt: skip


def completed(added: Added, playlist: Playlist, decision: MatchDecision) -> Outcome:
    """The track is in the playlist, or would be after a dry run."""
    where = f"“{playlist.name}”" if playlist.name else "the playlist"
    message = {
        OutcomeKind.ADDED: f"Added {_name(added.track)} to {where}.",
        OutcomeKind.ALREADY_THERE: f"{_name(added.track)} is already in {where}.",
        OutcomeKind.WOULD_ADD: f"Would add {_name(added.track)} to {where}.",
    }[added.outcome]
    outcome = _with(decision, Status.COMPLETED, added.outcome, message)
    return replace(outcome, track=added.track, method=decision.method)


def not_found(song: Song, decision: MatchDecision, source: SearchSource = SearchSource.SPOTIFY) -> Outcome:
    """Nothing, or nothing above the reject threshold."""
    near = f" The nearest was {_name(decision.candidates[0].track)}." if decision.candidates else ""
    where = "in the catalogue" if source is SearchSource.CATALOGUE else "on Spotify"
    message = f"{_name(song)} was not found {where}.{near}"
    return _with(decision, Status.NOT_FOUND, OutcomeKind.NOT_FOUND, message)


def remembered_absent(song: Song) -> Outcome:
    """A person said earlier that Spotify does not have it."""
    message = f"{_name(song)} is not on Spotify, as you said before."
    return Outcome(Status.NOT_FOUND, OutcomeKind.NOT_FOUND, message, method=MatchMethod.REMEMBERED)


def would_ask(song: Song, decision: MatchDecision) -> Outcome:
    """A dry run that would wait for a person."""
    message = f"A person would be asked which of {len(decision.candidates)} tracks is {_name(song)}."
    return _with(decision, Status.COMPLETED, OutcomeKind.NONE_CHOSEN, message)


def not_chosen(song: Song, decision: MatchDecision, answer: ReviewAnswer | None) -> Outcome:
    """The review expired, or ended without a track."""
    if answer is None:
        message = f"Nobody chose a track for {_name(song)} in time; nothing was added."
        return _with(decision, Status.EXPIRED, OutcomeKind.NONE_CHOSEN, message)
    if answer.choice == NOT_ON_SPOTIFY:
        outcome = _with(
            decision, Status.NOT_FOUND, OutcomeKind.NOT_FOUND, f"{_name(song)} is not on Spotify, as you said."
        )
        return replace(outcome, method=MatchMethod.HUMAN)
    outcome = _with(decision, Status.COMPLETED, OutcomeKind.NONE_CHOSEN, f"None of the tracks was {_name(song)}.")
    return replace(outcome, method=MatchMethod.HUMAN, explanation="A person said that it is none of them.")


def chosen_by_person(decision: MatchDecision, picked: ScoredCandidate) -> MatchDecision:
    """The decision after a person picked one of its candidates."""
    said = f"A person chose {_name(picked.track)}."
    return replace(
        decision,
        verdict=Verdict.ACCEPT,
        chosen=picked.track,
        confidence=1.0,
        method=MatchMethod.HUMAN,
        explanation=said,
    )


def cancelled(track: SpotifyTrack | None, *, removed: bool, error: MusicSyncError | None) -> Outcome:
    """The sync was asked to stop; what it had added is out again, unless `error` says why not."""
    if error:
        message = f"Cancelled, but the track could not be removed again: {error}"
    elif removed and track:
        message = f"Cancelled; {_name(track)} was removed again."
    else:
        message = "Cancelled; the playlist was not changed."
    kind = OutcomeKind.FAILED if error else OutcomeKind.REMOVED if removed else OutcomeKind.NONE_CHOSEN
    info = _info(error) if error else None
    return Outcome(Status.CANCELLED, kind, message, track=track, compensated=removed, compensation_error=info)


def failed(song: Song, error: MusicSyncError) -> Outcome:
    """A step's policy was used up, or it could never succeed."""
    message = f"{_name(song)} could not be synced: {error}"
    return Outcome(Status.FAILED, OutcomeKind.FAILED, message, error=_info(error))
