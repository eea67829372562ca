"""The guide's snippets run as they are written, in order."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from musicsync import _core

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "tuning.md"


def test_the_snippets_of_the_guide_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    snippets = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert len(snippets) == 8
    for snippet in snippets:
        exec(snippet, names)
    assert _core.Profile.load("mine.json").model_version == "mine-1"
    assert names["found"].cost <= names["found"].cost_before
    assert names["chosen"].cost <= names["chosen"].cost_before
