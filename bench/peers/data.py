"""The catalogues that the rows read: made by `peers/make_data.sh` of the shared folder, once a machine."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bench.peers.rows import NotThereError

FOLDER = Path(os.environ.get("MUSICSYNC_BENCH_DATA", "/tmp/musicsync-bench"))
MAKE = "../shared/peers/make_data.sh 10000 100000 1000000"

Columns = tuple[list[str], list[str], list[str]]
"""Titles, artists, albums: as many of each."""


@dataclass(frozen=True)
class Data:
    """The files of one folder, read when a row asks for them."""

    folder: Path = FOLDER

    def missing(self) -> str:
        """What to do where the catalogues are not there; "" where they are."""
        absent = [name for name in ("cat_10000.tsv", "cat_100000.tsv", "q_10000.tsv", "q_100000.tsv")
                  if not (self.folder / name).is_file()]  # fmt: skip
        if not absent:
            return ""
        return (
            f"{self.folder}/{absent[0]} is not there. The catalogues are made by `{MAKE}` (it needs g++ and the "
            "project's shared folder, and writes to $MUSICSYNC_BENCH_DATA); another folder: --data"
        )

    @cached_property
    def catalogue(self) -> Columns:
        """100,000 tracks."""
        return _columns(self.folder / "cat_100000.tsv")

    @cached_property
    def million(self) -> Columns:
        """1,000,000 tracks. NotThereError where they were not made."""
        return _columns(self.folder / "cat_1000000.tsv")

    @cached_property
    def queries(self) -> Columns:
        """2,000 of the 100,000 tracks, with typing errors, other versions, and some that are in no catalogue."""
        return _columns(self.folder / "q_100000.tsv")

    @cached_property
    def queries_of_million(self) -> Columns:
        """The same of 1,000,000."""
        return self.queries_of(1_000_000)

    def queries_of(self, tracks: int) -> Columns:
        """The same of so many. NotThereError where they were not made."""
        return _columns(self.folder / f"q_{tracks}.tsv")

    def parts(self, tracks: int, size: int) -> Iterator[Columns]:
        """So many tracks, `size` of them at a time. NotThereError where they were not made."""
        path = self.folder / f"cat_{tracks}.tsv"
        try:
            file = path.open(encoding="utf-8")
        except OSError as error:
            raise NotThereError(
                f"{path} cannot be read: {error.strerror}. `bash {MAKE.split()[0]} {tracks}` makes it"
            ) from None
        with file:
            while rows := [_cells(line) for line in itertools.islice(file, size)]:
                yield _columns_of(rows)

    @cached_property
    def square(self) -> tuple[list[str], list[str]]:
        """The titles of the queries and of the catalogue of 10,000."""
        return _columns(self.folder / "q_10000.tsv")[0], _columns(self.folder / "cat_10000.tsv")[0]

    def lines(self, count: int = 100_000) -> Path:
        """The first tracks as JSON Lines, written once."""
        path = self.folder / f"records_{count}.jsonl"
        if not path.is_file():
            part = path.with_suffix(".part")
            rows = _rows(self.folder / f"cat_{100_000 if count <= 100_000 else 1_000_000}.tsv")[:count]
            with part.open("w", encoding="utf-8") as out:
                for number, (title, artist, album, isrc) in enumerate(rows):
                    track = {
                        "id": str(number), "title": title.title(), "artist": artist.title(), "album": album.title(),
                        "isrc": isrc, "duration_ms": 180_000 + number % 240_000,
                    }  # fmt: skip
                    out.write(json.dumps(track) + "\n")
            part.rename(path)
        return path


def _rows(path: Path) -> list[list[str]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise NotThereError(f"{path} cannot be read: {error.strerror}") from None
    return [_cells(line) for line in lines]


def _cells(line: str) -> list[str]:
    return [text.strip() for text in line.split("\t")]  # the engine trims: give both the same


def _columns(path: Path) -> Columns:
    return _columns_of(_rows(path))


def _columns_of(rows: list[list[str]]) -> Columns:
    return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]
