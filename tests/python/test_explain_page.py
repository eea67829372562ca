"""The example of docs/explain.md does what the page says, and its table names every key."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

from musicsync import Matcher

PAGE = Path(__file__).parents[2] / "docs" / "explain.md"


def test_the_example_on_the_page_holds() -> None:
    result = doctest.testfile(str(PAGE), module_relative=False)
    assert result.failed == 0
    assert result.attempted >= 4


def test_the_table_names_every_key() -> None:
    table = PAGE.read_text(encoding="utf-8").split("## The parts")[1].split("## What")[0]
    first_cells = "".join(re.findall(r"^\| (`.*?) \|", table, re.MULTILINE))
    assert re.findall(r"`(\w+)`", first_cells) == list(Matcher().explain({"title": "x"}, {"title": "y"}).to_dict())
