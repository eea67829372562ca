"""RFC 9457 problem documents: every error that leaves the API, with a `type` that never changes its meaning."""

from __future__ import annotations

import http
from collections.abc import Sequence
from typing import Any, NotRequired

import orjson
from fastapi import Response
from typing_extensions import TypedDict

from musicsync import errors

MEDIA_TYPE = "application/problem+json"
_URN = "urn:musicsync:problem:"

TYPES: dict[str, tuple[int, str]] = {
    "bad-request": (400, "The request cannot be read"),
    "unauthorized": (401, "A valid bearer token is needed"),
    "foreign-origin": (403, "Calls from another web site are refused"),
    "not-found": (404, "There is no such thing"),
    "method-not-allowed": (405, "The address does not take this method"),
    "timeout": (408, "The request did not arrive in time"),
    "conflict": (409, "The request contradicts what was done before"),
    "too-large": (413, "The request is too large"),
    "wrong-host": (421, "The API is not served under this name"),
    "invalid": (422, "The request is not valid"),
    "internal": (500, "Something went wrong inside musicsync"),
    "unavailable": (503, "musicsync cannot do this now"),
}
"""Suffix of `type` → status and title."""

_KIND_OF: Sequence[tuple[type[errors.MusicSyncError], str, str | None]] = (
    (errors.SyncNotFound, "not-found", None),
    (errors.IdempotencyConflict, "conflict", "Idempotency-Key"),
    (errors.ReviewConflict, "conflict", None),
    (errors.NotCancellable, "conflict", None),
    (errors.ReviewChoiceInvalid, "invalid", "choice"),
    (errors.EngineFailed, "invalid", None),
    (errors.Retryable, "unavailable", None),
    (errors.NeedsUser, "unavailable", None),
)


_PLAINER = {
    "model_attributes_type": "must be a JSON object, sent with the header Content-Type: application/json",
    "string_too_short": "must not be blank",
    "missing": "is missing",
    "extra_forbidden": "is not known here",
}
"""What a caller is told instead of Pydantic's own words, by kind of error."""


class FieldProblem(TypedDict):
    """One thing that is wrong: `field` as the caller wrote it."""

    field: str
    message: str


class Problem(TypedDict):
    """What every error looks like. `type` is stable, `detail` fit for a notification."""

    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[list[FieldProblem]]


def problem(
    kind: str, detail: str, *, fields: Sequence[FieldProblem] = (), headers: dict[str, str] | None = None
) -> Response:
    """The response for `kind`, a key of `TYPES`."""
    status, title = TYPES[kind]
    body = Problem(type=_URN + kind, title=title, status=status, detail=detail)
    if fields:
        body["errors"] = list(fields)
    return Response(orjson.dumps(body), status, headers, MEDIA_TYPE)


def from_error(error: errors.MusicSyncError) -> Response:
    """The response for an error of the tree."""
    for kind_of, kind, field in _KIND_OF:
        if isinstance(error, kind_of):
            fields = [FieldProblem(field=field, message=str(error))] if field else []
            return problem(kind, str(error), fields=fields)
    return problem("internal", str(error))


def from_status(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """The response for a plain HTTP status, such as the framework's own 404 and 405."""
    kind = next((name for name, (code, _) in TYPES.items() if code == status), None)
    if kind:
        return problem(kind, detail, headers=headers)
    title = http.HTTPStatus(status).phrase
    body = Problem(type="about:blank", title=title, status=status, detail=detail)
    return Response(orjson.dumps(body), status, headers, MEDIA_TYPE)


def from_validation(found: Sequence[Any]) -> Response:
    """The 422 for FastAPI's list of errors: each named by its field, without the value that was sent."""
    if any(one["type"] == "json_invalid" for one in found):
        return problem("invalid", "the body is not valid JSON", fields=[FieldProblem(field="body", message="not JSON")])
    fields = [FieldProblem(field=_name(one["loc"]), message=_text(one)) for one in found]
    return problem("invalid", "; ".join(f"{one['field']}: {one['message']}" for one in fields[:5]), fields=fields)


def _name(location: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in location[1:]) or str(location[0])


def _text(error: Any) -> str:
    if error["type"] in _PLAINER:
        return _PLAINER[error["type"]]
    text = str(error["msg"]).removeprefix("Value error, ")
    return text[:1].lower() + text[1:]


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that may answer with these problems, besides those of every route."""
    reference = {"schema": {"$ref": "#/components/schemas/Problem"}}
    titles = dict(TYPES.values())
    return {
        status: {"description": titles[status], "content": {MEDIA_TYPE: reference}}
        for status in sorted({401, 403, 421, 422, 503, *statuses})
    }
