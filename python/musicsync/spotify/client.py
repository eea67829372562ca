"""`ports.SpotifyPort` over Spotify's Web API.

A call first asks the gate (closed after a 429), takes a slot and an access token, and is then sent once; an expired
token is renewed and the call sent once more, which is safe because a 401 has no effect. Nothing else is repeated here:
retries belong to the steps, where they are counted and durable.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Mapping, Sequence
from typing import TypeVar
from urllib.parse import urlencode

import orjson
import structlog

from musicsync.errors import RateLimited, SpotifyRefused, SpotifyUnavailable, UncertainWrite
from musicsync.model import ItemPage, Playlist, SpotifyTrack
from musicsync.ports import Clock
from musicsync.spotify import failures, shapes
from musicsync.spotify.failures import Endpoint
from musicsync.spotify.gate import Gate
from musicsync.spotify.shapes import Account, Field
from musicsync.spotify.tokens import AccessTokens
from musicsync.spotify.transport import Answer, Lost, NotSent, Transport

T = TypeVar("T")
_log = structlog.get_logger(__name__)

_SEARCH = Endpoint("GET", "/search")
_TRACK = Endpoint("GET", "/tracks/{id}")
_ME = Endpoint("GET", "/me")
_PLAYLIST = Endpoint("GET", "/playlists/{id}")
_MY_PLAYLISTS = Endpoint("GET", "/me/playlists")
_ITEMS = Endpoint("GET", "/playlists/{id}/items")
_ADD = Endpoint("POST", "/playlists/{id}/items")
_REMOVE = Endpoint("DELETE", "/playlists/{id}/items")

_PAGE = 50
_RENEWALS = 2
_MOST_PLAYLISTS = 20_000
_ID = re.compile(r"[0-9A-Za-z_-]{1,100}")
# without `fields` the answer carries the playlist's first hundred items
_PLAYLIST_FIELDS = "id,name,snapshot_id,owner(id),items(total),tracks(total)"


class SpotifyClient:
    """One per process, used from one event loop: all tasks share its gate and its connections.

    `api_url` with or without `/v1`. `request_timeout_s` bounds a whole write, from the call on: what is sent at all is
    sent within it. A read's time starts when it gets one of the `connections`. `market` (a country code) applies to
    searches and tracks, not to playlist items: there it would replace their uris by those of that market.
    """

    def __init__(
        self, api_url: str, tokens: AccessTokens, clock: Clock, *, request_timeout_s: float = 10.0,
        connections: int = 20, market: str | None = None,
    ) -> None:  # fmt: skip
        self._base = re.sub(r"/+(?:v1/*)?$", "", api_url + "/") + "/v1"
        self._tokens, self._clock, self._timeout_s = tokens, clock, request_timeout_s
        self._market = {"market": market} if market else {}
        self._gate, self._transport = Gate(clock), Transport()
        writes = max(1, connections // 4)  # a playlist's writer never queues behind searches
        self._slots = {True: asyncio.Semaphore(writes), False: asyncio.Semaphore(max(1, connections - writes))}

    @property
    def request_timeout_s(self) -> float:
        """The longest that one HTTP request may take before it is given up."""
        return self._timeout_s

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.close()

    async def search(self, query: str, *, limit: int = 10) -> tuple[SpotifyTrack, ...]:
        """The first `limit` (1 to 10) tracks of a query, best first. An empty query finds nothing and costs nothing."""
        _check(1 <= limit <= 10, f"{_SEARCH}: {limit} results asked for, Spotify allows 1 to 10")
        if not query.strip():
            return ()
        params = {"q": query, "type": "track", "limit": str(limit), **self._market}
        return shapes.found_tracks(await self._read(_SEARCH, params=params))

    async def track(self, track_id: str) -> SpotifyTrack:
        """One track by id."""
        return shapes.track(await self._read(_TRACK, track_id, self._market))

    async def me(self) -> Account:
        """Who is signed in."""
        return shapes.account(await self._read(_ME))

    async def playlist(self, playlist_id: str) -> Playlist:
        """A playlist's metadata, without its items."""
        return shapes.playlist(await self._read(_PLAYLIST, playlist_id, {"fields": _PLAYLIST_FIELDS}))

    async def my_playlists(self) -> tuple[Playlist, ...]:
        """All playlists that the account owns or follows: one call for each 50."""
        found: dict[str, Playlist] = {}
        offset = 0
        while offset < _MOST_PLAYLISTS:
            answer = await self._read(_MY_PLAYLISTS, params={"limit": str(_PAGE), "offset": str(offset)})
            page, entries, total = shapes.playlists(answer)
            found.update((one.id, one) for one in page)  # the list may shift while it is read
            offset += entries
            if not entries or offset >= total:
                return tuple(found.values())
        raise SpotifyUnavailable(f"{_MY_PLAYLISTS}: the list does not end after {offset} playlists")

    async def playlist_items(self, playlist_id: str, *, offset: int = 0, limit: int = _PAGE) -> ItemPage:
        """At most `limit` (1 to 50) items from `offset` on."""
        _check(1 <= limit <= _PAGE and offset >= 0, f"{_ITEMS}: {limit} from {offset}, Spotify allows 1 to 50 from 0")
        params = {"offset": str(offset), "limit": str(limit)}
        return shapes.item_page(await self._read(_ITEMS, playlist_id, params), offset)

    async def add_items(self, playlist_id: str, uris: Sequence[str], *, position: int | None = None) -> str:
        """Append (or insert at `position`) 1 to 100 uris; the new snapshot id. Not idempotent."""
        at = {} if position is None else {"position": position}
        return await self._write(_ADD, playlist_id, uris, {"uris": list(uris), **at})

    async def remove_items(self, playlist_id: str, uris: Sequence[str]) -> str:
        """Remove every occurrence of 1 to 100 uris; the new snapshot id."""
        return await self._write(_REMOVE, playlist_id, uris, {"items": [{"uri": uri} for uri in uris]})

    async def _read(self, endpoint: Endpoint, item_id: str = "", params: Mapping[str, str] | None = None) -> Field:
        answer = await self._call(endpoint, item_id, params)
        return Field.parse(endpoint, answer.body)

    async def _write(self, endpoint: Endpoint, item_id: str, uris: Sequence[str], body: object) -> str:
        _check(1 <= len(uris) <= 100, f"{endpoint}: {len(uris)} uris, Spotify allows 1 to 100")
        try:
            data = orjson.dumps(body)
        except orjson.JSONEncodeError as error:
            raise SpotifyRefused(f"{endpoint}: the uris cannot be sent ({error})") from error
        answer = await self._call(endpoint, item_id, body=data)
        try:
            return shapes.snapshot(Field.parse(endpoint, answer.body))
        except SpotifyUnavailable as error:  # it was applied, but what became of the playlist is not known
            raise UncertainWrite(str(error)) from error

    async def _call(
        self, endpoint: Endpoint, item_id: str = "", params: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        _check("{id}" not in endpoint.path or bool(_ID.fullmatch(item_id)), f"{endpoint}: “{item_id[:100]}” is no id")
        self._gate.check(str(endpoint))
        query = f"?{urlencode(params, errors='replace')}" if params else ""
        url = self._base + endpoint.path.replace("{id}", item_id) + query
        slots, now = self._slots[endpoint.writes], asyncio.get_running_loop().time
        deadline = now() + self._timeout_s
        await self._in_time(endpoint, slots.acquire(), deadline if endpoint.writes else None)
        try:
            deadline = deadline if endpoint.writes else now() + self._timeout_s
            return await self._attempts(endpoint, url, body, deadline)
        finally:
            slots.release()

    async def _attempts(self, endpoint: Endpoint, url: str, body: bytes | None, deadline: float) -> Answer:
        """Send, and again with a new token where this one was refused: a renewal of a moment ago may end as well."""
        token = await self._in_time(endpoint, self._tokens.get(), deadline)
        answer = await self._send(endpoint, url, body, token, deadline)
        for _ in range(_RENEWALS):
            if answer.status != 401:
                break
            token = await self._in_time(endpoint, self._tokens.renew(token), deadline)
            answer = await self._send(endpoint, url, body, token, deadline)
        if 200 <= answer.status < 300:
            return answer
        error = failures.refusal(endpoint, answer, self._clock.now(), [token])
        if isinstance(error, RateLimited):
            self._gate.close(error.until)
            _log.warning("spotify rate limit", endpoint=str(endpoint), until=error.until)
        raise error

    async def _in_time(self, endpoint: Endpoint, waiting: Awaitable[T], deadline: float | None) -> T:
        """What comes before sending. It has a time-out apart from the exchange's, which alone knows what was sent."""
        try:
            async with asyncio.timeout_at(deadline):
                return await waiting
        except TimeoutError as error:
            raise SpotifyUnavailable(f"{endpoint}: could not be sent within {self._timeout_s:.1f} s") from error

    async def _send(self, endpoint: Endpoint, url: str, body: bytes | None, token: str, deadline: float) -> Answer:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        left = deadline - asyncio.get_running_loop().time()
        try:
            return await self._transport.exchange(
                endpoint.method, url, timeout_s=left, headers=headers, body=body,
                allow=lambda: self._gate.check(str(endpoint)),
            )  # fmt: skip
        except NotSent as error:
            raise SpotifyUnavailable(f"{endpoint}: Spotify cannot be reached ({error})") from error
        except Lost as error:
            raise failures.without_answer(endpoint, str(error)) from error


def _check(fine: bool, message: str) -> None:
    """Refuse before sending what Spotify would refuse."""
    if not fine:
        raise SpotifyRefused(message)
