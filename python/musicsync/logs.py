"""Structured logs: constant messages with fields, on standard error, without secrets."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO, cast

import structlog

_SECRET_NAMES = re.compile(r"token|secret|password|authorization|api_key|code_verifier|cookie", re.IGNORECASE)
_SECRET_TEXT = re.compile(r"(?i)\b(bearer\s+|(?:access_token|refresh_token|code|client_secret)=)[^\s&\"',}]+")
_MASK = "•••"


class _StandardError:
    """`sys.stderr` as it is when a line is written: a program or a test may have replaced it since."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


_ERR = cast(TextIO, _StandardError())


def configure(level: str = "info", style: str = "auto") -> None:
    """Set up logging for this process. `style`: `text`, `json`, or `auto` (text on a terminal)."""
    text = style == "text" or (style == "auto" and sys.stderr.isatty())
    # Plain tracebacks: the pretty ones print local variables, and those hold tokens.
    renderer: Any = (
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if text
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        *([] if text else [structlog.processors.format_exc_info]),
        masked,
    ]
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(_ERR),
        cache_logger_on_first_use=False,
    )
    foreign = structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[_forget, renderer])
    handler = logging.StreamHandler(_ERR)
    handler.setFormatter(foreign)
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for noisy in ("uvicorn", "aiohttp.access", "asyncio"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLogger().level))


def masked(logger: object, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace what is, or looks like, a secret."""
    return {key: _MASK if _SECRET_NAMES.search(key) else _masked_value(value) for key, value in event.items()}


def _masked_value(value: Any) -> Any:
    return _SECRET_TEXT.sub(rf"\g<1>{_MASK}", value) if isinstance(value, str) else value


def _forget(logger: object, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    event.pop("_record", None)
    event.pop("_from_structlog", None)
    return event
