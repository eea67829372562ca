"""The policy table that both runners read, and the one pure decision of the flow.

A `Policy` is a snapshot inside every request: a change of settings never changes a sync that is under way.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from musicsync.model import MatchDecision, Policy, StepPolicy, Verdict

__all__ = ["STEP_POLICIES", "Next", "Policy", "StepPolicy", "decide", "step_policy"]

_PLAYLIST_ERRORS = ("PlaylistNotFoundError", "InsufficientScopeError", "PlaylistAmbiguousError", "InvalidPlaylistError")


STEP_POLICIES: Mapping[str, StepPolicy] = {
    "resolve-playlist": StepPolicy(30, 5, 1, 10, never_retried=_PLAYLIST_ERRORS),
    "recall-correction": StepPolicy(10, 5, 1, 10),
    "catalogue-search": StepPolicy(30, 3, 1, 10, lost_attempts=3),
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


def step_policy(snapshot: Policy, step: str) -> StepPolicy:
    """The policy of step `step` under a request's snapshot."""
    return snapshot.steps.get(step) or STEP_POLICIES[step]


class Next(StrEnum):
    """What follows a recorded match decision."""

    ADD = "add"
    SEARCH_MORE = "search_more"
    REVIEW = "review"
    NOT_FOUND = "not_found"


def decide(decision: MatchDecision, *, rungs_left: bool) -> Next:
    """The next step after `decision`. Never scores: it only reads what the engine recorded."""
    if decision.verdict is Verdict.ACCEPT:
        return Next.ADD
    if rungs_left:
        return Next.SEARCH_MORE
    return Next.REVIEW if decision.verdict is Verdict.AMBIGUOUS else Next.NOT_FOUND
