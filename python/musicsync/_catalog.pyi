"""Catalogues and what is read from files, of the native engine, musicsync._core."""

from collections.abc import Iterator
from os import PathLike
from typing import Any, Literal, TypeAlias

from musicsync._columns import _Tracks
from musicsync._core import Track, _ProfileLike, _TrackLike
from musicsync._ranking import Match
from musicsync._texts import _Progress

_Path: TypeAlias = str | bytes | PathLike[str] | PathLike[bytes]
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

class Catalog:
    @staticmethod
    def from_tracks(tracks: _Tracks) -> Catalog: ...
    @staticmethod
    def from_jsonl(path: _Path, on_error: _OnError = "raise") -> Catalog: ...
    @property
    def rejected(self) -> list[RejectedLine]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, index: int) -> Track: ...
    def __iter__(self) -> Iterator[Track]: ...
    def search(
        self, query: _TrackLike, k: int | None = 10, cutoff: float = 0.0, profile: _ProfileLike = "standard"
    ) -> list[Match]: ...
    def search_batch(
        self,
        queries: _Tracks,
        k: int | None = 10,
        cutoff: float = 0.0,
        profile: _ProfileLike = "standard",
        threads: int | None = None,
        progress: _Progress = None,
    ) -> list[list[Match]]: ...
    def lookup_isrc(self, code: str) -> list[Track]: ...
