"""RapidFuzz's calls over the engine's kernels: the same arguments and percentages, for those who come from there.

    >>> from musicsync import process
    >>> process.extractOne("kitten", ["sitting", "mitten"])
    ('mitten', 83.33333333333333, 1)
    >>> process.cdist(["kitten"], ["sitting", "mitten"]).round(1).tolist()
    [[61.5, 83.30000305175781]]

Scorers are `ratio` and `token_sort_ratio`: those of `rapidfuzz.fuzz`, in percent (words are what `str.split()` gives;
RapidFuzz takes U+0085 and U+00A0 for letters in some texts). `cdist` and `cpdist` need numpy.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from musicsync import _core

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray

__all__ = ["cdist", "cpdist", "extract", "extractMany", "extractOne", "ratio", "token_sort_ratio"]

Key = TypeVar("Key", bound=Hashable)
Scorer = Callable[[str, str], float]
Processor = Callable[[str], str]
_PERCENT = 100.0


def ratio(a: str, b: str) -> float:
    """`rapidfuzz.fuzz.ratio`: 200 · LCS / (len(a) + len(b)), in [0, 100]."""
    return _PERCENT * _core.ratio(a, b)


def token_sort_ratio(a: str, b: str) -> float:
    """`rapidfuzz.fuzz.token_sort_ratio`: `ratio` of the texts with their words sorted, in [0, 100]."""
    return _PERCENT * _core.token_sort_ratio(a, b)


def cdist(
    queries: Iterable[str],
    choices: Iterable[str],
    *,
    scorer: Scorer = ratio,
    processor: Processor | None = None,
    score_cutoff: float | None = None,
    dtype: DTypeLike | None = None,
    workers: int = 1,
) -> NDArray[Any]:
    """The score of every query with every choice, of shape (queries, choices), in [0, 100].

    What is below `score_cutoff` is 0. `dtype`: float32 (the default), float64 or uint8 (rounded). `workers`: how many
    threads, -1 for all allowed cores. Raises ValueError for another scorer or dtype, TypeError for what
    is no str.
    """
    prepare = _preparing(scorer, processor)
    return _core.ratio_matrix(
        _prepared(queries, prepare, "queries"), _prepared(choices, prepare, "choices"),
        scale=_PERCENT, cutoff=score_cutoff or 0.0, threads=_threads(workers), dtype=_name(dtype),
    )  # fmt: skip


def cpdist(
    queries: Iterable[str],
    choices: Iterable[str],
    *,
    scorer: Scorer = ratio,
    processor: Processor | None = None,
    score_cutoff: float | None = None,
    dtype: DTypeLike | None = None,
    workers: int = 1,
) -> NDArray[Any]:
    """The score of each query with the choice at its position, in [0, 100]; arguments as those of `cdist`.

    Raises ValueError where there are not as many choices as queries.
    """
    prepare = _preparing(scorer, processor)
    return _core.ratio_pairs(
        _prepared(queries, prepare, "queries"), _prepared(choices, prepare, "choices"),
        scale=_PERCENT, cutoff=score_cutoff or 0.0, threads=_threads(workers), dtype=_name(dtype),
    )  # fmt: skip


def extractMany(
    queries: Iterable[str],
    choices: Mapping[Key, str | None] | Sequence[str | None],
    *,
    scorer: Scorer = ratio,
    processor: Processor | None = None,
    limit: int | None = 5,
    score_cutoff: float | None = None,
    workers: int = 1,
) -> list[list[tuple[str, float, Any]]]:
    """What `extract` gives, for each of many queries: the choices are prepared once, and no matrix is made."""
    items = choices.items() if isinstance(choices, Mapping) else enumerate(choices)
    kept = [(key, choice) for key, choice in items if choice is not None]
    prepare = _preparing(scorer, processor)
    found = _core.ratio_top_k(
        _prepared(queries, prepare, "queries"), _prepared([choice for _, choice in kept], prepare, "choices"),
        len(kept) if limit is None else max(limit, 0),
        scale=_PERCENT, cutoff=score_cutoff or 0.0, threads=_threads(workers),
    )  # fmt: skip
    return [[(kept[i][1], score, kept[i][0]) for i, score in best] for best in found]


def extract(
    query: str,
    choices: Mapping[Key, str | None] | Sequence[str | None],
    *,
    scorer: Scorer = ratio,
    processor: Processor | None = None,
    limit: int | None = 5,
    score_cutoff: float | None = None,
) -> list[tuple[str, float, Any]]:
    """The best choices as (choice, score, key or index), best first, the earlier one first where scores are equal.

    A choice that is None is passed over; so is one below `score_cutoff`. `limit` None: all.
    """
    return extractMany([query], choices, scorer=scorer, processor=processor, limit=limit, score_cutoff=score_cutoff)[0]


def extractOne(
    query: str,
    choices: Mapping[Key, str | None] | Sequence[str | None],
    *,
    scorer: Scorer = ratio,
    processor: Processor | None = None,
    score_cutoff: float | None = None,
) -> tuple[str, float, Any] | None:
    """The best choice as `extract` gives it, or None where nothing reaches `score_cutoff`."""
    found = extract(query, choices, scorer=scorer, processor=processor, limit=1, score_cutoff=score_cutoff)
    return found[0] if found else None


def _preparing(scorer: Scorer, processor: Processor | None) -> Processor | None:
    """What has to be done to each text before `ratio`; None for nothing."""
    if scorer is ratio:
        return processor
    if scorer is token_sort_ratio:
        return (lambda text: _sorted(processor(text))) if processor else _sorted
    raise ValueError(
        f"scorer {getattr(scorer, '__name__', scorer)!r}: there are process.ratio and process.token_sort_ratio"
    )


def _prepared(texts: Iterable[str], prepare: Processor | None, name: str) -> Iterable[str]:
    return [prepare(text) for text in _core.texts(texts, name)] if prepare else texts


def _threads(workers: int) -> int | None:
    return None if workers == -1 else workers


def _name(dtype: DTypeLike | None) -> str:
    if dtype is None:
        return "float32"
    import numpy as np

    return np.dtype(dtype).name


def _sorted(text: str) -> str:
    return " ".join(sorted(text.split()))
