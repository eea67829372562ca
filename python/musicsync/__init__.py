"""musicsync: is this the same recording, and is it in the playlist?

    >>> import musicsync
    >>> asked = musicsync.Track(title="Africa", artists=["Toto"], duration_ms=295_893)
    >>> found = musicsync.Track(title="Africa - Live", artists=["Toto"])
    >>> musicsync.Matcher().decide(asked, [found]).verdict
    'reject'

The native engine is loaded when one of its names is first used: importing the package alone costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from musicsync._core import (
        Catalog,
        CatalogBuilder,
        Decision,
        EngineError,
        Explanation,
        JudgedCandidate,
        Match,
        Matcher,
        Profile,
        Ranking,
        Rankings,
        RejectedLine,
        ResultColumns,
        TitleParts,
        Track,
        TrackColumns,
        VersionToken,
        active_kernel,
        engine_version,
        feature_directions,
        feature_names,
        kernels,
        load_vocabulary,
        lower,
        model_version,
        normalize,
        parse_artists,
        parse_isrc,
        parse_title,
        ratio,
        read_columns,
        read_jsonl,
        reset_vocabulary,
        romanize,
        set_kernel,
        token_sort_ratio,
    )

__all__ = [
    "Catalog",
    "CatalogBuilder",
    "Decision",
    "EngineError",
    "Explanation",
    "JudgedCandidate",
    "Match",
    "Matcher",
    "Profile",
    "Ranking",
    "Rankings",
    "RejectedLine",
    "ResultColumns",
    "TitleParts",
    "Track",
    "TrackColumns",
    "VersionToken",
    "__version__",
    "active_kernel",
    "engine_version",
    "feature_directions",
    "feature_names",
    "kernels",
    "load_vocabulary",
    "lower",
    "model_version",
    "normalize",
    "parse_artists",
    "parse_isrc",
    "parse_title",
    "ratio",
    "read_columns",
    "read_jsonl",
    "reset_vocabulary",
    "romanize",
    "set_kernel",
    "token_sort_ratio",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from musicsync import _core

    value = getattr(_core, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
