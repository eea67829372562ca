"""Invented tracks that are hard to tell apart, and catalogues of them in one piece and in shards."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from musicsync import Catalog, Track
from musicsync.distributed.shards import shard_name

_ANY = {
    "id": st.sampled_from([None, "a", "b", "é", "10", "9"]),
    "title": st.sampled_from(["Africa", "Africa - Live", "Afrika", "Paper Moon", "Paper Moon, Pt. 2", "夜に駆ける"]),
    "artists": st.sampled_from([[], ["Toto"], ["Ann Lee", "Toto"], ["YOASOBI"]]),
    "album": st.sampled_from([None, "Toto IV", "Greatest Hits"]),
    "isrc": st.sampled_from([None, "QZAAA2400001", "QZAAA2400002"]),
    "duration_ms": st.sampled_from([None, 200_000, 201_000, 290_000]),
    "release_year": st.sampled_from([None, 1982, 2001]),
    "explicit": st.sampled_from([None, True, False]),
    "title_reading": st.sampled_from([None, "yoru ni kakeru"]),
}  # fmt: skip

tracks = st.builds(lambda fields: Track.from_mapping(fields), st.fixed_dictionaries(_ANY))


def songs(count: int) -> list[dict[str, Any]]:
    """So many songs, each seventh the one before it on another release, some of them with one ISRC."""
    out: list[dict[str, Any]] = []
    words = ("lake", "moon", "river", "harbour", "paper", "stone", "window")
    for n in range(count):
        if n % 7 == 6:
            out.append(out[-1] | {"id": f"s{n}", "album": "Greatest Hits"})
            continue
        name = f"{words[n % 5]} {words[n % 7]} {words[n // 7 % 6]}"
        isrc = f"QZAAA24{n % 11:05}" if n % 3 else None
        out.append({"id": f"s{n}", "title": f"The {name}", "artist": f"Ann {words[n % 3]}", "album": f"Low {n % 13}",
                    "isrc": isrc, "duration_ms": 180_000 + 1000 * (n % 90)})  # fmt: skip
    return out


def shards(folder: Path, pieces: Sequence[Sequence[Any]]) -> list[Path]:
    """A file for each piece."""
    files = [folder / shard_name(number) for number in range(len(pieces))]
    for file, piece in zip(files, pieces, strict=True):
        Catalog.from_tracks(list(piece)).save(file)
    return files
