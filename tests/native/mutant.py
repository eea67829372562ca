"""A change of a line that a test has to notice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """`old`, which stands once in `file`, becomes `new`; the tests of `noticed_by` fail."""

    name: str
    file: str
    old: str
    new: str
    noticed_by: str
    kernel: str = "scalar"
    """Of the CPUs that can run the line."""
