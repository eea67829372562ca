"""Every setting, by environment variable or `.env`. `musicsync settings` prints this file as a table.

A variable is `MUSICSYNC_` + the field's name in capitals; names of the earlier Python project are accepted too. What a
running sync may depend on is copied into its request by `policy()`: a change never touches a sync that is under way.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, AliasChoices, AliasGenerator, Field, SecretStr, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from musicsync import profiles
from musicsync.errors import SettingsError
from musicsync.model import SearchSource
from musicsync.policy import Policy, step_policy
from musicsync.setting_values import Mode, Names, StepPolicies, Url

PREFIX = "MUSICSYNC_"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_CLIENT_ID = "0123456789abcdef0123456789abcdef"
_EARLIER: dict[str, tuple[str, ...]] = {
    "mode": ("USE_TEMPORAL",),
    "spotify_client_id": ("SPOTIFY_CLIENT_ID",),
    "search_source": ("SEARCH_SOURCE",),
    "max_concurrent_syncs": ("MAX_CONCURRENT_SYNCS",),
    "temporal_host": ("TEMPORAL_HOST",),
    "temporal_namespace": ("TEMPORAL_NAMESPACE",),
    "temporal_api_key": ("TEMPORAL_API_KEY",),
    "temporal_tls_cert": ("TEMPORAL_TLS_CERT", "TEMPORAL_TLS_CERT_PATH"),
    "temporal_tls_key": ("TEMPORAL_TLS_KEY", "TEMPORAL_TLS_KEY_PATH"),
    "temporal_tls_ca": ("TEMPORAL_TLS_CA", "TEMPORAL_TLS_CA_PATH"),
    "max_concurrent_workflow_tasks": ("MAX_CONCURRENT_WORKFLOW_TASKS", "MAX_CONCURRENT_WORKFLOWS"),
    "max_concurrent_activities": ("MAX_CONCURRENT_ACTIVITIES",),
}
_SPOTIFY_STEPS = (
    "resolve-playlist", "spotify-search", "add-to-playlist", "verify-track-added", "remove-from-playlist",
)  # fmt: skip


def default_data_dir() -> Path:
    """The user's own data folder for musicsync on this system."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "musicsync"
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "musicsync"


def is_loopback(host: str) -> bool:
    """True for an address that only this machine can reach."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _setting(default: Any, meaning: str, example: str, **limits: Any) -> Any:
    return Field(default, description=meaning, examples=[example], **limits)


def variable(name: str) -> str:
    """The environment variable of field `name`."""
    return PREFIX + name.upper()


def variables(name: str) -> tuple[str, ...]:
    """Every variable that sets field `name`, ours first; the rest are the earlier project's."""
    return (variable(name), *_EARLIER.get(name, ()))


class Settings(BaseSettings):
    """The configuration of one process. Build it with `load()`, whose errors name the variable."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True, hide_input_in_errors=True,
        alias_generator=AliasGenerator(validation_alias=lambda name: AliasChoices(*variables(name))),
    )  # fmt: skip

    # fmt: off
    mode: Mode = _setting(
        "standalone", "Runner: standalone (one process, one folder) or temporal. USE_TEMPORAL=true|false works too.",
        "standalone")
    data_dir: Annotated[Path, AfterValidator(Path.expanduser)] = _setting(
        default_data_dir(), "Folder of the journal, the store, the sign-in and the address file (mode 0700).",
        "/var/lib/musicsync")
    database_url: str = _setting(
        "", "Store for reviews and corrections: sqlite:///FILE or postgresql://… (needed when Temporal workers run on "
        "several machines). Empty: store.db in the data folder.", "sqlite:////var/lib/musicsync/store.db")
    host: str = _setting(
        "127.0.0.1", "Address that the API binds. Anything but loopback needs MUSICSYNC_API_TOKEN.", "127.0.0.1")
    port: int = _setting(8000, "Port of the API; 0 picks a free one.", "8000", ge=0, le=65_535)
    api_token: SecretStr | None = _setting(
        None, "Bearer token that every call must carry, once it is set. At least 8 characters.",
        "the output of: openssl rand -hex 32", min_length=8)
    allowed_hosts: Names = _setting(
        (), "Further names under which the API may be called (the Host header), separated by commas. Loopback names, "
        "the machine's own name and, when bound beyond loopback, IP addresses always work.",
        "nas.local,music.example.org")
    spotify_api_url: Url = _setting(
        "https://api.spotify.com/v1", "Base URL of Spotify's Web API (or of the emulator).",
        "https://api.spotify.com/v1")
    spotify_accounts_url: Url = _setting(
        "https://accounts.spotify.com", "Base URL of Spotify's sign-in (or of the emulator).",
        "https://accounts.spotify.com")
    spotify_client_id: str = _setting(
        "", "Client ID of your app at developer.spotify.com. The emulator needs none.", _CLIENT_ID)
    spotify_timeout_s: float = _setting(
        10.0, "Seconds that one request to Spotify may take. Must be below the time-out of every step that calls it; "
        "after a crash, an unanswered write is looked for no earlier than this.", "10", gt=0)
    market: str | None = _setting(
        None, "Country (ISO 3166-1 alpha-2) whose Spotify catalogue is searched. Empty: the account's own.", "DE",
        pattern=r"^[A-Z]{2}$")
    token_store: Literal["auto", "keyring", "file"] = _setting(
        "auto", "Where the Spotify sign-in is kept: the system's keyring, a 0600 file in the data folder, or auto (the "
        "keyring where there is one).", "file")
    profile: Annotated[str, AfterValidator(profiles.given)] = _setting(
        "standard", "Matching profile of new syncs: standard, classic or a file (docs/profiles.md).", "standard")
    catalogue: Path | None = _setting(
        None, "The local catalogue: a file of musicsync catalogue build. It may be replaced while it is searched.",
        "~/songs.msc")
    search_source: SearchSource = _setting(
        SearchSource.SPOTIFY, "Where new syncs look for candidates: spotify, catalogue (MUSICSYNC_CATALOGUE, and no "
        "search at Spotify), or both: the catalogue first, then Spotify where nothing in it would be accepted.", "both")
    review_days: float = _setting(
        7.0, "Days that an ambiguous sync waits for a person before it expires.", "7", gt=0, le=365)
    max_concurrent_syncs: int = _setting(
        50, "Syncs at work at once in standalone mode; the rest wait in line.", "50", ge=1, le=10_000)
    engine_threads: int = _setting(2, "Threads of the matching engine.", "2", ge=1, le=256)
    japanese_readings: bool = _setting(
        False, "Compare Japanese texts by their readings (夜に駆ける: yoru ni kakeru). Needs the extra [japanese].",
        "true")
    step_policies: StepPolicies = _setting(
        {}, "Changes to the retry table, as JSON: step → some of timeout_s, attempts, backoff_s, backoff_max_s, "
        "factor, heartbeat_s, lost_attempts.", '{"spotify-search": {"attempts": 5}}')
    reconcile: bool = _setting(
        True, "Look after a crash whether an unanswered add took effect. False is only for tests that show what "
        "happens without: songs twice.", "true")
    reconcile_margin_s: float = _setting(
        0.5, "Seconds beyond the request's time-out before that look.", "0.5", ge=0, le=3600)
    late_look_s: float = _setting(
        60.0, "Seconds until a second look, which repairs a duplicate that came later still.", "60", ge=0, le=86_400)
    temporal_host: str = _setting("localhost:7233", "Temporal server, HOST:PORT.", "localhost:7233")
    temporal_namespace: str = _setting("default", "Temporal namespace.", "default")
    temporal_api_key: SecretStr | None = _setting(
        None, "API key of Temporal Cloud (switches TLS on).", "the key from Temporal Cloud")
    temporal_tls_cert: Path | None = _setting(None, "Client certificate, a PEM file.", "/etc/musicsync/client.pem")
    temporal_tls_key: Path | None = _setting(None, "Key of that certificate, a PEM file.", "/etc/musicsync/client.key")
    temporal_tls_ca: Path | None = _setting(None, "Certificate authority, a PEM file.", "/etc/musicsync/ca.pem")
    max_concurrent_workflow_tasks: int = _setting(50, "Workflow tasks at once in a Temporal worker.", "50", ge=2)
    max_concurrent_activities: int = _setting(100, "Activities at once in a Temporal worker.", "100", ge=1)
    log_level: Literal["debug", "info", "warning", "error"] = _setting("info", "Least level that is logged.", "info")
    log_format: Literal["auto", "text", "json"] = _setting(
        "auto", "text for people, json for machines, auto: text on a terminal.", "json")
    # fmt: on

    def __init__(self, **values: Any) -> None:
        # By alias only: with populate_by_name the bare names HOST or MODE of the environment would count too.
        super().__init__(**{variable(name) if name in Settings.model_fields else name: values[name] for name in values})

    @model_validator(mode="after")
    def _consistent(self) -> Settings:
        limit = min(step_policy(self.policy(), name).timeout_s for name in _SPOTIFY_STEPS)
        if self.spotify_timeout_s >= limit:
            raise ValueError(
                f"MUSICSYNC_SPOTIFY_TIMEOUT_S: {self.spotify_timeout_s:g} must be below the shortest time-out of a "
                f"step that calls Spotify, which is {limit:g} (for example: {min(10.0, limit / 2):g})"
            )
        if (self.temporal_tls_cert is None) != (self.temporal_tls_key is None):
            raise ValueError("MUSICSYNC_TEMPORAL_TLS_CERT and MUSICSYNC_TEMPORAL_TLS_KEY: set both or neither")
        if self.search_source is not SearchSource.SPOTIFY and self.catalogue is None:
            raise ValueError(
                f"MUSICSYNC_SEARCH_SOURCE: {self.search_source} needs MUSICSYNC_CATALOGUE, a file that `musicsync "
                "catalogue build` made (for example: ~/songs.msc)"
            )
        return self

    def policy(self) -> Policy:
        """What a request that is accepted now may depend on."""
        return Policy(self.profile_value, self.review_days, dict(self.step_policies), self.search_source)

    @cached_property
    def profile_value(self) -> str:
        """The profile's name, or the text of its file as it was when this was first read. Raises `SettingsError`."""
        try:
            return profiles.read(self.profile)
        except ValueError as error:
            raise SettingsError(f"MUSICSYNC_PROFILE: {error}") from None

    @property
    def store_url(self) -> str:
        """SQLAlchemy URL of the store."""
        return self.database_url or f"sqlite:///{self.data_dir / 'store.db'}"

    @property
    def uses_emulator(self) -> bool:
        """True when the sign-in is on this machine: then it is not Spotify's."""
        return is_loopback(urlsplit(self.spotify_accounts_url).hostname or "")

    @property
    def client_id(self) -> str:
        """The app's id; `emulator` where none is set and none is needed. Raises `SettingsError` where one is."""
        if self.spotify_client_id or self.uses_emulator:
            return self.spotify_client_id or "emulator"
        raise SettingsError(
            "MUSICSYNC_SPOTIFY_CLIENT_ID is not set: create an app at https://developer.spotify.com/dashboard with the "
            f"redirect URI http://127.0.0.1/callback and set its Client ID (for example: {_CLIENT_ID})"
        )

    def check_exposed(self, host: str) -> None:
        """Raises `SettingsError` where binding `host` would open the API to others without a token."""
        if not is_loopback(host) and self.api_token is None:
            raise SettingsError(
                f"MUSICSYNC_API_TOKEN is not set, and {host} can be reached from other machines: set a token (for "
                "example the output of: openssl rand -hex 32) or bind 127.0.0.1"
            )


def load(**overrides: Any) -> Settings:
    """The settings of the environment, changed by `overrides`. Raises `SettingsError` naming variable and problem."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise SettingsError("\n".join(_problem(one) for one in error.errors(include_url=False))) from None


def _field(location: tuple[int | str, ...]) -> tuple[str, FieldInfo] | None:
    for name, info in Settings.model_fields.items():
        aliases = info.validation_alias.choices if isinstance(info.validation_alias, AliasChoices) else []
        if location and (location[0] == name or location[0] in aliases):
            return name, info
    return None


def _problem(error: Any) -> str:
    message = str(error["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, ")
    if error["type"] == "too_short":  # of a secret, whose length is counted in items
        message = f"must have at least {error['ctx']['min_length']} characters"
    found = _field(error["loc"])
    if found is None:
        return message
    name, info = found
    used = str(error["loc"][0]).upper()
    shown = used if used != name.upper() else variable(name)
    return f"{shown}: {message} (for example: {(info.examples or [''])[0]})"
