"""Labelled pairs that nobody has to collect: two catalogues' views of one recording, of two versions, of two songs.

    >>> pairs = Synthesis(invented_songs(500, seed=1), seed=1).pairs(10_000)
    >>> pairs[0]["label"], pairs[0]["left"]["title"], pairs[0]["right"]["title"]

The rates are beliefs about how catalogues write: how often a guest is left out, a radio edit is not named, a live
version lasts as long as the studio's. They were set by knowledge of the field and chosen on validation pairs
(docs/model-card.md).
Deterministic for a seed. Needs nothing but the engine.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from musicsync import _core
from musicsync.tuning import version_texts as texts
from musicsync.tuning.views import Rates, Song, View

Pair = dict[str, Any]
"""`left` and `right` as `Track.from_mapping` takes them, and `label`: same, version or different."""


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares of the three labels."""

    same: float = 0.45
    version: float = 0.22
    different: float = 0.33


class Synthesis:
    """Pairs out of songs. `songs` are mappings with title and artist, and album, duration_s and year where known."""

    def __init__(self, songs: Sequence[Mapping[str, Any]], seed: int, rates: Rates | None = None) -> None:
        self._random = random.Random(seed)
        self._rates = rates or Rates()
        self._songs = [song for song in songs if _usable(song)]
        if len(self._songs) < 20:
            raise ValueError(f"{len(self._songs)} songs with a plain title and an artist are too few: at least 20")
        self._names = [str(song["artist"]) for song in self._songs]
        words = (word for song in self._songs for word in str(song["title"]).split())
        self._words = [word for word in words if word.isalpha() and len(word) > 2] or ["Blue", "Night", "River"]
        self._view = View(self._random, self._rates, self._names)
        self._tidy = View(self._random, self._rates.without_omissions(), self._names)

    def pairs(self, count: int, mix: Mix = Mix()) -> list[Pair]:
        """`count` labelled pairs."""
        makers = self._random.choices(
            (self._same, self._version, self._different), (mix.same, mix.version, mix.different), k=count
        )
        return [make() for make in makers]

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _song(self) -> Song:
        """A song with what it is called on its release."""
        known = self._random.choice(self._songs)
        main, guests = [str(known["artist"])], []
        if self._chance(0.25):
            guests = [self._random.choice(self._names) for _ in range(self._random.choice((1, 1, 1, 2)))]
        if self._chance(0.12):
            main.append(self._random.choice(self._names))
        song = Song(
            title=str(known["title"]), main=main, guests=guests, album=str(known.get("album") or known["title"]),
            duration_s=float(known.get("duration_s") or self._duration()),
            year=int(known.get("year") or self._random.randint(1965, 2023)),
        )  # fmt: skip
        return replace(
            song,
            versions=[self._version_text()] if self._chance(0.10) else [],
            edits=[self._fill(self._random.choice(texts.EDITS))] if self._chance(0.14) else [],
            packaging=[self._fill(self._random.choice(texts.PACKAGING))] if self._chance(0.20) else [],
            subtitle=self._random.choice(texts.SUBTITLES) if self._chance(0.06) else "",
        )

    def _duration(self) -> float:
        return max(60.0, self._random.lognormvariate(math.log(220), 0.28))

    def _other_duration(self, song: Song) -> float:
        """Of another track by the same people: series of loops, meditations and sketches are cut to one length."""
        return song.duration_s if self._chance(0.04) else self._duration()

    def _kind(self) -> texts.Version:
        kinds = list(texts.VERSIONS.values())
        return self._random.choices(kinds, [kind.weight for kind in kinds])[0]

    def _version_text(self, kind: texts.Version | None = None) -> str:
        return self._fill(self._random.choice((kind or self._kind()).texts))

    def _fill(self, text: str) -> str:
        return text.format(
            venue=self._random.choice(texts.VENUES), city=self._random.choice(texts.CITIES),
            year=self._random.randint(1965, 2022), name=self._random.choice(self._names),
            round=self._random.choice((10, 20, 25, 30, 40, 50)),
        )  # fmt: skip

    def _same(self) -> Pair:
        song = self._song()
        left, right = self._view.of(song), self._view.of(song)
        if self._chance(self._rates.renamed):
            right["artist"] = self._random.choice(self._names)
        return {"left": left, "right": right, "label": "same"}

    def _version(self) -> Pair:
        """The song and another version of it, each as its catalogue names it."""
        song = replace(self._song(), versions=[])
        other, equal_length, years = self._other_version(song)
        gap = self._random.choice((-1, 1)) * self._gap(equal_length)
        album = other.album
        if self._chance(0.7):
            album = self._random.choice(
                (f"{song.album} (Remixes)", f"Live at {self._random.choice(texts.VENUES)}", song.title, self._album())
            )
        other = replace(other, duration_s=max(30.0, song.duration_s + gap), album=album)
        return self._shuffled(self._tidy.of(song, years), self._tidy.of(other, years), "version")

    def _other_version(self, song: Song) -> tuple[Song, float, float | None]:
        """Changes `song` where the two need something to tell them apart; how often their lengths are equal; how often
        the year is known (None: as usual)."""
        what = self._random.random()
        if what < 0.66:
            kind = self._kind()
            return replace(song, versions=[self._version_text(kind)]), kind.equal_length, None
        if what < 0.74:
            song.edits.clear()
            return replace(song, edits=[self._fill(self._random.choice(texts.EDITS))]), 0.25, None
        if what < 0.89:  # two remixes, two concerts
            kind = texts.VERSIONS[self._random.choice(("remix", "live", "remix"))]
            named = [text for text in kind.texts if "{" in text]
            song.versions.append(self._fill(self._random.choice(named)))
            return replace(song, versions=[self._fill(self._random.choice(named))]), 0.05, None
        if what < 0.96:  # with another guest
            song.guests.clear()
            return replace(song, guests=[self._random.choice(self._names)], guest_in_title=True), 0.35, None
        return replace(song, year=song.year + self._random.randint(5, 40)), 0.0, 0.8  # recorded again, nobody says so

    def _gap(self, equal_length: float) -> float:
        """Seconds between two versions."""
        if self._chance(equal_length):
            return self._random.uniform(0, 1.5)
        return math.exp(self._random.uniform(math.log(1.5), math.log(180)))

    def _different(self) -> Pair:
        what, song = self._random.random(), self._song()
        if what < 0.38:
            song, other = self._near(song)
        elif what < 0.70:
            song, other = self._namesake(song)
        elif what < 0.74:
            other = replace(
                song, main=[self._random.choice(texts.IMITATORS)], guests=[],
                duration_s=song.duration_s + self._gap(0.4),
            )  # fmt: skip
        elif what < 0.90:
            other = replace(self._song(), main=song.main, year=song.year, duration_s=self._other_duration(song))
            if self._chance(0.6):
                other = replace(other, album=song.album)
        else:
            other = self._song()
        if set(song.main) & set(other.main) and _told(song.title) == _told(other.title):
            other = replace(other, title=f"{other.title} {self._random.choice(self._words)}")
        return self._shuffled(self._tidy.of(song), self._tidy.of(other), "different")

    def _namesake(self, song: Song) -> tuple[Song, Song]:
        """Another artist's song of one title; the shorter a title, the more songs have it."""
        while self._chance(1 - math.exp(-(len(song.title) - 3) / 9)):
            song = self._song()
        other = Song(
            title=song.title, main=[self._random.choice(self._names)], guests=[], duration_s=self._duration(),
            album=self._random.choice((song.title, self._album())), year=self._random.randint(1965, 2023),
        )  # fmt: skip
        return song, other

    def _near(self, song: Song) -> tuple[Song, Song]:
        """The same artist's song of a title much like it."""
        album = song.album if self._chance(0.5) else self._album()
        other = replace(song, duration_s=self._other_duration(song), album=album)
        if self._chance(0.1):
            series = f"{song.title} {self._random.choice(('Pt.', 'Vol.', 'No.', 'Part', 'Chapter'))}"
            first, second = self._random.sample(range(1, 12), 2)
            return replace(song, title=f"{series} {first}"), replace(other, title=f"{series} {second}")
        return song, replace(other, title=self._near_title(song.title))

    def _near_title(self, title: str) -> str:
        words, what, pick = title.split(), self._random.random(), self._random.choice
        if any(c.isdecimal() for c in title) and self._chance(0.7):
            return "".join(pick("0123456789") if c.isdecimal() else c for c in title)
        if what < 0.08:  # Felicità, Felicidad
            longest = max(range(len(words)), key=lambda i: len(words[i]))
            kept = max(2, len(words[longest]) - self._random.randint(1, 3))
            words[longest] = words[longest][:kept] + pick(
                ("a", "ado", "ion", "er", "ing", "us", "o", "ity", "en", "ia")
            )
            return " ".join(words)
        if what < 0.38 and len(words) > 1:
            words[self._random.randrange(len(words))] = pick(self._words)
            return " ".join(words)
        if what < 0.52:
            return f"{title} {pick(('2', '3', 'II', 'III', 'Pt. 2', 'Pt. 3', '(Part 2)'))}"
        if what < 0.60:
            return f"{title} {pick(('Pt.', 'Vol.', 'No.', '#'))} {self._random.randint(1, 11)}"
        if what < 0.72:
            return f"{pick(('New', 'Another', 'No', 'Little', 'The Last', 'Dear'))} {title}"
        if what < 0.78:
            return f"{title} ({pick(self._words)})"
        if what < 0.92 or len(words) == 1:
            return f"{title} {pick(self._words)}"
        return " ".join(words[:-1])

    def _album(self) -> str:
        return str(self._random.choice(self._songs).get("album") or "Untitled")

    def _shuffled(self, left: Pair, right: Pair, label: str) -> Pair:
        if self._chance(0.5):
            left, right = right, left
        return {"left": left, "right": right, "label": label}


def _usable(song: Mapping[str, Any]) -> bool:
    """A title without brackets, versions and guests: what a pair adds must be all there is."""
    title, artist = str(song.get("title") or ""), str(song.get("artist") or "")
    if not 2 <= len(title) <= 60 or not 1 <= len(artist) < 60 or "(" in title or " - " in title:
        return False
    parts = _core.parse_title(title)
    return not parts.versions and not parts.featured


def _told(title: str) -> tuple[str, int | None]:
    parts = _core.parse_title(title)
    return parts.base, parts.part
