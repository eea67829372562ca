"""A catalogue of shards on a Ray cluster, which answers as one catalogue of all their tracks would."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from musicsync import _core
from musicsync.distributed import extra
from musicsync.distributed.batches import batch_of, tracks_of
from musicsync.distributed.decisions import Rule, ShardDecision, candidates, decisions
from musicsync.distributed.shards import Shards

if TYPE_CHECKING:
    from numpy import uint32
    from numpy.typing import NDArray

Progress: TypeAlias = Callable[[int, int], object] | None

_AHEAD = 4  # blocks of queries that are under way: while one is merged, each shard has the next
_FOR_EACH_DECIDER = 16  # workers: deciding takes that much less time than searching a shard of a million tracks


class WorkerFailed(Exception):
    """A worker that cannot do its work, however often it is started: its machine does not see a shard, for example."""


class Searcher:
    """What runs as an actor: shards that are opened once, in a process of their own."""

    def __init__(self, shards: Sequence[tuple[int, str]], threads: int) -> None:
        self._shards = [(start, _core.Catalog.open(file, mapped=True)) for start, file in shards]
        self._threads = threads

    def candidates(self, queries: Any, rule: Rule) -> Any:
        """Record batch in, record batch out."""
        return candidates(self._shards, queries, rule, self._threads)

    def pid(self) -> int:
        """Of this process."""
        return os.getpid()


class Decider:
    """What runs as an actor beside the workers: an actor, for a task would begin a process now and then."""

    def decisions(self, queries: Any, rule: Rule, *sent: Any) -> list[ShardDecision]:
        """Among what all workers sent of a block of queries."""
        return decisions(queries, rule, sent)

    def pid(self) -> int:
        """Of this process."""
        return os.getpid()


class ShardedCatalogue(Shards):
    """`Catalog.join` and `duplicates` over shards, and their tracks by position.

    Each worker is an actor with `threads` CPUs that opens its shards once; there are as many as the cluster has CPUs
    for, and at most one for each shard. Every machine has to see the files under the same paths. A worker that dies is
    started again, and what it was asked is asked again; `musicsync.bulk` keeps what is done over a death of the caller.
    Without a cluster (`ray.init`, or the address in `RAY_ADDRESS`) one is started on this machine.
    """

    def __init__(
        self, files: Sequence[Path], *, threads: int = 1, workers: int | None = None, block: int = 64
    ) -> None:  # fmt: skip
        super().__init__(files)
        self._ray = extra.ray()
        self._block = block
        cpus = int(self._ray.cluster_resources().get("CPU", 1))
        count = max(1, min(len(files), workers or cpus // threads))
        of_each = [list(zip(self.starts, map(str, files), strict=False))[first::count] for first in range(count)]
        again = {"max_restarts": -1, "max_task_retries": -1}
        searcher = self._ray.remote(num_cpus=threads, **again)(Searcher)
        decider = self._ray.remote(num_cpus=0, **again)(Decider)  # little work, and all CPUs are the workers'
        self._workers = [searcher.remote(some, threads) for some in of_each]
        self._deciders = [decider.remote() for _ in range(0, count, _FOR_EACH_DECIDER)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the workers' CPUs back."""
        for actor in self._workers + self._deciders:
            self._ray.kill(actor)
        self._workers, self._deciders = [], []

    def processes(self) -> list[int]:
        """The workers' processes and then those that decide, for whoever watches them."""
        found: list[int] = self._ray.get([actor.pid.remote() for actor in self._workers + self._deciders])
        return found

    def join(
        self, queries: Any, *, limit: int | None = 20, cutoff: float = 0.5, accept: float | None = None,
        profile: _core.Profile | str = "standard", threads: int | None = None, progress: Progress = None,
    ) -> list[ShardDecision]:  # fmt: skip
        """What `Catalog.join` gives, with positions over all shards. `threads` are those of the workers, not these.

        Raises `WorkerFailed`, and what `progress` raises.
        """
        tracks = _tracks(queries)
        rule = Rule(profile, len(self) if limit is None else limit, cutoff, accept)
        out: list[ShardDecision] = []
        for block in self._blocks(tracks, rule):
            out += block
            if progress is not None:
                progress(len(out), len(tracks))
        return out

    def duplicates(
        self, first: int = 0, last: int | None = None, *, limit: int | None = 20, cutoff: float = 0.8,
        profile: _core.Profile | str = "standard", threads: int | None = None, progress: Progress = None,
    ) -> NDArray[uint32]:  # fmt: skip
        """What `Catalog.duplicates` gives, pairs across shards included."""
        import numpy

        used = _core.Profile(profile) if isinstance(profile, str) else profile
        end = len(self) if last is None else min(last, len(self))
        queries = [self[position] for position in range(first, end)]
        decided = self.join(queries, limit=limit, cutoff=cutoff, profile=used, progress=progress)
        pairs = [
            (position, other)
            for position, decision in enumerate(decided, first)
            for other in sorted(
                one.index
                for one in decision.candidates
                if not one.vetoes and used.accepts(one.score if one.probability is None else one.probability)
            )
            if other > position
        ]
        return numpy.array(pairs, numpy.uint32).reshape(-1, 2)

    def _blocks(self, tracks: list[_core.Track], rule: Rule) -> Iterator[list[ShardDecision]]:
        """The decisions of a block of queries, in their order; some blocks are under way while one is waited for.

        Those of a caller who stops are finished for nobody: an actor waits half a minute for a call that is cancelled.
        """
        shared = self._ray.put(rule)
        waiting: deque[Any] = deque()
        for number, first in enumerate(range(0, len(tracks), self._block)):
            queries = self._ray.put(batch_of(tracks[first : first + self._block]))
            sent = [worker.candidates.remote(queries, shared) for worker in self._workers]
            decider = self._deciders[number % len(self._deciders)]
            waiting.append(decider.decisions.remote(queries, shared, *sent))
            if len(waiting) == _AHEAD:
                yield self._received(waiting.popleft())
        while waiting:
            yield self._received(waiting.popleft())

    def _received(self, block: Any) -> list[ShardDecision]:
        try:
            decided: list[ShardDecision] = self._ray.get(block)
        except self._ray.exceptions.RayError as error:
            raise WorkerFailed(str(error).strip().splitlines()[-1]) from error
        return decided


def _tracks(queries: Any) -> list[_core.Track]:
    """Of tracks, mappings, or anything that gives Arrow."""
    if hasattr(queries, "__arrow_c_stream__"):
        return tracks_of(extra.pyarrow().table(queries))
    return [one if isinstance(one, _core.Track) else _core.Track.from_mapping(one) for one in queries]


def join(files: Sequence[Path], queries: Any, *, threads: int = 1, **options: Any) -> list[ShardDecision]:
    """What `Catalog.join` of the shards' tracks in one catalogue gives; `options` are those of the method."""
    with ShardedCatalogue(files, threads=threads) as catalogue:
        return catalogue.join(queries, **options)


def deduplicate(files: Sequence[Path], *, threads: int = 1, **options: Any) -> NDArray[uint32]:
    """What `Catalog.deduplicate` gives: for each track the position of the first one of its recording."""
    with ShardedCatalogue(files, threads=threads) as catalogue:
        return _core.groups(len(catalogue), catalogue.duplicates(**options))
