"""An import-linter contract for a table of allowed arrows: whatever the table does not name is forbidden.

import-linter's own contracts name what is forbidden; architecture.md names what is allowed, and a list of allowed
arrows also notices a module that nobody has placed yet. The table itself is in pyproject.toml.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

NATIVE = "_core"
"""The name in the table for the native module and for the package itself (`import musicsync`), which loads it."""


def parse(rows: Iterable[str]) -> dict[str, set[str]]:
    """Reads "module -> allowed allowed …" rows. ValueError for a malformed or repeated row and for an unknown name."""
    table: dict[str, set[str]] = {}
    for row in rows:
        module, arrow, allowed = (part.strip() for part in row.partition("->"))
        if not module or not arrow:
            raise ValueError(f"not of the form 'module -> allowed …': {row!r}")
        if module in table:
            raise ValueError(f"two rows for {module!r}")
        table[module] = set(allowed.split())
    unknown = set().union(*table.values()) - table.keys() - {NATIVE}
    if unknown:
        raise ValueError(f"arrows to modules without a row of their own: {', '.join(sorted(unknown))}")
    return table


def part_of(module: str, package: str) -> str:
    """The file or folder directly under `package` that holds `module`; the package itself and `_core` are one.

    >>> part_of("musicsync.spotify.client", "musicsync"), part_of("musicsync._core", "musicsync")
    ('spotify', '_core')
    """
    below = module.removeprefix(package).lstrip(".").split(".")[0]
    return NATIVE if below in ("", NATIVE) else below


def violations(graph: ImportGraph, package: str, table: dict[str, set[str]]) -> Iterator[str]:
    """One line per import that the table does not allow, and per module that it does not place."""
    inside = sorted(name for name in graph.modules if name == package or name.startswith(f"{package}."))
    for name in inside:
        source = part_of(name, package)
        if source not in table and name != package:
            yield f"{name} has no row in the table of arrows (pyproject.toml)"
            continue
        for target_name in sorted(graph.find_modules_directly_imported_by(name)):
            if target_name != package and not target_name.startswith(f"{package}."):
                continue
            target = part_of(target_name, package)
            if target != source and target not in table.get(source, set()):
                details = graph.get_import_details(importer=name, imported=target_name)
                lines = ", ".join(str(detail["line_number"]) for detail in details)
                yield f"{name} imports {target_name} (line {lines}): {source} -> {target} is not an allowed arrow"


class ArrowsContract(Contract):
    """`arrows`: rows of "module -> what it may import", for the files and folders directly under the root package."""

    type_name = "arrows"

    arrows = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        package = str(self.session_options["root_packages"][0])
        rows: Any = self.arrows
        found = list(violations(graph, package, parse(rows)))
        return ContractCheck(kept=not found, metadata={"violations": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["violations"]:
            output.print_error(line, bold=False)
            output.new_line()
