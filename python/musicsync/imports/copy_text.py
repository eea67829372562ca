"""PostgreSQL's text format of COPY: a row a line, columns between tabs, \\N for what is unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

_LONGEST = 1 << 21  # bytes of a row
_END = b"\\."
_NULL = b"\\N"
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))", re.DOTALL)
_CONTROLS = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}


def rows(file: BinaryIO) -> Iterator[tuple[int, list[bytes] | None]]:
    """Line and columns of each row, columns as they are written; None for a row that is longer than 2 MB."""
    number = 0
    while line := file.readline(_LONGEST):
        number += 1
        if len(line) == _LONGEST and not line.endswith(b"\n"):
            while (line := file.readline(_LONGEST)) and not line.endswith(b"\n"):
                pass
            yield number, None
            continue
        line = line.rstrip(b"\r\n")
        if line == _END:
            return
        yield number, line.split(b"\t")


def value(column: bytes) -> bytes | None:
    """What a column holds; None for NULL."""
    if b"\\" not in column:
        return column
    return None if column == _NULL else _ESCAPE.sub(_unescaped, column)


def _unescaped(escape: re.Match[bytes]) -> bytes:
    octal, hexadecimal, other = escape.groups()
    if octal:
        return bytes([int(octal, 8) & 0xFF])
    if hexadecimal:
        return bytes([int(hexadecimal, 16)])
    return _CONTROLS.get(other, other)
