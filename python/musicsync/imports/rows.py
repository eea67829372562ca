"""What readers of files have in common: the rows that are no tracks, and how progress is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from musicsync import _core

Progress: TypeAlias = Callable[[int, int], Any] | None


class UnreadableFile(Exception):
    """A file that holds no tracks at all, and why."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is no track: `line` is that of the file, in Parquet and Arrow the row, from 1."""

    file: str
    line: int
    code: str
    field: str
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | {"field": self.field or None}


def track_of(file: str, line: int, row: Mapping[str, Any], rejected: list[Rejected]) -> _core.Track | None:
    """The track of a row, or None and why in `rejected`."""
    try:
        return _core.Track.from_mapping(row)
    except _core.EngineError as error:
        rejected.append(Rejected(file, line, error.code or "", error.field or "", str(error)))
    except TypeError as error:
        rejected.append(Rejected(file, line, "invalid_value", "", str(error)))
    return None
