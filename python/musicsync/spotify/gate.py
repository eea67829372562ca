"""Keeps a promise to Spotify: after a 429 nothing is sent before its Retry-After has passed."""

from __future__ import annotations

from musicsync.errors import RateLimited
from musicsync.ports import Clock


class Gate:
    """Shared by every task that sends to one host. It never waits: whoever comes too early is told when to return."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until = float("-inf")

    def close(self, until: float) -> None:
        """Let nothing through before `until` (epoch seconds); an earlier time never shortens a later one."""
        self._until = max(self._until, until)

    def check(self, endpoint: str) -> None:
        """Return when `endpoint` may be called now, else raise `RateLimited` with the time from which on it may."""
        if self._clock.now() < self._until:
            raise RateLimited(
                f"{endpoint}: waiting for Spotify's rate limit to pass", until=self._until, endpoint=endpoint
            )
