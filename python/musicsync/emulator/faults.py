"""Which request suffers what: drawn from the seed, the endpoint and how many requests it has had, nothing else."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from musicsync.emulator.ids import fraction
from musicsync.emulator.knobs import EXCLUSIVE, Knobs


class Kind(Enum):
    """What an endpoint does, as far as faults care."""

    READ = auto()
    SEARCH = auto()
    PLAYLIST_READ = auto()
    ITEMS_READ = auto()
    WRITE = auto()
    SIGN_IN = auto()


_ONLY = {
    "timeout_after_apply": {Kind.WRITE},
    "drop_after_apply": {Kind.WRITE},
    "stale_read": {Kind.PLAYLIST_READ, Kind.ITEMS_READ},
    "item_null": {Kind.ITEMS_READ},
}
_NOT_AT_SIGN_IN = {"expired_token", "not_registered"}
_SERVER_ERRORS = ("rate_500", "rate_502")


@dataclass(frozen=True, slots=True)
class Fate:
    """One request's: the fault (a field of `Knobs`, None for none) and its own draws."""

    fault: str | None
    chance: random.Random

    def suffers(self, fault: str) -> bool:
        return self.fault == fault


class Faults:
    """Draws fates; `knobs` may be replaced at any time, which starts the sequences again."""

    def __init__(self, knobs: Knobs, seed: int, now: Callable[[], float]) -> None:
        self._default_seed, self._now = seed, now
        self.replace(knobs)

    def replace(self, knobs: Knobs) -> None:
        """Take other knobs; counters, bursts and a 429 in force are forgotten."""
        self.knobs = knobs
        self.seed = self._default_seed if knobs.seed is None else knobs.seed
        self._counts: Counter[str] = Counter()
        self._bursts: dict[str, tuple[float, str]] = {}
        self.quiet_until: dict[str, float] = {}
        self.grace_until = 0.0

    def fate(self, endpoint: str, kind: Kind, *, isrc: bool = False) -> Fate:
        """What befalls the next request of an endpoint. `isrc`: it searches by ISRC."""
        self._counts[endpoint] += 1
        chance = random.Random(f"{self.seed}:{endpoint}:{self._counts[endpoint]}")
        listed = self.knobs.endpoints
        if not (endpoint in listed if listed is not None else kind is not Kind.SIGN_IN):
            return Fate(None, chance)
        until, burst = self._bursts.get(endpoint, (0.0, None))
        if burst and self._now() < until:
            return Fate(burst, chance)
        draw = chance.random()
        for fault in EXCLUSIVE:
            if self._can_befall(fault, kind, isrc):
                draw -= getattr(self.knobs, fault)
                if draw < 0:
                    self._note(endpoint, fault)
                    return Fate(fault, chance)
        return Fate(None, chance)

    def _can_befall(self, fault: str, kind: Kind, isrc: bool) -> bool:
        if fault == "empty_isrc":
            return kind is Kind.SEARCH and isrc
        if fault in _NOT_AT_SIGN_IN and kind is Kind.SIGN_IN:
            return False
        return fault not in _ONLY or kind in _ONLY[fault]

    def _note(self, endpoint: str, fault: str) -> None:
        if fault in _SERVER_ERRORS and self.knobs.burst_s:
            self._bursts[endpoint] = (self._now() + self.knobs.burst_s, fault)

    def limit(self, endpoint: str, seconds: float) -> None:
        """A 429 was answered: nothing may be sent for so long."""
        now = self._now()
        self.quiet_until[endpoint] = max(self.quiet_until.get(endpoint, 0.0), now + seconds)
        if now >= self.grace_until:
            self.grace_until = now + self.knobs.too_early_grace_ms / 1000

    def limited_for(self, endpoint: str | None = None) -> float:
        """Seconds for which a 429 (of this endpoint, or of any) is still in force; 0 when none is."""
        until = self.quiet_until.get(endpoint, 0.0) if endpoint else max(self.quiet_until.values(), default=0.0)
        return max(0.0, until - self._now())

    @property
    def in_grace(self) -> bool:
        """True right after a 429, when requests may have been under way already."""
        return self._now() < self.grace_until

    def is_relinked(self, track_id: str) -> bool:
        """True for the tracks that playlists show under another id: always the same ones for a seed."""
        return self.knobs.relinked > 0 and fraction("relinked", self.seed, track_id) < self.knobs.relinked
