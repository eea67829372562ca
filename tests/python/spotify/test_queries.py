"""The texts of searches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicsync.queries import MAX_LENGTH, fields_query, isrc_query, words_query

TITLES = st.text(max_size=600) | st.text(alphabet=" aOR'’\"“:*-é愛;", max_size=600)


@pytest.mark.parametrize("isrc", ["GBUM71029605", "gb-um7-10-29605", " GBUM71029605\n"])
def test_an_isrc_is_asked_for_as_spotify_writes_it(isrc: str) -> None:
    assert isrc_query(isrc) == "isrc:GBUM71029605"


@pytest.mark.parametrize(
    ("title", "artist", "album", "query"),
    [
        ("Yellow Submarine", "The Beatles", None, "track:Yellow Submarine artist:The Beatles"),
        ("Yellow Submarine", "The Beatles", "Revolver", "track:Yellow Submarine artist:The Beatles album:Revolver"),
        ("Don't Stop Believin'", "Journey", None, "track:Dont Stop Believin artist:Journey"),
        ("Don’t Stop Me Now", "Guns N’ Roses", "It’s", "track:Dont Stop Me Now artist:Guns N Roses album:Its"),
        ('"Heroes"', "David Bowie", None, "track:Heroes artist:David Bowie"),
        ("“Helden”", "Bowie; Eno", None, "track:Helden artist:Bowie"),
        ("Umbrella", "Rihanna feat. JAY-Z", None, "track:Umbrella artist:Rihanna"),
        ("Umbrella", "Rihanna (ft. JAY-Z)", None, "track:Umbrella artist:Rihanna"),
        ("September", "Earth, Wind & Fire", None, "track:September artist:Earth, Wind & Fire"),
        ("Re: Stacks", "Bon Iver", None, "track:Re Stacks artist:Bon Iver"),
        ("artist:Queen", "x", None, "track:artist Queen artist:x"),
        ("TRUE OR FALSE", "NOT", None, "track:TRUE or FALSE artist:not"),
        ("-Hello - World-", "Jay-Z", None, "track:Hello World- artist:Jay-Z"),
        ("夜に駆ける", "YOASOBI", None, "track:夜に駆ける artist:YOASOBI"),
        ("Song", "", None, "track:Song"),
        ("Song", "''", "“”", "track:Song"),
        ("  ", "Queen", "x", ""),
        ("'", "Queen", None, ""),
    ],
)
def test_field_filters_hold_nothing_that_spotify_reads_as_syntax(
    title: str, artist: str, album: str | None, query: str
) -> None:
    assert fields_query(title, artist, album) == query


@pytest.mark.parametrize(
    ("title", "artist", "query"),
    [
        ("Don't Stop Me Now", "Queen", "Don't Stop Me Now Queen"),
        ('Say "Hello" *', "A OR B", "Say Hello A or B"),
        ("isrc:GB", "x\ty\0", "isrc GB x y"),
        ("", "", ""),
    ],
)
def test_plain_words_stay_plain(title: str, artist: str, query: str) -> None:
    assert words_query(title, artist) == query


@given(TITLES, TITLES, st.none() | TITLES)
def test_no_query_is_too_long_or_holds_foreign_syntax(title: str, artist: str, album: str | None) -> None:
    fields, words = fields_query(title, artist, album), words_query(title, artist)
    for query in (fields, words):
        assert len(query) <= MAX_LENGTH
        assert query == " ".join(query.split())
        assert not re.search('["“”*\x00-\x1f]', query)
        assert not re.search(r"\b(OR|AND|NOT)\b", query)
    assert not re.search("['’]", fields)
    assert ":" not in words
    assert re.fullmatch(r"(track:[^:]+( artist:[^:]+)?( album:[^:]+)?)?", fields)


def test_a_long_title_is_cut_at_a_word_and_keeps_the_artist() -> None:
    query = fields_query("word " * 200, "Queen", "An Album")
    assert query.endswith("word artist:Queen")
    assert MAX_LENGTH - 5 <= len(query) <= MAX_LENGTH
    assert len(words_query("x" * 1000, "y")) == MAX_LENGTH


def test_the_album_goes_first_where_room_is_short() -> None:
    assert fields_query("t" * 100, "a" * 100, "l" * 100) == f"track:{'t' * 100} artist:{'a' * 100}"
