"""Dataclasses ↔ JSON bytes, for journals and stores. Unknown fields are ignored, missing ones take their default:
an older or newer release's record goes on to load."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    """The adapter of `kind`, made once."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def dumps(value: object, kind: Any = None) -> bytes:
    """JSON of a dataclass (`kind` for a union or a builtin)."""
    return _adapter(kind or type(value)).dump_json(value)


def loads(kind: type[T], data: bytes | str) -> T:
    """The value that `dumps` wrote; raises `pydantic.ValidationError` for anything else."""
    value: T = _adapter(kind).validate_json(data)
    return value


def to_plain(value: object) -> Any:
    """The JSON-like form of a dataclass (dicts, lists, texts, numbers)."""
    return _adapter(type(value)).dump_python(value, mode="json")
