"""Who gets which track, where each may be given once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence


def assign(wanted: Mapping[int, Sequence[tuple[int, float]]]) -> dict[int, int | None]:
    """For each row one of its tracks (position, worth in [0, 1]) or None, no track twice.

    As many rows as can be have one; of all such ways that with the highest sum of worths. Needs the extra `[tuning]`
    where rows want the same track. Source: Jonker and Volgenant's algorithm for sparse matrices (SciPy).
    """
    rows_of = Counter(position for tracks in wanted.values() for position, _ in tracks)
    out: dict[int, int | None] = {}
    contested: list[int] = []
    for row, tracks in wanted.items():
        if any(rows_of[position] > 1 for position, _ in tracks):
            contested.append(row)
        else:
            out[row] = max(tracks, key=lambda one: (one[1], -one[0]))[0] if tracks else None
    if contested:
        out.update(_assign_contested({row: wanted[row] for row in contested}))
    return out


def _assign_contested(wanted: Mapping[int, Sequence[tuple[int, float]]]) -> dict[int, int | None]:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    rows = list(wanted)
    positions = sorted({position for tracks in wanted.values() for position, _ in tracks})
    column_of = {position: column for column, position in enumerate(positions)}
    cells = [
        (number, column_of[position], 2.0 - worth) for number, row in enumerate(rows) for position, worth in wanted[row]
    ]
    without = 2.0 + len(rows)  # more than all others can gain
    cells += [(number, len(positions) + number, without) for number in range(len(rows))]
    numbers, columns, costs = zip(*cells, strict=True)
    costs_of = coo_array((costs, (numbers, columns)), shape=(len(rows), len(positions) + len(rows))).tocsr()
    given = min_weight_full_bipartite_matching(costs_of)[1]
    return {
        row: positions[column] if column < len(positions) else None
        for row, column in zip(rows, given.tolist(), strict=True)
    }
