"""Japanese readings: the extra `[japanese]`."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from musicsync import Track, japanese
from musicsync.engine import NativeEngine
from musicsync.model import Song, SpotifyTrack, Verdict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Hello, World!", "Hello, World!"),
        ("夜に駆ける", "yoru ni kakeru"),
        ("春を告げる", "haru wo tsugeru"),
        ("優しい彗星", "yasashii suisei"),
        ("青い鳥 (feat. さくら)", "aoi tori (feat. sakura)"),
        ("私は行った", "watashi wa itta"),
        ("東京へ", "tokyo e"),
        ("食べられなかった", "taberarenakatta"),
        ("愛して", "aishite"),
        ("115万キロ", "115 man kiro"),
        ("LOVEマシーン", "LOVE mashin"),
        ("恋人ごっこ", "koibito gokko"),
    ],
)
def test_a_reading_is_what_people_type(text: str, expected: str) -> None:
    assert japanese.reading(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("さくら", True), ("サクラ", True), ("夢の中", True), ("沢田", True), ("時々", True), ("月亮", False),
     ("廣東", False), ("Sakura", False), ("강남", False), ("", False), (None, False)],
)  # fmt: skip
def test_han_text_without_a_japanese_sign_is_not_japanese(text: str | None, expected: bool) -> None:
    assert japanese.is_japanese(text) is expected


def test_a_track_gets_the_readings_of_its_japanese_texts() -> None:
    track = japanese.with_readings(Track(id="1", title="花占い", artists=["山田花子"], duration_ms=1000))
    assert track.title_reading == "hana uranai"
    assert track.artist_reading == "yamada hanako"
    assert (track.id, track.title, track.duration_ms) == ("1", "花占い", 1000)


def test_han_text_is_read_as_japanese_where_another_field_says_so() -> None:
    assert japanese.with_readings(Track(title="香水", artists=["ひかり"])).title_reading == "kosui"
    assert japanese.with_readings(Track(title="香水", artists=["Nobody"])).title_reading is None


def test_readings_that_are_there_stay() -> None:
    track = Track(title="花占い", artists=["Nobody"], title_reading="hana-uranai")
    assert japanese.with_readings(track) is track


def test_a_track_without_japanese_text_stays_as_it_is() -> None:
    track = Track(title="月亮", artists=["Nobody"])
    assert japanese.with_readings(track) is track


def test_many_threads_read_the_same() -> None:
    texts = [f"夜に駆ける {n}" for n in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(japanese.reading, texts)) == [f"yoru ni kakeru {n}" for n in range(200)]


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sudachipy", None)
    japanese._dictionary.cache_clear()
    monkeypatch.setattr(japanese, "_local", japanese.threading.local())
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'musicsync-engine\[japanese\]'"):
        NativeEngine(1, japanese_readings=True)


@pytest.mark.parametrize("readings", [True, False])
async def test_the_engine_compares_readings_when_it_is_told_to(readings: bool) -> None:
    engine = NativeEngine(1, japanese_readings=readings)
    song = Song("Yoru ni Kakeru", "Somebody", duration_ms=261_000)
    found = SpotifyTrack("1", "spotify:track:1", "夜に駆ける", ("Somebody",), "夜", "album", duration_ms=261_000)
    decision = await engine.decide(song, [found], "standard", None)
    assert (decision.verdict is Verdict.ACCEPT) is readings


def test_the_romanized_search_asks_for_the_reading() -> None:
    song = Song("夜に駆ける", "Somebody")
    assert NativeEngine(1, japanese_readings=True).search_query(song, "romanized") == "yoru ni kakeru somebody"
    assert NativeEngine(1).search_query(song, "romanized") is None
