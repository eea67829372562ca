"""What a long run needs of a catalogue: one in this process, or shards on many machines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from musicsync import _core

if TYPE_CHECKING:
    from numpy import uint32
    from numpy.typing import NDArray


class Tracks(Protocol):
    """Tracks by their positions."""

    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> _core.Track: ...


class Judged(Protocol):
    """A candidate of a decision; `index` is its position."""

    @property
    def index(self) -> int: ...
    @property
    def score(self) -> float: ...
    @property
    def probability(self) -> float | None: ...
    @property
    def same_as_best(self) -> bool: ...
    @property
    def vetoes(self) -> list[str]: ...


class Decided(Protocol):
    """A decision; `best` is a position."""

    @property
    def verdict(self) -> str: ...
    @property
    def method(self) -> str: ...
    @property
    def best(self) -> int | None: ...
    @property
    def score(self) -> float: ...
    @property
    def probability(self) -> float | None: ...
    @property
    def margin(self) -> float: ...
    @property
    def reasons(self) -> list[str]: ...
    @property
    def candidates(self) -> Sequence[Judged]: ...


class Searched(Tracks, Protocol):
    """A catalogue: `Catalog`, and what answers as it does."""

    def join(
        self, queries: Any, *, limit: int | None = ..., cutoff: float = ..., accept: float | None = ...,
        profile: _core.Profile | str = ..., threads: int | None = ...,
        progress: Callable[[int, int], object] | None = ...,
    ) -> Sequence[Decided]: ...  # fmt: skip

    def duplicates(
        self, first: int = ..., last: int | None = ..., *, limit: int | None = ..., cutoff: float = ...,
        profile: _core.Profile | str = ..., threads: int | None = ...,
        progress: Callable[[int, int], object] | None = ...,
    ) -> NDArray[uint32]: ...  # fmt: skip
