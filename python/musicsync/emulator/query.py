"""Spotify's query language: plain words, and filters such as `track:` whose value runs to the next filter."""

from __future__ import annotations

import re
from dataclasses import dataclass

FIELDS = ("track", "artist", "album", "year", "isrc", "genre", "upc")
_FILTER = re.compile(rf"(?<!\S)({'|'.join(FIELDS)}):\s*", re.IGNORECASE)
_QUOTED = re.compile(r"\"([^\"]*)\"")
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
_APOSTROPHES = "'\u2019\u2018\u02bc"


@dataclass(frozen=True, slots=True)
class Filter:
    """`field:value`. A quoted value must be there as a phrase."""

    field: str
    value: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed `q`. `impossible` marks what Spotify answers with nothing, whatever the catalogue holds."""

    words: str
    filters: tuple[Filter, ...] = ()
    impossible: bool = False

    def value(self, field: str) -> Filter | None:
        """The first filter on a field."""
        return next((one for one in self.filters if one.field == field), None)

    @property
    def asks_isrc(self) -> bool:
        return any(one.field == "isrc" for one in self.filters)


def parse(text: str) -> Query:
    """Take a query apart. Every text is a query; an apostrophe inside a filter and `OR` of ISRCs make it impossible."""
    places = list(_FILTER.finditer(text))
    if not places:
        return Query(words=text.strip())
    plain = [text[: places[0].start()]]
    filters: list[Filter] = []
    for place, following in zip(places, [*places[1:], None], strict=True):
        raw = text[place.end() : following.start() if following else len(text)].strip()
        quoted = _QUOTED.match(raw)
        if quoted:
            plain.append(raw[quoted.end() :])
        filters.append(Filter(place.group(1).lower(), quoted.group(1) if quoted else raw, quoted is not None))
    fields = [one.field for one in filters]
    impossible = any(mark in one.value for one in filters for mark in _APOSTROPHES) or (
        "isrc" in fields and re.search(r"(?<!\S)OR(?!\S)", text) is not None
    )
    return Query(" ".join(" ".join(plain).split()), tuple(filters), impossible)


def years(value: str) -> range:
    """`1999` or `1990-1999` as a range; empty for anything else."""
    match = _YEARS.fullmatch(value.strip())
    if not match:
        return range(0)
    first = int(match.group(1))
    return range(first, int(match.group(2) or first) + 1)
