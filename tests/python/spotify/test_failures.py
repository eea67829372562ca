"""Every way in which a call can fail, over real connections, and the one error that it becomes."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable

import pytest

from musicsync.errors import (
    InsufficientScopeError,
    InvalidCredentialsError,
    MusicSyncError,
    PlaylistNotFoundError,
    RateLimited,
    SpotifyRefused,
    SpotifyUnavailable,
    TrackNotFoundError,
    UncertainWrite,
)
from musicsync.spotify.client import SpotifyClient
from musicsync.spotify.tokens import AccessTokens
from tests.python.fake_clock import VirtualClock
from tests.python.spotify.server import (
    FakeSpotify,
    Reaction,
    apply_and_drop,
    apply_and_hang,
    drop,
    error,
    hang,
    json,
    text,
)

Call = Callable[[SpotifyClient], Awaitable[object]]

CALLS: dict[str, Call] = {
    "search": lambda client: client.search("x"),
    "track": lambda client: client.track("t1"),
    "me": lambda client: client.me(),
    "my_playlists": lambda client: client.my_playlists(),
    "playlist": lambda client: client.playlist("p1"),
    "items": lambda client: client.playlist_items("p1"),
    "add": lambda client: client.add_items("p1", ["spotify:track:a"]),
    "remove": lambda client: client.remove_items("p1", ["spotify:track:a"]),
}
READS = ("search", "track", "me", "my_playlists", "playlist", "items")
WRITES = ("add", "remove")
OF_PLAYLIST = ("playlist", "items", "add", "remove")


async def failure(client: SpotifyClient, call: str) -> MusicSyncError:
    with pytest.raises(MusicSyncError) as caught:
        await CALLS[call](client)
    return caught.value


def rows() -> list[tuple[str, Reaction, type[MusicSyncError], str]]:
    """call, what Spotify does, the error, and what its text must hold."""
    table: list[tuple[str, Reaction, type[MusicSyncError], str]] = []
    for message in (
        "Invalid base62 id", "Invalid track uri: spotify:track:x", "No uris provided.",
        "You can add a maximum of 100 tracks per request.", "Payload contains a non-existing ID",
    ):  # fmt: skip
        table += [(call, error(400, message), SpotifyRefused, message) for call in ("track", "add", "remove")]
    table.append(("search", error(400, "Invalid limit"), SpotifyRefused, "GET /search: Spotify answered 400"))
    for call in CALLS:
        scope = error(403, "Insufficient client scope")
        table.append((call, scope, InsufficientScopeError, "musicsync auth login"))
        plain = text(403, "User not registered in the Developer Dashboard")
        table.append((call, plain, InsufficientScopeError, "Developer Dashboard"))
        forbidden = InsufficientScopeError if call in OF_PLAYLIST else SpotifyRefused
        table.append((call, error(403, "Forbidden"), forbidden, "Forbidden"))
        unknown = PlaylistNotFoundError if call in OF_PLAYLIST else SpotifyRefused
        missing = TrackNotFoundError if call == "track" else unknown
        table.append((call, error(404, "Resource not found"), missing, "Resource not found"))
        table.append((call, error(405, "Method not allowed"), SpotifyRefused, "405"))
        table.append((call, error(429, "API rate limit exceeded"), RateLimited, "API rate limit exceeded"))
        lost = UncertainWrite if call in WRITES else SpotifyUnavailable
        for status in (500, 502, 503, 504):
            table.append((call, error(status, "Server error"), lost, f"{status} “Server error”"))
        table.append((call, text(502, "<html><h1>Bad Gateway"), lost, "502"))
        table.append((call, json({}, 408), lost, "408"))
        table.append((call, drop, lost, "/"))
        table.append((call, text(200, "not json"), lost, "not JSON"))
        table.append((call, json([1, 2]), lost, "the answer is an array, not an object"))
    return table


@pytest.mark.parametrize(("call", "reaction", "kind", "says"), rows())
async def test_every_answer_becomes_its_error(
    client: SpotifyClient, server: FakeSpotify, call: str, reaction: Reaction, kind: type[MusicSyncError], says: str
) -> None:
    server.script.append(reaction)
    caught = await failure(client, call)
    assert type(caught) is kind
    assert says in str(caught)
    assert len(server.calls) == 1, "nothing is sent again by the client itself"


@pytest.mark.parametrize("call", CALLS)
async def test_a_rate_limit_is_never_not_found(client: SpotifyClient, server: FakeSpotify, call: str) -> None:
    server.script.append(text(429, "Resource not found"))
    assert type(await failure(client, call)) is RateLimited


@pytest.mark.parametrize("call", CALLS)
async def test_no_answer_in_time_is_unknown_for_writes_only(
    hasty: SpotifyClient, server: FakeSpotify, call: str
) -> None:
    server.script.append(hang)
    caught = await failure(hasty, call)
    assert type(caught) is (UncertainWrite if call in WRITES else SpotifyUnavailable)
    assert "no answer in time" in str(caught)
    assert len(server.calls) == 1


@pytest.mark.parametrize("reaction", [apply_and_hang, apply_and_drop])
async def test_a_write_that_was_applied_without_an_answer_is_uncertain(
    hasty: SpotifyClient, server: FakeSpotify, reaction: Reaction
) -> None:
    server.script.append(reaction)
    assert type(await failure(hasty, "add")) is UncertainWrite
    assert server.items == ["spotify:track:a"]


async def test_a_removal_whose_connection_drops_is_not_sent_again(client: SpotifyClient, server: FakeSpotify) -> None:
    """A second DELETE on its way could take out what was put back after the first."""
    await client.me()  # the connection stands: aiohttp would send again by itself
    server.script.append(apply_and_drop)
    assert type(await failure(client, "remove")) is UncertainWrite
    assert server.count("DELETE") == 1


@pytest.mark.parametrize("call", CALLS)
async def test_a_refused_connection_means_that_nothing_was_sent(
    tokens: AccessTokens, clock: VirtualClock, call: str
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        client = SpotifyClient(f"http://127.0.0.1:{unused.getsockname()[1]}", tokens, clock)
        caught = await failure(client, call)
        await client.close()
    assert type(caught) is SpotifyUnavailable
    assert "cannot be reached" in str(caught)


async def test_a_write_that_could_not_leave_in_time_is_not_uncertain(
    hasty: SpotifyClient, server: FakeSpotify, clock: VirtualClock
) -> None:
    """The token's renewal takes the write's whole time: nothing was sent, and nothing is sent later."""
    await clock.advance(4000)
    server.token_script.append(hang)
    caught = await failure(hasty, "add")
    assert type(caught) is SpotifyUnavailable
    assert "could not be sent" in str(caught)
    server.over.set()
    assert server.calls == []


async def test_a_write_that_waits_for_its_turn_too_long_is_not_sent_later(
    tokens: AccessTokens, server: FakeSpotify, clock: VirtualClock
) -> None:
    client = SpotifyClient(server.url, tokens, clock, connections=1, request_timeout_s=0.05)
    async with client._slots[True]:
        caught = await failure(client, "add")
    await client.close()
    assert type(caught) is SpotifyUnavailable
    assert "could not be sent within" in str(caught)
    assert server.calls == []


@pytest.mark.parametrize(
    "garbage", [b"HTTP/1.1 banana\r\n\r\n", b"\x00\xff" * 50, b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"]
)
async def test_an_answer_that_is_no_http_is_lost(tokens: AccessTokens, clock: VirtualClock, garbage: bytes) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(garbage)
        await writer.drain()
        writer.close()

    listener = await asyncio.start_server(talk, "127.0.0.1", 0)
    client = SpotifyClient(f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}", tokens, clock)
    assert type(await failure(client, "search")) is SpotifyUnavailable
    assert type(await failure(client, "add")) is UncertainWrite
    await client.close()
    listener.close()


async def test_a_revoked_sign_in_needs_the_user(client: SpotifyClient, server: FakeSpotify) -> None:
    server.good.clear()
    server.refresh_tokens.clear()
    for call in ("search", "add"):
        assert type(await failure(client, call)) is InvalidCredentialsError
    assert len(server.token_calls) == 1, "a token that has ended is not asked about again"


async def test_what_spotify_says_is_one_short_line(client: SpotifyClient, server: FakeSpotify) -> None:
    server.script.append(error(400, "first\r\nsecond\x1b[31m" + "x" * 5000))
    caught = str(await failure(client, "search"))
    assert "first second [31mxxx" in caught
    assert len(caught) < 300
