"""What `pip install musicsync-engine` alone must do; deploy/wheel/check runs this in an empty environment.

    python -I tests/packaging/engine_only.py

No pytest there, so these are plain checks: each prints its line, the first that fails ends the script.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

IMPORT_MS = 60.0  # the floor of the project's list of benchmarks; the goal is 20
SLOW_MACHINE = float(os.environ.get("MUSICSYNC_IMPORT_SLACK", "1"))
_TIMES = 9


def check(what: str, holds: object, seen: object = "") -> None:
    if not holds:
        raise SystemExit(f"engine only: {what}: does not hold\n{seen}")
    print(f"engine only: {what}")


def python(code: str) -> str:
    return subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True).stdout


def musicsync(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-m", "musicsync", *arguments]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MUSICSYNC_")}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=kept | {"COLUMNS": "200"})


def milliseconds(code: str) -> float:
    """Wall clock of the statement in a new process, after the interpreter has started; the median of several."""
    timed = f"import time; t = time.perf_counter()\n{code}\nprint((time.perf_counter() - t) * 1e3)"
    return statistics.median(float(python(timed)) for _ in range(_TIMES))


def check_import() -> None:
    loaded = python(
        "import sys, musicsync; print([m for m in ('numpy', 'pydantic', 'typer', 'rich') if m in sys.modules])"
    )
    check("import musicsync loads no other library", loaded.strip() == "[]", loaded)
    package = milliseconds("import musicsync")
    native = milliseconds("import musicsync; musicsync.Matcher")
    limit = IMPORT_MS * SLOW_MACHINE
    check(f"import musicsync takes {package:.1f} ms, with the engine {native:.1f} ms (limit {limit:g})", native < limit)


def check_commands(folder: Path) -> None:
    def file(name: str, *rows: object) -> str:
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return str(folder / name)

    africa = {"title": "Africa", "artist": "Toto"}
    tracks = file("tracks.jsonl", {"id": "1", **africa}, {"id": "2", "title": "Hello", "artist": "Adele"})
    pairs = file("pairs.jsonl", {"left": africa, "right": africa, "label": "same"})
    queries = file("queries.jsonl", {"id": "q", "kind": "k", "query": africa, "relevant": ["1"]})
    said = musicsync("--help").stdout
    check("musicsync --help", "evaluate" in said and "sync" in said, said)
    for arguments, word in [
        (["match", "Africa", "Toto", "Africa", "TOTO"], "accept –"),
        (["match", "Ａｆｒｉｃａ Ⅷ", "TOTO", "Africa VIII", "Toto"], "accept –"),  # needs ICU's data
        (["search", "--catalogue", tracks, "hello", "adele"], "Hello"),
        (["evaluate", "pairs", pairs], "f1"),
        (["evaluate", "retrieval", "--catalogue", tracks, "--queries", queries], "recall"),
    ]:
        done = musicsync(*arguments)
        check(f"musicsync {' '.join(arguments[:2])} says {word!r}", done.returncode == 0 and word in done.stdout, done)


def check_extras(named: Sequence[tuple[str, str]]) -> None:
    for command, extra in named:
        done = musicsync(*command.split())
        hint = f"pip install 'musicsync-engine[{extra}]'"
        check(f"musicsync {command} names {hint}", hint in done.stderr and "Traceback" not in done.stderr, done)


def absent(module: str) -> bool:
    return python(f"import importlib.util as u; print(u.find_spec({module!r}) is None)").strip() == "True"


def main() -> None:
    started = time.monotonic()
    check_import()
    with tempfile.TemporaryDirectory() as folder:
        check_commands(Path(folder))
        if absent("structlog"):
            check_extras([(command, "server") for command in ("serve", "settings", "syncs", "emulator", "review list")])
        if absent("sudachipy"):
            tokyo = {"title": "東京", "artist": "くるり"}
            row = json.dumps({"left": tokyo, "right": tokyo, "label": "same"})
            Path(folder, "japanese.jsonl").write_text(row, encoding="utf-8")
            check_extras([(f"evaluate pairs {folder}/japanese.jsonl --readings", "japanese")])
    print(f"engine only: all of it, in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
