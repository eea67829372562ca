"""A deterministic generator of plausible tracks, to surround the demo catalogue with any number of others.

Artists release albums, singles, live albums, remasters and compilations, so that the tracks come in version
families as a real catalogue's do: a compilation repeats a recording under its own ISRC, a live album performs
earlier songs again. Names are invented; some artists are far more productive than others. The same
seed gives the same tracks on every machine, and fewer tracks are a prefix of more.

    python -m musicsync.emulator.generate --base datasets/demo/recordings.jsonl --count 20000 --seed 1 --out all.jsonl
"""

import argparse
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from musicsync.discography import Discography

_BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_PAIRS = tuple(a + b for a in _BASE_62 for b in _BASE_62)


def _track_id(seed: int, index: int) -> str:
    """22 base-62 digits, the first 4 to 6: the demo catalogue's ids begin with 0 to 3."""
    digest = hashlib.blake2b(b"%d:%d" % (seed, index), digest_size=16).digest()
    number = int.from_bytes(digest, "big")
    number, digit = divmod(number, 62)
    number, first = divmod(number, 3)
    parts = ["456"[first], _BASE_62[digit]]
    for _ in range(10):
        number, pair = divmod(number, 3844)
        parts.append(_PAIRS[pair])
    return "".join(parts)


def generate_tracks(n: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """The first `n` tracks of the endless catalogue named by `seed`.

    Each has the keys of a line of the demo catalogue without `family`, and `track_number` (from 1); durations in
    seconds, years 1955 to 2026, artists with the main one first, ISRCs under the unassigned prefix XX (the same one
    where the same recording is released again). Raises ValueError for a negative `n`.
    """
    if n < 0:
        raise ValueError(f"the number of tracks must not be negative: {n}")
    return islice(_tracks(seed), n)


def _tracks(seed: int) -> Iterator[dict[str, Any]]:
    index = 0
    for artist, release in Discography(seed).releases():
        for number, song in enumerate(release.songs, start=1):
            artists = [artist.name, *song.guests]
            yield {
                "id": _track_id(seed, index),
                "title": song.title,
                "artist": ", ".join(artists),
                "artists": artists,
                "album": release.name,
                "album_type": release.album_type,
                "duration_s": song.seconds,
                "year": release.year,
                "explicit": song.explicit,
                "isrc": song.isrc,
                "kind": song.kind,
                "track_number": number,
            }
            index += 1


def _base_lines(base_file: Path) -> Iterator[tuple[str, str]]:
    """(id, line) of each track of the base file. ValueError names file:line."""
    with base_file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                track = json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"{base_file}:{number}: not JSON: {error}") from error
            if not isinstance(track, dict) or not isinstance(track.get("id"), str):
                raise ValueError(f"{base_file}:{number}: not a track with an id")
            yield track["id"], line.rstrip("\n")


def write_catalogue(path: Path, base_file: Path | None, n: int, seed: int = 1) -> int:
    """Write the tracks of `base_file` and then `n` generated ones to `path`, as JSON Lines; the number of tracks.

    The base file's lines are kept as they are. `path` appears complete or not at all. Raises ValueError for a base
    line that is no track or has the id of another, and OSError where a file cannot be read or written.
    """
    generated = generate_tracks(n, seed)
    seen: set[str] = set()
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as out:
        try:
            for identity, line in _base_lines(base_file) if base_file else ():
                if identity in seen:
                    raise ValueError(f"{base_file}: the id {identity} is there twice")
                seen.add(identity)
                out.write(line + "\n")
            for track in generated:
                if track["id"] in seen:
                    raise ValueError(
                        f"{base_file}: the id {track['id']} is that of a generated track; take another seed"
                    )
                out.write(json.dumps(track, ensure_ascii=False) + "\n")
            out.flush()
            os.fsync(out.fileno())
            os.replace(out.name, path)
        except BaseException:
            os.unlink(out.name)
            raise
    return len(seen) + n


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit status: 0, or 2 with a message for bad input."""
    parser = argparse.ArgumentParser(prog="python -m musicsync.emulator.generate", description="Write a catalogue.")
    parser.add_argument("--base", type=Path, help="a catalogue whose tracks come first (JSON Lines)")
    parser.add_argument("--count", type=int, required=True, help="how many tracks to generate")
    parser.add_argument("--seed", type=int, default=1, help="which catalogue; the same seed, the same tracks")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    options = parser.parse_args(arguments)
    try:
        total = write_catalogue(options.out, options.base, options.count, options.seed)
    except (OSError, ValueError) as error:
        print(f"generate: {error}", file=sys.stderr)
        return 2
    print(f"{options.out}: {total} tracks")
    return 0


if __name__ == "__main__":
    sys.exit(main())
