"""The `fields` parameter of playlists: the wanted parts of an answer, as in `total,items(added_at,item.name)`."""

from __future__ import annotations

import re
from typing import Any

from musicsync.emulator.wire import Refused

Tree = dict[str, "Tree"]
_TOKEN = re.compile(r"\s*(!?[A-Za-z_0-9]+|[().,])")


def read_fields(text: str) -> Tree:
    """Parse; empty text wants everything, a name starting with `!` leaves that field out. Raises `Refused` (400) for
    what is no field list."""
    tokens: list[str] = []
    place = 0
    while place < len(text.rstrip()):
        match = _TOKEN.match(text, place)
        if not match:
            raise Refused(400, "Invalid fields")
        tokens.append(match.group(1))
        place = match.end()
    if not tokens:
        return {}
    tokens.reverse()
    tree = _list(tokens, 0)
    if tokens:
        raise Refused(400, "Invalid fields")
    return tree


def wants(tree: Tree, *path: str) -> bool:
    """True where the answer keeps anything of what is at this path."""
    for name in path:
        if not tree:
            return True
        if any(one.startswith("!") for one in tree):
            return f"!{name}" not in tree
        if name not in tree:
            return False
        tree = tree[name]
    return True


def _list(tokens: list[str], depth: int) -> Tree:
    tree: Tree = {}
    while True:
        if not tokens or tokens[-1] in "().," or depth > 16:
            raise Refused(400, "Invalid fields")
        below = tree
        while True:
            if not tokens or tokens[-1] in "().,":
                raise Refused(400, "Invalid fields")
            below = below.setdefault(tokens.pop(), {})
            if not (tokens and tokens[-1] == "."):
                break
            tokens.pop()
        if tokens and tokens[-1] == "(":
            tokens.pop()
            below.update(_list(tokens, depth + 1))
            if not tokens or tokens.pop() != ")":
                raise Refused(400, "Invalid fields")
        if not tokens or tokens[-1] != ",":
            return tree
        tokens.pop()


def pick(content: Any, tree: Tree) -> Any:
    """The wanted parts; lists are passed through to their elements."""
    if isinstance(content, list):
        return [pick(one, tree) for one in content]
    if not tree or not isinstance(content, dict):
        return content
    left_out = {name[1:] for name in tree if name.startswith("!")}
    if left_out:
        return {name: value for name, value in content.items() if name not in left_out}
    return {name: pick(content[name], below) for name, below in tree.items() if name in content}
