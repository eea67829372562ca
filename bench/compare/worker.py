"""One process, one revision: times the workloads it is told and prints them as JSON.

    python bench/compare/worker.py FOLDER NAME…

FOLDER holds the `musicsync` package to measure. It goes before everything installed, and the editable install's finder,
which would answer first, is taken out.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = 3


def use(folder: Path) -> None:
    """From now on `import musicsync` means the package in `folder`, and nothing else."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if not type(finder).__module__.startswith("_editable")]
    sys.path[:0] = [str(folder), str(ROOT)]
    import musicsync

    if not Path(musicsync.__file__).is_relative_to(folder):
        raise SystemExit(f"measuring {musicsync.__file__}, not the package in {folder}")


def timed(name: str) -> dict[str, Any]:
    """Seconds of a call: the least of a few samples, since noise only ever adds; and a digest of the answer."""
    from bench.compare.workloads import WORKLOADS
    from bench.measure import clocks

    try:
        workload = WORKLOADS[name]()
        answer = repr(workload.answer())
    except (ImportError, AttributeError, TypeError, LookupError) as missing:
        return {"missing": str(missing)}
    repeats = clocks.repeats(workload.call, clocks.LEAST, clocks.cpu)
    seconds = min(clocks.sample(workload.call, repeats) for _ in range(SAMPLES))
    return {"seconds": seconds, "answer": hashlib.sha256(answer.encode()).hexdigest()[:16]}


if __name__ == "__main__":
    use(Path(sys.argv[1]).resolve())
    print(json.dumps({name: timed(name) for name in sys.argv[2:]}))
