"""How a catalogue writes down a song: what it leaves out, adds, misspells and puts into other fields."""

from __future__ import annotations

import random
import string
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from musicsync.tuning import version_texts as texts


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of views in which something happens."""

    edit_omitted: float = 0.65  # "Radio Edit" is not written
    version_omitted: float = 0.02  # "Live" is not written
    packaging_omitted: float = 0.5
    renamed: float = 0.006  # the artist goes by another name
    typo: float = 0.07
    misplaced: float = 0.02  # "Artist - Title (Official Video)"
    series: float = 0.006  # "Song Machine: Title"
    album_unknown: float = 0.3
    year_unknown: float = 0.6
    year_of_reissue: float = 0.25
    duration_unknown: float = 0.25

    def without_omissions(self) -> Rates:
        """For pairs that must stay apart: nothing that tells them apart is left out, and little is misspelt."""
        return replace(
            self, edit_omitted=0.0, version_omitted=0.0, typo=self.typo * 0.3, misplaced=self.misplaced * 0.3,
            series=self.series * 0.3,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Song:
    """What there is to know of a song; a view writes some of it."""

    title: str
    main: list[str]
    guests: list[str]
    album: str
    duration_s: float
    year: int
    versions: list[str] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)
    packaging: list[str] = field(default_factory=list)
    subtitle: str = ""
    guest_in_title: bool = False


class View:
    """A catalogue's habits."""

    def __init__(self, chance: random.Random, rates: Rates, names: Sequence[str]) -> None:
        self._random, self._rates, self._names = chance, rates, names

    def of(self, song: Song, year_known: float | None = None) -> dict[str, Any]:
        """A track as `Track.from_mapping` takes it; `year_known` replaces the share of views with a year."""
        title, main = self._title(song)
        if len(main) > 1 and self._chance(0.15):
            main = main[:1]
        artist: Any = self._pick((", ", ",", " & ", "; ", " x ")).join(main) if self._chance(0.5) else main
        title, artist = self._misspelt(title, artist)
        if self._chance(self._rates.misplaced):
            title, artist = self._as_video(title, artist if isinstance(artist, str) else main[0])
        if self._chance(0.03):
            title = self._pick((title.upper(), title.lower()))
        return {
            "title": title,
            "artist": artist,
            "album": self._album(song),
            "duration_s": self._duration(song),
            "year": self._year(song, year_known),
        }

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _pick(self, options: Sequence[str]) -> str:
        return self._random.choice(options)

    def _title(self, song: Song) -> tuple[str, list[str]]:
        title, main = song.title, list(song.main)
        if song.subtitle and self._chance(0.6):
            title += f" ({song.subtitle})"
        if self._chance(self._rates.series):
            title = f"{self._pick(texts.SERIES)}: {title}"
        style = self._random.random()
        if song.guests and (style < 0.4 or song.guest_in_title):
            title += self._pick((" (feat. {})", " (ft. {})", " feat. {}", " (with {})")).format(" & ".join(song.guests))
            if self._chance(0.6):
                main += song.guests
        elif song.guests and style < 0.8:
            main += song.guests
        for words, omitted in (
            (song.versions, self._rates.version_omitted),
            (song.edits, self._rates.edit_omitted),
            (song.packaging, self._rates.packaging_omitted),
        ):
            title += "".join(self._tag(text) for text in words if not self._chance(omitted))
        if self._chance(0.04):
            self._random.shuffle(main)
        return title, main

    def _tag(self, text: str) -> str:
        return self._pick((" - {}", " - {}", " ({})", " [{}]", " - {}")).format(text)

    def _misspelt(self, title: str, artist: Any) -> tuple[str, Any]:
        if self._chance(self._rates.typo):
            title = self._typo(title)
        if self._chance(self._rates.typo / 2) and isinstance(artist, str):
            artist = self._typo(artist)
        return title, artist

    def _typo(self, text: str) -> str:
        """One letter dropped, added, replaced or exchanged with the next; digits stay, for they tell songs apart."""
        if len(text) < 5:
            return text
        at, letter = self._random.randrange(1, len(text) - 1), self._pick(string.ascii_lowercase)
        if any(c.isdecimal() for c in text[at : at + 2]):
            return text
        before, here, after, rest = text[:at], text[at], text[at + 1], text[at + 2 :]
        return self._pick(
            (
                before + after + rest,
                before + letter + here + after + rest,
                before + letter + after + rest,
                before + after + here + rest,
            )
        )

    def _as_video(self, title: str, artist: str) -> tuple[str, str | None]:
        title = f"{artist} - {title}" + self._pick(("", " (Official Video)", " [Official Audio]", " (Lyrics)"))
        channels = (None, artist, artist.replace(" ", "") + "VEVO", f"{artist} - Topic")
        return title, self._random.choice(channels)

    def _album(self, song: Song) -> str | None:
        what = self._random.random()
        if what < self._rates.album_unknown:
            return None
        if what < self._rates.album_unknown + 0.10:
            single = (f"{song.title} - Single", song.title)
            return self._pick((*single, "Greatest Hits", f"The Best of {song.main[0]}", "The Collection", "Now Hits"))
        if what < self._rates.album_unknown + 0.16:
            return song.album + self._pick((" (Deluxe Edition)", " (Remastered)", " [Bonus Tracks]", " (Deluxe)"))
        return song.album

    def _duration(self, song: Song) -> float | None:
        if self._chance(self._rates.duration_unknown):
            return None
        seconds, what = song.duration_s + self._random.gauss(0, 0.7), self._random.random()
        if what < 0.06:
            seconds += self._random.choice((-1, 1)) * self._random.uniform(1, 4)
        elif what < 0.075:  # another fade
            seconds += self._random.choice((-1, 1)) * self._random.uniform(4, 15)
        return max(1.0, round(seconds, 1))

    def _year(self, song: Song, known: float | None) -> int | None:
        if self._chance(self._rates.year_unknown if known is None else 1 - known):
            return None
        if not self._chance(self._rates.year_of_reissue):
            return song.year
        return song.year + (self._random.randint(1, 3) if self._chance(0.5) else self._random.randint(4, 40))
