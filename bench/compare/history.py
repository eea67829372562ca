"""The history of comparisons: one line of JSON each, oldest first."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def keep(result: Mapping[str, Any], latest: Path, history: Path | None = None) -> None:
    """Writes the result to `latest`, and adds it with its time to the history where there is one."""
    dated = {"when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **result}
    latest.parent.mkdir(parents=True, exist_ok=True)
    latest.write_text(json.dumps(dated, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if history:
        history.parent.mkdir(parents=True, exist_ok=True)
        with history.open("a", encoding="utf-8") as file:
            file.write(json.dumps(dated, ensure_ascii=False) + "\n")
