"""`musicsync doctor`: what is configured, reachable and signed in, and what to do next."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from musicsync import profiles
from musicsync.cli.output import missing, out, print_json
from musicsync.errors import MusicSyncError, SettingsError

if TYPE_CHECKING:
    from musicsync.settings import Settings

_SOON_DAYS = 14
_REACH_S = 5.0


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. `todo` is empty where nothing is to be done."""

    name: str
    ok: bool
    detail: str
    todo: str = ""


def release() -> str:
    """The release of this package."""
    import musicsync

    return musicsync.__version__


def doctor(*, as_json: bool) -> None:
    """Print every finding; exit code 1 where something is to be done."""
    from musicsync.cli.run import in_loop

    checks = in_loop(_all())
    if as_json:
        print_json({"ok": not any(one.todo for one in checks), "checks": [asdict(one) for one in checks]})
    else:
        _print(checks)
    raise SystemExit(1 if any(one.todo for one in checks) else 0)


async def _all() -> list[Check]:
    checks = [_engine("standard")]
    try:
        from musicsync import logs
        from musicsync.settings import load

        settings = load()
    except SettingsError as error:
        return [*checks, Check("settings", False, str(error), "correct the setting; `musicsync settings` explains all")]
    except ModuleNotFoundError as error:
        return [*checks, Check("server", False, str(error), missing(error) or "install what is missing")]
    logs.configure("error", settings.log_format)
    try:
        profile = settings.profile_value
    except SettingsError as error:
        return [*checks, Check("settings", False, str(error), "correct the file, or set MUSICSYNC_PROFILE to another")]
    where = f" from {settings.profile}" if profile != settings.profile else ""
    detail = f"mode {settings.mode}, profile {profiles.label(profile)}{where}"
    checks = [_engine(profile), Check("settings", True, detail)]
    checks.append(_data_dir(settings))
    checks += [one async for one in _service(settings)]
    checks += [one async for one in _spotify(settings)]
    return checks


def _engine(profile: str) -> Check:
    try:
        from musicsync import _core
        from musicsync.engine import profile_of

        profile_of(profile)
    except ImportError as error:
        return Check("engine", False, str(error), "build or reinstall: pip install --force-reinstall musicsync-engine")
    except ValueError as error:
        return Check("engine", False, str(error), "set MUSICSYNC_PROFILE to standard, classic or a good profile file")
    detail = (
        f"musicsync {release()}, engine {_core.engine_version()}, kernel {_core.active_kernel()}, "
        f"profile {profiles.label(profile)}"
    )
    return Check("engine", True, detail)


def _data_dir(settings: Settings) -> Check:
    folder = settings.data_dir
    if folder.exists() and not folder.is_dir():
        return Check("data folder", False, f"{folder} is no folder", "set MUSICSYNC_DATA_DIR to a folder")
    if not folder.exists():
        above = next(one for one in folder.absolute().parents if one.exists())
        if above.is_dir() and os.access(above, os.W_OK | os.X_OK):
            return Check("data folder", True, f"{folder} will be made when it is needed")
        return Check("data folder", False, f"{folder} cannot be made in {above}", "set MUSICSYNC_DATA_DIR to another")
    if not os.access(folder, os.W_OK | os.X_OK):
        return Check("data folder", False, f"{folder} cannot be written", f"run: chown -R $(id -u) '{folder}'")
    if folder.stat().st_mode & 0o077:
        return Check("data folder", False, f"{folder} is open to other users", f"run: chmod 700 '{folder}'")
    return Check("data folder", True, str(folder))


async def _service(settings: Settings) -> AsyncIterator[Check]:
    from musicsync.cli.client import running

    try:
        settings.check_exposed(settings.host)
    except SettingsError as error:
        yield Check("api", False, str(error), "set MUSICSYNC_API_TOKEN")
    async with running(settings) as api:
        if api is None:
            instead = "open the data folder" if settings.mode == "standalone" else "ask the Temporal server"
            detail = f"not running: commands {instead} themselves; for Shortcuts run `musicsync serve`"
            yield Check("server", True, detail)
        else:
            health = await api.call("GET", "/health")
            todo = "" if health["ready"] else "free what is named, or restart `musicsync serve`"
            yield Check("server", health["ready"], health["detail"] or f"ready at {api.where.url}", todo)
    if settings.mode == "temporal":
        host, _, port = settings.temporal_host.rpartition(":")
        answers = await _listens(host or settings.temporal_host, port)
        todo = "" if answers else "start the Temporal server, or set TEMPORAL_HOST"
        yield Check(
            "temporal", answers, f"{settings.temporal_host} {'answers' if answers else 'does not answer'}", todo
        )


async def _listens(host: str, port: int | str) -> bool:
    try:
        async with asyncio.timeout(_REACH_S):
            _, writer = await asyncio.open_connection(host.strip("[]"), int(port))
    except (OSError, ValueError, TimeoutError):
        return False
    writer.close()
    return True


async def _silent(settings: Settings) -> tuple[str, str] | None:
    """The address of Spotify (or of the emulator) at which nobody answers, and the setting that it comes from."""
    for setting in ("spotify_accounts_url", "spotify_api_url"):
        url = getattr(settings, setting)
        parts = urlsplit(url)
        host, port = parts.netloc.rpartition("@")[2], "443" if parts.scheme == "https" else "80"
        if ":" in host and not host.endswith("]"):
            host, _, port = host.rpartition(":")
        if not await _listens(host, port):
            return url, f"MUSICSYNC_{setting.upper()}"
    return None


async def _spotify(settings: Settings) -> AsyncIterator[Check]:
    from musicsync import wiring

    where = "the emulator" if settings.uses_emulator else "Spotify"
    try:
        _ = settings.client_id
    except SettingsError as error:
        yield Check("spotify app", False, str(error), "set MUSICSYNC_SPOTIFY_CLIENT_ID")
        return
    if silent := await _silent(settings):
        url, variable = silent
        todo = "start it: musicsync emulator …" if settings.uses_emulator else "check the network"
        yield Check("spotify", False, f"{where} does not answer at {url}", f"{todo}, or correct {variable}")
        return
    try:
        found = await wiring.account(settings)
    except SettingsError as error:
        yield Check("sign-in", False, str(error), "correct that setting")
        return
    except MusicSyncError as error:
        todo = "check the network and MUSICSYNC_SPOTIFY_API_URL"
        yield Check("spotify", False, f"{settings.spotify_api_url}: {error}", todo)
        return
    if found is None:
        yield Check("sign-in", False, f"not signed in to {where}", "run: musicsync auth login")
    else:
        todo = "run: musicsync auth login" if found.days_left < _SOON_DAYS else ""
        yield Check("sign-in", True, f"{found.name} at {where}, {found.days_left} days left", todo)


def _print(checks: list[Check]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table("", "what", "how it is", "what to do", box=None, pad_edge=False)
    for one in checks:
        mark, style = ("✗", "red") if not one.ok else ("!", "yellow") if one.todo else ("✓", "green")
        table.add_row(Text(mark, style=style), one.name, Text(one.detail), Text(one.todo, style="bold"))
    console = out()
    console.print(table)
    todo = next((one.todo for one in checks if one.todo), None)
    console.print(Text(f"Next: {todo}" if todo else "All is well. Try: musicsync sync TITLE ARTIST --playlist NAME"))
