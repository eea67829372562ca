"""Composition root: the only module that imports adapters and builds a runner.

Adapters are imported where they are built, so that one mode does not need the other's libraries.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musicsync.catalogue import Catalogue
from musicsync.clock import SystemClock, jitter
from musicsync.errors import InvalidCredentialsError, SettingsError
from musicsync.model import MatchDecision, Song
from musicsync.playlist import PlaylistEditor
from musicsync.ports import Engine, IntentLog, Store, SyncService
from musicsync.settings import Settings
from musicsync.steps import Steps

if TYPE_CHECKING:
    from musicsync.spotify.tokens import AccessTokens, TokenVault
    from musicsync.store.sql import SqlStore
    from musicsync.temporal.worker import Server

JOURNAL = "journal.db"


@dataclass(frozen=True, slots=True)
class Parts:
    """What the ways in need; `opened` closes it."""

    service: SyncService
    store: Store
    engine: Engine
    settings: Settings
    catalogue: Catalogue | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whose Spotify account is used, and for how many days the sign-in lasts."""

    name: str
    days_left: int


@dataclass(frozen=True, slots=True)
class _Outside:
    """The ports of the steps, open."""

    store: SqlStore
    engine: Engine
    steps_for: Callable[[IntentLog], Steps]


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Parts]:
    """The started service of `settings.mode`. Raises `SettingsError`, and `StorageUnavailable` where another process
    has the standalone journal open."""
    async with AsyncExitStack() as stack:
        clock = SystemClock()
        catalogue = open_catalogue(settings)
        if settings.mode == "temporal":
            from musicsync.temporal.service import TemporalService
            from musicsync.temporal.worker import connect, settled

            client = await connect(_temporal(settings))
            stack.push_async_callback(settled)
            outside = await _outside(settings, clock, stack, catalogue)
            service: SyncService = TemporalService(client, clock)
        else:
            from musicsync.standalone.journal import Journal
            from musicsync.standalone.service import StandaloneService

            make_data_dir(settings)
            journal = Journal(settings.data_dir / JOURNAL)
            await journal.open()
            stack.push_async_callback(journal.close)
            outside = await _outside(settings, clock, stack, catalogue)
            runner = StandaloneService(journal, outside.steps_for, clock, max_syncs=settings.max_concurrent_syncs)
            stack.push_async_callback(runner.close)
            await runner.start_up()
            service = runner
        yield Parts(service, outside.store, outside.engine, settings, catalogue)


async def run_worker(settings: Settings, stop: asyncio.Event) -> None:
    """Work for a Temporal server until `stop` is set."""
    from musicsync.temporal.worker import connect
    from musicsync.temporal.worker import run_worker as work

    async with AsyncExitStack() as stack:
        catalogue = open_catalogue(settings)
        client = await connect(_temporal(settings))
        outside = await _outside(settings, SystemClock(), stack, catalogue)
        steps = outside.steps_for(outside.store)
        tasks, activities = settings.max_concurrent_workflow_tasks, settings.max_concurrent_activities
        await work(client, steps, stop, workflow_tasks=tasks, activities=activities)


async def _outside(
    settings: Settings, clock: SystemClock, stack: AsyncExitStack, catalogue: Catalogue | None
) -> _Outside:
    from musicsync.engine import NativeEngine

    check_profile(settings)
    from musicsync.spotify.client import SpotifyClient
    from musicsync.store.sql import SqlStore

    make_data_dir(settings)
    store = SqlStore(settings.store_url)
    await store.open()
    stack.push_async_callback(store.close)
    engine = NativeEngine(settings.engine_threads, japanese_readings=settings.japanese_readings)
    stack.callback(engine.close)
    tokens = access_tokens(settings)
    stack.push_async_callback(tokens.close)
    spotify = SpotifyClient(
        settings.spotify_api_url, tokens, clock, request_timeout_s=settings.spotify_timeout_s, market=settings.market
    )
    stack.push_async_callback(spotify.close)

    def steps_for(intents: IntentLog) -> Steps:
        editor = PlaylistEditor(
            spotify, engine, intents, clock, margin_s=settings.reconcile_margin_s, late_look_s=settings.late_look_s,
            reconcile=settings.reconcile,
        )  # fmt: skip
        return Steps(spotify, engine, store, editor, clock, jitter, catalogue)

    return _Outside(store, engine, steps_for)


def check_profile(settings: Settings) -> None:
    """Refuses at the start what would otherwise fail every sync. Raises `SettingsError` with file, field and reason."""
    from musicsync.engine import profile_of

    try:
        profile_of(settings.profile_value)
    except ValueError as error:
        where = f"{settings.profile}: " if settings.profile_value != settings.profile else ""
        raise SettingsError(f"MUSICSYNC_PROFILE: {where}{error}") from None


def open_catalogue(settings: Settings) -> Catalogue | None:
    """The local catalogue, if there is one. Raises `SettingsError` with file and reason."""
    from musicsync.local_catalogue import LocalCatalogue

    try:
        return LocalCatalogue(settings.catalogue.expanduser()) if settings.catalogue else None
    except ValueError as error:
        raise SettingsError(f"MUSICSYNC_CATALOGUE: {error}") from None


def stored_matches(settings: Settings, since: float) -> list[tuple[Song, float | None, MatchDecision]]:
    """The recorded decisions of the standalone journal, also while a service has it open. Raises `SettingsError` in
    Temporal mode, whose histories are not read, and `StorageUnavailable`."""
    from musicsync.standalone.decisions import stored_decisions

    if settings.mode == "temporal":
        raise SettingsError("MUSICSYNC_MODE=temporal: only the decisions of the standalone journal can be read")
    return stored_decisions(settings.data_dir / JOURNAL, since)


def _temporal(settings: Settings) -> Server:
    from musicsync.temporal.worker import Server

    key = settings.temporal_api_key
    return Server(
        settings.temporal_host, settings.temporal_namespace, settings.temporal_tls_cert, settings.temporal_tls_key,
        settings.temporal_tls_ca, key.get_secret_value() if key else None,
    )  # fmt: skip


def make_data_dir(settings: Settings) -> None:
    """Make the data folder, for its owner only. Raises `SettingsError` where it cannot be."""
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"MUSICSYNC_DATA_DIR: {settings.data_dir} cannot be made: {error.strerror} (for example: ~/musicsync)"
        ) from None


def token_vault(settings: Settings) -> TokenVault:
    """Where the Spotify sign-in is kept."""
    from musicsync.spotify.tokens import open_vault

    make_data_dir(settings)
    return open_vault(settings.token_store, settings.data_dir)


def access_tokens(settings: Settings) -> AccessTokens:
    """The sign-in, refreshed when it must be. Raises `SettingsError` without a client id."""
    from musicsync.spotify.tokens import AccessTokens

    return AccessTokens(token_vault(settings), settings.spotify_accounts_url, settings.client_id, SystemClock())


async def sign_in(
    settings: Settings, *, open_browser: Callable[[str], None] | None, paste: Callable[[str], str] | None
) -> None:
    """Sign in to Spotify: `open_browser` gets the page to show, `paste` returns the address at which it ended."""
    from musicsync.spotify.oauth import sign_in as by_pkce

    await by_pkce(
        settings.spotify_accounts_url, settings.client_id, token_vault(settings), SystemClock(),
        open_browser=open_browser, paste=paste,
    )  # fmt: skip


async def account(settings: Settings) -> SignedIn | None:
    """Who is signed in, asked of Spotify; None when signed out. Raises what reaching Spotify may."""
    from musicsync.spotify.client import SpotifyClient
    from musicsync.spotify.tokens import note_account

    tokens = access_tokens(settings)
    client = SpotifyClient(settings.spotify_api_url, tokens, SystemClock(), request_timeout_s=5.0)
    try:
        left = await tokens.days_left()
        if left is None:
            return None
        me = await client.me()
        await note_account(token_vault(settings), me.account_id or me.id)
        return SignedIn(me.display_name or me.id, left)
    except InvalidCredentialsError:
        return None
    finally:
        await client.close()
        await tokens.close()
