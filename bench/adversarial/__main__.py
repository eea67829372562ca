"""`./dev bench adversarial [--json FILE] [--list OUTCOME] [--record] [--compile]`: the adversarial corpus as a table.

`--compile` writes the JSON Lines out of the notation in `source/`; `--record` writes down what the installed engine
answers, as the release of its version: run it with the Python of an environment that has the released package.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from bench.adversarial.matchers import engine
from bench.adversarial.notation import compiled
from bench.adversarial.releases import last_release, record
from bench.adversarial.report import as_json, lines, report
from bench.adversarial.scenarios import FOLDER, load
from bench.adversarial.scoring import OUTCOMES


def compile_all(folder: Path = FOLDER) -> dict[Path, str]:
    """Each JSON Lines file with what the notation says it holds. Raises `MalformedNotation`, `OSError`."""
    files = {}
    for path in sorted((folder / "source").glob("*.txt")):
        rows = compiled(path.stem, path.read_text(encoding="utf-8"))
        files[folder / f"{path.stem}.jsonl"] = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return files


def write_all(folder: Path = FOLDER) -> None:
    """Write the files of `compile_all`, and their rows and checksums into the manifest beside the folder."""
    manifest_path = folder.parent / "manifest.json"
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    entries = {entry["path"]: entry for entry in manifest["files"]}
    for path, text in compile_all(folder).items():
        path.write_text(text, encoding="utf-8")
        name = path.relative_to(folder.parent).as_posix()
        entry = entries.setdefault(name, {"path": name})
        entry |= {
            "description": f"Adversarial scenarios of the class {path.stem}: docs/adversarial.md.",
            "source": f"written for the project: {folder.name}/source/{path.stem}.txt; invented, or general knowledge",
            "licence": "MIT, with the project",
            "rows": len(text.splitlines()),
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
        }
    manifest["files"] = list(entries.values())
    manifest_path.write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Compile or record if asked to; then measure and print."""
    parser = argparse.ArgumentParser(prog="./dev bench adversarial", description="The adversarial corpus.")
    parser.add_argument("--json", type=Path, help="also write the table and every outcome to this file")
    parser.add_argument("--list", choices=OUTCOMES, help="also list the scenarios of this outcome")
    parser.add_argument("--compile", action="store_true", help="first write the scenarios out of their notation")
    parser.add_argument("--record", action="store_true", help="write down the installed engine's answers, and stop")
    options = parser.parse_args(arguments)
    if options.compile:
        write_all()
    scenarios = load()
    if options.record:
        print(f"written to {record(scenarios)}")
        return
    found = report(scenarios, engine(), last_release())
    print("\n".join(lines(found)))
    for one in scenarios:
        if found.ours[one.id] == options.list:
            print(f"{one.id}  [{one.degradation}] {one.why}")
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(as_json(found), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
