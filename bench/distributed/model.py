"""The cost of building and joining catalogues in shards, out of what one core takes for one shard.

>>> one = Constants(1e-5, 300, {1_000_000: 0.04, 2_000_000: 0.07}, sent_bytes=2000, decide_s=0.001)
>>> round(one.search(4_000_000), 4)  # as it grew from one million to two
0.1225
>>> join = one.join(tracks=8_000_000, queries=1000, shard=2_000_000)
>>> round(join.core_seconds)                # 4 shards × 1000 queries × 0.07 s, and deciding
281
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """Of a run: seconds of one core, and bytes over the network."""

    core_seconds: float
    sent_bytes: float

    def hours(self, cores: int) -> float:
        """On so many cores that always have work."""
        return self.core_seconds / cores / 3600


@dataclass(frozen=True, slots=True)
class Constants:
    """Of one core: seconds to build a track's place in a catalogue, to search a query in a shard of so many tracks (two
    sizes), to decide one; bytes of a track in a file, and of what a shard sends for a query."""

    build_s: float
    bytes_a_track: float
    search_s: dict[int, float]
    sent_bytes: float
    decide_s: float

    @property
    def growth(self) -> float:
        """The exponent with which a search grows with its shard: 1 is in proportion."""
        (small, t_small), (large, t_large) = sorted(self.search_s.items())
        return math.log(t_large / t_small) / math.log(large / small)

    def search(self, shard: int) -> float:
        """Seconds of a query in a shard of so many tracks. Beyond the sizes that were measured it is a guess."""
        known = min(self.search_s, key=lambda size: abs(math.log(size / shard)))
        return self.search_s[known] * (shard / known) ** self.growth

    def build(self, tracks: int) -> Cost:
        """Sources to shards: each worker reads its own part."""
        return Cost(tracks * self.build_s, tracks * self.bytes_a_track)

    def join(self, tracks: int, queries: int, shard: int) -> Cost:
        """Every query goes to every shard, and what each shard sends is decided once."""
        shards = math.ceil(tracks / shard)
        return Cost(
            queries * (shards * self.search(shard) + self.decide_s), queries * shards * self.sent_bytes
        )  # fmt: skip
