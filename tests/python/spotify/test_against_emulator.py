"""The client and the emulator, which were written apart: they agree on every call, and under every fault."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

pytest.importorskip("musicsync._core", reason="the native engine, which the emulator searches with, is not built")

from musicsync.clock import SystemClock
from musicsync.emulator.playlists import FIRST_PLAYLIST
from musicsync.errors import MusicSyncError, PlaylistNotFoundError, SpotifyRefused, TrackNotFoundError, UncertainWrite
from musicsync.queries import fields_query, isrc_query, words_query
from musicsync.spotify.client import SpotifyClient
from musicsync.spotify.oauth import sign_in, visit
from musicsync.spotify.tokens import AccessTokens, FileVault
from tests.python.emulator.emulated import NOBODYS_ID, emulated


async def signed_in(url: str, directory: Path) -> tuple[SpotifyClient, AccessTokens]:
    clock, vault = SystemClock(), FileVault(directory / "secrets" / "spotify.json")
    await sign_in(url, "client1", vault, clock, open_browser=visit, paste=None)
    tokens = AccessTokens(vault, url, "client1", clock)
    return SpotifyClient(url, tokens, clock), tokens


@pytest.mark.parametrize("profile", ["dev2026", "extended"])
async def test_every_call_is_understood(tmp_path: Path, profile: str) -> None:
    async with emulated(tmp_path / "emulator", profile=profile) as running:
        client, tokens = await signed_in(running.client.url, tmp_path)
        assert (await client.me()).id
        africa = (await client.search(isrc_query("US-SM1-82-00001")))[0]
        assert (africa.title, africa.artists, africa.album) == ("Africa", ("Toto",), "Toto IV")
        assert (africa.isrc, africa.release_year, africa.duration_ms) == ("USSM18200001", 1982, 295_000)
        assert await client.track(africa.id or "") == africa
        queen = await client.search(fields_query("Don't Stop Me Now", "Queen"))
        assert queen[0].title == "Don't Stop Me Now"
        assert (await client.search(words_query("Under Pressure", "Queen")))[0].artists == ("Queen", "David Bowie")
        assert await client.search(isrc_query("XX0000000000")) == ()

        before = await client.playlist(FIRST_PLAYLIST)
        assert FIRST_PLAYLIST in {one.id for one in await client.my_playlists()}
        snapshot = await client.add_items(FIRST_PLAYLIST, [africa.uri, queen[0].uri, africa.uri])
        await client.add_items(FIRST_PLAYLIST, [queen[0].uri], position=0)
        page = await client.playlist_items(FIRST_PLAYLIST, offset=1)
        assert [item.track.uri for item in page.items if item.track] == [africa.uri, queen[0].uri, africa.uri]
        assert (page.total, (await client.playlist(FIRST_PLAYLIST)).total) == (4, 4)
        assert snapshot != before.snapshot_id
        await client.remove_items(FIRST_PLAYLIST, [africa.uri])
        page = await client.playlist_items(FIRST_PLAYLIST)
        assert [item.track for item in page.items] == [queen[0], queen[0]]

        with pytest.raises(PlaylistNotFoundError):
            await client.playlist(NOBODYS_ID)
        with pytest.raises(TrackNotFoundError):
            await client.track(NOBODYS_ID)
        with pytest.raises(SpotifyRefused):
            await client.add_items(FIRST_PLAYLIST, ["spotify:track:nothing"])
        await client.close()
        await tokens.close()


async def test_under_faults_every_failure_is_one_of_ours_and_no_write_is_sent_twice(tmp_path: Path) -> None:
    names = "429 500 502 timeout timeout_after_apply drop drop_after_apply expired_token slow item_null rotate_refresh"
    faults = {**dict.fromkeys(names.split(), 0.06), "timeout_s": 0.3, "slow_ms": 20, "retry_after_s": 0, "seed": 7}
    async with emulated(tmp_path / "emulator") as running:
        patient, tokens = await signed_in(running.client.url, tmp_path)
        client = SpotifyClient(running.client.url, tokens, SystemClock(), request_timeout_s=0.15)
        uri = (await patient.search(words_query("Africa", "Toto")))[0].uri
        await running.client.send("PUT", "/_emulator/faults", json=faults)
        done = uncertain = refused = 0

        async def add() -> None:
            nonlocal done, uncertain, refused
            try:
                await client.add_items(FIRST_PLAYLIST, [uri])
                done += 1
            except UncertainWrite:
                uncertain += 1
            except MusicSyncError:
                refused += 1

        async def read(n: int) -> None:
            try:
                await (client.search(f"Toto {n}") if n % 2 else client.playlist_items(FIRST_PLAYLIST))
            except UncertainWrite:
                pytest.fail("a read is never uncertain")
            except MusicSyncError:
                return

        for n in range(20):
            await asyncio.gather(*(add() for _ in range(5)), *(read(n * 10 + m) for m in range(10)))
        await running.client.send("PUT", "/_emulator/faults", json={})
        there = (await patient.playlist_items(FIRST_PLAYLIST)).total
        assert done + uncertain + refused == 100
        assert done <= there <= done + uncertain, "a write counts as applied or not, or is called uncertain"
        assert uncertain > 0
        assert refused > 0
        await client.close()
        await patient.close()
        await tokens.close()
