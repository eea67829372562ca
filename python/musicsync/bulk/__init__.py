"""Long runs over whole libraries: joining one with a catalogue, and finding a catalogue's duplicates.

A run goes a part at a time, and what is done stays done: after a kill the same call goes on where it was.
"""

from __future__ import annotations

from musicsync.bulk.dedupe import Dedupe, dedupe
from musicsync.bulk.join import Join, join
from musicsync.bulk.parts import OtherRun

__all__ = ["Dedupe", "Join", "OtherRun", "dedupe", "join"]
