"""The demo catalogue and the demo's script are what their manifest and documentation say."""

import hashlib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

DATASETS = Path(__file__).parents[2] / "datasets"
KINDS = set(
    [
        "studio",
        "live",
        "remaster",
        "radio_edit",
        "remix",
        "acoustic",
        "karaoke",
        "cover",
        "rerecording",
        "instrumental",
        "demo",
        "compilation",
    ]
)
KEYS = set(
    [
        "id",
        "title",
        "artist",
        "artists",
        "album",
        "album_type",
        "duration_s",
        "year",
        "explicit",
        "isrc",
        "family",
        "kind",
    ]
)
SAME_RECORDING = {"studio", "remaster", "compilation"}


def manifest_entries() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((DATASETS / "manifest.json").read_text(encoding="utf-8"))["files"]
    return entries


@pytest.fixture(scope="module")
def recordings() -> list[dict[str, Any]]:
    lines = (DATASETS / "demo" / "recordings.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def songs() -> list[dict[str, Any]]:
    script: list[dict[str, Any]] = json.loads((DATASETS / "demo" / "songs.json").read_text(encoding="utf-8"))
    return script


def expected_ids(song: dict[str, Any]) -> list[str]:
    expect = song["expect"]
    return expect.get("track_ids") or ([expect["track_id"]] if expect["track_id"] else [])


@pytest.mark.parametrize("entry", manifest_entries(), ids=lambda entry: entry["path"])
def test_a_file_is_the_one_that_the_manifest_describes(entry: dict[str, Any]) -> None:
    content = (DATASETS / entry["path"]).read_bytes()
    rows = len(content.splitlines()) if entry["path"].endswith(".jsonl") else len(json.loads(content))
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert rows == entry["rows"]
    assert all(entry[key] for key in ("source", "licence", "description"))


def test_the_manifest_names_every_data_file() -> None:
    files = {str(path.relative_to(DATASETS)) for path in (DATASETS / "demo").iterdir()}
    assert files <= {entry["path"] for entry in manifest_entries()}


def test_every_recording_is_well_formed(recordings: list[dict[str, Any]]) -> None:
    for row in recordings:
        assert set(row) == KEYS, row
        assert re.fullmatch(r"[0-3][0-9A-Za-z]{21}", row["id"]), row
        assert row["artists"], row
        assert row["artist"] == ", ".join(row["artists"]), row
        assert row["kind"] in KINDS, row
        assert row["album_type"] in {"album", "single", "compilation"}, row
        assert re.fullmatch(r"XX[0-9A-Z]{3}[0-9]{7}", row["isrc"]), row
        assert 1900 < row["year"] <= 2026, row
        assert 60 <= row["duration_s"] <= 3600, row
        assert isinstance(row["explicit"], bool), row
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["family"]), row
        for text in (row["title"], row["album"], *row["artists"]):
            assert text == text.strip(), row
            assert text == unicodedata.normalize("NFC", text), row
            assert text, row
    assert len({row["id"] for row in recordings}) == len(recordings)


def test_no_release_is_there_twice(recordings: list[dict[str, Any]]) -> None:
    seen = Counter((row["title"], row["artist"], row["album"]) for row in recordings)
    assert [release for release, count in seen.items() if count > 1] == []


def test_it_is_large_and_full_of_families(recordings: list[dict[str, Any]]) -> None:
    sizes = Counter(row["family"] for row in recordings)
    assert len(recordings) >= 620
    assert sum(size >= 2 for size in sizes.values()) >= 150
    kinds = Counter(row["kind"] for row in recordings)
    for kind in ("live", "remaster", "radio_edit", "remix", "acoustic", "karaoke", "cover", "rerecording"):
        assert kinds[kind] >= 10, kind


def test_one_isrc_is_one_recording(recordings: list[dict[str, Any]]) -> None:
    by_isrc = defaultdict(list)
    for row in recordings:
        by_isrc[row["isrc"]].append(row)
    shared = [rows for rows in by_isrc.values() if len(rows) > 1]
    assert len(shared) >= 20
    for rows in shared:
        assert len({(row["family"], row["artist"], row["duration_s"]) for row in rows}) == 1, rows
        assert [row["kind"] for row in rows].count("compilation") == len(rows) - 1, rows


def test_a_compilation_repeats_a_recording_of_its_family(recordings: list[dict[str, Any]]) -> None:
    for row in recordings:
        if row["kind"] == "compilation":
            others = [other for other in recordings if other["isrc"] == row["isrc"] and other["id"] != row["id"]]
            assert others, row


def test_a_family_has_at_most_one_original_by_an_artist(recordings: list[dict[str, Any]]) -> None:
    originals = Counter((row["family"], row["kind"]) for row in recordings if row["kind"] == "studio")
    assert set(originals.values()) == {1}


def test_a_remaster_is_by_the_artist_of_the_original(recordings: list[dict[str, Any]]) -> None:
    originals = {row["family"]: row for row in recordings if row["kind"] == "studio"}
    for row in recordings:
        if row["kind"] == "remaster" and row["family"] in originals:
            original = originals[row["family"]]
            assert row["artists"] == original["artists"], row
            assert abs(row["duration_s"] - original["duration_s"]) <= 5, row


@pytest.mark.parametrize(
    "script",
    ["CYRILLIC", "GREEK", "HANGUL", "HIRAGANA", "KATAKANA", "CJK", "ARABIC", "HEBREW", "THAI", "DEVANAGARI"],
)
def test_it_has_titles_in_many_scripts(recordings: list[dict[str, Any]], script: str) -> None:
    titles = {
        row["title"]
        for row in recordings
        if any(unicodedata.name(letter, "").startswith(script) for letter in row["title"])
    }
    assert len(titles) >= 6


def test_it_has_latin_titles_with_marks(recordings: list[dict[str, Any]]) -> None:
    marked = [
        row
        for row in recordings
        if any("LATIN" in unicodedata.name(c, "") and unicodedata.decomposition(c) for c in row["title"])
    ]
    assert len(marked) >= 20


def test_the_script_has_every_sort_of_song(songs: list[dict[str, Any]]) -> None:
    outcomes = Counter(song["expect"]["outcome"] for song in songs)
    assert len(songs) >= 44
    assert set(outcomes) == {"added", "already_there", "not_found", "waiting_for_review"}
    assert outcomes["not_found"] >= 3
    assert len({song["name"] for song in songs}) == len(songs)
    durations = [song for song in songs if "duration" in song["request"]]
    assert len(songs) / 2 < len(durations) < len(songs)


def test_every_song_expects_releases_of_one_recording(
    songs: list[dict[str, Any]], recordings: list[dict[str, Any]]
) -> None:
    by_id = {row["id"]: row for row in recordings}
    for song in songs:
        rows = [by_id[identity] for identity in expected_ids(song)]
        if song["expect"]["outcome"] == "not_found":
            assert rows == [], song
        elif song["expect"]["outcome"] == "waiting_for_review":
            assert len({row["isrc"] for row in rows}) == len(rows) >= 2, song
            assert song["review"]["choice"] in expected_ids(song), song
        else:
            assert rows, song
            assert len({(row["family"], row["artist"]) for row in rows}) == 1, song
            assert (
                len(rows) == 1
                or {row["isrc"] for row in rows} == {rows[0]["isrc"]}
                or {row["kind"] for row in rows} <= SAME_RECORDING
            ), song


def test_a_song_expects_all_releases_of_the_recording(
    songs: list[dict[str, Any]], recordings: list[dict[str, Any]]
) -> None:
    for song in songs:
        ids = set(expected_ids(song))
        codes = {row["isrc"] for row in recordings if row["id"] in ids}
        assert {row["id"] for row in recordings if row["isrc"] in codes} == ids, song


def test_requests_are_what_the_api_takes(songs: list[dict[str, Any]]) -> None:
    for song in songs:
        request = song["request"]
        assert {"track_name", "artist"} <= set(request) <= {"track_name", "artist", "album", "isrc", "duration"}
        assert all(1 <= len(request[key].strip()) <= 200 for key in ("track_name", "artist")), song
        assert re.fullmatch(r"\d+|\d:\d\d", str(request.get("duration", 0))), song


def test_references_between_songs_hold(songs: list[dict[str, Any]]) -> None:
    by_name = {song["name"]: song for song in songs}
    repeats = [song for song in songs if "repeat_of" in song]
    assert repeats
    for song in repeats:
        assert song["request"] == by_name[song["repeat_of"]]["request"]
        assert song["expect"] == by_name[song["repeat_of"]]["expect"]
    for song in songs:
        if song["expect"]["outcome"] == "already_there":
            assert expected_ids(song) == expected_ids(by_name[song["same_recording_as"]])


def test_a_wrong_isrc_belongs_to_another_song(songs: list[dict[str, Any]], recordings: list[dict[str, Any]]) -> None:
    family = {row["isrc"]: row["family"] for row in recordings}
    by_id = {row["id"]: row["family"] for row in recordings}
    wrong = [
        song
        for song in songs
        if "isrc" in song["request"] and family[song["request"]["isrc"]] != by_id[expected_ids(song)[0]]
    ]
    assert [song["name"] for song in wrong] == ["mad-world-wrong-isrc"]
