"""Reading catalogues: both formats, clear errors, ids that never change."""

from __future__ import annotations

from pathlib import Path

import pytest

from musicsync.emulator.catalogue import CatalogueError, load, twin_id
from musicsync.emulator.ids import is_base62_id
from tests.python.emulator.emulated import ROWS, write_rows


def test_a_row_of_the_labelled_data_becomes_a_track(tmp_path: Path) -> None:
    row = {
        "id": "6wDviYDtmSDZ0S6TVMM9Vc", "title": "ABC", "artist": "The Jackson 5", "artists": ["The Jackson 5"],
        "artist_ids": ["2iE18Oxc8YSumAU232n4rW"], "album": "ABC", "album_id": "3btVhknqDeGAEd1Qj7lL57",
        "duration_s": 177.4, "isrc": None, "year": None,
    }  # fmt: skip
    (track,) = load([write_rows(tmp_path / "a.jsonl", (row,))]).tracks
    assert track.uri == "spotify:track:6wDviYDtmSDZ0S6TVMM9Vc"
    assert track.artists == (("2iE18Oxc8YSumAU232n4rW", "The Jackson 5"),)
    assert (track.album_id, track.duration_ms, track.isrc) == ("3btVhknqDeGAEd1Qj7lL57", 177_400, None)
    assert (track.release_date, track.album_type, track.explicit) == ("0000", "album", False)


def test_a_row_of_the_demo_keeps_its_kind_of_album_and_its_explicit_flag(tmp_path: Path) -> None:
    row = {
        "title": "A",
        "artist": "B",
        "album_type": "single",
        "explicit": True,
        "isrc": "xx-a01-20-00001",
        "year": 1999,
    }
    (track,) = load([write_rows(tmp_path / "a.jsonl", (row,))]).tracks
    assert (track.album_type, track.explicit, track.isrc, track.release_date) == (
        "single",
        True,
        "XXA012000001",
        "1999",
    )


def test_ids_are_made_from_the_facts_and_stay_the_same(tmp_path: Path) -> None:
    first = load([write_rows(tmp_path / "a.jsonl")])
    second = load([write_rows(tmp_path / "b.jsonl", tuple(reversed(ROWS)))])
    assert {track.id for track in first.tracks} == {track.id for track in second.tracks}
    assert all(is_base62_id(track.id) for track in first.tracks)
    assert len({track.id for track in first.tracks}) == len(ROWS)


def test_a_foreign_id_is_replaced_by_one_made_from_it(tmp_path: Path) -> None:
    rows = ({"id": "rec-0001", "title": "A", "artist": "B"}, {"id": "rec-0002", "title": "A", "artist": "B"})
    first, second = load([write_rows(tmp_path / "a.jsonl", rows)]).tracks
    assert is_base62_id(first.id)
    assert first.id != second.id


def test_rows_that_repeat_an_id_are_left_out_and_counted_and_equal_rows_without_one_are_kept(tmp_path: Path) -> None:
    rows = ({"id": "x", "title": "A", "artist": "B"}, {"id": "x", "title": "C", "artist": "D"})
    catalogue = load([write_rows(tmp_path / "a.jsonl", rows), write_rows(tmp_path / "b.jsonl", (ROWS[0], ROWS[0]))])
    assert (len(catalogue), catalogue.left_out) == (3, 1)
    assert len({track.id for track in catalogue.tracks}) == 3


def test_credits_are_split_where_the_engine_splits_them_and_keep_their_spelling(tmp_path: Path) -> None:
    rows = ({"title": "A", "artist": "JAY-Z feat. Alicia Keys"}, {"title": "A", "artist": "Earth, Wind & Fire"})
    split, whole = load([write_rows(tmp_path / "a.jsonl", rows)]).tracks
    assert split.artist_names == ("JAY-Z", "Alicia Keys")
    assert whole.artist_names == ("Earth, Wind & Fire",)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "no JSON"),
        ("[1]", "should be"),
        ('{"artist": "B"}', "title"),
        ('{"title": 3, "artist": "B"}', "title"),
        ('{"title": "A", "duration_s": -1}', "duration_s"),
        ('{"title": "A", "duration_s": "long"}', "duration_s"),
        ('{"title": "A", "artists": "B"}', "artists"),
        ('{"title": "A", "year": 20201}', "year"),
        ('{"title": "A\ud800"}', "no JSON"),
    ],
)
def test_a_malformed_line_is_named_by_file_and_line(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(b'{"title": "A", "artist": "B"}\n\n' + line.encode("utf-8", "surrogatepass") + b"\n")
    with pytest.raises(CatalogueError, match=words) as raised:
        load([path])
    assert str(raised.value).startswith(f"{path}:3: ")


def test_a_byte_order_mark_and_a_missing_last_newline_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "bom.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"title": "A", "artist": "B"}\n{"track_name": "C", "release_year": 1999}')
    assert [track.name for track in load([path]).tracks] == ["A", "C"]


def test_relinked_ids_lead_to_their_track(tmp_path: Path) -> None:
    catalogue = load([write_rows(tmp_path / "a.jsonl")])
    assert catalogue.get(twin_id(catalogue.tracks[3])) is catalogue.tracks[3]
    assert twin_id(catalogue.tracks[3]) != catalogue.tracks[3].id


def test_a_real_catalogue_loads(shared: Path) -> None:
    catalogue = load([shared / "data" / "isrc_catalogue" / "tracks.jsonl"])
    assert len(catalogue) + catalogue.left_out == 10_503
    assert catalogue.with_isrc("usum71409737")[0].name == "Bang Bang"
