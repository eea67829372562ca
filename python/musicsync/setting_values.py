"""How the text of a setting becomes its value, where that takes more than a type."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator
from pydantic_settings import NoDecode

from musicsync.policy import STEP_POLICIES, StepPolicy


def _mode(value: object) -> object:
    """`USE_TEMPORAL=true|false` names a mode as well."""
    return {"true": "temporal", "1": "temporal", "false": "standalone", "0": "standalone"}.get(
        str(value).lower(), str(value).lower()
    )


def _url(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return value.rstrip("/")


def _names(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _steps(value: object) -> object:
    """JSON `{STEP: {FIELD: VALUE}}` → whole policies, each value checked."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError as error:
            raise ValueError(f"is no JSON: {error}") from None
    if not isinstance(value, dict):
        raise ValueError("must be a JSON object")
    return {name: _step(name, changes) for name, changes in value.items()}


def _step(name: str, changes: object) -> StepPolicy:
    if isinstance(changes, StepPolicy):
        return changes
    if name not in STEP_POLICIES:
        raise ValueError(f"unknown step {name!r}; there are {', '.join(STEP_POLICIES)}")
    known = {field.name for field in fields(StepPolicy)} - {"never_retried"}
    if not isinstance(changes, dict) or not set(changes) <= known:
        raise ValueError(f"{name}: must be an object with some of {', '.join(sorted(known))}")
    for key, number in changes.items():
        least, kinds = (1, (int,)) if key in ("attempts", "lost_attempts") else (0, (int, float))
        if isinstance(number, bool) or not isinstance(number, kinds) or not least <= number <= 1e6:
            raise ValueError(f"{name}.{key}: must be a {'whole ' if least else ''}number from {least} to 1000000")
    return replace(STEP_POLICIES[name], **changes)


Mode = Annotated[Literal["standalone", "temporal"], BeforeValidator(_mode)]
Url = Annotated[str, AfterValidator(_url)]
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_names)]
StepPolicies = Annotated[dict[str, StepPolicy], NoDecode, BeforeValidator(_steps)]
