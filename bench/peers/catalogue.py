"""P11: what a catalogue of a million tracks costs: building, opening, memory."""

from __future__ import annotations

import tempfile
import time
from functools import cache
from pathlib import Path

from bench.peers.data import Data
from bench.peers.rows import Row, Samples, require

from musicsync import Catalog, CatalogBuilder

TRACKS = 1_000_000
TIMES = 3


@cache
def built(data: Data) -> tuple[tuple[float, ...], tuple[float, ...], float]:
    """Seconds to read and build, milliseconds to open, and bytes a track that are no text."""
    lines = data.lines(TRACKS)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "songs.msc"
        builds, opens = [], []
        for _ in range(TIMES):
            started = time.perf_counter()
            builder = CatalogBuilder()
            rejected = builder.add_jsonl(lines)
            catalogue = builder.build()
            builds.append(time.perf_counter() - started)
            require((len(catalogue), rejected) == (TRACKS, []), "tracks are missing")
        catalogue.save(file)
        for _ in range(5 * TIMES):
            started = time.perf_counter()
            require(len(Catalog.open(file, mapped=True)) == TRACKS, "tracks are missing")
            opens.append(1e3 * (time.perf_counter() - started))
        sections = Catalog.info(file)["sections"]
    texts = sum(size for name, size in sections.items() if name.endswith(".bytes"))
    return tuple(builds), tuple(opens), (sum(sections.values()) - texts) / TRACKS


ROWS = [
    Row("P11-build", "1M tracks of JSON Lines, all cores", "–", lambda data: Samples(built(data)[0]), "s", 4, 1.5,
        limit=True),
    Row("P11-open", "the same, opened (mapped)", "–", lambda data: Samples(built(data)[1]), "ms", 500, 50, limit=True),
    Row("P11-memory", "the same, bytes beside its texts", "–", lambda data: Samples((built(data)[2],)), "B a track",
        120, 80, limit=True),
]  # fmt: skip
