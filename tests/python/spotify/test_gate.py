"""After a 429 nothing is sent before Retry-After has passed: shown on a clock that the test owns."""

from __future__ import annotations

import asyncio

import pytest

from musicsync.errors import RateLimited, SpotifyUnavailable
from musicsync.spotify.client import SpotifyClient
from musicsync.spotify.failures import retry_after_s
from musicsync.spotify.gate import Gate
from musicsync.spotify.tokens import AccessTokens
from musicsync.spotify.transport import Transport
from tests.python.fake_clock import VirtualClock
from tests.python.spotify.server import FakeSpotify, Reaction, error

NOW = 1_800_000_000.0


def limited(retry_after: str) -> Reaction:
    return error(429, "API rate limit exceeded", {"Retry-After": retry_after})


@pytest.mark.parametrize("seconds", [1, 30, 86_400])
async def test_nothing_is_sent_before_retry_after_has_passed(
    client: SpotifyClient, server: FakeSpotify, clock: VirtualClock, seconds: int
) -> None:
    server.script.append(limited(str(seconds)))
    with pytest.raises(RateLimited) as first:
        await client.search("x")
    assert (first.value.until, first.value.endpoint) == (clock.now() + seconds, "GET /search")

    for wait in (0.0, seconds - 0.001):
        await clock.advance(wait)
        calls = [
            client.search("y"), client.track("t"), client.me(), client.my_playlists(), client.playlist("p"),
            client.playlist_items("p"), client.add_items("p", ["u"]), client.remove_items("p", ["u"]),
        ]  # fmt: skip
        results = await asyncio.gather(*calls, return_exceptions=True)
        assert [type(one) for one in results] == [RateLimited] * 8
        assert {one.until for one in results if isinstance(one, RateLimited)} == {first.value.until}
    assert len(server.calls) == 1
    assert server.token_calls == []

    await clock.advance(0.001)
    assert await client.search("y")
    assert len(server.calls) == 2


async def test_a_call_that_waits_for_a_slot_meets_the_closed_gate(
    tokens: AccessTokens, server: FakeSpotify, clock: VirtualClock
) -> None:
    client = SpotifyClient(server.url, tokens, clock, connections=2)
    server.script.append(limited("30"))
    results = await asyncio.gather(*(client.search(str(n)) for n in range(50)), return_exceptions=True)
    await client.close()
    assert [type(one) for one in results] == [RateLimited] * 50
    assert len(server.calls) == 1


async def test_a_call_whose_connection_stood_when_the_gate_closed_is_not_sent(
    server: FakeSpotify, clock: VirtualClock
) -> None:
    gate, transport = Gate(clock), Transport()
    connected = asyncio.Event()

    def closed_meanwhile() -> None:
        connected.set()
        gate.close(clock.now() + 10)
        gate.check("GET /search")

    with pytest.raises(RateLimited):
        await transport.exchange("GET", server.url + "/v1/search", timeout_s=5, headers={}, allow=closed_meanwhile)
    await transport.close()
    assert connected.is_set()
    assert server.calls == []


async def test_a_shorter_wait_never_shortens_a_longer_one(clock: VirtualClock) -> None:
    gate = Gate(clock)
    gate.close(clock.now() + 100)
    gate.close(clock.now() + 1)
    await clock.advance(99)
    with pytest.raises(RateLimited):
        gate.check("GET /me")
    await clock.advance(1)
    gate.check("GET /me")


async def test_the_token_endpoint_has_a_gate_of_its_own(
    tokens: AccessTokens, server: FakeSpotify, clock: VirtualClock
) -> None:
    server.token_script.append(limited("20"))
    for _ in range(3):
        with pytest.raises(RateLimited) as caught:
            await tokens.renew("access0")
        assert caught.value.until == NOW + 20
    assert len(server.token_calls) == 1
    await clock.advance(20)
    assert await tokens.renew("access0") == "access1"


async def test_a_failure_does_not_close_the_gate(client: SpotifyClient, server: FakeSpotify) -> None:
    server.script.append(error(503, "Service unavailable", {"Retry-After": "100"}))
    with pytest.raises(SpotifyUnavailable):
        await client.search("x")
    assert await client.search("x")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 1.0),
        ({"Retry-After": ""}, 1.0),
        ({"Retry-After": "soon"}, 1.0),
        ({"Retry-After": "-5"}, 1.0),
        ({"Retry-After": "nan"}, 1.0),
        ({"Retry-After": "0"}, 0.0),
        ({"Retry-After": " 7 "}, 7.0),
        ({"Retry-After": "2.5"}, 2.5),
        ({"Retry-After": "86400"}, 86_400.0),
        ({"Retry-After": "9" * 400}, 1e9),
        ({"Retry-After": "Fri, 15 Jan 2027 08:01:00 GMT"}, 60.0),
        ({"Retry-After": "Fri, 15 Jan 2027 08:01:00 GMT", "Date": "Fri, 15 Jan 2027 08:00:30 GMT"}, 30.0),
        ({"Retry-After": "Fri, 15 Jan 2027 07:00:00 GMT"}, 0.0),
    ],
)
def test_retry_after_is_seconds_or_a_date(headers: dict[str, str], seconds: float) -> None:
    assert retry_after_s(headers, NOW) == seconds
