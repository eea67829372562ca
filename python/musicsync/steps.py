"""The steps of the pipeline: a name, one frozen dataclass in, one out, and what each does over the ports.

Nothing here retries, sleeps for long or knows a runner. A step returns `Deferred` where the answer is "not now": a rate
limit or an expired sign-in is waited out by the pipeline in a durable timer and uses up no attempt.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from musicsync.catalogue import Catalogue, addable
from musicsync.errors import InvalidCredentialsError, RateLimited, TrackNotVerified
from musicsync.model import (
    NOT_ON_SPOTIFY,
    Add,
    Added,
    Deferred,
    MatchDecision,
    Playlist,
    ReviewAnswer,
    ScoredCandidate,
    Song,
    SpotifyTrack,
)
from musicsync.playlist import PlaylistEditor
from musicsync.ports import SIGNED_IN, Clock, Correction, Engine, Jitter, ReviewEntry, SpotifyPort, Store
from musicsync.resolver import PlaylistResolver

A = TypeVar("A")
R = TypeVar("R")

_SIGN_IN_POLL_S = 60.0
_CATALOGUE_POLL_S = 60.0
_SHORT_WAIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Step(Generic[A, R]):
    """A step's name and the types that cross it: what a runner needs to record and to replay it."""

    name: str
    argument: type[A]
    result: type[R]


@dataclass(frozen=True, slots=True)
class ResolvePlaylist:
    """`playlist` as the person gave it: id, link, URI or name."""

    playlist: str
    user_id: str


@dataclass(frozen=True, slots=True)
class RecallCorrection:
    """Was this song answered by a person before?"""

    song: Song
    user_id: str


@dataclass(frozen=True, slots=True)
class Recalled:
    """`choice` is None (nothing remembered), `not_on_spotify`, or the id of `track`."""

    choice: str | None = None
    track: SpotifyTrack | None = None


@dataclass(frozen=True, slots=True)
class SearchCatalogue:
    """What the local catalogue knows of a song. `needed`: nobody else is asked, so it is waited for."""

    song: Song
    profile: str = "standard"
    needed: bool = False

    @property
    def rung(self) -> str:
        """Its name as a `match_strategy`, beside those of the ladder."""
        return "catalogue"


RUNGS = ("isrc", "fields", "words", "bare_words", "romanized")


@dataclass(frozen=True, slots=True)
class Search:
    """One rung of the query ladder. `tried` are the queries that were sent before: an equal one is not sent again."""

    song: Song
    rung: str
    tried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. `query` is None where it had nothing (new) to ask."""

    query: str | None = None
    tracks: tuple[SpotifyTrack, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The union of what was found so far. `accept` replaces the profile's accept threshold."""

    song: Song
    candidates: tuple[SpotifyTrack, ...]
    profile: str = "standard"
    accept: float | None = None


@dataclass(frozen=True, slots=True)
class OpenReview:
    """Put a question into the review queue."""

    sync_id: str
    user_id: str
    song: Song
    playlist_id: str
    candidates: tuple[ScoredCandidate, ...]
    explanation: str
    expires_at: float = 0.0


@dataclass(frozen=True, slots=True)
class CloseReview:
    """Take it out again, and remember the answer (None: it expired or was cancelled)."""

    sync_id: str
    user_id: str
    song: Song
    answer: ReviewAnswer | None
    track: SpotifyTrack | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A step that has nothing to say."""


@dataclass(frozen=True, slots=True)
class Verify:
    """Look for the track among the playlist's items."""

    playlist_id: str
    track: SpotifyTrack


@dataclass(frozen=True, slots=True)
class Remove:
    """Undo what sync `sync_id` added, and nothing else."""

    sync_id: str
    playlist_id: str
    track: SpotifyTrack


@dataclass(frozen=True, slots=True)
class Removed:
    """False where that sync had added nothing."""

    removed: bool


RESOLVE_PLAYLIST = Step("resolve-playlist", ResolvePlaylist, Playlist)
RECALL_CORRECTION = Step("recall-correction", RecallCorrection, Recalled)
CATALOGUE_SEARCH = Step("catalogue-search", SearchCatalogue, Found)
SPOTIFY_SEARCH = Step("spotify-search", Search, Found)
FUZZY_MATCH = Step("fuzzy-match", Match, MatchDecision)
OPEN_REVIEW = Step("open-review", OpenReview, Done)
CLOSE_REVIEW = Step("close-review", CloseReview, Done)
ADD_TO_PLAYLIST = Step("add-to-playlist", Add, Added)
VERIFY_TRACK_ADDED = Step("verify-track-added", Verify, Done)
REMOVE_FROM_PLAYLIST = Step("remove-from-playlist", Remove, Removed)

STEPS: dict[str, Step[Any, Any]] = {
    step.name: step
    for step in (
        RESOLVE_PLAYLIST, RECALL_CORRECTION, CATALOGUE_SEARCH, SPOTIFY_SEARCH, FUZZY_MATCH, OPEN_REVIEW, CLOSE_REVIEW,
        ADD_TO_PLAYLIST, VERIFY_TRACK_ADDED, REMOVE_FROM_PLAYLIST,
    )
}  # fmt: skip
PLAYLIST_STEPS = frozenset({ADD_TO_PLAYLIST.name, VERIFY_TRACK_ADDED.name, REMOVE_FROM_PLAYLIST.name})
"""The steps that only the playlist's one writer may execute."""


class Steps:
    """The steps' work over the ports. `editor` carries the exactly-once logic of a playlist."""

    def __init__(
        self, spotify: SpotifyPort, engine: Engine, store: Store, editor: PlaylistEditor, clock: Clock, jitter: Jitter,
        catalogue: Catalogue | None = None,
    ) -> None:  # fmt: skip
        self._spotify, self._engine, self._store, self._catalogue = spotify, engine, store, catalogue
        self._editor, self._clock, self._jitter = editor, clock, jitter
        self._resolver = PlaylistResolver(spotify, clock)
        self._run: dict[str, Callable[[Any], Awaitable[Any]]] = {
            RESOLVE_PLAYLIST.name: self._resolve_playlist,
            RECALL_CORRECTION.name: self._recall,
            CATALOGUE_SEARCH.name: self._search_catalogue,
            SPOTIFY_SEARCH.name: self._search,
            FUZZY_MATCH.name: self._match,
            OPEN_REVIEW.name: self._open_review,
            CLOSE_REVIEW.name: self._close_review,
            ADD_TO_PLAYLIST.name: self._add_one,
            VERIFY_TRACK_ADDED.name: self._verify,
            REMOVE_FROM_PLAYLIST.name: self._remove,
        }

    @property
    def has_catalogue(self) -> bool:
        """True where this process can search the local catalogue."""
        return self._catalogue is not None

    async def execute(self, name: str, argument: object) -> Any:
        """Run step `name` once. Returns its result, or `Deferred`; raises the tree of `errors.py`."""
        return await self._or_deferred(lambda: self._run[name](argument))

    async def add_group(self, wishes: list[Add]) -> list[Added | Deferred]:
        """`add-to-playlist` for several syncs of one playlist in one request, in their order (at most 100)."""
        result = await self._or_deferred(lambda: self._editor.add(wishes))
        return [result] * len(wishes) if isinstance(result, Deferred) else list(result)

    async def recover(self, playlist_id: str) -> Deferred | None:
        """Reconcile what an earlier process left open, and take the late looks that are due."""
        result = await self._or_deferred(lambda: self._editor.recover(playlist_id))
        return result if isinstance(result, Deferred) else None

    async def next_look(self, playlist_id: str) -> float | None:
        """When `recover` has something to do for this playlist (epoch seconds)."""
        return await self._editor.next_look(playlist_id)

    async def _or_deferred(self, call: Callable[[], Awaitable[Any]]) -> Any:
        try:
            return await call()
        except RateLimited as error:
            pauses = error.until - self._clock.now() > _SHORT_WAIT_S
            return Deferred(
                error.until + self._jitter(1.0), f"rate limited by Spotify ({error.endpoint})", None, pauses
            )
        except InvalidCredentialsError as error:
            return Deferred(self._clock.now() + _SIGN_IN_POLL_S, str(error), SIGNED_IN)

    async def _resolve_playlist(self, argument: ResolvePlaylist) -> Playlist:
        return await self._resolver.resolve(argument.playlist)

    async def _recall(self, argument: RecallCorrection) -> Recalled:
        found = await self._store.recall(argument.user_id, self._engine.song_keys(argument.song))
        return Recalled(found.choice, found.track) if found else Recalled()

    async def _search_catalogue(self, argument: SearchCatalogue) -> Found | Deferred:
        if self._catalogue is None:  # it was there when the sync was accepted
            reason = "the local catalogue is not there: set MUSICSYNC_CATALOGUE and start again"
            return Deferred(self._clock.now() + _CATALOGUE_POLL_S, reason) if argument.needed else Found()
        asked = f"{argument.song.title} {argument.song.artist}"
        return Found(asked, await addable(self._catalogue, argument.song, argument.profile))

    async def _search(self, argument: Search) -> Found:
        query = self._engine.search_query(argument.song, argument.rung)
        if query is None or query in argument.tried:
            return Found()
        return Found(query, await self._spotify.search(query))

    async def _match(self, argument: Match) -> MatchDecision:
        return await self._engine.decide(argument.song, argument.candidates, argument.profile, argument.accept)

    async def _open_review(self, argument: OpenReview) -> Done:
        entry = ReviewEntry(
            sync_id=argument.sync_id, user_id=argument.user_id, song=argument.song, playlist_id=argument.playlist_id,
            candidates=argument.candidates, explanation=argument.explanation, opened_at=self._clock.now(),
            expires_at=argument.expires_at,
        )  # fmt: skip
        await self._store.open_review(entry)
        return Done()

    async def _close_review(self, argument: CloseReview) -> Done:
        await self._store.close_review(argument.sync_id, argument.answer)
        answer = argument.answer
        if answer and (argument.track or answer.choice == NOT_ON_SPOTIFY):
            correction = Correction(answer.choice, argument.track, answer.answered_by, self._clock.now())
            await self._store.remember(argument.user_id, self._engine.song_keys(argument.song), correction)
        return Done()

    async def _add_one(self, argument: Add) -> Added:
        return (await self._editor.add([argument]))[0]

    async def _verify(self, argument: Verify) -> Done:
        if not await self._editor.contains(argument.playlist_id, argument.track):
            raise TrackNotVerified(f"{argument.track.uri} is not among the items of {argument.playlist_id} yet")
        return Done()

    async def _remove(self, argument: Remove) -> Removed:
        return Removed(await self._editor.remove(argument.sync_id, argument.playlist_id, argument.track))
