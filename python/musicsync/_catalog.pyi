"""Catalogues and what is read from files, of the native engine, musicsync._core."""

from collections.abc import Iterable, Iterator
from os import PathLike
from typing import Any, Literal, TypeAlias, TypedDict

from numpy import uint32
from numpy.typing import NDArray

from musicsync._columns import _Tracks
from musicsync._core import Decision, Track, _ProfileLike, _TrackLike
from musicsync._ranking import Match
from musicsync._texts import _Progress

_Path: TypeAlias = str | bytes | PathLike[str] | PathLike[bytes]
_Limits: TypeAlias = float | tuple[float | None, float | None] | list[float | None] | None
_OnError: TypeAlias = Literal["raise", "skip"]

class RejectedLine:
    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def reason(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...

class _ShardInfo(TypedDict):
    name: str
    tracks: int
    removed: int
    bytes: int

class _CatalogChange(TypedDict):
    added: int
    removed: int
    tracks: int
    shards: int
    missing: list[str]

class _CatalogInfo(TypedDict):
    tracks: int
    bytes: int
    format: int
    has_rows: bool
    read_as_now: bool
    sections: dict[str, int]
    shards: list[_ShardInfo]

class CatalogBuilder:
    def __init__(self) -> None: ...
    def add(
        self,
        tracks: _Tracks | Catalog,
        threads: int | None = None,
        progress: _Progress = None,
        *,
        on_error: _OnError = "raise",
    ) -> list[RejectedLine]: ...
    def add_jsonl(self, path: _Path, threads: int | None = None, progress: _Progress = None) -> list[RejectedLine]: ...
    def __len__(self) -> int: ...
    def build(self) -> Catalog: ...

class Catalog:
    @staticmethod
    def from_tracks(
        tracks: _Tracks, threads: int | None = None, progress: _Progress = None, *, on_error: _OnError = "raise"
    ) -> Catalog: ...
    @staticmethod
    def from_jsonl(
        path: _Path, on_error: _OnError = "raise", threads: int | None = None, progress: _Progress = None
    ) -> Catalog: ...
    @staticmethod
    def open(path: _Path, *, mapped: bool = False) -> Catalog: ...
    @staticmethod
    def verify(path: _Path) -> list[str]: ...
    @staticmethod
    def info(path: _Path) -> _CatalogInfo: ...
    @staticmethod
    def add(
        path: _Path,
        tracks: _Tracks | Catalog,
        *,
        replace: bool = False,
        threads: int | None = None,
        progress: _Progress = None,
    ) -> _CatalogChange: ...
    @staticmethod
    def remove(path: _Path, *, ids: Iterable[str] = (), isrcs: Iterable[str] = ()) -> _CatalogChange: ...
    @staticmethod
    def compact(
        path: _Path, *, whole: bool = False, threads: int | None = None, progress: _Progress = None
    ) -> _CatalogChange: ...
    def save(self, path: _Path, progress: _Progress = None) -> int: ...
    @property
    def rejected(self) -> list[RejectedLine]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, index: int) -> Track: ...
    def __iter__(self) -> Iterator[Track]: ...
    def search(
        self,
        query: _TrackLike,
        k: int | None = 10,
        cutoff: float = 0.0,
        profile: _ProfileLike = "standard",
        *,
        year: _Limits = None,
        duration_s: _Limits = None,
        explicit: bool | None = None,
    ) -> list[Match]: ...
    def search_recordings(
        self,
        query: _TrackLike,
        k: int | None = 10,
        cutoff: float = 0.0,
        profile: _ProfileLike = "standard",
        *,
        year: _Limits = None,
        duration_s: _Limits = None,
        explicit: bool | None = None,
    ) -> list[list[Match]]: ...
    def search_batch(
        self,
        queries: _Tracks,
        k: int | None = 10,
        cutoff: float = 0.0,
        profile: _ProfileLike = "standard",
        threads: int | None = None,
        progress: _Progress = None,
        *,
        year: _Limits = None,
        duration_s: _Limits = None,
        explicit: bool | None = None,
    ) -> list[list[Match]]: ...
    def join(
        self,
        queries: _Tracks,
        *,
        limit: int | None = 20,
        cutoff: float = 0.5,
        accept: float | None = None,
        profile: _ProfileLike = "standard",
        threads: int | None = None,
        progress: _Progress = None,
    ) -> list[Decision]: ...
    def duplicates(
        self,
        first: int = 0,
        last: int | None = None,
        *,
        limit: int | None = 20,
        cutoff: float = 0.8,
        profile: _ProfileLike = "standard",
        threads: int | None = None,
        progress: _Progress = None,
    ) -> NDArray[uint32]: ...
    def deduplicate(
        self,
        *,
        limit: int | None = 20,
        cutoff: float = 0.8,
        profile: _ProfileLike = "standard",
        threads: int | None = None,
        progress: _Progress = None,
    ) -> NDArray[uint32]: ...
    def lookup_isrc(self, code: str) -> list[Track]: ...

def groups(count: int, pairs: NDArray[uint32]) -> NDArray[uint32]: ...
