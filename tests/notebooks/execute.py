"""Runs the notebooks. As a program it saves them with their outputs: python -m tests.notebooks.execute"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "notebooks"


def executed(path: Path) -> Any:
    """The notebook with fresh outputs. Raises `CellExecutionError` where a cell fails."""
    book = nbformat.read(path, as_version=4)
    folder = {"metadata": {"path": str(path.parent)}}
    NotebookClient(book, timeout=60, kernel_name="python3", record_timing=False, resources=folder).execute()
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.outputs = [one for one in cell.outputs if one.get("name") != "stderr"]
    return book


if __name__ == "__main__":
    for file in sorted(FOLDER.glob("*.ipynb")):
        nbformat.write(executed(file), file)
        print(file.name)
