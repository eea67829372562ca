"""Texts: their normal forms and parts, and how alike they are. Of the native engine, musicsync._core."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from numpy.typing import NDArray

from musicsync._columns import _Arrow

_Texts: TypeAlias = Iterable[str] | _Arrow
_Progress: TypeAlias = Callable[[int, int], object] | None

def normalize(text: str) -> str: ...
def lower(text: str) -> str: ...
def romanize(text: str) -> str: ...
def parse_title(title: str) -> TitleParts: ...
def parse_artists(credit: str) -> list[str]: ...
def parse_isrc(text: str) -> str: ...
def ratio(a: str, b: str) -> float: ...
def token_sort_ratio(a: str, b: str) -> float: ...
def ratio_matrix(
    queries: _Texts,
    choices: _Texts,
    *,
    scale: float = 1.0,
    cutoff: float = 0.0,
    threads: int | None = 1,
    progress: _Progress = None,
    dtype: str = ...,
) -> NDArray[Any]: ...
def ratio_pairs(
    queries: _Texts,
    choices: _Texts,
    *,
    scale: float = 1.0,
    cutoff: float = 0.0,
    threads: int | None = 1,
    progress: _Progress = None,
    dtype: str = ...,
) -> NDArray[Any]: ...
def ratio_top_k(
    queries: _Texts,
    choices: _Texts,
    k: int,
    *,
    scale: float = 1.0,
    cutoff: float = 0.0,
    threads: int | None = 1,
    progress: _Progress = None,
) -> list[list[tuple[int, float]]]: ...

class VersionToken:
    @property
    def kind(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def changes_recording(self) -> bool: ...
    def to_dict(self) -> dict[str, Any]: ...

class TitleParts:
    @property
    def base(self) -> str: ...
    @property
    def versions(self) -> list[VersionToken]: ...
    @property
    def featured(self) -> list[str]: ...
    @property
    def part(self) -> int | None: ...
    @property
    def context(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
