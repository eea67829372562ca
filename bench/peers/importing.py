"""P15: what it costs to have the package: time to import it, size of a wheel."""

from __future__ import annotations

import json
import subprocess
import sys

from bench.measure.machine import ROOT
from bench.peers.data import Data
from bench.peers.rows import NotThereError, Row, Samples, require

STARTS = 25
FORBIDDEN = ("numpy", "pydantic")

_PROGRAM = """
import sys, time
started = time.perf_counter()
import musicsync
package = time.perf_counter() - started
musicsync.Matcher("standard")
engine = time.perf_counter() - started
import json
print(json.dumps([package, engine, [name for name in {forbidden!r} if name in sys.modules]]))
"""


def starts(count: int = STARTS) -> list[tuple[float, float]]:
    """Seconds to import the package, and until the engine is loaded and a matcher made, in fresh interpreters."""
    program = _PROGRAM.format(forbidden=FORBIDDEN)
    taken = []
    for _ in range(count):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
        package, engine, loaded = json.loads(done.stdout)
        require(not loaded, f"import musicsync loads {', '.join(loaded)}")
        taken.append((package, engine))
    return taken


def package(data: Data) -> Samples:
    """Milliseconds of `import musicsync`; the first start, which reads the disk, is left out."""
    return Samples(tuple(1e3 * seconds for seconds, _ in starts(STARTS + 1)[1:]))


def engine(data: Data) -> Samples:
    """Milliseconds of the import with the engine loaded and a matcher made: what the first answer waits for."""
    return Samples(tuple(1e3 * seconds for _, seconds in starts(STARTS + 1)[1:]))


def wheel(data: Data) -> Samples:
    """Megabytes of the newest wheel."""
    wheels = sorted((ROOT / "dist").glob("*.whl"), key=lambda path: path.stat().st_mtime)
    if not wheels:
        raise NotThereError("no wheel in dist/")
    return Samples((wheels[-1].stat().st_size / 1e6,), note=wheels[-1].name)


ROWS = [
    Row("P15", "import musicsync, fresh interpreter", "–", package, "ms", 60, 20, limit=True),
    Row("P15-engine", "the same and the engine loaded, a Matcher", "–", engine, "ms", 60, 20, limit=True),
    Row("P15-size", "size of the wheel", "–", wheel, "MB", 8, 4, limit=True),
]
