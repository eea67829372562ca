"""The native engine behind the flow's port."""

from __future__ import annotations

from dataclasses import replace

import pytest

from musicsync.engine import NativeEngine
from musicsync.errors import EngineFailed
from musicsync.model import MatchMethod, Song, SpotifyTrack, Verdict

SONG = Song("Billie Jean", "Michael Jackson", duration_ms=294_000)


def track(number: int, title: str, artist: str, *, album: str, kind: str = "album", seconds: int = 294) -> SpotifyTrack:
    return SpotifyTrack(
        f"{number:022d}", f"spotify:track:{number:022d}", title, (artist,), album, kind, duration_ms=1000 * seconds
    )


THRILLER = track(1, "Billie Jean", "Michael Jackson", album="Thriller")
NUMBER_ONES = track(2, "Billie Jean", "Michael Jackson", album="Number Ones", kind="compilation")
KARAOKE = track(3, "Billie Jean (Karaoke Version)", "Sing Along Band", album="Hits to Sing")
OTHER = track(4, "Thriller", "Michael Jackson", album="Thriller", seconds=357)


@pytest.fixture
def engine() -> NativeEngine:
    return NativeEngine(1)


async def test_the_same_recording_is_accepted_and_explained(engine: NativeEngine) -> None:
    decision = await engine.decide(SONG, [KARAOKE, OTHER, THRILLER], "standard", None)
    assert decision.verdict is Verdict.ACCEPT
    assert decision.chosen == THRILLER
    assert decision.method is MatchMethod.EXACT
    assert decision.candidates[0].track == THRILLER
    assert len(decision.candidates) == 3
    assert decision.explanation
    assert decision.versions.engine
    assert decision.versions.model
    assert decision.versions.profile == "standard"


@pytest.mark.parametrize("order", [[THRILLER, NUMBER_ONES], [NUMBER_ONES, THRILLER]])
async def test_an_album_is_preferred_to_a_compilation(engine: NativeEngine, order: list[SpotifyTrack]) -> None:
    decision = await engine.decide(SONG, order, "standard", None)
    assert decision.chosen == THRILLER


async def test_the_compilation_that_was_asked_for_is_taken(engine: NativeEngine) -> None:
    song = replace(SONG, album="Number Ones")
    assert (await engine.decide(song, [THRILLER, NUMBER_ONES], "standard", None)).chosen == NUMBER_ONES


async def test_a_karaoke_version_is_never_accepted(engine: NativeEngine) -> None:
    decision = await engine.decide(SONG, [KARAOKE], "standard", None)
    assert decision.verdict is not Verdict.ACCEPT


async def test_nothing_to_choose_from_is_a_rejection(engine: NativeEngine) -> None:
    decision = await engine.decide(SONG, [], "standard", None)
    assert (decision.verdict, decision.chosen, decision.candidates) == (Verdict.REJECT, None, ())


async def test_a_threshold_replaces_the_profile_s(engine: NativeEngine) -> None:
    assert (await engine.decide(SONG, [THRILLER], "standard", 1.0)).verdict is not Verdict.ACCEPT


async def test_what_the_engine_refuses_names_the_song(engine: NativeEngine) -> None:
    with pytest.raises(EngineFailed, match="Billie Jean"):
        await engine.decide(SONG, [THRILLER], "no-such-profile", None)


def test_the_ladder_asks_only_what_can_find_something(engine: NativeEngine) -> None:
    assert engine.search_query(SONG, "isrc") is None
    assert engine.search_query(replace(SONG, isrc="us-sm1-82-03503"), "isrc") == "isrc:USSM18203503"
    assert engine.search_query(replace(SONG, isrc="no isrc"), "isrc") is None
    assert engine.search_query(SONG, "fields") == "track:Billie Jean artist:Michael Jackson"
    assert engine.search_query(SONG, "words") == "Billie Jean Michael Jackson"
    song = Song("Billie Jean (Live in Tokyo)", "Michael Jackson feat. Somebody")
    assert engine.search_query(song, "bare_words") == "billie jean michael jackson"
    assert engine.search_query(SONG, "romanized") is None
    assert engine.search_query(Song("Кукушка", "Кино"), "romanized") == "kukushka kino"
    with pytest.raises(ValueError, match="rung"):
        engine.search_query(SONG, "another")


def test_the_same_recording_is_found_among_others(engine: NativeEngine) -> None:
    assert engine.same_recording(THRILLER, [OTHER, KARAOKE, NUMBER_ONES]) == 2
    assert engine.same_recording(THRILLER, [OTHER, KARAOKE]) is None


def test_corrections_are_remembered_by_isrc_and_by_song(engine: NativeEngine) -> None:
    keys = engine.song_keys(replace(SONG, isrc="USSM18203503"))
    assert keys[0] == "isrc:USSM18203503"
    assert keys[1:] == engine.song_keys(Song("  BILLIE  JEAN ", "michael jackson"))
