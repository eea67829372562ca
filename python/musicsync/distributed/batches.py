"""Tracks and decisions as Arrow record batches; a join as a function of batches, for whatever moves batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from musicsync import _core
from musicsync.bulk.join import COLUMNS, decided_fields, found_fields
from musicsync.bulk.tables import arrow_schema
from musicsync.distributed.extra import pyarrow

_TEXTS = ("id", "title", "album", "isrc", "title_reading", "artist_reading")


def track_schema() -> Any:
    """The columns of tracks."""
    arrow = pyarrow()
    texts = [(name, arrow.string()) for name in _TEXTS]
    others = [("artists", arrow.list_(arrow.string())), ("duration_ms", arrow.int64()),
              ("release_year", arrow.int32()), ("explicit", arrow.bool_())]  # fmt: skip
    return arrow.schema(texts + others)


def fields_of(track: _core.Track) -> dict[str, Any]:
    """All that a track says, by the names of `track_schema`."""
    return track.to_dict() | {"title_reading": track.title_reading, "artist_reading": track.artist_reading}


def batch_of(tracks: Iterable[_core.Track]) -> Any:
    """A record batch of tracks."""
    return pyarrow().RecordBatch.from_pylist([fields_of(track) for track in tracks], track_schema())


def tracks_of(batch: Any) -> list[_core.Track]:
    """The tracks of a record batch or table."""
    return [_core.Track.from_mapping(row) for row in batch.to_pylist()]


class JoinBatches:
    """Decides for the rows of record batches which track of a catalogue each one is. The catalogue is opened once.

    For a catalogue that each process can open (its pages are shared on a machine): Ray Data's `map_batches`, Spark's
    `mapInArrow`, a loop over Parquet. Batches have columns as tracks have them elsewhere; the table that comes out has
    those of `musicsync catalogue join`, but for `row`.
    """

    def __init__(
        self, file: str | Path, *, profile: _core.Profile | str = "standard", limit: int = 20, cutoff: float = 0.5,
        accept: float | None = None, threads: int | None = 1,
    ) -> None:  # fmt: skip
        self._catalogue = _core.Catalog.open(file, mapped=True)
        self._options: dict[str, Any] = {
            "profile": profile, "limit": limit, "cutoff": cutoff, "accept": accept, "threads": threads,
        }  # fmt: skip

    def __call__(self, batch: Any) -> Any:
        """A record batch or table to the table of its decisions. Raises `EngineError` for a row that is no track."""
        queries = tracks_of(batch)
        rows = map(self._row, queries, self._catalogue.join(queries, **self._options))
        return pyarrow().Table.from_pylist(list(rows), self.schema())

    def all(self, batches: Iterable[Any]) -> Iterator[Any]:
        """The same for many, one after the other; record batches come out."""
        for batch in batches:
            yield from self(batch).to_batches()

    @staticmethod
    def schema() -> Any:
        """The columns of the table."""
        return arrow_schema({name: kind for name, kind in COLUMNS.items() if name != "row"})

    def _row(self, query: _core.Track, decision: _core.Decision) -> dict[str, Any]:
        return decided_fields(query, decision) | found_fields(self._catalogue, decision.best)
