"""What a person may type for a playlist, and what it means."""

from __future__ import annotations

import pytest

from musicsync.errors import InvalidPlaylistError, PlaylistAmbiguousError, PlaylistNotFoundError
from musicsync.resolver import PlaylistResolver
from tests.python.fakes import PLAYLIST_ID, FakeSpotify, VirtualClock


async def test_a_playlist_is_found_by_id_link_uri_and_name() -> None:
    clock = VirtualClock()
    spotify = FakeSpotify(clock)
    resolver = PlaylistResolver(spotify, clock)
    for text in (
        PLAYLIST_ID,
        f"https://open.spotify.com/playlist/{PLAYLIST_ID}?si=abc",
        f"https://open.spotify.com/intl-de/playlist/{PLAYLIST_ID}",
        f"spotify:playlist:{PLAYLIST_ID}",
        "Test playlist",
        "  test PLAYLIST ",
    ):
        assert (await resolver.resolve(text)).id == PLAYLIST_ID


async def test_resolving_is_remembered_for_a_minute() -> None:
    clock = VirtualClock()
    spotify = FakeSpotify(clock)
    resolver = PlaylistResolver(spotify, clock)
    for _ in range(5):
        await resolver.resolve(PLAYLIST_ID)
    assert spotify.calls["playlist"] == 1
    await clock.sleep(61)
    await resolver.resolve(PLAYLIST_ID)
    assert spotify.calls["playlist"] == 2


async def test_several_playlists_of_a_name_are_all_named() -> None:
    clock = VirtualClock()
    spotify = FakeSpotify(clock)
    for n in (1, 2):
        spotify.playlists[f"{n:022d}"] = []
        spotify.names[f"{n:022d}"] = "Party"
    with pytest.raises(PlaylistAmbiguousError, match="2 playlists are called “Party”") as raised:
        await PlaylistResolver(spotify, clock).resolve("Party")
    assert {one for one, _ in raised.value.choices} == {f"{1:022d}", f"{2:022d}"}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", InvalidPlaylistError),
        ("https://example.org/playlist/1", InvalidPlaylistError),
        ("spotify:album:37i9dQZF1DXcBWIGoYBM5M", InvalidPlaylistError),
        ("No such list", PlaylistNotFoundError),
        ("0" * 22, PlaylistNotFoundError),
    ],
)
async def test_a_playlist_that_is_none_says_why(text: str, error: type[Exception]) -> None:
    clock = VirtualClock()
    spotify = FakeSpotify(clock)
    with pytest.raises(error):
        await PlaylistResolver(spotify, clock).resolve(text)
