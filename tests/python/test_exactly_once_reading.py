"""What is read of a playlist decides what is written to it: changes by others, long lists, items that are not shown."""

from __future__ import annotations

import pytest

from musicsync.model import Add, ItemPage, OutcomeKind, PlaylistItem, SpotifyTrack
from tests.python.desks import TRACKS, Desk
from tests.python.fakes import PLAYLIST_ID


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_a_change_that_a_write_of_ours_hides_is_noticed(desk: Desk) -> None:
    """Somebody adds a song between our look and our write: the snapshot is then ours, the items are not."""
    await desk.add(1)
    desk.held.append(TRACKS[5])
    await desk.editor._send(PLAYLIST_ID, desk.editor._mirrors[PLAYLIST_ID], [Add("sync-2", PLAYLIST_ID, TRACKS[2])])
    assert await desk.add(5) == [OutcomeKind.ALREADY_THERE]


async def test_a_song_is_verified_although_others_took_songs_out_before_it(desk: Desk) -> None:
    desk.held.extend(TRACKS[10:20])
    await desk.add(1)
    del desk.held[:3]
    await desk.clock.sleep(2)
    found = [await desk.editor.contains(PLAYLIST_ID, TRACKS[1]) for _ in range(3)]
    assert found[-1]


async def test_a_long_playlist_is_read_of_one_state(desk: Desk) -> None:
    """An item that moves from one page to another while they are read is not missed."""
    desk.held.extend(TRACKS[100:300])
    reads = [0]

    async def shorten(call: str, phase: str) -> None:
        if (call, phase) == ("playlist_items", "before"):
            reads[0] += 1
            if reads[0] == 2:
                del desk.held[0]  # between the first page and the second

    desk.spotify.hook = shorten
    assert await desk.add(150) == [OutcomeKind.ALREADY_THERE]
    assert reads[0] > 4


async def test_the_longest_playlist_is_read_within_a_steps_time(desk: Desk) -> None:
    desk.held.extend([TRACKS[300], *TRACKS[301:311]] * 1000)

    async def answer_in_200_ms(call: str, phase: str) -> None:
        if (call, phase) == ("playlist_items", "before"):
            await desk.clock.sleep(0.2)

    desk.spotify.hook = answer_in_200_ms
    before = desk.clock.now()
    await desk.add(1)
    assert desk.clock.now() - before < 15, "11,000 items: 220 pages"


async def test_items_that_spotify_does_not_show_keep_their_places(desk: Desk) -> None:
    local = SpotifyTrack(None, "spotify:local:a:b:c:1", "Song 3", ("Somebody",))
    shown = [None, local, TRACKS[5], None]
    exact = desk.spotify.playlist_items

    async def read(playlist_id: str, *, offset: int = 0, limit: int = 50) -> ItemPage:
        page = await exact(playlist_id, offset=offset, limit=limit)
        items = [PlaylistItem(one) for one in shown[offset:]] + list(page.items[max(0, 4 - offset) :])
        return ItemPage(tuple(items), offset, page.total)

    desk.spotify.playlist_items = read  # type: ignore[method-assign]
    desk.held.extend([TRACKS[399]] * 4)
    assert await desk.add(5, 3) == [OutcomeKind.ALREADY_THERE, OutcomeKind.ADDED]
    assert await desk.editor.contains(PLAYLIST_ID, TRACKS[3])
