"""The generator of plausible tracks: the same everywhere, well formed, and apart from the demo catalogue."""

import hashlib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from musicsync.emulator.generate import generate_tracks, main, write_catalogue
from musicsync.languages import LANGUAGES

DEMO = Path(__file__).parents[2] / "datasets" / "demo" / "recordings.jsonl"
KINDS = set(["studio", "live", "remaster", "radio_edit", "remix", "acoustic", "instrumental", "compilation"])


@pytest.fixture(scope="module")
def tracks() -> list[dict[str, Any]]:
    return list(generate_tracks(20_000, seed=7))


def demo_tracks() -> list[dict[str, Any]]:
    return [json.loads(line) for line in DEMO.read_text(encoding="utf-8").splitlines()]


def test_the_same_seed_gives_the_same_bytes_everywhere() -> None:
    text = "".join(json.dumps(track, ensure_ascii=False) + "\n" for track in generate_tracks(5_000, seed=1))
    assert (
        hashlib.sha256(text.encode()).hexdigest() == "43e3416869e017f4ad7aaa975ab6050ecd5624904c80b4ce411f7880dcf80914"
    )


def test_fewer_tracks_are_a_prefix_of_more(tracks: list[dict[str, Any]]) -> None:
    for count in (0, 1, 999):
        assert list(generate_tracks(count, seed=7)) == tracks[:count]


def test_another_seed_gives_other_tracks(tracks: list[dict[str, Any]]) -> None:
    others = list(generate_tracks(1_000, seed=8))
    assert not {track["id"] for track in tracks} & {track["id"] for track in others}
    assert [track["title"] for track in others] != [track["title"] for track in tracks[:1_000]]


def test_tracks_are_well_formed(tracks: list[dict[str, Any]]) -> None:
    keys = set(demo_tracks()[0]) - {"family"} | {"track_number"}
    for track in tracks:
        assert set(track) == keys
        assert re.fullmatch(r"[4-6][0-9A-Za-z]{21}", track["id"])
        assert re.fullmatch(r"XX[B-Z][0-9A-Z]{2}[0-9]{7}", track["isrc"])
        assert track["artist"] == ", ".join(track["artists"])
        assert 1955 <= track["year"] <= 2026
        assert 60 <= track["duration_s"] <= 1_200
        assert track["kind"] in KINDS
        assert track["album_type"] in {"album", "single", "compilation"}
        assert 1 <= track["track_number"] <= 40
        for text in (track["title"], track["album"], *track["artists"]):
            assert 0 < len(text) <= 200
            assert text == unicodedata.normalize("NFC", text).strip()
    assert len({track["id"] for track in tracks}) == len(tracks)


def test_ids_isrcs_and_artists_are_apart_from_the_demo_catalogue(tracks: list[dict[str, Any]]) -> None:
    demo = demo_tracks()
    assert not {track["id"] for track in demo} & {track["id"] for track in tracks}
    assert not {track["isrc"] for track in demo} & {track["isrc"] for track in tracks}
    assert not {track["artists"][0] for track in demo} & {track["artists"][0] for track in tracks}


def test_one_isrc_is_one_recording(tracks: list[dict[str, Any]]) -> None:
    by_isrc = defaultdict(set)
    for track in tracks:
        by_isrc[track["isrc"]].add((track["title"], track["artist"], track["duration_s"]))
    assert {len(recordings) for recordings in by_isrc.values()} == {1}
    assert len(by_isrc) < len(tracks)  # compilations and singles repeat recordings


def test_an_artist_does_not_record_two_songs_of_one_name(tracks: list[dict[str, Any]]) -> None:
    isrcs = defaultdict(set)
    for track in tracks:
        if track["kind"] == "studio":
            isrcs[track["artists"][0], track["title"]].add(track["isrc"])
    assert {len(codes) for codes in isrcs.values()} == {1}


def test_an_album_numbers_its_tracks_from_one(tracks: list[dict[str, Any]]) -> None:
    last = 0
    for track in tracks:
        assert track["track_number"] in (1, last + 1)
        last = track["track_number"]


def test_versions_have_realistic_rates(tracks: list[dict[str, Any]]) -> None:
    kinds = Counter(track["kind"] for track in tracks)
    assert 0.75 < kinds["studio"] / len(tracks) < 0.92
    assert 0.02 < kinds["live"] / len(tracks) < 0.10
    assert 0.01 < kinds["remaster"] / len(tracks) < 0.06
    assert 0.05 < sum("(feat. " in track["title"] for track in tracks) / len(tracks) < 0.11


def test_some_artists_are_far_more_productive_than_others(tracks: list[dict[str, Any]]) -> None:
    sizes = sorted(Counter(track["artists"][0] for track in tracks).values(), reverse=True)
    tenth = len(sizes) // 10
    assert sum(sizes[:tenth]) > 0.3 * len(tracks)
    assert sizes[0] < 0.05 * len(tracks)


def test_titles_come_in_many_scripts(tracks: list[dict[str, Any]]) -> None:
    scripts = Counter(unicodedata.name(track["title"][0]).split()[0] for track in tracks)
    for script in ("LATIN", "CYRILLIC", "GREEK", "HANGUL", "CJK", "ARABIC", "HEBREW", "THAI", "DEVANAGARI"):
        assert scripts[script] >= 20, script


def test_the_shares_of_the_languages_add_up_to_one() -> None:
    assert sum(language.share for language in LANGUAGES) == pytest.approx(1.0)


def test_the_tracks_never_end() -> None:
    assert len(list(islice(generate_tracks(10**12), 10))) == 10


def test_a_negative_number_of_tracks_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        generate_tracks(-1)


def test_a_catalogue_is_the_base_and_then_the_generated_tracks(tmp_path: Path) -> None:
    out = tmp_path / "all.jsonl"
    total = write_catalogue(out, DEMO, 100, seed=3)
    base, lines = DEMO.read_text(encoding="utf-8").splitlines(), out.read_text(encoding="utf-8").splitlines()
    assert total == len(lines) == len(base) + 100
    assert lines[: len(base)] == base
    assert [json.loads(line) for line in lines[len(base) :]] == list(generate_tracks(100, seed=3))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"id": "a"}\n{"id"', "base.jsonl:2: not JSON"),
        ('{"id": "a"}\n\n{"title": "b"}\n', "base.jsonl:3: not a track with an id"),
        ("[]\n", "base.jsonl:1: not a track with an id"),
        ('{"id": "a"}\n{"id": "a"}\n', "the id a is there twice"),
    ],
)
def test_a_bad_base_leaves_the_old_catalogue_in_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, complaint: str
) -> None:
    base, out = tmp_path / "base.jsonl", tmp_path / "all.jsonl"
    base.write_text(text, encoding="utf-8")
    out.write_text("old\n", encoding="utf-8")
    assert main(["--base", str(base), "--count", "5", "--out", str(out)]) == 2
    assert complaint in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "old\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.jsonl", "base.jsonl"]


def test_a_base_with_the_id_of_a_generated_track_is_refused(tmp_path: Path) -> None:
    base = tmp_path / "base.jsonl"
    base.write_text(json.dumps(next(generate_tracks(1, seed=5))), encoding="utf-8")
    with pytest.raises(ValueError, match="take another seed"):
        write_catalogue(tmp_path / "all.jsonl", base, 1, seed=5)


def test_the_command_line_writes_a_catalogue_without_a_base(tmp_path: Path) -> None:
    out = tmp_path / "all.jsonl"
    assert main(["--count", "3", "--seed", "9", "--out", str(out)]) == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3


def test_an_unwritable_place_is_an_error_with_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--count", "3", "--out", str(tmp_path / "nowhere" / "all.jsonl")]) == 2
    assert "nowhere" in capsys.readouterr().err
