"""Which playlist a person means by an id, a link, a URI or a name."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from musicsync.errors import InvalidPlaylistError, PlaylistAmbiguousError, PlaylistNotFoundError
from musicsync.model import Playlist
from musicsync.ports import Clock, SpotifyPort

_ID = re.compile(r"[0-9A-Za-z]{22}")
_LINK = re.compile(
    r"(?:https?://open\.spotify\.com/(?:intl-\w+/|user/[^/]+/)?playlist/|spotify:(?:user:[^:]+:)?playlist:)(\w+)"
)
_REMEMBER_S = 60.0


class PlaylistResolver:
    """Turns what a person typed into a playlist, and remembers the answer for a minute."""

    def __init__(self, spotify: SpotifyPort, clock: Clock) -> None:
        self._spotify, self._clock = spotify, clock
        self._known: dict[str, tuple[float, Playlist]] = {}
        self._asking: dict[str, asyncio.Lock] = {}

    async def resolve(self, text: str) -> Playlist:
        """By id, link, URI or name. Raises `InvalidPlaylistError`, `Playlist{NotFound,Ambiguous}Error`."""
        async with self._asking.setdefault(text, asyncio.Lock()):
            known = self._known.get(text)
            if known is None or not 0 <= self._clock.now() - known[0] <= _REMEMBER_S:
                known = self._known[text] = (self._clock.now(), await self._ask(text.strip()))
            return known[1]

    async def _ask(self, text: str) -> Playlist:
        if not text:
            raise InvalidPlaylistError("the playlist is empty: give an id, a link, a URI or a name")
        link = _LINK.match(text)
        playlist_id = link.group(1) if link else text
        if _ID.fullmatch(playlist_id):
            return await self._spotify.playlist(playlist_id)
        if link or "://" in text or text.startswith("spotify:"):
            raise InvalidPlaylistError(f"“{text[:100]}” is no link to a Spotify playlist")
        return _named(text, await self._spotify.my_playlists())


def _named(name: str, playlists: Sequence[Playlist]) -> Playlist:
    found = [one for one in playlists if one.name == name]
    found = found or [one for one in playlists if one.name.casefold() == name.casefold()]
    if not found:
        raise PlaylistNotFoundError(f"none of your playlists is called “{name[:100]}”")
    if len(found) > 1:
        ids = ", ".join(one.id for one in found)
        choices = tuple((one.id, one.name) for one in found)
        raise PlaylistAmbiguousError(f"{len(found)} playlists are called “{name[:100]}”: {ids}", choices=choices)
    return found[0]
