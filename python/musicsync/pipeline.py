"""THE pipeline: request → search → rank → decide → (review) → add → verify → outcome, as data flowing one way.

Defined once and run by any `Runner`: Temporal executes each step as an activity, the standalone runner journals it,
tests keep it in memory. Everything here is deterministic: no clock, no randomness, no settings, no engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeVar

from musicsync import outcomes, policy
from musicsync.errors import Cancelled, MusicSyncError
from musicsync.model import (
    NONE_CHOSEN,
    NOT_ON_SPOTIFY,
    Add,
    Deferred,
    MatchDecision,
    MatchMethod,
    Outcome,
    Playlist,
    ReviewAnswer,
    ScoredCandidate,
    SearchSource,
    SpotifyTrack,
    Stage,
    SyncRequest,
    Verdict,
)
from musicsync.policy import Next
from musicsync.steps import (
    ADD_TO_PLAYLIST,
    CATALOGUE_SEARCH,
    CLOSE_REVIEW,
    FUZZY_MATCH,
    OPEN_REVIEW,
    RECALL_CORRECTION,
    REMOVE_FROM_PLAYLIST,
    RESOLVE_PLAYLIST,
    RUNGS,
    SPOTIFY_SEARCH,
    VERIFY_TRACK_ADDED,
    CloseReview,
    Match,
    OpenReview,
    RecallCorrection,
    Remove,
    ResolvePlaylist,
    Search,
    SearchCatalogue,
    Step,
    Verify,
)

A = TypeVar("A")
R = TypeVar("R")


class Runner(Protocol):
    """What executes the pipeline. `step`, `wait` and `review` are durable: after a crash they go on where they were.

    Each raises `Cancelled` once the sync was asked to stop, and a step raises the tree of `errors.py` when its policy
    is used up. `compensate` runs although the sync was cancelled.
    """

    @property
    def sync_id(self) -> str: ...
    def now(self) -> float:
        """Seconds since the epoch, the same again on replay."""
        ...

    def enter(self, stage: Stage) -> None:
        """Say where the sync stands (for progress only)."""
        ...

    async def step(self, step: Step[A, R], argument: A) -> R | Deferred: ...
    async def compensate(self, step: Step[A, R], argument: A) -> R | Deferred: ...
    async def wait(self, deferred: Deferred) -> None: ...
    async def review(self, candidates: tuple[ScoredCandidate, ...], expires_at: float) -> ReviewAnswer | None:
        """Wait for a person's answer; None when `expires_at` has passed."""
        ...


@dataclass
class _Undo:
    """What a cancellation has to take back."""

    add: Add | None = None
    review: CloseReview | None = None


async def sync_song(request: SyncRequest, run: Runner) -> Outcome:
    """Bring one song into one playlist, once. Never raises what `errors.py` names: that is an outcome too."""
    undo = _Undo()
    try:
        return await _sync(request, run, undo)
    except Cancelled:
        return await _take_back(run, undo)
    except MusicSyncError as error:
        return outcomes.failed(request.song, error)


async def _sync(request: SyncRequest, run: Runner, undo: _Undo) -> Outcome:
    run.enter(Stage.RESOLVING)
    playlist = await _do(run, RESOLVE_PLAYLIST, ResolvePlaylist(request.playlist, request.user_id))
    recalled = await _do(run, RECALL_CORRECTION, RecallCorrection(request.song, request.user_id))
    if recalled.choice == NOT_ON_SPOTIFY:
        return outcomes.remembered_absent(request.song)
    if recalled.track:
        decision = MatchDecision(Verdict.ACCEPT, recalled.track, 1.0, method=MatchMethod.REMEMBERED)
    else:
        decision = await _search_and_match(request, run)
    chosen = decision.chosen
    if chosen is None or decision.verdict is Verdict.REJECT:
        return outcomes.not_found(request.song, decision, request.policy.search_source)
    if decision.verdict is Verdict.AMBIGUOUS:
        if request.dry_run:
            return outcomes.would_ask(request.song, decision)
        answer = await _ask(request, run, playlist, decision, undo)
        picked = _picked(answer, decision)
        if picked is None:
            return outcomes.not_chosen(request.song, decision, answer)
        chosen, decision = picked.track, outcomes.chosen_by_person(decision, picked)
    return await _add(request, run, playlist, chosen, decision, undo)


async def _search_and_match(request: SyncRequest, run: Runner) -> MatchDecision:
    """Ask the local catalogue, then climb the ladder at Spotify: what of it the request's policy wants, until a
    candidate is accepted."""
    source = request.policy.search_source
    decision, tracks = MatchDecision(Verdict.REJECT), dict[str, SpotifyTrack]()
    if source is not SearchSource.SPOTIFY:
        tracks = await _search_catalogue(request, run)
        if tracks:
            decision = await _match(request, run, tracks)
        if policy.decide(decision, rungs_left=source is SearchSource.BOTH) is not Next.SEARCH_MORE:
            return decision
    return await _climb(request, run, decision, tracks)


async def _search_catalogue(request: SyncRequest, run: Runner) -> dict[str, SpotifyTrack]:
    """The tracks that it has for the song. What it cannot tell, Spotify is asked where the policy allows it."""
    run.enter(Stage.SEARCHING)
    needed = request.policy.search_source is SearchSource.CATALOGUE
    try:
        found = await _do(run, CATALOGUE_SEARCH, SearchCatalogue(request.song, request.policy.profile, needed))
    except MusicSyncError:
        if needed:
            raise
        return {}
    return {track.uri: track for track in found.tracks}


async def _climb(
    request: SyncRequest, run: Runner, decision: MatchDecision, tracks: dict[str, SpotifyTrack]
) -> MatchDecision:
    """Climb the query ladder until a candidate is accepted; it is judged together with `tracks` and those of all rungs.
    Of a track that is known already, Spotify's word counts."""
    seen: set[str] = set()
    tried: tuple[str, ...] = ()
    for rung in RUNGS:
        run.enter(Stage.SEARCHING)
        found = await _do(run, SPOTIFY_SEARCH, Search(request.song, rung, tried))
        new = {track.uri: track for track in found.tracks if track.uri not in seen}
        if found.query is not None:
            tried += (found.query,)
        if not new:
            continue
        seen |= new.keys()
        tracks |= new
        decision = await _match(request, run, tracks)
        if policy.decide(decision, rungs_left=rung != RUNGS[-1]) is not Next.SEARCH_MORE:
            break
    return decision


async def _match(request: SyncRequest, run: Runner, tracks: dict[str, SpotifyTrack]) -> MatchDecision:
    run.enter(Stage.MATCHING)
    match = Match(request.song, tuple(tracks.values()), request.policy.profile, request.match_threshold)
    return await _do(run, FUZZY_MATCH, match)


async def _ask(
    request: SyncRequest, run: Runner, playlist: Playlist, decision: MatchDecision, undo: _Undo
) -> ReviewAnswer | None:
    """Put the candidates into the review queue and wait, for days if need be."""
    run.enter(Stage.REVIEWING)
    expires_at = run.now() + request.policy.review_days * 86_400
    undo.review = CloseReview(run.sync_id, request.user_id, request.song, None)
    question = OpenReview(
        run.sync_id, request.user_id, request.song, playlist.id, decision.candidates, decision.explanation, expires_at
    )
    await _do(run, OPEN_REVIEW, question)
    answer = await run.review(decision.candidates, expires_at)
    picked = _picked(answer, decision)
    close = CloseReview(run.sync_id, request.user_id, request.song, answer, picked.track if picked else None)
    await _do(run, CLOSE_REVIEW, close)
    undo.review = None
    return answer


def _picked(answer: ReviewAnswer | None, decision: MatchDecision) -> ScoredCandidate | None:
    if answer is None or answer.choice in (NONE_CHOSEN, NOT_ON_SPOTIFY):
        return None
    return next((one for one in decision.candidates if one.track.id == answer.choice), None)


async def _add(
    request: SyncRequest, run: Runner, playlist: Playlist, track: SpotifyTrack, decision: MatchDecision, undo: _Undo
) -> Outcome:
    run.enter(Stage.ADDING)
    wish = Add(run.sync_id, playlist.id, track, request.dry_run)
    undo.add = None if request.dry_run else wish
    added = await _do(run, ADD_TO_PLAYLIST, wish)
    if not request.dry_run:
        run.enter(Stage.VERIFYING)
        await _do(run, VERIFY_TRACK_ADDED, Verify(playlist.id, added.track))
    return outcomes.completed(added, playlist, decision)


async def _take_back(run: Runner, undo: _Undo) -> Outcome:
    """Cancelled: close the open question, and take the track out again if this sync put it in."""
    removed, error = False, None
    try:
        if undo.review:
            await run.compensate(CLOSE_REVIEW, undo.review)
        if undo.add:
            remove = Remove(undo.add.sync_id, undo.add.playlist_id, undo.add.track)
            while isinstance(result := await run.compensate(REMOVE_FROM_PLAYLIST, remove), Deferred):
                await run.wait(result)
            removed = result.removed
    except MusicSyncError as problem:
        error = problem
    return outcomes.cancelled(undo.add.track if undo.add else None, removed=removed, error=error)


async def _do(run: Runner, step: Step[A, R], argument: A) -> R:
    """Run a step; while it says "not now", wait in a durable timer and run it again."""
    while isinstance(result := await run.step(step, argument), Deferred):
        await run.wait(result)
    return result
