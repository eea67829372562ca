"""What can be made to go wrong: one flat JSON object, for `--faults` and for `PUT /_emulator/faults`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

Rate = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Milliseconds = Annotated[float, Field(ge=0, le=600_000, allow_inf_nan=False)]
Seconds = Annotated[float, Field(ge=0, le=600, allow_inf_nan=False)]
_HALF_A_YEAR = 182 * 86_400


class FaultsError(ValueError):
    """Faults that cannot be read; the text names the key."""


def _rate(key: str, text: str) -> Any:
    return Field(default=0.0, alias=key, description=text)


class Knobs(BaseModel):
    """Rates are shares of the requests that a fault can befall; a request suffers at most one of them."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    rate_429: Rate = _rate("429", "429 with Retry-After: retry_after_s")
    rate_429_long: Rate = _rate("429_long", "429 with Retry-After: retry_after_long_s")
    rate_500: Rate = _rate("500", "500, nothing applied")
    rate_502: Rate = _rate("502", "502, nothing applied")
    timeout: Rate = _rate("timeout", "no answer for timeout_s, nothing applied")
    timeout_after_apply: Rate = _rate("timeout_after_apply", "writes: applied, then no answer for timeout_s")
    drop: Rate = _rate("drop", "connection closed without an answer, nothing applied")
    drop_after_apply: Rate = _rate("drop_after_apply", "writes: applied, then the connection is closed")
    expired_token: Rate = _rate("expired_token", "the access token ends now: 401 until it is refreshed")
    stale_read: Rate = _rate("stale_read", "reads of a playlist show it as it was stale_ms ago")
    empty_isrc: Rate = _rate("empty_isrc", "searches by isrc: find nothing")
    slow: Rate = _rate("slow", "answered slow_ms late")
    item_null: Rate = _rate("item_null", "one entry of a page of items shows item: null")
    not_registered: Rate = _rate("not_registered", "403 in plain text: User not registered in the Developer Dashboard")

    parallel_500: Rate = _rate("parallel_500", "adds while another write to the playlist is under way: 500")
    relinked: Rate = _rate("relinked", "share of the tracks with an ISRC that playlists show under another id")
    rotate_refresh: Rate = _rate("rotate_refresh", "refreshes that bring a new refresh token and end the old one")
    no_refresh: Rate = _rate("no_refresh", "sign-ins that bring no refresh token")
    revoke_refresh: Rate = _rate("revoke_refresh", "refreshes that end the refresh token: invalid_grant")
    access_denied: Rate = _rate("access_denied", "sign-ins that the user refuses")

    seed: int | None = Field(default=None, description="of all draws (default: --seed)")
    retry_after_s: int = Field(default=1, ge=0, le=86_400, description="of 429 (1)")
    retry_after_long_s: int = Field(default=3600, ge=0, le=86_400, description="of 429_long (3600)")
    enforce_429: bool = Field(default=False, description="answer 429 to all until Retry-After has passed (false)")
    too_early_grace_ms: Milliseconds = Field(default=100.0, description="after a 429, requests under way (100)")
    burst_s: Seconds = Field(default=0.0, description="a 500 or 502 goes on at its endpoint for so long (0)")
    apply_late_ms: Milliseconds = Field(default=0.0, description="writes take effect up to so much later (0)")
    timeout_s: Seconds = Field(default=30.0, description="of both timeouts (30)")
    slow_ms: Milliseconds = Field(default=1000.0, description="of slow (1000)")
    stale_ms: Milliseconds = Field(default=600.0, description="of stale_read (600)")
    item_lag_ms: Milliseconds = Field(default=0.0, description="every read shows the items of so long ago (0)")
    snapshot_lag_ms: Milliseconds = Field(
        default=0.0, description="every read shows the snapshot_id of so long ago (0)"
    )
    refresh_ttl_s: float = Field(default=_HALF_A_YEAR, gt=0, description="refresh tokens end after consent (182 days)")
    expires_in_s: int = Field(default=3600, ge=1, le=86_400, description="life of an access token (3600)")
    endpoints: list[str] | None = Field(
        default=None, description='only at these, such as ["GET /v1/search"] (default: all of /v1)'
    )

    @model_validator(mode="after")
    def _rates_fit_one_request(self) -> Self:
        total = sum(getattr(self, name) for name in EXCLUSIVE)
        if total > 1 + 1e-9:
            raise ValueError(f"the rates add up to {total:g}: a request suffers at most one fault, so 1 is the most")
        return self

    @property
    def horizon_s(self) -> float:
        """How far back a read may look."""
        stale = self.stale_ms if self.stale_read else 0.0
        return max(stale, self.item_lag_ms, self.snapshot_lag_ms) / 1000


EXCLUSIVE = tuple(Knobs.model_fields)[:14]
"""The faults of which a request suffers at most one, in the order in which they are drawn."""


def read_knobs(given: Mapping[str, Any] | str | bytes, endpoints: frozenset[str]) -> Knobs:
    """Read faults from JSON text or a mapping. Raises `FaultsError` for an unknown key, endpoint or bad value."""
    if isinstance(given, str | bytes):
        try:
            given = json.loads(given)
        except ValueError as error:
            raise FaultsError(f"faults: no JSON: {error}") from error
    if not isinstance(given, Mapping):
        raise FaultsError("faults: a JSON object is wanted")
    fields = {field.alias for field in Knobs.model_fields.values() if field.alias}
    names = fields | {name for name, field in Knobs.model_fields.items() if not field.alias}
    unknown = sorted(set(given) - names)
    if unknown:
        raise FaultsError(f"faults: unknown key {', '.join(map(repr, unknown))}; known: {', '.join(sorted(names))}")
    try:
        knobs = Knobs.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise FaultsError(f"faults: {where + ': ' if where else ''}{first['msg']}") from error
    strangers = sorted(set(knobs.endpoints or ()) - endpoints)
    if strangers:
        raise FaultsError(f"faults: endpoints: unknown {strangers[0]!r}; known: {', '.join(sorted(endpoints))}")
    return knobs


def described() -> str:
    """Every key with what it does, one a line."""
    lines = [f"  {field.alias or name:<20} {field.description}" for name, field in Knobs.model_fields.items()]
    return "\n".join(lines)
