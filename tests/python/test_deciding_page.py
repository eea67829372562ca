"""docs/deciding.md: its examples hold, and its table names every reason that the engine knows."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "deciding.md"
KNOWN = ROOT / "core" / "src" / "explain" / "reasons.cpp"
NOT_VETOES = {"isrc", "exact", "fuzzy", "no_candidates", "below_reject", "between_thresholds", "margin"}


def test_the_examples_of_the_page_are_true() -> None:
    result = doctest.testfile(str(PAGE), module_relative=False)
    assert result.failed == 0
    assert result.attempted >= 14


def test_the_table_names_every_reason_that_keeps_a_candidate_from_being_accepted() -> None:
    known = set(re.findall(r'\{"(\w+)", "', KNOWN.read_text(encoding="utf-8"))) - NOT_VETOES
    table = PAGE.read_text(encoding="utf-8").split("## What keeps")[1].split("```")[0]
    told = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", table, re.MULTILINE))))
    assert told == known
