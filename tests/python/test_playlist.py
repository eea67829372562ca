"""The playlist editor: adds happen exactly once whatever the network and the process do."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from musicsync.errors import (
    RateLimited,
    SpotifyRefused,
    SpotifyUnavailable,
    UncertainWrite,
)
from musicsync.model import Add, OutcomeKind, SpotifyTrack
from musicsync.playlist import PlaylistEditor
from tests.python.fakes import PLAYLIST_ID, FakeEngine, FakeSpotify, MemoryIntents, VirtualClock, fake_track

CATALOGUE = [fake_track(n, f"Song {n}", "Band") for n in range(1, 40)]


def a_world(**options: object) -> tuple[FakeSpotify, MemoryIntents, VirtualClock, PlaylistEditor]:
    clock = VirtualClock()
    spotify, intents = FakeSpotify(clock, list(CATALOGUE)), MemoryIntents()
    return spotify, intents, clock, PlaylistEditor(spotify, FakeEngine(), intents, clock, **options)  # type: ignore[arg-type]


def again(spotify: FakeSpotify, intents: MemoryIntents, clock: VirtualClock, **options: object) -> PlaylistEditor:
    """The editor of the next process: nothing in memory, the same record on disk."""
    return PlaylistEditor(spotify, FakeEngine(), intents, clock, **options)  # type: ignore[arg-type]


def wish(n: int, track: SpotifyTrack | None = None, *, dry_run: bool = False) -> Add:
    return Add(f"sync-{n}", PLAYLIST_ID, track or CATALOGUE[n], dry_run)


async def test_a_group_is_one_request_in_order() -> None:
    spotify, _, _, editor = a_world()
    added = await editor.add([wish(3), wish(1), wish(2)])
    assert [one.outcome for one in added] == [OutcomeKind.ADDED] * 3
    assert spotify.uris() == [CATALOGUE[n].uri for n in (3, 1, 2)]
    assert spotify.calls["add_items"] == 1


async def test_what_is_there_already_is_not_added_again() -> None:
    spotify, _, _, editor = a_world()
    spotify.playlists[PLAYLIST_ID] = [CATALOGUE[1]]
    (added,) = await editor.add([wish(1)])
    assert added.outcome is OutcomeKind.ALREADY_THERE
    assert spotify.uris() == [CATALOGUE[1].uri]


async def test_already_there_is_decided_by_recording_not_only_by_uri() -> None:
    spotify, _, _, editor = a_world()
    other_release = fake_track(900, CATALOGUE[1].title, "Band")
    spotify.playlists[PLAYLIST_ID] = [other_release]
    (added,) = await editor.add([wish(1)])
    assert (added.outcome, added.track.uri) == (OutcomeKind.ALREADY_THERE, other_release.uri)


async def test_two_syncs_of_one_recording_in_one_group_add_it_once() -> None:
    spotify, _, _, editor = a_world()
    added = await editor.add([wish(1), wish(50, CATALOGUE[1])])
    assert [one.outcome for one in added] == [OutcomeKind.ADDED, OutcomeKind.ALREADY_THERE]
    assert spotify.uris() == [CATALOGUE[1].uri]


async def test_a_dry_run_only_looks() -> None:
    spotify, intents, _, editor = a_world()
    (added,) = await editor.add([wish(1, dry_run=True)])
    assert added.outcome is OutcomeKind.WOULD_ADD
    assert spotify.uris() == []
    assert await intents.unsettled() == ()


@pytest.mark.parametrize("applied", [True, False])
async def test_a_lost_answer_is_reconciled_by_reading_not_by_adding_again(applied: bool) -> None:
    spotify, _, clock, editor = a_world()
    spotify.lose_answer(applied=applied)
    with pytest.raises(UncertainWrite):
        await editor.add([wish(1), wish(2)])
    sent = clock.now()
    added = await editor.add([wish(1), wish(2)])
    assert [one.outcome for one in added] == [OutcomeKind.ADDED] * 2
    assert spotify.uris() == [CATALOGUE[1].uri, CATALOGUE[2].uri]
    assert clock.now() - sent >= spotify.request_timeout_s, (
        "looked before the abandoned request could not apply any more"
    )


async def test_after_a_crash_the_next_process_finds_what_the_last_one_added() -> None:
    spotify, intents, clock, editor = a_world()
    spotify.lose_answer()
    with pytest.raises(UncertainWrite):
        await editor.add([wish(1)])
    (added,) = await again(spotify, intents, clock).add([wish(1)])
    assert added.outcome is OutcomeKind.ADDED
    assert spotify.uris() == [CATALOGUE[1].uri]


async def test_without_reconciliation_the_same_crash_adds_twice() -> None:
    """The mutant: what the tests above protect against does happen."""
    spotify, intents, clock, editor = a_world()
    spotify.lose_answer()
    with pytest.raises(UncertainWrite):
        await editor.add([wish(1)])
    await again(spotify, intents, clock, reconcile=False).add([wish(1)])
    assert spotify.uris() == [CATALOGUE[1].uri] * 2


async def test_a_settled_add_is_never_sent_again() -> None:
    spotify, intents, clock, editor = a_world()
    await editor.add([wish(1)])
    spotify.playlists[PLAYLIST_ID].clear()  # its owner took it out since
    (added,) = await again(spotify, intents, clock).add([wish(1)])
    assert added.outcome is OutcomeKind.ADDED
    assert spotify.uris() == []


@pytest.mark.parametrize(
    "error", [RateLimited("429", until=0.0), SpotifyRefused("bad"), SpotifyUnavailable("connection refused")]
)
async def test_a_refusal_leaves_no_open_intent(error: Exception) -> None:
    spotify, intents, _, editor = a_world()
    spotify.fail("add_items", lambda: error)  # type: ignore[arg-type,return-value]
    with pytest.raises(type(error)):
        await editor.add([wish(1)])
    assert await intents.unsettled() == ()
    assert [one.outcome for one in await editor.add([wish(1)])] == [OutcomeKind.ADDED]


async def test_a_request_applied_after_the_look_is_repaired_a_minute_later() -> None:
    spotify, _, clock, editor = a_world()
    spotify.playlists[PLAYLIST_ID] = [CATALOGUE[9]]
    spotify.lose_answer(applied=False)
    with pytest.raises(UncertainWrite):
        await editor.add([wish(1)])
    await editor.add([wish(1), wish(2)])
    spotify.playlists[PLAYLIST_ID].append(CATALOGUE[1])  # the abandoned request is applied after all
    due = await editor.next_look(PLAYLIST_ID)
    assert due is not None
    await clock.sleep(due - clock.now())
    await editor.recover(PLAYLIST_ID)
    assert spotify.uris() == [CATALOGUE[9].uri, CATALOGUE[1].uri, CATALOGUE[2].uri]
    assert await editor.next_look(PLAYLIST_ID) is None


async def test_a_repair_that_died_between_removing_and_putting_back_is_finished() -> None:
    spotify, intents, clock, editor = a_world()
    spotify.lose_answer(applied=False)
    with pytest.raises(UncertainWrite):
        await editor.add([wish(1)])
    await editor.add([wish(1)])
    spotify.playlists[PLAYLIST_ID].append(CATALOGUE[1])
    await clock.sleep((await editor.next_look(PLAYLIST_ID) or 0) - clock.now())
    spotify.lose_answer(applied=False)
    with pytest.raises(UncertainWrite):
        await editor.recover(PLAYLIST_ID)
    assert spotify.uris() == []
    await again(spotify, intents, clock).recover(PLAYLIST_ID)
    assert spotify.uris() == [CATALOGUE[1].uri]


async def test_removing_takes_out_what_this_sync_added_and_nothing_else() -> None:
    spotify, _, _, editor = a_world()
    spotify.playlists[PLAYLIST_ID] = [CATALOGUE[5]]
    await editor.add([wish(1), wish(5)])
    assert await editor.remove("sync-1", PLAYLIST_ID, CATALOGUE[1])
    assert not await editor.remove("sync-5", PLAYLIST_ID, CATALOGUE[5])
    assert not await editor.remove("sync-1", PLAYLIST_ID, CATALOGUE[1])
    assert spotify.uris() == [CATALOGUE[5].uri]


async def test_removing_an_add_whose_answer_was_lost_looks_first() -> None:
    spotify, intents, clock, editor = a_world()
    spotify.lose_answer()
    with pytest.raises(UncertainWrite):
        await editor.add([wish(1)])
    assert await again(spotify, intents, clock).remove("sync-1", PLAYLIST_ID, CATALOGUE[1])
    assert spotify.uris() == []


async def test_the_mirror_follows_changes_that_others_make() -> None:
    spotify, _, _, editor = a_world()
    await editor.add([wish(1)])
    await spotify.add_items(PLAYLIST_ID, [CATALOGUE[7].uri])  # by hand, on a phone
    (added,) = await editor.add([wish(7)])
    assert added.outcome is OutcomeKind.ALREADY_THERE


async def test_verifying_reads_the_tail_once_for_a_whole_group() -> None:
    spotify, _, _, editor = a_world()
    await editor.add([wish(n) for n in range(1, 30)])
    before = spotify.calls["playlist_items"]
    for n in range(1, 30):
        assert await editor.contains(PLAYLIST_ID, CATALOGUE[n])
    assert spotify.calls["playlist_items"] == before + 1


async def test_a_relinked_track_is_verified_by_its_isrc() -> None:
    spotify, _, _, editor = a_world()
    asked = fake_track(700, "Relinked", "Band", isrc="XXA012600700")
    spotify.catalogue.append(asked)
    await editor.add([wish(0, asked)])
    spotify.playlists[PLAYLIST_ID] = [fake_track(701, "Relinked", "Band", isrc="XXA012600700")]
    assert await editor.contains(PLAYLIST_ID, asked)


async def test_an_intent_that_took_too_long_to_write_is_void() -> None:
    spotify, _, clock, _ = a_world()
    slow = _SlowIntents(clock, first_s=3.0)
    editor = PlaylistEditor(spotify, FakeEngine(), slow, clock)
    await editor.add([wish(1)])
    assert slow.begun == 2, "the first intent's time was wrong: it must not have been used"
    assert spotify.uris() == [CATALOGUE[1].uri]


class _SlowIntents(MemoryIntents):
    """The disk is slow once."""

    def __init__(self, clock: VirtualClock, first_s: float) -> None:
        super().__init__()
        self._clock, self._first_s, self.begun = clock, first_s, 0

    async def begin(self, intent: object) -> None:
        await super().begin(intent)  # type: ignore[arg-type]
        self.begun += 1
        if self.begun == 1:
            await self._clock.sleep(self._first_s)


@pytest.mark.parametrize("seed", range(30))
async def test_any_mixture_of_lost_answers_and_restarts_adds_everything_once(seed: int) -> None:
    chance = random.Random(seed)
    spotify, intents, clock, editor = a_world()
    waiting = [wish(n) for n in range(1, 25)]
    while waiting:
        group = waiting[: chance.randint(1, 6)]
        if chance.random() < 0.5:
            spotify.lose_answer(applied=chance.random() < 0.5)
        if chance.random() < 0.3:
            editor = again(spotify, intents, clock)
        try:
            await editor.add(group)
        except UncertainWrite:
            continue
        waiting = waiting[len(group) :]
    assert Counter(spotify.uris()) == Counter(one.uri for one in CATALOGUE[1:25])
