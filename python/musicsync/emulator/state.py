"""Everything that a running emulator holds, put together once."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from musicsync.emulator.accounts import Accounts
from musicsync.emulator.catalogue import Catalogue
from musicsync.emulator.faults import Faults
from musicsync.emulator.file_catalogue import FileCatalogue, FileSearch
from musicsync.emulator.ids import made_id
from musicsync.emulator.knobs import Knobs
from musicsync.emulator.playlists import Playlists
from musicsync.emulator.search import Search
from musicsync.emulator.shapes import Shapes
from musicsync.emulator.store import Store

USER = "emulator"
PROFILES = ("dev2026", "extended")


@dataclass(frozen=True, slots=True)
class Options:
    """How an emulator is started. `apply_delay_ms`: a write takes effect at once and is answered so much later."""

    data: Path
    profile: str = "dev2026"
    seed: int = 0
    apply_delay_ms: float = 0.0
    knobs: Knobs = field(default_factory=Knobs)


class Statistics:
    """Requests by endpoint and status. `too_early`: arrived while a 429's Retry-After had not passed."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.total = self.too_early = self.too_early_same_endpoint = 0
        self.by_endpoint: dict[str, Counter[str]] = {}

    def answered(self, endpoint: str, status: str) -> None:
        self.by_endpoint.setdefault(endpoint, Counter())[status] += 1


class Emulator:
    """One Spotify. `now` and `sleep` are replaceable so that tests need not wait."""

    def __init__(
        self, catalogue: Catalogue | FileCatalogue, options: Options, *, now: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:  # fmt: skip
        self.catalogue, self.options, self.now, self.sleep = catalogue, options, now, sleep
        self.extended = options.profile == "extended"
        self.user = USER
        self.account_id = made_id("account", USER)
        self.faults = Faults(options.knobs, options.seed, now)
        self.statistics = Statistics()
        self.search = FileSearch(catalogue) if isinstance(catalogue, FileCatalogue) else Search(catalogue)
        self.shapes = Shapes(catalogue, extended=self.extended)
        self.store = Store(options.data)
        self.accounts = Accounts(self.store, now)
        self.playlists = Playlists(self.store, USER, now, lambda: self.faults.knobs.horizon_s)
        self.closing = asyncio.Event()

    async def found(self, text: str, market: str | None, most: int) -> tuple[int, ...]:
        """Places of the tracks that a search finds. One of a file takes a while: others are served meanwhile."""
        if isinstance(self.search, FileSearch):
            return await asyncio.to_thread(self.search.find, text, market, most)
        return self.search.find(text, market)

    def close(self) -> None:
        """Close the file. Call it when no request is under way any more."""
        self.store.close()
