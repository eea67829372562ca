"""Searching: what Spotify's query language means, what it cannot do, and spelling mistakes."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musicsync.emulator.catalogue import Catalogue, load
from musicsync.emulator.query import Filter, Query, parse, years
from musicsync.emulator.search import Search
from musicsync.emulator.words import Vocabulary, one_edit_apart, words
from tests.python.emulator.emulated import write_rows


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return load([write_rows(tmp_path_factory.mktemp("catalogue") / "tracks.jsonl")])


@pytest.fixture(scope="module")
def search(catalogue: Catalogue) -> Search:
    return Search(catalogue)


def titles(search: Search, catalogue: Catalogue, text: str, market: str | None = None) -> list[str]:
    return [catalogue.tracks[place].name for place in search.find(text, market)]


def test_filters_are_taken_apart() -> None:
    assert parse("remaster track:Doxy artist:Miles Davis") == Query(
        "remaster", (Filter("track", "Doxy"), Filter("artist", "Miles Davis"))
    )
    assert parse('track:"Under Pressure" live year:1980-1989') == Query(
        "live", (Filter("track", "Under Pressure", True), Filter("year", "1980-1989"))
    )
    assert parse("soundtrack: Frozen") == Query("soundtrack: Frozen")


def test_years_are_one_or_a_range() -> None:
    assert years("1982") == range(1982, 1983)
    assert years("1980-1989") == range(1980, 1990)
    assert not years("eighties")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
@settings(deadline=None, derandomize=True, database=None)
def test_every_text_is_a_query(text: str) -> None:
    assert isinstance(parse(f"track:{text} isrc:{text}"), Query)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("africa toto", ["Africa", "Africa - Live"]),
        ("toto africa", ["Africa", "Africa - Live"]),
        ("AFRICA", ["Africa", "Africa - Live"]),
        ("afica toto", ["Africa", "Africa - Live"]),
        ("blinding lihgts", ["Blinding Lights"]),
        ("blinding lights weekend", ["Blinding Lights"]),
        ("track:africa artist:toto", ["Africa", "Africa - Live"]),
        ("track:africa artist:queen", []),
        ("track:africa year:1982", ["Africa"]),
        ("artist:toto album:\"toto iv\" rosanna", ["Rosanna"]),
        ("isrc:USSM18200001", ["Africa"]),
        ("isrc:ussm18200001", ["Africa"]),
        ("isrc:USSM18299999", []),
        ("isrc:US-SM1-82-00001", []),
        ("genre:rock", ["Under Pressure"]),
        ("upc:123", []),
        ("夜に駆ける", ["夜に駆ける"]),
        ("夜に駆ける YOASOBI", ["夜に駆ける"]),
        ("completely unheard words", []),
        ("!!!", []),
    ],
)  # fmt: skip
def test_queries_find(search: Search, catalogue: Catalogue, query: str, found: list[str]) -> None:
    assert titles(search, catalogue, query) == found


def test_an_apostrophe_inside_a_filter_finds_nothing_and_without_it_the_song(
    search: Search, catalogue: Catalogue
) -> None:
    assert titles(search, catalogue, "track:Don't Stop Me Now artist:Queen") == []
    assert titles(search, catalogue, "track:Ain’t No Sunshine") == []
    assert titles(search, catalogue, "track:Dont Stop Me Now artist:Queen") == ["Don't Stop Me Now"]
    assert titles(search, catalogue, "Don't Stop Me Now Queen")[0] == "Don't Stop Me Now"


def test_a_quoted_value_with_several_artists_finds_nothing(search: Search, catalogue: Catalogue) -> None:
    assert titles(search, catalogue, 'track:"Under Pressure" artist:"Queen, David Bowie"') == []
    assert set(titles(search, catalogue, 'track:"Under Pressure" artist:"David Bowie"')) == {"Under Pressure"}
    assert titles(search, catalogue, 'artist:"Tyler, The Creator"') == ["See You Again"]


def test_or_of_isrcs_finds_nothing(search: Search, catalogue: Catalogue) -> None:
    assert titles(search, catalogue, "isrc:USSM18200001 OR isrc:USUG11904206") == []


def test_an_isrc_may_give_several_tracks_and_depends_on_the_market(search: Search) -> None:
    assert len(search.find("isrc:GBUM71505078")) == 2
    assert len(search.find("isrc:GBUM71505078", "US")) == 2
    assert len(search.find("isrc:GBUM71505078", "GB")) == 1


def test_scripts_without_spaces_are_searched_by_pairs() -> None:
    assert words("夜に駆ける") == ["夜に", "に駆", "駆け", "ける"]
    assert words("abc夜 d") == ["abc", "夜", "d"]


_LETTERS = st.text(alphabet="abcd", min_size=4, max_size=7)


@given(_LETTERS, _LETTERS)
@settings(deadline=None, derandomize=True, database=None, max_examples=500)
def test_one_edit_is_an_insertion_a_deletion_a_change_or_a_swap(one: str, other: str) -> None:
    edits = {one[:n] + one[n + 1 :] for n in range(len(one))}
    edits |= {one[:n] + letter + one[n:] for n in range(len(one) + 1) for letter in "abcd"}
    edits |= {one[:n] + letter + one[n + 1 :] for n in range(len(one)) for letter in "abcd"}
    edits |= {one[:n] + one[n + 1] + one[n] + one[n + 2 :] for n in range(len(one) - 1)}
    assert one_edit_apart(one, other) == (other in edits and one != other)


@given(st.lists(_LETTERS, max_size=40), _LETTERS)
@settings(deadline=None, derandomize=True, database=None, max_examples=300)
def test_a_vocabulary_misses_no_spelling(known: list[str], word: str) -> None:
    found = Vocabulary(known).variants(word)
    assert sorted(found) == sorted({other for other in known if one_edit_apart(word, other)})


def test_pruning_common_words_changes_no_result(shared: Path) -> None:
    catalogue = load([shared / "data" / "isrc_catalogue" / "tracks.jsonl"])
    index = Search(catalogue)._index
    postings, compared = index.by_any, 0
    for track in catalogue.tracks[:300]:
        wanted = words(f"{index.titles[track.index]} {index.artists[track.index]}")
        if not all(postings[word] for word in wanted):
            continue  # counts by more than the words as they stand
        total = sum(postings.weight(word) for word in wanted)
        plain: Counter[int] = Counter()
        for word in wanted:
            share = (postings.weight(word) / total + 1 / len(wanted)) / 2
            plain.update(dict.fromkeys(postings[word], share))
        pruned = index.covering(wanted, 0.5, loose=False)
        assert pruned == pytest.approx({place: score for place, score in plain.items() if score >= 0.5})
        compared += len(pruned)
    assert compared > 500


def test_a_search_takes_milliseconds_in_a_real_catalogue(shared: Path) -> None:
    catalogue = load([shared / "data" / "spotify_catalogue" / "tracks.jsonl"])
    search = Search(catalogue)
    tracks = catalogue.tracks[:: len(catalogue) // 400]
    start = time.process_time()
    first = [search.find(f"{track.name} {' '.join(track.artist_names)}")[:10] for track in tracks]
    mean_ms = (time.process_time() - start) / len(tracks) * 1000
    assert mean_ms < 10
    assert sum(track.index in places for track, places in zip(tracks, first, strict=True)) >= 0.97 * len(tracks)
