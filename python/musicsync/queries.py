"""The texts of Spotify searches. Pure: a title and an artist in, a query out.

Spotify's search has a small syntax: `field:` filters, quoted phrases, the operators `OR`, `AND`, `NOT` and `*`. A title
that happens to contain some of it must not change what is asked, so everything that could be syntax is taken out. A
filter's value is left unquoted, because a quoted value that names several artists finds nothing, and without
apostrophes, because one inside a filter finds nothing either.
"""

from __future__ import annotations

import re

MAX_LENGTH = 250
"""Characters: longer queries are refused by Spotify, so they are cut at a word."""

_APOSTROPHES = re.compile("['’‘ʼ‛`´′＇]")
_SYNTAX = re.compile('["“”„‟«»＂:*]|[\x00-\x1f\x7f]|[\ud800-\udfff]')
_OPERATOR = re.compile(r"\b(?:OR|AND|NOT)\b")
_DASHES = re.compile(r"(?:(?<=\s)|^)-+")
_NEXT_ARTIST = re.compile(r"\s*;|[\s(\[]+(?:feat|ft|featuring)\b", re.IGNORECASE)


def isrc_query(isrc: str) -> str:
    """The query for one ISRC, written with or without hyphens. It may find several tracks, or none in this market."""
    return f"isrc:{re.sub('[^0-9A-Za-z]', '', isrc).upper()}"


def fields_query(title: str, artist: str, album: str | None = None) -> str:
    """`track:… artist:… album:…`, of the first artist only; "" where the title has nothing to search for.

    `artist` is one artist's name: of a credit with `;` or `feat.` only what stands before is used. The album is left
    out where the query would become longer than `MAX_LENGTH` characters.
    """
    track = _value(title)
    if not track:
        return ""
    first = _value(_NEXT_ARTIST.split(artist, maxsplit=1)[0])
    query = f"track:{track} artist:{first}" if first else f"track:{track}"
    where = _value(album or "")
    with_album = f"{query} album:{where}"
    if where and len(with_album) <= MAX_LENGTH:
        return with_album
    if len(query) <= MAX_LENGTH or not first:
        return _cut(query)
    name = _cut(first, MAX_LENGTH // 3)
    return f"{_cut(f'track:{track}', MAX_LENGTH - len(name) - len(' artist:'))} artist:{name}"


def words_query(title: str, artist: str) -> str:
    """Title and artist as plain words; "" where there are none."""
    return _cut(_plain(f"{title} {artist}"))


def _value(text: str) -> str:
    return _plain(_APOSTROPHES.sub("", text))


def _plain(text: str) -> str:
    """`text` without anything that Spotify would read as syntax, with single spaces."""
    words = _OPERATOR.sub(lambda found: found.group().lower(), _SYNTAX.sub(" ", text))
    return " ".join(_DASHES.sub(" ", words).split())


def _cut(text: str, length: int = MAX_LENGTH) -> str:
    """At most `length` characters, ending with a whole word where there is one."""
    if len(text) <= length:
        return text
    start, space, _ = text[: length + 1].rpartition(" ")
    return start if space else text[:length]
