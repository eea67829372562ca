"""`python -m musicsync.emulator`: what `musicsync emulator` starts."""

from __future__ import annotations

import argparse
import gc
import inspect
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from musicsync.emulator import control
from musicsync.emulator.app import ENDPOINTS
from musicsync.emulator.catalogue import Catalogue, CatalogueError, load
from musicsync.emulator.file_catalogue import FileCatalogue, is_catalogue
from musicsync.emulator.knobs import FaultsError, described, read_knobs
from musicsync.emulator.server import Server, listen, url_of
from musicsync.emulator.state import PROFILES, Emulator, Options
from musicsync.emulator.store import StoreError


def parser() -> argparse.ArgumentParser:
    """The command line."""
    epilog = (
        "faults (rates are shares of the requests that each can befall, 0 to 1; defaults in brackets, rates 0):\n"
        f"{described()}\n\ncontrol side (no sign-in):\n" + (inspect.getdoc(control) or "").partition("\n\n")[2]
    )
    made = argparse.ArgumentParser(
        prog="musicsync emulator", description="A Spotify of one's own, with faults on request.", epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    made.add_argument(
        "--catalogue",
        type=Path,
        action="append",
        required=True,
        metavar="FILE",
        help="tracks as JSON Lines, repeatable; or one file of musicsync catalogue build",
    )
    made.add_argument("--port", type=int, required=True, metavar="N", help="0 takes a free one")
    made.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    made.add_argument("--data", type=Path, required=True, metavar="DIR", help="where playlists and sign-ins are kept")
    made.add_argument(
        "--profile", choices=PROFILES, default=PROFILES[0], help="a new app's API, or the old one (dev2026)"
    )
    made.add_argument("--seed", type=int, default=0, help="of all draws (0)")
    made.add_argument(
        "--apply-delay-ms",
        type=float,
        default=0.0,
        metavar="MS",
        help="answer a write so much after it took effect (0)",
    )
    made.add_argument("--faults", default="{}", metavar="JSON", help='such as \'{"429": 0.01, "timeout": 0.01}\'')
    return made


def prepare(arguments: argparse.Namespace) -> Emulator:
    """The emulator that a command line asks for. Raises `CatalogueError`, `FaultsError`, `StoreError`, `OSError`."""
    options = Options(
        data=arguments.data, profile=arguments.profile, seed=arguments.seed, apply_delay_ms=arguments.apply_delay_ms,
        knobs=read_knobs(arguments.faults, ENDPOINTS),
    )  # fmt: skip
    catalogue = opened(arguments.catalogue)
    if catalogue.left_out:
        print(f"emulator: {catalogue.left_out} rows repeat an id and were left out", file=sys.stderr)
    return Emulator(catalogue, options)


def opened(paths: list[Path]) -> Catalogue | FileCatalogue:
    """The files of tracks, or the one file of the engine, which may be large. Raises `CatalogueError`, `OSError`."""
    if not any(map(is_catalogue, paths)):
        return load(paths)
    if len(paths) > 1:
        raise CatalogueError("--catalogue: a file of `musicsync catalogue build` must be the only one")
    return FileCatalogue(paths[0])


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or Ctrl-C: 0. Bad arguments, catalogue, faults or data directory: 2; no port: 1."""
    command = parser()
    given = command.parse_args(arguments)
    if not 0 <= given.apply_delay_ms <= 600_000:
        command.error("--apply-delay-ms: 0 to 600000 is wanted")
    if not 0 <= given.port <= 65_535:
        command.error("--port: 0 to 65535 is wanted")
    try:
        listener = listen(given.host, given.port)
    except OSError as error:
        print(f"emulator: cannot listen on {given.host}:{given.port}: {error}", file=sys.stderr)
        return 1
    try:
        emulator = prepare(given)
    except (CatalogueError, FaultsError, StoreError, OSError) as error:
        print(f"emulator: {error}", file=sys.stderr)
        listener.close()
        return 2
    gc.freeze()  # the catalogue lives as long as the process: no collection need look at it again
    server = Server(emulator, on_start=lambda: print(f"emulator ready on {url_of(listener)}", flush=True))
    signal.signal(signal.SIGTERM, lambda *_: None)  # uvicorn has handled it and raises it once more: end well
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        pass
    finally:
        emulator.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
