"""`musicsync what-if`: stored candidate lists, decided again by another profile. Reads only; no service is needed."""

from __future__ import annotations

import re
import time
from collections import Counter

from rich.table import Table

from musicsync import profiles
from musicsync.cli.output import Failed, out, print_json
from musicsync.cli.profile import chosen_profile
from musicsync.tuning.what_if import Change, changes

_UNITS = {"d": 86_400.0, "h": 3_600.0}
_SHOWN = 20


def what_if(profile: str, since: str, *, as_json: bool) -> None:
    """Exit code 0 also where nothing changes; 2 for a bad profile or time, 1 where there is no journal."""
    from musicsync.engine import NativeEngine
    from musicsync.settings import load
    from musicsync.wiring import stored_matches

    try:
        chosen_profile(profile)
        value = profiles.read(profile)
    except ValueError as error:
        raise Failed(str(error), 2) from None
    engine = NativeEngine(1)
    try:
        stored = stored_matches(load(), _start(since))
        found = changes(stored, lambda song, tracks, accept: engine.decide_now(song, tracks, value, accept))
    finally:
        engine.close()
    if as_json:
        print_json(
            {
                "profile": profiles.label(value),
                "decided": len(found),
                "changes": [one.to_dict() for one in found if one.differs],
            }
        )
    else:
        _print(found)


def _start(since: str) -> float:
    if since == "all":
        return 0.0
    if not (given := re.fullmatch(r"(\d{1,5})([dh])", since)):
        raise Failed(f"--since {since}: a number of days or hours, such as 30d or 12h, or all", 2)
    return time.time() - int(given[1]) * _UNITS[given[2]]


def _print(found: list[Change]) -> None:
    table = Table("was", "would be", "songs", box=None, pad_edge=False)
    for (before, after), count in sorted(Counter((one.before, one.after) for one in found).items()):
        table.add_row(before, after, str(count))
    out().print(table if found else "No decision is stored for that time.")
    differing = [one for one in found if one.differs]
    if not differing:
        return
    examples = Table("song", "was", "would be", "why", box=None, pad_edge=False)
    for one in differing[:_SHOWN]:
        examples.add_row(
            one.song, f"{one.before} {one.track_before}", f"{one.after} {one.track_after}", one.explanation
        )
    out().print(examples)
