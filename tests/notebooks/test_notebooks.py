"""The notebooks run from top to bottom, and are saved with what they show."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.notebooks.execute import FOLDER, executed

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def shown(book: Any) -> list[list[tuple[str, list[str]]]]:
    """Of each code cell: the kinds of its outputs, those in a row once: time decides in how many pieces lines come."""
    return [
        [kind for kind, _ in groupby((one.output_type, sorted(one.get("data", {}))) for one in cell.outputs)]
        for cell in book.cells
        if cell.cell_type == "code"
    ]


def test_there_are_three() -> None:
    assert [one.stem for one in NOTEBOOKS] == ["first_match", "thresholds_to_a_cost", "your_own_corrections"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_is_saved_with_outputs_of_the_same_kinds(path: Path) -> None:
    saved, fresh = shown(nbformat.read(path, as_version=4)), shown(executed(path))
    with_data = (FOLDER.parents[1].parent / "shared" / "data").is_dir()
    assert sum(map(bool, saved)) >= 4
    assert fresh == saved if with_data else all(a == b or not a for a, b in zip(fresh, saved, strict=True))
