"""Where the sign-in is kept, and that only one process at a time renews it."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from musicsync.errors import InvalidCredentialsError, SettingsError, StorageUnavailable
from musicsync.spotify import vaults
from musicsync.spotify.tokens import FileVault, KeyringVault, TokenSet, TokenVault, note_account, open_vault

TOKENS = TokenSet("access", "refresh", 1_800_003_600.0, "a b", 1_800_000_000.0, "acc1", 1_800_000_000.0)


class MemoryKeyring(KeyringBackend):
    """A keyring backend like any other, in memory."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise KeyringLocked("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not there")
        del self.kept[service, username]


@pytest.fixture
def system_keyring() -> Iterator[MemoryKeyring]:
    before, backend = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


@pytest.fixture(params=["file", "keyring"])
def any_vault(request: pytest.FixtureRequest, tmp_path: Path) -> TokenVault:
    if request.param == "file":
        return FileVault(tmp_path / "secrets" / "spotify.json")
    return KeyringVault(tmp_path / "secrets", backend=MemoryKeyring())


def test_a_vault_gives_back_what_was_stored(any_vault: TokenVault) -> None:
    assert any_vault.load() is None
    any_vault.save(TOKENS)
    assert any_vault.load() == TOKENS
    any_vault.clear()
    any_vault.clear()
    assert any_vault.load() is None


async def test_the_account_is_noted_in_the_vault(any_vault: TokenVault) -> None:
    await note_account(any_vault, "nobody")
    assert any_vault.load() is None
    any_vault.save(TOKENS)
    await note_account(any_vault, "acc2")
    loaded = any_vault.load()
    assert loaded
    assert (loaded.account_id, loaded.refresh_token) == ("acc2", "refresh")


async def test_a_lock_has_one_holder(any_vault: TokenVault) -> None:
    inside = most = 0

    async def hold() -> None:
        nonlocal inside, most
        async with any_vault.lock():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(hold() for _ in range(5)))
    assert (inside, most) == (0, 1)


HOLDER = """
import asyncio, sys
from musicsync.spotify.vaults import FileVault
async def hold():
    async with FileVault(sys.argv[1]).lock():
        print("held", flush=True)
        sys.stdin.readline()
asyncio.run(hold())
"""


async def test_a_lock_holds_against_another_process_and_ends_with_it(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "spotify.json"
    environment = {**os.environ, "PYTHONPATH": str(Path(vaults.__file__).parents[2])}
    with subprocess.Popen(  # noqa: ASYNC220
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"held\n"

        async def take() -> None:
            async with FileVault(path).lock():
                assert process.poll() is not None, "two processes hold the lock"

        waiting = asyncio.create_task(take())
        done, _ = await asyncio.wait([waiting], timeout=0.1)
        assert not done
        process.kill()
        process.wait()
        await waiting


async def test_a_cancelled_wait_leaves_the_lock_free(tmp_path: Path) -> None:
    vault = FileVault(tmp_path / "secrets" / "spotify.json")
    async with vault.lock():
        waiting = asyncio.create_task(vault.lock().__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    async with vault.lock():
        pass


def test_a_file_is_private_and_so_is_its_directory(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "secrets" / "spotify.json"
    before = os.umask(0)
    try:
        FileVault(path).save(TOKENS)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [entry.name for entry in path.parent.iterdir()] == ["spotify.json"]


def test_a_file_that_became_readable_is_closed_again(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "spotify.json"
    FileVault(path).save(TOKENS)
    path.chmod(0o644)
    assert FileVault(path).load() == TOKENS
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_directory_that_is_open_to_others_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with pytest.raises(StorageUnavailable, match=r"open to others \(mode 755\)"):
        FileVault(tmp_path / "spotify.json").save(TOKENS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("broken", ["write", "fsync", "replace"])
def test_an_interrupted_save_leaves_the_old_sign_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    vault = FileVault(tmp_path / "secrets" / "spotify.json")
    vault.save(TOKENS)

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, {"write": "fdopen", "fsync": "fsync", "replace": "replace"}[broken], full)
        with pytest.raises(StorageUnavailable, match="No space left"):
            vault.save(TokenSet("new", "new", 0.0))
    assert vault.load() == TOKENS
    assert len(list((tmp_path / "secrets").iterdir())) == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"access_token": "canary-a"}', b'"canary-a"'])
def test_a_damaged_file_asks_to_sign_in_without_quoting_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "secrets" / "spotify.json"
    FileVault(path).save(TOKENS)
    path.write_bytes(content)
    with pytest.raises(InvalidCredentialsError, match=r"spotify\.json holds no sign-in") as caught:
        FileVault(path).load()
    assert "canary" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_field_of_a_later_release_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "spotify.json"
    FileVault(path).save(TOKENS)
    path.write_bytes(b'{"access_token": "a", "refresh_token": "r", "expires_at": 5, "later": 1}')
    assert FileVault(path).load() == TokenSet("a", "r", 5.0)


def test_a_locked_keyring_is_a_storage_error(tmp_path: Path) -> None:
    backend = MemoryKeyring()
    backend.is_locked = True
    with pytest.raises(StorageUnavailable, match="KeyringLocked"):
        KeyringVault(tmp_path, backend=backend).load()


def test_auto_takes_the_keyring_where_there_is_one(tmp_path: Path, system_keyring: MemoryKeyring) -> None:
    vault = open_vault("auto", tmp_path)
    assert isinstance(vault, KeyringVault)
    vault.save(TOKENS)
    assert len(system_keyring.kept) == 1
    assert not (tmp_path / "secrets" / "spotify.json").exists()


def test_auto_takes_a_file_where_there_is_no_keyring_that_encrypts(
    tmp_path: Path, system_keyring: MemoryKeyring
) -> None:
    system_keyring.priority = 0.5  # type: ignore[assignment]
    open_vault("auto", tmp_path).save(TOKENS)
    assert (tmp_path / "secrets" / "spotify.json").exists()
    with pytest.raises(SettingsError, match="no usable keyring"):
        open_vault("keyring", tmp_path)


def test_auto_stays_with_a_file_that_holds_the_sign_in(tmp_path: Path, system_keyring: MemoryKeyring) -> None:
    open_vault("file", tmp_path).save(TOKENS)
    assert open_vault("auto", tmp_path).load() == TOKENS
    assert isinstance(open_vault("keyring", tmp_path), KeyringVault)


def test_an_unknown_vault_is_a_settings_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="“cloud” is none of"):
        open_vault("cloud", tmp_path)
