"""The real clock and the real jitter; everything else takes them as arguments."""

from __future__ import annotations

import asyncio
import random
import time


class SystemClock:
    """The machine's wall clock, for what must survive a restart."""

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Return after `seconds`; at once for 0 or less."""
        await asyncio.sleep(max(0.0, seconds))


def jitter(most: float) -> float:
    """A random number in [0, most): spreads callers that were told the same time."""
    return random.random() * most
