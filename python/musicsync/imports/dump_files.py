"""Where the tables of a dump lie: in its archive, or in the folder that it unpacks to."""

from __future__ import annotations

import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from musicsync.imports.rows import UnreadableFile

ARCHIVES = (".tar", ".tar.bz2", ".tar.gz", ".tar.xz")
_INSIDE = "mbdump"


@dataclass(frozen=True, slots=True)
class Opened:
    """A table that can be read now, once. `label` says where it is; `done()` how many bytes of the dump are read."""

    name: str
    label: str
    file: BinaryIO
    done: Callable[[], int]


def is_dump(path: Path) -> bool:
    """By its looks: a folder, or an archive's name."""
    return path.name.lower().endswith(ARCHIVES) or path.is_dir()


def size(path: Path, names: Sequence[str]) -> int:
    """How many bytes `tables` reads."""
    if not path.is_dir():
        return path.stat().st_size
    return sum(file.stat().st_size for _, file in _files(path, names))


def tables(path: Path, names: Sequence[str]) -> Iterator[Opened]:
    """Those of the tables that are there, in the order in which they lie. Raises `UnreadableFile` and `OSError`."""
    return _of_folder(path, names) if path.is_dir() else _of_archive(path, names)


def _files(path: Path, names: Sequence[str]) -> list[tuple[str, Path]]:
    folder = path / _INSIDE if (path / _INSIDE).is_dir() else path
    return [(name, folder / name) for name in names if (folder / name).is_file()]


def _of_folder(path: Path, names: Sequence[str]) -> Iterator[Opened]:
    before = 0
    for name, found in _files(path, names):
        with found.open("rb") as file:
            yield Opened(name, str(found), file, lambda file=file, before=before: before + file.tell())  # type: ignore[misc]
            before += file.tell()


def _of_archive(path: Path, names: Sequence[str]) -> Iterator[Opened]:
    with path.open("rb") as raw, _damage(path), tarfile.open(fileobj=raw, mode="r|*") as archive:
        for member in archive:
            name = member.name.removeprefix(f"{_INSIDE}/")
            if name in names and member.name != name and member.isfile():
                file = archive.extractfile(member)
                yield Opened(name, f"{path}/{member.name}", cast(BinaryIO, file), raw.tell)


@contextmanager
def _damage(path: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, lzma.LZMAError, zlib.error) as error:
        raise UnreadableFile(f"{path}: is no whole archive: {error}") from None
    except OSError as error:
        if error.errno is None:  # bz2's and gzip's word for damage
            raise UnreadableFile(f"{path}: is no whole archive: {error}") from None
        raise
