"""Catalogues of many files on many machines: built, joined and deduplicated by Ray, with the results of one process.

A catalogue is here a folder of shards, and a position counts over all of them in order. `ShardedCatalogue` answers as
`Catalog` does, so `musicsync.bulk` writes the same tables with it. Needs the extra `[ray]`; `JoinBatches` needs pyarrow
alone, for Spark. docs/distributed.md
"""

from __future__ import annotations

from musicsync.distributed.batches import JoinBatches
from musicsync.distributed.build import Build, build
from musicsync.distributed.catalogue import ShardedCatalogue, WorkerFailed, deduplicate, join
from musicsync.distributed.decisions import ShardDecision, ShardJudged
from musicsync.distributed.shards import BrokenShards, Shards, shard_files

__all__ = [
    "BrokenShards",
    "Build",
    "JoinBatches",
    "ShardDecision",
    "ShardJudged",
    "ShardedCatalogue",
    "Shards",
    "WorkerFailed",
    "build",
    "deduplicate",
    "join",
    "shard_files",
]
