"""The catalogue's file, read by its specification alone (docs/catalogue-format.md)."""

from __future__ import annotations

import string
import struct
from itertools import accumulate
from pathlib import Path

import pytest

from musicsync import Catalog, Track

DIGITS = string.digits + string.ascii_uppercase
CODE = [string.ascii_uppercase] * 2 + [DIGITS] * 3 + [string.digits] * 7


class Reader:
    """Sections by name."""

    def __init__(self, file: bytes) -> None:
        self.version, self.oldest_reader = struct.unpack_from("<II", file, 8)
        self.bytes: dict[str, bytes] = {}
        for i in range(struct.unpack_from("<I", file, 40)[0]):
            name, offset, items, size = struct.unpack_from("<64sQQI", file, 64 + 96 * i)
            self.bytes[name.rstrip(b"\0").decode()] = file[offset : offset + items * size]

    def numbers(self, name: str, code: str = "I") -> list[int]:
        data = self.bytes[name]
        return list(struct.unpack(f"<{len(data) // struct.calcsize(code)}{code}", data))

    def packed(self, name: str) -> list[int]:
        words = self.numbers(name, "Q")
        count, width = words[0] & 0xFFFFFFFF, words[0] >> 32
        assert len(words) == 2 + -(-count * width // 64)
        all_bits = sum(word << 64 * i for i, word in enumerate(words[1:]))
        numbers = [all_bits >> width * i & (1 << width) - 1 for i in range(count)]
        assert width == max(numbers, default=0).bit_length()
        return numbers

    def starts(self, name: str) -> list[int]:
        begins: list[int] = []
        for first, *sizes in struct.iter_unpack("<I28B", self.bytes[f"{name}.begins"]):
            wide = self.numbers(f"{name}.begins.wide")[first : first + 28]
            begins += wide if sizes[0] == 255 else accumulate(sizes[:-1], initial=first)
        return begins[: self.numbers(f"{name}.count")[0]]

    def parts(self, name: str, of: str) -> list[bytes]:
        begins = self.starts(name)
        return [self.bytes[of][a:b] for a, b in zip(begins, [*begins[1:], len(self.bytes[of])], strict=True)]

    def texts(self, name: str) -> list[str]:
        return [part.decode() for part in self.parts(name, f"{name}.bytes")]

    def packed_lists(self, name: str) -> list[list[int]]:
        begins, items = self.starts(name), self.packed(f"{name}.items")
        return [items[a:b] for a, b in zip(begins, [*begins[1:], len(items)], strict=True)]

    def rising_lists(self, name: str) -> list[list[int]]:
        out = []
        for part in self.parts(name, f"{name}.gaps"):
            numbers = [0]
            shift = 0
            for byte in part:
                numbers[-1] |= (byte & 127) << shift
                shift += 7
                if byte < 128:
                    numbers.append(0)
                    shift = 0
            count, *gaps = numbers[:-1]
            assert len(gaps) == count
            out.append(list(accumulate(gaps)))
        return out


def code_of(number: int) -> str:
    """The ISRC that a number stands for."""
    out = ""
    number -= 1
    for symbols in reversed(CODE if number >= 0 else []):
        number, digit = divmod(number, len(symbols))
        out = symbols[digit] + out
    return out


def track(i: int) -> Track:
    """Of various sizes, with and without each field."""
    return Track(
        id=str(i) * (i % 3),
        title=f"Song {i % 1500}" + " la" * (300 if i % 611 == 0 else i % 11),
        artists=[f"Toto {i % 7}", f"Dúo {i % 50}"][: i % 3],
        album=f"IV {i // 9}" if i % 2 else "",
        isrc=f"USA{DIGITS[i % 36]}Z{1_999_999 - i}" if i % 5 else "",
        duration_ms=100_000 + 7 * i if i % 4 else None,
        release_year=1950 + i % 70 if i % 6 else None,
        explicit=[None, False, True][i % 3],
    )


@pytest.fixture(scope="module")
def tracks() -> list[Track]:
    return [track(i) for i in range(3000)]


@pytest.fixture(scope="module")
def reader(tracks: list[Track], tmp_path_factory: pytest.TempPathFactory) -> Reader:
    path: Path = tmp_path_factory.mktemp("catalogue") / "songs.msc"
    Catalog.from_tracks(tracks).save(path)
    return Reader(path.read_bytes())


def test_tracks_are_what_was_given(tracks: list[Track], reader: Reader) -> None:
    assert (reader.version, reader.oldest_reader) == (3, 3)
    titles, credits, albums = (reader.texts(f"track.{field}") for field in ("titles", "credits", "albums"))
    columns = zip(
        reader.texts("track.ids"),
        [titles[i] for i in reader.packed("track.title_of")],
        [[name for name in credits[i].split("\0") if name] for i in reader.packed("track.credit_of")],
        [albums[i] for i in reader.packed("track.album_of")],
        map(code_of, reader.packed("track.codes")),
        reader.packed("track.durations"),
        reader.packed("track.years"),
        reader.packed("track.explicit"),
        strict=True,
    )
    for given, (*texts, duration, year, explicit) in zip(tracks, columns, strict=True):
        assert texts == [given.id or "", given.title, list(given.artists), given.album or "", given.isrc or ""]
        assert (duration, year) == (given.duration_ms or 0, given.release_year or 0)
        assert [None, False, True][explicit] == given.explicit
    codes = reader.packed("track.codes")
    assert reader.packed("track.by_code") == sorted((i for i in range(3000) if codes[i]), key=codes.__getitem__)
    assert len(reader.bytes["track.titles.begins.wide"]) > 0  # some are long


def test_words_are_those_of_titles(reader: Reader) -> None:
    titles, words = reader.texts("standard.titles"), reader.texts("standard.words")
    of_titles = reader.packed_lists("standard.words.of_titles")
    assert [[words[word] for word in ids] for ids in of_titles] == [title.split(" ") for title in titles]
    title_of = reader.packed("standard.title_of")
    rows_of = reader.rising_lists("standard.words.rows")
    assert len(rows_of) == len(words)
    for word, rows in enumerate(rows_of):
        assert rows == [row for row, title in enumerate(title_of) if word in of_titles[title]][: len(rows)]
        assert len(rows) == sum(word in of_titles[title] for title in title_of)
