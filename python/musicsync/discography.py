"""Invented discographies: artists, their songs, and the releases that these come out on.

Only `Random.random` is drawn from and only whole numbers come out, so that a seed means the same on every machine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import TypeVar

from musicsync.languages import LANGUAGES, VENUES, Language, Pattern

T = TypeVar("T")

_BASE_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LAST_YEAR = 2026
_MOST_RELEASES = 40  # of one artist, so that a large catalogue does not end in one artist's hands


@dataclass(frozen=True)
class Song:
    """One recording; every release of it carries its ISRC. `guests` are the artists besides the main one."""

    title: str
    guests: tuple[str, ...]
    seconds: int
    year: int
    explicit: bool
    isrc: str
    kind: str = "studio"


@dataclass(frozen=True)
class Release:
    """What came out at once; `album_type` is album, single or compilation, the songs are in order."""

    name: str
    album_type: str
    year: int
    songs: tuple[Song, ...]


@dataclass
class Artist:
    """Who releases; `year` is that of the latest release."""

    name: str
    language: Language
    year: int
    releases: int = 0
    titles: set[str] = field(default_factory=set)
    albums: list[Release] = field(default_factory=list)
    singles: list[Song] = field(default_factory=list)
    """Songs that were singles first and belong on the next album."""


class Discography:
    """Draws one release after another; all chance comes from `Random.random`, the same on every Python."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed).random
        self._recordings = 0
        self._names: set[str] = set()
        self._turns: list[Artist] = []  # an artist stands here once per release: who has released is drawn again

    def releases(self) -> Iterator[tuple[Artist, Release]]:
        """One release after another, without end."""
        while True:
            artist = self._next_artist()
            yield artist, self._release(artist)

    def _chance(self, probability: float) -> bool:
        return self._random() < probability

    def _below(self, limit: int) -> int:
        return int(self._random() * limit)

    def _pick(self, choices: Sequence[T]) -> T:
        return choices[int(self._random() * len(choices))]

    def _phrase(self, patterns: Sequence[Pattern]) -> str:
        text = "".join([words[0] if len(words) == 1 else self._pick(words) for words in self._pick(patterns)])
        return text[0].upper() + text[1:]

    def _next_artist(self) -> Artist:
        artist = None if not self._turns or self._chance(0.45) else self._pick(self._turns)
        if artist is None or artist.releases >= _MOST_RELEASES:
            artist = self._new_artist()
        artist.releases += 1
        self._turns.append(artist)
        return artist

    def _new_artist(self) -> Artist:
        share = self._random()
        for language in LANGUAGES:
            share -= language.share
            if share < 0:
                break
        name = self._phrase(language.artists)
        while name in self._names:
            name = f"{name} & {self._phrase(language.artists)}"
        self._names.add(name)
        return Artist(name, language, 1955 + int(max(self._random(), self._random()) * 70))

    def _release(self, artist: Artist) -> Release:
        artist.year = min(_LAST_YEAR, artist.year + self._below(3))
        plan = self._random()
        if plan < 0.6 or not artist.albums:
            return self._album(artist)
        if plan < 0.8:
            return self._single(artist)
        if plan < 0.87:
            return self._live_album(artist)
        old = self._pick(artist.albums)
        if plan < 0.93 and old.year < 2012:
            return self._remaster(old)
        return self._compilation(artist)

    def _album(self, artist: Artist) -> Release:
        fresh = [self._song(artist) for _ in range(6 + self._below(8))]
        name = self._phrase(artist.language.titles) + (" (Deluxe Edition)" if self._chance(0.06) else "")
        album = Release(name, "album", artist.year, (*artist.singles, *fresh))
        artist.singles.clear()
        artist.albums.append(album)
        return album

    def _single(self, artist: Artist) -> Release:
        song = self._song(artist)
        artist.singles.append(song)
        songs = [song]
        if self._chance(0.3):
            songs.append(self._version(song, "radio_edit", " - Radio Edit", min(song.seconds, 175 + self._below(50))))
        if self._chance(0.25):
            by = self._phrase(self._pick(LANGUAGES[:6]).artists)
            songs.append(self._version(song, "remix", f" - {by} Remix", song.seconds + self._below(120) - 20, by))
        if self._chance(0.2):
            songs.append(self._version(song, "acoustic", " - Acoustic", song.seconds + self._below(30) - 15))
        if self._chance(0.1):
            songs.append(self._version(song, "instrumental", " - Instrumental", song.seconds))
        return Release(song.title, "single", artist.year, tuple(songs))

    def _live_album(self, artist: Artist) -> Release:
        venue = self._pick(VENUES)
        tag = " - Live" if self._chance(0.5) else f" - Live at {venue}"
        known = [song for album in artist.albums[-3:] for song in album.songs[::2]][:12]
        songs = [
            self._version(song, "live", tag, song.seconds + self._below(70) - 10, year=artist.year) for song in known
        ]
        return Release(f"Live at {venue}", "album", artist.year, tuple(songs))

    def _remaster(self, old: Release) -> Release:
        year = min(_LAST_YEAR, max(old.year + 8, 1990) + self._below(12))
        tag = self._pick((f" - Remastered {year}", f" - {year} Remaster", " - Remastered"))
        songs = [
            self._version(song, "remaster", tag, song.seconds + self._below(3) - 1, year=year) for song in old.songs
        ]
        return Release(f"{old.name} (Remastered)", "album", year, tuple(songs))

    def _compilation(self, artist: Artist) -> Release:
        songs = [replace(song, kind="compilation") for album in artist.albums[-8:] for song in album.songs[:3]]
        name = self._pick(
            ("Greatest Hits", f"The Best of {artist.name}", f"Anthology {artist.albums[0].year}–{artist.year}")
        )
        return Release(name, "compilation", artist.year, tuple(songs))

    def _song(self, artist: Artist) -> Song:
        title = self._phrase(artist.language.titles)
        tries = 0
        while title in artist.titles:
            tries += 1
            title = self._phrase(artist.language.titles) + (f", Pt. {tries}" if tries > 3 else "")
        artist.titles.add(title)
        guests: tuple[str, ...] = ()
        if self._chance(0.08):
            guests = (self._phrase(self._pick((artist.language, LANGUAGES[0])).artists),)
            title += f" (feat. {guests[0]})"
        spread = self._random() + self._random() + self._random() - 1.5
        seconds = max(80, 222 + int(spread * 130)) + (self._below(300) if self._chance(0.04) else 0)
        explicit = artist.year > 1990 and self._chance(0.09)
        return Song(title, guests, seconds, artist.year, explicit, self._isrc(artist.year))

    def _version(
        self, song: Song, kind: str, tag: str, seconds: int, by: str | None = None, year: int | None = None
    ) -> Song:
        guests = song.guests if by is None else (*song.guests, by)
        released = year or song.year
        isrc = self._isrc(released)
        return replace(
            song, title=song.title + tag, guests=guests, seconds=seconds, year=released, isrc=isrc, kind=kind
        )

    def _isrc(self, year: int) -> str:
        """Registrants B00, B01, … of 100,000 numbers each: the demo catalogue's is A01."""
        registrant, number = divmod(self._recordings, 100_000)
        self._recordings += 1
        high, low = divmod(registrant, 36)
        return f"XX{_BASE_36[11 + high // 36]}{_BASE_36[high % 36]}{_BASE_36[low]}{year % 100:02d}{number:05d}"
