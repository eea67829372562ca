"""`./dev fuzz [TARGET…] [--seconds N]`: as many programs at once as there are cores."""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.fuzz.campaign import run, targets


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev fuzz", description="fuzz the engine; goes on from the last corpus")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(targets())}; without one: all")
    parser.add_argument("--seconds", type=float, default=60, help="for each target (default: 60)")
    arguments = parser.parse_args()
    if unknown := sorted(set(arguments.targets) - set(targets())):
        parser.error(f"no target {', '.join(unknown)}; there are: {', '.join(targets())}")
    failed = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for result in pool.map(lambda target: run(target, arguments.seconds), arguments.targets or targets()):
            print(result, flush=True)
            failed += result.found
    print(f"inputs that break a target: build/fuzz/findings; {failed} of the targets failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
