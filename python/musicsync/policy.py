"""The policy table that both runners read, and the one pure decision of the flow.

A `Policy` is a snapshot inside every request: a change of settings never changes a sync that is under way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from musicsync.model import MatchDecision

_PLAYLIST_ERRORS = ("PlaylistNotFoundError", "InsufficientScopeError", "PlaylistAmbiguousError", "InvalidPlaylistError")


@dataclass(frozen=True, slots=True)
class StepPolicy:
    """How a step is retried. Seconds; the delay before attempt n+1 is min(backoff_s · factorⁿ⁻¹, backoff_max_s).

    `attempts` counts executions that raised; `lost_attempts` those whose process died or that ran out of time.
    `never_retried` are class names of `errors.py`; every other `Permanent` or `NeedsUser` error ends the step as well.
    """

    timeout_s: float
    attempts: int
    backoff_s: float = 1.0
    backoff_max_s: float = 10.0
    factor: float = 2.0
    heartbeat_s: float | None = None
    lost_attempts: int | None = None
    never_retried: tuple[str, ...] = ()

    def delay_s(self, attempt: int) -> float:
        """Seconds to wait after failed attempt `attempt` (1-based)."""
        return min(self.backoff_s * self.factor ** (attempt - 1), self.backoff_max_s)


STEP_POLICIES: Mapping[str, StepPolicy] = {
    "resolve-playlist": StepPolicy(30, 5, 1, 10, never_retried=_PLAYLIST_ERRORS),
    "recall-correction": StepPolicy(10, 5, 1, 10),
    "spotify-search": StepPolicy(
        30, 3, 1, 10, heartbeat_s=10, never_retried=("InvalidCredentialsError", "MCPToolError")
    ),
    "fuzzy-match": StepPolicy(15, 1, lost_attempts=5),
    "ai-disambiguate": StepPolicy(120, 3, 2, 30, heartbeat_s=30, never_retried=("InvalidAPIKeyError",)),
    "open-review": StepPolicy(10, 5, 1, 10),
    "close-review": StepPolicy(10, 5, 1, 10),
    "add-to-playlist": StepPolicy(30, 10, 2, 60, never_retried=_PLAYLIST_ERRORS),
    "verify-track-added": StepPolicy(15, 5, 1, 10, never_retried=_PLAYLIST_ERRORS),
    "remove-from-playlist": StepPolicy(30, 5, 1, 30, never_retried=_PLAYLIST_ERRORS),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """What was in force when a sync was accepted. `steps` holds only what differs from `STEP_POLICIES`."""

    profile: str = "standard"
    review_days: float = 7.0
    steps: Mapping[str, StepPolicy] = field(default_factory=dict)

    def step(self, name: str) -> StepPolicy:
        """The policy of step `name`."""
        return self.steps.get(name) or STEP_POLICIES[name]


class Next(StrEnum):
    """What follows a recorded match decision."""

    ADD = "add"
    SEARCH_MORE = "search_more"
    REVIEW = "review"
    NOT_FOUND = "not_found"


def decide(decision: MatchDecision, *, rungs_left: bool) -> Next:
    """The next step after `decision`. Never scores: it only reads what the engine recorded."""
    if decision.verdict == "accept":
        return Next.ADD
    if rungs_left:
        return Next.SEARCH_MORE
    return Next.REVIEW if decision.verdict == "ambiguous" else Next.NOT_FOUND
