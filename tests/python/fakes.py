"""The outside world in memory, for tests: one door to the fakes."""

from __future__ import annotations

from musicsync.catalogue import Catalogue
from musicsync.playlist import PlaylistEditor
from musicsync.ports import Clock, Engine, IntentLog, Store
from musicsync.steps import Steps
from tests.python.fake_catalogue import FakeCatalogue
from tests.python.fake_clock import VirtualClock, no_jitter
from tests.python.fake_engine import FakeEngine, fake_track
from tests.python.fake_spotify import PLAYLIST_ID, FakeSpotify
from tests.python.fake_store import MemoryIntents, MemoryStore

__all__ = [
    "PLAYLIST_ID",
    "FakeCatalogue",
    "FakeEngine",
    "FakeSpotify",
    "MemoryIntents",
    "MemoryStore",
    "VirtualClock",
    "fake_track",
    "no_jitter",
    "steps_over",
]


def steps_over(
    spotify: FakeSpotify, clock: Clock, *, intents: IntentLog | None = None, store: Store | None = None,
    engine: Engine | None = None, reconcile: bool = True, margin_s: float = 0.5, late_look_s: float = 60.0,
    local: Catalogue | None = None,
) -> Steps:  # fmt: skip
    """The real steps and the real editor over the fakes."""
    engine = engine or FakeEngine()
    editor = PlaylistEditor(
        spotify,
        engine,
        intents or MemoryIntents(),
        clock,
        margin_s=margin_s,
        late_look_s=late_look_s,
        reconcile=reconcile,
    )
    return Steps(spotify, engine, store or MemoryStore(), editor, clock, no_jitter, local)
