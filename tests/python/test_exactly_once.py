"""Where exactly-once is hard: late effects, foreign hands, clocks that jump, callers that go away half way."""

from __future__ import annotations

import asyncio

import pytest

from musicsync.errors import (
    InvalidCredentialsError,
    PlaylistNotFoundError,
    SpotifyRefused,
    SpotifyUnavailable,
    UncertainWrite,
)
from musicsync.model import Add, ItemPage, OutcomeKind, PlaylistItem
from tests.python.desks import LATE_LOOK_S, TRACKS, Desk
from tests.python.fakes import PLAYLIST_ID


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize("turns", range(12))
async def test_a_caller_that_is_cut_off_anywhere_in_an_add_changes_nothing_twice(desk: Desk, turns: int) -> None:
    """A step's time-out, or the end of the process in good order, after that many turns of the event loop."""

    async def hold(_: str, __: str) -> None:
        await asyncio.sleep(0)

    desk.spotify.hook = hold
    task = asyncio.create_task(desk.add(1, 2))
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await desk.add(1, 2) == [OutcomeKind.ADDED] * 2
    await desk.late_look()
    assert desk.held == [TRACKS[1], TRACKS[2]]


async def test_a_time_out_while_the_request_is_out_waits_for_its_late_effect(desk: Desk) -> None:
    desk.spotify.apply_late_s = desk.spotify.request_timeout_s - 0.1
    await desk.cut_off(desk.add(1))
    desk.spotify.apply_late_s = 0.0
    assert await desk.add(1) == [OutcomeKind.ADDED]
    assert desk.held == [TRACKS[1]]


async def test_the_look_waits_until_a_stale_read_cannot_hide_the_add(desk: Desk) -> None:
    """Items are shown 0.6 s late: an add that is applied at the last moment must not be looked for before."""
    desk.spotify.apply_late_s = desk.spotify.request_timeout_s
    shown = _stale(desk, 0.6)
    await desk.cut_off(desk.add(1))
    desk.spotify.apply_late_s = 0.0
    assert await desk.add(1) == [OutcomeKind.ADDED]
    assert desk.spotify.calls["add_items"] == 1
    assert shown, "the playlist was never read"


def _stale(desk: Desk, seconds: float) -> list[float]:
    """Reads show the items as they were so long ago; when they were asked."""
    before, since, reads = list(desk.held), [float("-inf")], list[float]()
    exact = desk.spotify.playlist_items

    async def read(playlist_id: str, *, offset: int = 0, limit: int = 50) -> ItemPage:
        reads.append(desk.clock.now())
        if desk.held != before and since[0] == float("-inf"):
            since[0] = next(at for at, call in desk.spotify.log if call == "add_items") + desk.spotify.request_timeout_s
        if desk.clock.now() < since[0] + seconds:
            return ItemPage(tuple(PlaylistItem(one) for one in before), offset, len(before))
        return await exact(playlist_id, offset=offset, limit=limit)

    desk.spotify.playlist_items = read  # type: ignore[method-assign]
    return reads


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_clock_that_is_set_stops_no_look(desk: Desk, hours: int) -> None:
    await desk.add_in_vain(1, applied=True)
    desk.clock.jump(3600 * hours)
    before = desk.clock.now()
    assert await desk.add(1) == [OutcomeKind.ADDED]
    assert desk.clock.now() - before < 10
    assert desk.held == [TRACKS[1]]


async def test_an_add_that_shows_after_the_look_is_still_this_syncs(desk: Desk) -> None:
    await desk.add_in_vain(1)
    await desk.editor.recover(PLAYLIST_ID)
    desk.held.append(TRACKS[1])
    desk.spotify._versions[PLAYLIST_ID] += 1
    assert await desk.add(1) == [OutcomeKind.ADDED]
    await desk.late_look()
    assert desk.held == [TRACKS[1]]
    assert await desk.undo(1)
    assert desk.held == []


async def test_an_owners_second_copy_stays(desk: Desk) -> None:
    """One song of the group was found, the other was not: only of the other may a second one be ours."""
    await desk.add_in_vain(1, 2, applied=True)
    desk.held.remove(TRACKS[2])  # its owner did not want it
    await desk.add(1, 2)
    desk.held.append(TRACKS[1])  # and likes this one twice
    await desk.late_look()
    assert sorted(one.title for one in desk.held) == ["Song 1", "Song 1", "Song 2"]


async def test_an_undo_that_is_applied_late_does_not_take_the_song_of_the_next_sync(desk: Desk) -> None:
    await desk.add(1)
    desk.spotify.apply_late_s = 1.9
    await desk.cut_off(desk.undo(1), "remove_items")
    desk.spotify.apply_late_s = 0.0
    desk.restart()
    assert await desk.undo(1)
    assert await desk.add(1, sync="again") == [OutcomeKind.ADDED]
    await desk.clock.sleep(10)
    assert desk.held == [TRACKS[1]]


async def test_a_song_that_was_just_undone_is_not_found_there(desk: Desk) -> None:
    """Reads show it for another 0.6 s."""
    await desk.add(1)
    exact = desk.spotify.playlist_items

    async def read(playlist_id: str, *, offset: int = 0, limit: int = 50) -> ItemPage:
        undone = [at for at, call in desk.spotify.log if call == "remove_items"]
        if undone and desk.clock.now() < undone[0] + 0.6:
            return ItemPage((PlaylistItem(TRACKS[1]),), offset, 1)
        return await exact(playlist_id, offset=offset, limit=limit)

    desk.spotify.playlist_items = read  # type: ignore[method-assign]
    assert await desk.undo(1)
    assert await desk.add(1, sync="again") == [OutcomeKind.ADDED]
    assert desk.held == [TRACKS[1]]


@pytest.mark.parametrize("together", [True, False], ids=["in one group", "one after the other"])
async def test_undoing_the_first_of_two_syncs_of_a_recording_leaves_it_to_the_other(desk: Desk, together: bool) -> None:
    wishes = [Add(sync, PLAYLIST_ID, TRACKS[1]) for sync in ("first", "second")]
    for group in [wishes] if together else [wishes[:1], wishes[1:]]:
        await desk.editor.add(group)
    assert not await desk.editor.remove("first", PLAYLIST_ID, TRACKS[1])
    assert desk.held == [TRACKS[1]]
    assert await desk.editor.remove("second", PLAYLIST_ID, TRACKS[1])
    assert desk.held == []


async def test_undoing_both_of_two_syncs_of_a_recording_takes_it_out(desk: Desk) -> None:
    await desk.editor.add([Add(sync, PLAYLIST_ID, TRACKS[1]) for sync in ("first", "second")])
    assert not await desk.editor.remove("second", PLAYLIST_ID, TRACKS[1])
    assert await desk.editor.remove("first", PLAYLIST_ID, TRACKS[1])
    assert desk.held == []


async def test_an_undo_does_not_verify_what_others_added(desk: Desk) -> None:
    await desk.add(1, 2)
    await desk.undo(1)
    desk.held.clear()
    assert not await desk.editor.contains(PLAYLIST_ID, TRACKS[2])


async def test_a_deleted_playlist_is_not_looked_at_for_ever(desk: Desk) -> None:
    await desk.add_in_vain(1)
    del desk.spotify.playlists[PLAYLIST_ID]
    with pytest.raises(PlaylistNotFoundError):
        await desk.add(1)
    assert await desk.editor.next_look(PLAYLIST_ID) is None


@pytest.mark.parametrize("error", [InvalidCredentialsError("signed out"), SpotifyUnavailable("no network")])
async def test_an_interruption_within_a_repair_is_made_good(desk: Desk, error: Exception) -> None:
    await _with_a_duplicate(desk)
    desk.spotify.fail("add_items", lambda: error)
    with pytest.raises(type(error)):
        await desk.editor.recover(PLAYLIST_ID)
    assert TRACKS[1] not in desk.held
    desk.restart()
    await desk.editor.recover(PLAYLIST_ID)
    assert desk.held.count(TRACKS[1]) == 1


async def _with_a_duplicate(desk: Desk) -> None:
    """Song 1 twice, and the time has come to notice it."""
    desk.held.extend([TRACKS[7], TRACKS[8]])
    await desk.add_in_vain(1)
    await desk.add(1)
    desk.held.append(TRACKS[1])
    await desk.clock.sleep(LATE_LOOK_S + 1)


async def test_a_repair_whose_place_is_gone_puts_back_at_the_end(desk: Desk) -> None:
    """The playlist was shortened meanwhile: a place beyond its end is refused, and would block every later add."""
    await _with_a_duplicate(desk)
    desk.spotify.lose_answer(applied=False)
    with pytest.raises(UncertainWrite):
        await desk.editor.recover(PLAYLIST_ID)
    desk.held.clear()
    exact = desk.spotify.add_items

    async def strict(playlist_id: str, uris: list[str], *, position: int | None = None) -> str:
        if position is not None and position > len(desk.held):
            raise SpotifyRefused("Index out of bounds.")
        return await exact(playlist_id, uris, position=position)

    desk.spotify.add_items = strict  # type: ignore[method-assign,assignment]
    desk.restart()
    await desk.add(2)
    assert sorted(one.title for one in desk.held) == ["Song 1", "Song 2"]


async def test_a_repairs_second_request_has_its_own_time_to_take_effect(desk: Desk) -> None:
    await _with_a_duplicate(desk)
    desk.spotify.apply_late_s = 1.9
    await desk.cut_off(desk.editor.recover(PLAYLIST_ID))  # the song is out, and on its way back
    desk.spotify.apply_late_s = 0.0
    desk.restart()
    await desk.editor.recover(PLAYLIST_ID)
    await desk.clock.sleep(5)
    assert desk.held.count(TRACKS[1]) == 1
