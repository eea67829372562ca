"""How commands speak: results on standard output, everything else on standard error, errors in one sentence."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import ProgressColumn

JSON_OPTION = typer.Option("--json", help="Print JSON for programs.")
_WIDE = 240
EXTRA_OF = {
    "aiohttp": "server", "fastapi": "server", "keyring": "server", "orjson": "server", "pydantic": "server",
    "pydantic_settings": "server", "sqlalchemy": "server", "stamina": "server", "starlette": "server",
    "structlog": "server", "uvicorn": "server", "temporalio": "temporal",
    "scipy": "tuning", "pyarrow": "tuning", "matplotlib": "tuning",
    "ray": "ray", "sudachipy": "japanese", "sudachidict_small": "japanese",
}  # fmt: skip


class Failed(Exception):
    """Ends the command with this sentence and exit code."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


def out() -> Console:
    """The console for results; wide where no terminal cuts it, so that tables can be read by programs like grep."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)


def err() -> Console:
    """The console for progress, hints and errors."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


@contextmanager
def progress_bar(label: str, count: ProgressColumn) -> Iterator[Callable[[int, int], Any] | None]:
    """What is told of (done, total) on standard error, where that is a terminal; `count` shows the two."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = err()
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), count, TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task(label, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def say(text: str, style: str = "") -> None:
    """A line of progress or a hint."""
    err().print(text, style=style, markup=False, soft_wrap=True)


def fail(message: str, code: int = 1) -> NoReturn:
    """End the process with one sentence."""
    err().print(f"musicsync: {message}", style="red", markup=False, soft_wrap=True)
    raise SystemExit(code)


def missing(error: ModuleNotFoundError) -> str | None:
    """What to install where a library of an extra is absent; None for any other module."""
    module = (error.name or "").split(".")[0]
    extra = EXTRA_OF.get(module)
    return extra and f"{module} is not installed: pip install 'musicsync-engine[{extra}]'"
