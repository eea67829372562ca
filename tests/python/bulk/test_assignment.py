"""Each track is given once, to as many rows as can be."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from musicsync.bulk.assignment import assign

_TRACKS = st.lists(
    st.tuples(st.integers(0, 4), st.floats(0, 1, allow_nan=False).map(lambda worth: round(worth, 3))),
    max_size=3, unique_by=lambda one: one[0],
)  # fmt: skip


def _best(wanted: dict[int, list[tuple[int, float]]]) -> tuple[int, float]:
    """How many rows can have a track, and what those are worth at most: of all ways there are."""
    ways = itertools.product(*([None, *tracks] for tracks in wanted.values()))
    found = (0, 0.0)
    for way in ways:
        taken = [one for one in way if one is not None]
        if len({position for position, _ in taken}) == len(taken):
            found = max(found, (len(taken), round(sum(worth for _, worth in taken), 6)))
    return found


@settings(deadline=None)
@given(st.dictionaries(st.integers(0, 5), _TRACKS, max_size=5))
def test_it_is_the_best_of_all_ways(wanted: dict[int, list[tuple[int, float]]]) -> None:
    out = assign(wanted)
    assert out.keys() == wanted.keys()
    worth = {row: dict(tracks) for row, tracks in wanted.items()}
    taken = [(row, position) for row, position in out.items() if position is not None]
    assert len({position for _, position in taken}) == len(taken)
    assert (len(taken), round(sum(worth[row][position] for row, position in taken), 6)) == _best(wanted)


def test_a_row_gives_way_where_it_has_another_choice() -> None:
    assert assign({0: [(7, 1.0), (8, 0.5)], 1: [(7, 0.9)]}) == {0: 8, 1: 7}


def test_a_chain_of_rows_gives_way_for_one_more() -> None:
    rows = {n: [(n, 1.0), (n + 1, 0.0)] for n in range(9)} | {9: [(0, 1.0)]}
    assert assign(rows) == {n: n + 1 for n in range(9)} | {9: 0}
