"""A matching profile as a value: the name of a shipped one, or the text of a profile file.

The text itself goes into a request's policy, so that a file that changes later changes no sync that is under way.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

_NAME = re.compile(r"[a-z0-9_.-]{1,64}")
_SHOWN = 12


def is_file(text: str) -> bool:
    """True for what names a file: it has a slash or ends with .json."""
    return "/" in text or text.endswith(".json")


def value_of(text: str) -> str:
    """The text of a profile file on one line. Raises `ValueError` for what is no JSON object with a name; the engine
    checks the rest."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"is no JSON: {error}") from None
    if not isinstance(found, dict) or not isinstance(found.get("name"), str) or not found["name"]:
        raise ValueError("must be a JSON object with a name, as `Profile.to_json()` writes it")
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def read(source: str) -> str:
    """The value of a name or of a file. Raises `ValueError` that names the file and what is wrong with it."""
    if not is_file(source):
        return source
    try:
        return value_of(Path(source).expanduser().read_text(encoding="utf-8"))
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
    except UnicodeDecodeError:
        reason = "is not UTF-8"
    except ValueError as error:
        reason = str(error)
    raise ValueError(f"{source}: {reason}")


def is_text(value: str) -> bool:
    """True for a value that is a profile's text and no name."""
    return value.startswith("{")


def given(text: str) -> str:
    """`text`, where it is a name or names a file. Raises `ValueError`."""
    if is_file(text) or _NAME.fullmatch(text):
        return text
    raise ValueError("neither a profile's name nor a .json file")


def label(value: str) -> str:
    """What results show: the name, and of a file also the beginning of its SHA-256, so that it can be told from another
    of the same name."""
    if not is_text(value):
        return value
    digest = hashlib.sha256(value.encode()).hexdigest()[:_SHOWN]
    return f"{json.loads(value)['name']}#{digest}"
