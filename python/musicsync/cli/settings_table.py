"""`musicsync settings`: the fields of `Settings` as a table, as JSON, and as docs/settings.md."""

from __future__ import annotations

import json
from typing import Any

from pydantic import SecretStr
from pydantic_core import PydanticUndefined

from musicsync.cli.output import out, print_json
from musicsync.settings import Settings, load, variables

_HEADER = """# Settings

Set them as environment variables or in a file `.env` in the working directory; `musicsync settings` shows the values in
force. This page is made by `musicsync settings --markdown`.

| variable | default | meaning | example |
|---|---|---|---|
"""


def show(*, as_json: bool, markdown: bool) -> None:
    """Print the settings."""
    if markdown:
        print(document(), end="")
    elif as_json:
        print_json(rows(load()))
    else:
        _print(rows(load()))


def document() -> str:
    """docs/settings.md."""
    lines = []
    for row in rows(None):
        names = "<br>".join(f"`{name}`" for name in (row["name"], *row["also"]))
        default = f"`{row['default']}`" if row["default"] not in (None, "", "{}") else ""
        lines.append(f"| {names} | {default} | {row['meaning'].replace('|', chr(92) + '|')} | `{row['example']}` |\n")
    return _HEADER + "".join(lines)


def rows(settings: Settings | None) -> list[dict[str, Any]]:
    """Name, other names, value in force (secrets masked; without `settings` none), default, meaning, example."""
    found = []
    for name, info in Settings.model_fields.items():
        ours, *also = variables(name)
        default = "~/.local/share/musicsync" if name == "data_dir" else _shown(info.default)
        row: dict[str, Any] = {"name": ours, "also": also}
        if settings:
            row["value"] = _shown(getattr(settings, name))
        found.append(row | {"default": default, "meaning": info.description, "example": (info.examples or [""])[0]})
    return found


def _shown(value: Any) -> str | None:
    if value is None or value is PydanticUndefined:
        return None
    if isinstance(value, SecretStr):
        return "••••••"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, dict):
        from musicsync import codec

        return json.dumps({key: codec.to_plain(one) for key, one in value.items()})
    return f"{value:g}" if isinstance(value, float) else str(value)


def _print(found: list[dict[str, Any]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table("variable", "value", "default", "meaning", box=None, pad_edge=False)
    for row in found:
        changed = row["value"] != row["default"]
        cells = (row["value"] or "", row["default"] or "", row["meaning"])
        table.add_row(row["name"], Text(cells[0], style="bold" if changed else ""), *(Text(one) for one in cells[1:]))
    out().print(table)
