"""Searches of real catalogues are those of comparing with every track. The sets lie beside a checkout."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from musicsync import Catalog, Matcher, Track, read_jsonl
from musicsync.tuning.pairs import read_queries

ALL = os.environ.get("MUSICSYNC_TEST_ALL") == "1"
TRACKS, QUERIES = (1_000_000, 500) if ALL else (12_000, 25)

SETS = {
    "musicbrainz20k": ("musicbrainz20k/catalogue.jsonl", "musicbrainz20k/queries.jsonl"),
    "spotify_catalogue": ("spotify_catalogue/tracks.jsonl", "retrieval/queries.jsonl"),
    "isrc_catalogue": ("isrc_catalogue/tracks.jsonl", "retrieval/queries.jsonl"),
}


def spread(items: list[Track], most: int) -> list[Track]:
    """As many as that, from all over."""
    return items[:: max(1, -(-len(items) // most))]


@pytest.mark.parametrize("name", SETS)
def test_a_search_is_comparing_with_every_track(name: str, shared: Path) -> None:
    catalogue, asked = (shared / "data" / path for path in SETS[name])
    tracks = spread(read_jsonl(catalogue)[0], TRACKS)
    queries = spread([query.track for query in read_queries(asked)], QUERIES) + spread(tracks, 10)
    catalog = Catalog.from_tracks(tracks)
    for profile in ("standard", "classic"):
        rankings = Matcher(profile).matrix_top_k(queries, tracks, k=100)
        for k, cutoff in ((1, 0.0), (10, 0.0), (100, 0.0), (100, 0.85)):
            found = catalog.search_batch(queries, k=k, cutoff=cutoff, profile=profile)
            expected = [[(hit.index, hit.score) for hit in one if hit.score >= cutoff][:k] for one in rankings]
            assert [[(hit.index, hit.score) for hit in hits] for hits in found] == expected, (profile, k, cutoff)
