"""`musicsync report pairs`: the analysis of labelled pairs as one HTML file."""

from __future__ import annotations

from pathlib import Path

from musicsync.cli.output import Failed, err, say
from musicsync.cli.profile import chosen_profile


def pairs(file: Path, profile: str, output: Path, costs: tuple[float, float, float]) -> None:
    """Exit code 2 for a line that is no pair, a profile that is none, or a file that cannot be written."""
    from musicsync.tuning.pairs import read_pairs
    from musicsync.tuning.report import pair_report

    try:
        with err().status("reading and judging the pairs …"):
            found = pair_report(read_pairs(file), chosen_profile(profile), title=file.name, costs=costs)
        output.write_text(found.html(), encoding="utf-8")
    except (ValueError, OSError) as error:  # EngineError and MalformedLine are ValueErrors
        raise Failed(str(error), 2) from None
    say(f"{output}: {found.figures['n']:,} pairs, {len(found.mistakes)} mistakes shown")
