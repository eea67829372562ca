"""What shards send, merged, is what one process has: the same candidates in the same order, and so one decision."""

from __future__ import annotations

import itertools
import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musicsync import Catalog, Profile, Track

from .worlds import tracks

pytest.importorskip("pyarrow", reason="needs musicsync-engine[ray]")

from musicsync.distributed.batches import batch_of, tracks_of
from musicsync.distributed.decisions import Hit, Rule, candidates, chosen, decisions


@settings(deadline=None)
@given(st.lists(tracks, max_size=5))
def test_tracks_come_out_of_arrow_as_they_went_in(some: list[Track]) -> None:
    out = tracks_of(batch_of(some))
    assert out == some
    assert [track.title_reading for track in out] == [track.title_reading for track in some]


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.lists(tracks, max_size=9), min_size=1, max_size=4),
    st.lists(tracks, min_size=1, max_size=3),
    st.integers(1, 4),
    st.sampled_from([0.0, 0.5, 0.9, 1.0]),
    st.sampled_from([None, 0.3]),
    st.sampled_from(["standard", "classic"]),
    st.integers(1, 3),
)
def test_shards_decide_as_one_catalogue(
    pieces: list[list[Track]], queries: list[Track], limit: int, cutoff: float, accept: float | None, profile: str,
    workers: int,
) -> None:  # fmt: skip
    rule = Rule(Profile(profile), limit, cutoff, accept)
    starts = itertools.accumulate((len(piece) for piece in pieces), initial=0)
    catalogues = [(start, Catalog.from_tracks(piece)) for start, piece in zip(starts, pieces, strict=False)]
    batch = batch_of(queries)
    sent = [candidates(catalogues[n::workers], batch, rule, 1) for n in range(workers)]
    whole = Catalog.from_tracks([track for piece in pieces for track in piece])
    wanted = whole.join(queries, limit=limit, cutoff=cutoff, accept=accept, profile=profile)
    assert [asdict(one) for one in decisions(batch, rule, sent)] == [one.to_dict() for one in wanted]


def test_a_candidate_is_best_by_score_then_id_then_position_or_carries_the_code() -> None:
    hits = [
        Hit(0.9, "b", 7, False), Hit(0.9, "a", 9, True), Hit(0.9, "a", 8, False), Hit(0.4, "", 6, True),
        Hit(0.7, "", 5, True), Hit(0.2, "", 4, False), Hit(0.3, "", 3, True),
    ]  # fmt: skip
    assert [hit.position for hit in chosen(hits, Rule("standard", 2, 0.5))] == [8, 9, 3, 5]
    assert [hit.position for hit in chosen(hits, Rule("standard", 9, 0.5))] == [8, 9, 7, 5, 3, 6]
    assert chosen([], Rule("standard", 2, 0.5)) == []


def test_shards_of_real_songs_decide_as_one_catalogue(shared: Path) -> None:
    lines = (shared / "data" / "spotify_catalogue" / "tracks.jsonl").read_text(encoding="utf-8").splitlines()
    songs = [Track.from_mapping(json.loads(line)) for line in lines[:9000]]
    asked = (shared / "data" / "retrieval" / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    queries = [Track.from_mapping(json.loads(line)["query"]) for line in asked[::20]] + songs[::90]
    pieces = [songs[:2100], songs[2100:2200], songs[2200:5000], songs[5000:]]
    starts = itertools.accumulate((len(piece) for piece in pieces), initial=0)
    catalogues = [(start, Catalog.from_tracks(piece)) for start, piece in zip(starts, pieces, strict=False)]
    whole = Catalog.from_tracks(songs)
    batch = batch_of(queries)
    for profile in ("standard", "classic"):
        rule = Rule(profile, 5, 0.5)
        sent = [candidates(catalogues[n::2], batch, rule, None) for n in range(2)]
        wanted = whole.join(queries, limit=5, cutoff=0.5, profile=profile)
        assert [asdict(one) for one in decisions(batch, rule, sent)] == [one.to_dict() for one in wanted]
