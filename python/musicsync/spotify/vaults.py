"""Where the sign-in is kept: the system's keyring, or a file that only its owner can read.

Several processes share one sign-in (the API, workers, the command line). A refresh token may be good for one use only,
so a refresh happens under `lock()`, after reading again what another process may have stored meanwhile.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pydantic import TypeAdapter, ValidationError

from musicsync.errors import InvalidCredentialsError, SettingsError, SpotifyUnavailable, StorageUnavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_LOCK_WAIT_S = 30.0
_LOCK_POLL_S = 0.02


@dataclass(frozen=True, slots=True)
class TokenSet:
    """A sign-in. Times are epoch seconds; `consented_at` is when the person agreed, which a refresh does not renew.
    Without a `refresh_token` it ends with the access token."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: float
    scope: str = ""
    consented_at: float = 0.0
    account_id: str = ""
    issued_at: float = 0.0


_STORED = TypeAdapter(TokenSet)


class TokenVault(Protocol):
    """Keeps one `TokenSet`. All but `lock` block for a moment; they raise `StorageUnavailable`."""

    def load(self) -> TokenSet | None:
        """What is stored, None when signed out. `InvalidCredentialsError` where it cannot be read as a sign-in."""
        ...

    def save(self, tokens: TokenSet) -> None:
        """Replace it; on return it is on disk."""
        ...

    def clear(self) -> None:
        """Sign out."""
        ...

    def lock(self) -> contextlib.AbstractAsyncContextManager[None]:
        """One holder at a time among all processes of this machine."""
        ...


class FileVault:
    """A JSON file of mode 0600. Its directory is made with mode 0700, and must not be open to others."""

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)

    def load(self) -> TokenSet | None:
        try:
            with self._path.open("rb") as file:
                if os.fstat(file.fileno()).st_mode & 0o077:
                    os.fchmod(file.fileno(), 0o600)
                return _parse(file.read(), str(self._path))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StorageUnavailable(f"the sign-in cannot be read: {error}") from error

    def save(self, tokens: TokenSet) -> None:
        try:
            _private_directory(self._path.parent)
            _write_atomically(self._path, _STORED.dump_json(tokens))
        except OSError as error:
            raise StorageUnavailable(f"the sign-in cannot be stored: {error}") from error

    def clear(self) -> None:
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageUnavailable(f"the sign-in cannot be removed: {error}") from error

    def lock(self) -> contextlib.AbstractAsyncContextManager[None]:
        return _file_lock(self._path.with_suffix(".lock"))


class KeyringVault:
    """The system's keyring (`backend`: another one than the system's choice). The lock is a file in `directory`."""

    def __init__(
        self, directory: Path | str, *, backend: KeyringBackend | None = None, service: str = "musicsync-spotify"
    ) -> None:
        import keyring  # an extra: only who chooses it needs it

        self._backend = backend or keyring.get_keyring()
        self._service, self._lock_path = service, Path(directory) / "spotify.lock"

    def load(self) -> TokenSet | None:
        with self._translated("read"):
            stored = self._backend.get_password(self._service, "tokens")
        return _parse(stored.encode(), "the keyring's entry") if stored else None

    def save(self, tokens: TokenSet) -> None:
        with self._translated("stored"):
            self._backend.set_password(self._service, "tokens", _STORED.dump_json(tokens).decode())

    def clear(self) -> None:
        from keyring.errors import PasswordDeleteError

        with self._translated("removed"), contextlib.suppress(PasswordDeleteError):
            self._backend.delete_password(self._service, "tokens")

    def lock(self) -> contextlib.AbstractAsyncContextManager[None]:
        return _file_lock(self._lock_path)

    @contextlib.contextmanager
    def _translated(self, verb: str) -> Iterator[None]:
        from keyring.errors import KeyringError

        try:
            yield
        except (KeyringError, OSError) as error:
            raise StorageUnavailable(f"the sign-in cannot be {verb}: {type(error).__name__}: {error}") from error


def open_vault(kind: str, data_dir: Path | str) -> TokenVault:
    """The vault of setting `kind`: `keyring`, `file`, or `auto` (the keyring where there is one, else a file).

    With `auto` a sign-in that is already in the file stays there. Raises `SettingsError` for another kind, or for
    `keyring` without one.
    """
    directory = Path(data_dir) / "secrets"
    file = directory / "spotify.json"
    if kind not in ("auto", "keyring", "file"):
        raise SettingsError(f"the token vault “{kind}” is none of auto, keyring, file")
    if kind == "file" or (kind == "auto" and (file.exists() or not has_keyring())):
        return FileVault(file)
    if not has_keyring():
        raise SettingsError("this system has no usable keyring: set the token vault to “file” or “auto”")
    return KeyringVault(directory)


def has_keyring() -> bool:
    """True where the system has a keyring that encrypts (keyring's own fall-backs, of priority below 1, do not)."""
    try:
        import keyring

        return float(keyring.get_keyring().priority) >= 1
    except Exception:  # a backend's probe may raise anything; without an answer there is no keyring
        return False


def _parse(stored: bytes, place: str) -> TokenSet:
    try:
        return _STORED.validate_json(stored)
    except ValidationError:
        # not chained: the validation error quotes the tokens
        raise InvalidCredentialsError(f"{place} holds no sign-in: run `musicsync auth login`") from None


def _private_directory(directory: Path) -> None:
    directory.parent.mkdir(parents=True, exist_ok=True)
    directory.mkdir(mode=0o700, exist_ok=True)
    mode = directory.stat().st_mode & 0o777
    if mode & 0o077:
        raise StorageUnavailable(f"{directory} is open to others (mode {mode:o}): `chmod 700` it, or name another")


def _write_atomically(path: Path, data: bytes) -> None:
    """The old content or the new one, also after a power cut."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".spotify-")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


@contextlib.asynccontextmanager
async def _file_lock(path: Path) -> AsyncIterator[None]:
    """Polled, because a thread that blocks in `flock` could not be cancelled."""
    try:
        _private_directory(path.parent)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageUnavailable(f"the sign-in cannot be locked: {error}") from error
    try:
        give_up = time.monotonic() + _LOCK_WAIT_S
        while not _locked(handle):
            if time.monotonic() > give_up:
                raise SpotifyUnavailable(f"another process has held {path} for {_LOCK_WAIT_S:.0f} s")
            await asyncio.sleep(_LOCK_POLL_S)
        yield
    finally:
        os.close(handle)  # which unlocks


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
