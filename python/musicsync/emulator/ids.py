"""Spotify's ids: 22 characters of base 62. Ids that a catalogue does not give are made from what it does give."""

from __future__ import annotations

import hashlib
import re

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ID_LENGTH = 22
_BASE62_ID = re.compile(r"[0-9A-Za-z]{22}")
_TRACK_URI = "spotify:track:"


def is_base62_id(text: str) -> bool:
    """True for 22 characters of base 62."""
    return _BASE62_ID.fullmatch(text) is not None


def made_id(*parts: object) -> str:
    """The id that belongs to these parts: the same in every run and on every machine."""
    text = "\x1f".join(str(part) for part in parts)
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16], "big")
    digits = []
    for _ in range(ID_LENGTH):
        number, digit = divmod(number, 62)
        digits.append(ALPHABET[digit])
    return "".join(digits)


def fraction(*parts: object) -> float:
    """A number in [0, 1) that belongs to these parts, as even as a hash."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:7], "big") / 2**56


def track_uri(track_id: str) -> str:
    return _TRACK_URI + track_id


def id_of_track_uri(uri: str) -> str | None:
    """The id in a well-formed track URI, None for anything else."""
    track_id = uri.removeprefix(_TRACK_URI)
    return track_id if uri.startswith(_TRACK_URI) and is_base62_id(track_id) else None
