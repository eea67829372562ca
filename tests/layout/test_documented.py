"""Nothing that people can set, call or open goes undocumented."""

from __future__ import annotations

import importlib
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
import typer
from fastapi import APIRouter
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field

from tests.layout.project import ROOT


def existing(module: str, test: str) -> Any:
    """The module, or a skip while it is not written yet."""
    if not (ROOT / "python" / module.replace(".", "/")).with_suffix(".py").exists():
        pytest.skip(f"{module} does not exist yet: {test}")
    return importlib.import_module(module)


def undocumented_fields(settings: type[BaseModel]) -> list[str]:
    return [name for name, field in settings.model_fields.items() if not (field.description or "").strip()]


def undocumented_commands(command: Any, name: str) -> Iterator[str]:
    """Of a command as typer builds it: commands and options without help. An argument's meaning is its command's."""
    if not (command.help or "").strip():
        yield f"{name}: no help"
    for parameter in command.params:
        if parameter.param_type_name == "option" and not (parameter.help or "").strip():
            yield f"{name} {parameter.name}: no help"
    for child_name, child in getattr(command, "commands", {}).items():
        if not child.hidden:
            yield from undocumented_commands(child, f"{name} {child_name}")


def undocumented_endpoints(router: APIRouter) -> list[str]:
    return [route.path for route in router.routes if isinstance(route, APIRoute) and not documented(route)]


def documented(route: APIRoute) -> bool:
    return bool((route.summary or "").strip() and (route.description or "").strip())


def parts_missing_from(document: str) -> list[str]:
    package = [path for path in (ROOT / "python/musicsync").iterdir() if path.suffix == ".py" or path.is_dir()]
    steps = [path for path in (ROOT / "core/src").iterdir() if path.is_dir()]
    names = {path.stem for path in package + steps if not path.name.startswith(("__", "."))}
    return sorted(name for name in names if not re.search(rf"\b{name}\b", document))


def test_an_undocumented_setting_is_caught() -> None:
    class Settings(BaseModel):
        port: int = Field(8000, description="Where the API listens.")
        secret: str = ""

    assert undocumented_fields(Settings) == ["secret"]


def test_every_setting_is_documented() -> None:
    module = existing("musicsync.settings", "settings are documented")
    classes = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, BaseModel) and value.__module__ == "musicsync.settings"
    ]
    assert classes
    assert [field for settings in classes for field in undocumented_fields(settings)] == []


def test_an_undocumented_command_and_option_are_caught() -> None:
    app = typer.Typer(help="All.", add_completion=False)
    app.command("sync")(bare_command)
    app.command("match", help="Finds.")(documented_command)
    assert list(undocumented_commands(typer.main.get_command(app), "root")) == [
        "root sync: no help",
        "root sync to: no help",
    ]


def bare_command(song: str, to: Annotated[str, typer.Option()] = "") -> None: ...


def documented_command(song: str, k: Annotated[int, typer.Option(help="How many.")] = 1) -> None: ...


def test_every_command_and_option_is_documented() -> None:
    module = existing("musicsync.cli.main", "commands are documented")
    assert list(undocumented_commands(typer.main.get_command(module.app), "musicsync")) == []


def test_an_undocumented_endpoint_is_caught() -> None:
    router = APIRouter()
    router.add_api_route("/good", lambda: None, summary="Is good.", description="It is.")
    router.add_api_route("/bad", lambda: None, summary="Is bad.")
    assert undocumented_endpoints(router) == ["/bad"]


def test_every_endpoint_is_documented() -> None:
    existing("musicsync.api.app", "endpoints are documented")
    names = [path.stem for path in (ROOT / "python/musicsync/api").glob("*.py") if path.stem != "__init__"]
    modules = [importlib.import_module(f"musicsync.api.{name}") for name in names]
    routers = [value for module in modules for value in vars(module).values() if isinstance(value, APIRouter)]
    assert sum(len(router.routes) for router in routers) > 5
    assert [path for router in routers for path in undocumented_endpoints(router)] == []


def test_a_part_missing_from_the_architecture_is_caught() -> None:
    assert "normalize" in parts_missing_from("core/src/ has no such folder")


def test_the_architecture_names_every_part() -> None:
    assert parts_missing_from((ROOT / "docs/architecture.md").read_text(encoding="utf-8")) == []


def test_every_command_of_dev_is_in_its_help() -> None:
    help_text = subprocess.run([ROOT / "dev", "help"], capture_output=True, text=True, check=True).stdout
    script = (ROOT / "dev").read_text(encoding="utf-8")
    names = re.findall(r"^        ([a-z |-]+)\)", script[script.index("\nmain()") :], re.MULTILINE)
    commands = {name.strip() for row in names for name in row.split("|")} - {"-h", "--help"}
    assert {"demo", "test", "lint", "bench"} <= commands
    assert [name for name in sorted(commands) if not re.search(rf"^  {name}\b", help_text, re.MULTILINE)] == []


def test_the_program_starts_without_the_extras() -> None:
    """`pip install musicsync-engine` alone must match, search and evaluate: no server package at import."""
    existing("musicsync.cli.main", "the command line starts without extras")
    extras = ("aiohttp", "fastapi", "keyring", "numpy", "pydantic", "sqlalchemy", "structlog", "temporalio", "uvicorn")
    code = f"import sys, musicsync.cli.main; print([m for m in {extras!r} if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
