"""The calls as they should be: what is sent, and what comes back."""

from __future__ import annotations

import asyncio

import pytest

from musicsync.errors import SpotifyRefused, SpotifyUnavailable
from musicsync.model import Playlist, PlaylistItem, SpotifyTrack
from musicsync.spotify.client import SpotifyClient
from musicsync.spotify.tokens import AccessTokens
from tests.python.fake_clock import VirtualClock
from tests.python.spotify.server import FakeSpotify, error, hang, json, text, track

UNDER_PRESSURE = SpotifyTrack(
    id="track1", uri="spotify:track:track1", title="Song 1", artists=("Queen", "David Bowie"), album="Hot Space",
    album_type="album", isrc="GBUM71029605", duration_ms=248_440, release_year=1982,
)  # fmt: skip


async def test_a_search_gives_tracks_with_all_that_spotify_says(client: SpotifyClient, server: FakeSpotify) -> None:
    assert await client.search("track:Under Pressure artist:Queen") == (UNDER_PRESSURE,)
    assert server.calls == [("GET", "/v1/search")]
    assert server.queries == [{"q": "track:Under Pressure artist:Queen", "type": "track", "limit": "10"}]
    assert server.headers[0]["Authorization"] == "Bearer access0"


async def test_a_search_that_finds_nothing_gives_nothing(client: SpotifyClient, server: FakeSpotify) -> None:
    server.found = []
    assert await client.search("isrc:XX0000000000") == ()


async def test_an_empty_query_is_not_sent(client: SpotifyClient, server: FakeSpotify) -> None:
    assert await client.search("  ") == ()
    assert server.calls == []


@pytest.mark.parametrize("query", ["Björk & 100% of “it”?#/../x", "夜に駆ける", "a+b c&limit=50", "broken \ud800 text"])
async def test_any_query_arrives_as_it_is(client: SpotifyClient, server: FakeSpotify, query: str) -> None:
    await client.search(query)
    assert server.queries == [{"q": query.replace("\ud800", "?"), "type": "track", "limit": "10"}]


@pytest.mark.parametrize("limit", [0, 11, -1])
async def test_a_limit_that_spotify_refuses_is_not_sent(client: SpotifyClient, server: FakeSpotify, limit: int) -> None:
    with pytest.raises(SpotifyRefused, match="1 to 10"):
        await client.search("x", limit=limit)
    assert server.calls == []


async def test_search_leaves_out_nulls_and_what_cannot_be_added(client: SpotifyClient, server: FakeSpotify) -> None:
    server.found = [None, track(2, id=None, uri="spotify:local:::x:1"), track(3)]
    assert [found.id for found in await client.search("x")] == ["track3"]


async def test_the_market_applies_to_searches_and_not_to_items(
    tokens: AccessTokens, server: FakeSpotify, clock: VirtualClock
) -> None:
    client = SpotifyClient(server.url + "/v1/", tokens, clock, market="DE")
    await client.search("x")
    await client.track("abc")
    await client.playlist_items("p1")
    await client.close()
    assert [query.get("market") for query in server.queries] == ["DE", "DE", None]


async def test_a_track_a_playlist_and_the_account_are_read(client: SpotifyClient, server: FakeSpotify) -> None:
    server.items = ["spotify:track:a"]
    assert await client.track("track1") == UNDER_PRESSURE
    found = await client.playlist("p1")
    assert found == Playlist("p1", "Mine", found.snapshot_id, 1, "me")
    assert found.snapshot_id
    assert (await client.me()).account_id == "acc1"


async def test_adding_and_removing_change_the_playlist(client: SpotifyClient, server: FakeSpotify) -> None:
    first = await client.add_items("p1", ["spotify:track:a", "spotify:track:b", "spotify:track:a"])
    await client.add_items("p1", ["spotify:track:c"], position=0)
    assert server.items == [f"spotify:track:{one}" for one in "caba"]
    last = await client.remove_items("p1", ["spotify:track:a"])
    assert server.items == ["spotify:track:c", "spotify:track:b"]
    assert first != last
    assert server.bodies[1:] == [
        {"uris": ["spotify:track:c"], "position": 0}, {"items": [{"uri": "spotify:track:a"}]},
    ]  # fmt: skip


@pytest.mark.parametrize("uris", [[], ["spotify:track:a"] * 101, ["bad \ud800"]])
async def test_a_write_that_spotify_refuses_is_not_sent(
    client: SpotifyClient, server: FakeSpotify, uris: list[str]
) -> None:
    with pytest.raises(SpotifyRefused):
        await client.add_items("p1", uris)
    assert server.calls == []


@pytest.mark.parametrize("name", ["", "..", "../me", "a/b", "a?b", "a\nb", "ü", "x" * 101])
async def test_what_is_no_id_never_becomes_a_path(client: SpotifyClient, server: FakeSpotify, name: str) -> None:
    for call in (client.track(name), client.playlist(name), client.add_items(name, ["u"])):
        with pytest.raises(SpotifyRefused, match="is no id"):
            await call
    assert server.calls == []


async def test_items_are_read_by_page(client: SpotifyClient, server: FakeSpotify) -> None:
    server.items = [f"spotify:track:{n}" for n in range(120)]
    page = await client.playlist_items("p1", offset=100)
    assert (page.offset, page.total, len(page.items)) == (100, 120, 20)
    assert page.items[0].track
    assert page.items[0].track.uri == "spotify:track:100"
    for offset, limit in ((-1, 50), (0, 51), (0, 0)):
        with pytest.raises(SpotifyRefused):
            await client.playlist_items("p1", offset=offset, limit=limit)


async def test_items_may_be_null_local_or_under_their_old_name(client: SpotifyClient, server: FakeSpotify) -> None:
    local: dict[str, object] = {
        "id": None,
        "uri": "spotify:local:::Demo:180",
        "name": "Demo",
        "artists": [],
        "album": {},
        "duration_ms": 0,
    }
    items = [{"item": None}, {"track": track(2)}, {"item": local, "is_local": True, "added_at": "2026-01-01T00:00:00Z"}]
    server.script.append(json({"items": [*items, None], "total": 4}))
    page = await client.playlist_items("p1")
    assert page.items[0] == page.items[3] == PlaylistItem(None)
    assert page.items[1].track == SpotifyTrack(
        id="track2", uri="spotify:track:track2", title="Song 2", artists=UNDER_PRESSURE.artists, album="Hot Space",
        album_type="album", isrc="GBUM71029605", duration_ms=248_440, release_year=1982,
    )  # fmt: skip
    assert page.items[2] == PlaylistItem(SpotifyTrack(None, "spotify:local:::Demo:180", "Demo"), "2026-01-01T00:00:00Z")


@pytest.mark.parametrize(("total", "calls"), [(0, 1), (1, 1), (50, 1), (51, 2), (1000, 20)])
async def test_my_playlists_costs_one_call_for_each_fifty(
    client: SpotifyClient, server: FakeSpotify, total: int, calls: int
) -> None:
    server.playlists = [{"id": f"p{n}", "name": f"N{n}", "tracks": {"total": n}} for n in range(total)]
    found = await client.my_playlists()
    assert [one.id for one in found] == [f"p{n}" for n in range(total)]
    assert all(one.total == n for n, one in enumerate(found))
    assert len(server.calls) == calls


async def test_a_list_of_playlists_without_end_is_given_up(client: SpotifyClient, server: FakeSpotify) -> None:
    endless = json({"items": [{"id": "same"}] * 5000, "total": 2_000_000_000})
    server.script.extend([endless] * 100)
    with pytest.raises(SpotifyUnavailable, match="does not end"):
        await client.my_playlists()
    assert len(server.calls) == 4


async def test_an_answer_that_is_too_long_is_given_up(
    tokens: AccessTokens, server: FakeSpotify, clock: VirtualClock
) -> None:
    client = SpotifyClient(server.url, tokens, clock)
    server.script.append(text(200, '{"tracks": "' + "x" * 9_000_000 + '"}'))
    with pytest.raises(SpotifyUnavailable, match="longer than"):
        await client.search("x")
    await client.close()


async def test_redirects_are_not_followed(client: SpotifyClient, server: FakeSpotify) -> None:
    server.script.append(json({}, 302, {"Location": server.url + "/v1/me"}))
    with pytest.raises(SpotifyUnavailable, match="302; redirects are not followed"):
        await client.search("x")
    assert len(server.calls) == 1


async def test_no_more_requests_are_under_way_than_connections(
    tokens: AccessTokens, server: FakeSpotify, clock: VirtualClock
) -> None:
    client = SpotifyClient(server.url, tokens, clock, connections=4, request_timeout_s=5.0)
    server.script.extend([hang] * 50)
    reads = [asyncio.create_task(client.search(str(n))) for n in range(20)]
    writes = [asyncio.create_task(client.add_items("p1", [str(n)])) for n in range(20)]
    await server.arrived(4)
    await tokens.renew("access0")  # a fifth one would have arrived before the answer to this
    await tokens.renew("access1")
    assert (server.count("GET"), server.count("POST")) == (3, 1)
    for task in (*reads, *writes):
        task.cancel()
    await asyncio.gather(*reads, *writes, return_exceptions=True)
    await client.close()


async def test_an_expired_token_is_renewed_and_the_call_sent_once_more(
    client: SpotifyClient, server: FakeSpotify
) -> None:
    server.good.clear()
    await client.add_items("p1", ["spotify:track:a"])
    assert server.items == ["spotify:track:a"]
    assert len(server.token_calls) == 1
    assert [headers["Authorization"] for headers in server.headers] == ["Bearer access0", "Bearer access1"]


async def test_many_tasks_with_an_expired_token_renew_it_once(client: SpotifyClient, server: FakeSpotify) -> None:
    server.good.clear()
    found = await asyncio.gather(*(client.search(str(n)) for n in range(30)))
    assert all(found)
    assert len(server.token_calls) == 1


async def test_a_token_that_ends_while_it_is_renewed_is_renewed_once_more(
    client: SpotifyClient, server: FakeSpotify
) -> None:
    server.script.extend([error(401, "The access token expired")] * 2)
    await client.add_items("p1", ["spotify:track:a"])
    assert server.items == ["spotify:track:a"]


async def test_renewed_tokens_that_are_refused_twice_are_given_up(client: SpotifyClient, server: FakeSpotify) -> None:
    server.script.extend([error(401, "Invalid access token")] * 5)
    with pytest.raises(SpotifyUnavailable, match="just renewed"):
        await client.add_items("p1", ["spotify:track:a"])
    assert (len(server.calls), len(server.token_calls)) == (3, 2)
