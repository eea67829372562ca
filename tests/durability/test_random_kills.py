"""200 syncs at once while the API process is killed again and again: each track once, none lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.durability.processes import Api, Emulator, built, settings, songs
from tests.durability.storms import Storm, storm

SYNCS = 200
KILLS = 100
SEED = 20261
AT_ONCE, LATE = ("--apply-delay-ms", "5"), ("--faults", '{"apply_late_ms": 2000}')


async def _storm(
    path: Path, options: tuple[str, ...], *, at_once: int, kills: int = KILLS, pause_s: float = 0.5, aimed: float = 1.0,
    **changes: str,
) -> Storm:  # fmt: skip
    """Few syncs are at work at a time, so that the writes are many and small."""
    bodies = songs(SYNCS, path / "catalogue.jsonl")
    changes |= {"MUSICSYNC_MAX_CONCURRENT_SYNCS": str(at_once), "MUSICSYNC_RECONCILE_MARGIN_S": "0.25"}
    with Emulator(path / "catalogue.jsonl", path / "emulator", options) as emulator:
        api = Api(settings(emulator, path / "data", **changes))
        seen = await storm(api, emulator, bodies, kills=kills, pause_s=pause_s, aimed=aimed, seed=SEED)
    print(f"{' '.join(options)}: {seen}")
    assert len(seen.told) == SYNCS
    assert set(seen.uris) == {f"spotify:track:{one['id']}" for one in bodies}, "a song was lost, or is another"
    return seen


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("options", "timeout_s", "at_once", "pause_s"),
    [(AT_ONCE, "0.5", 6, 0.6), (LATE, "2.2", 12, 0.5)],
    ids=["answered 5 ms after it is applied", "applied up to 2 s late"],
)
async def test_every_sync_ends_and_each_track_is_there_once(
    tmp_path: Path, options: tuple[str, ...], timeout_s: str, at_once: int, pause_s: float
) -> None:
    seen = await _storm(tmp_path, options, at_once=at_once, pause_s=pause_s, MUSICSYNC_SPOTIFY_TIMEOUT_S=timeout_s)
    assert Counter(one["outcome"] for one in seen.told) == {"added": SYNCS}
    assert (seen.lost, seen.twice, len(seen.uris)) == ([], [], SYNCS)
    assert seen.struck >= 6, "too few kills struck a write: the storm proves little"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("source", ["catalogue", "both"])
async def test_the_same_with_candidates_of_the_local_catalogue(tmp_path: Path, source: str) -> None:
    songs(SYNCS, tmp_path / "catalogue.jsonl")
    file = built(tmp_path / "catalogue.jsonl")
    seen = await _storm(
        tmp_path, AT_ONCE, at_once=6, kills=40, MUSICSYNC_SPOTIFY_TIMEOUT_S="0.5", MUSICSYNC_CATALOGUE=str(file),
        MUSICSYNC_SEARCH_SOURCE=source,
    )  # fmt: skip
    assert Counter(one["outcome"] for one in seen.told) == {"added": SYNCS}
    assert {one["progress"]["match_strategy"] for one in seen.told} == {"catalogue"}
    assert (seen.lost, seen.twice, len(seen.uris)) == ([], [], SYNCS)


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("options", "at_once"), [(AT_ONCE, 6), (LATE, 50)], ids=["at once", "late"])
async def test_without_reconciliation_the_same_storm_adds_songs_twice(
    tmp_path: Path, options: tuple[str, ...], at_once: int
) -> None:
    seen = await _storm(tmp_path, options, at_once=at_once, kills=30, aimed=0.5, MUSICSYNC_RECONCILE="false")
    assert seen.twice, "a kill test that finds nothing without the protection proves nothing with it"
