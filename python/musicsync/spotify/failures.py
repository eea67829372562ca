"""What Spotify's refusals mean: a status and a body in, one error of `errors.py` out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import orjson

from musicsync.errors import (
    InsufficientScopeError,
    InvalidCredentialsError,
    MusicSyncError,
    PlaylistNotFoundError,
    RateLimited,
    SettingsError,
    SpotifyRefused,
    SpotifyUnavailable,
    TrackNotFoundError,
    UncertainWrite,
)
from musicsync.spotify.transport import Answer

_LONGEST_WAIT_S = 1e9
_SECONDS = re.compile(r"\d+(?:\.\d+)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One kind of call. `path` is a template such as `/playlists/{id}/items`, so that it is the same for every id."""

    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def writes(self) -> bool:
        """True where sending it may change something."""
        return self.method != "GET"

    @property
    def is_of_playlist(self) -> bool:
        """True where the call names one playlist."""
        return self.path.startswith("/playlists/{")

    @property
    def is_of_track(self) -> bool:
        """True where the call names one track."""
        return self.path.startswith("/tracks/{")


def without_answer(endpoint: Endpoint, reason: str) -> MusicSyncError:
    """The error of a call that was sent and whose answer is lost or unreadable."""
    if endpoint.writes:
        return UncertainWrite(f"{endpoint}: it is unknown whether Spotify applied the change ({reason})")
    return SpotifyUnavailable(f"{endpoint}: {reason}")


def refusal(endpoint: Endpoint, answer: Answer, now: float, secrets: Sequence[str] = ()) -> MusicSyncError:
    """The error of an answer whose status is not 2xx. `secrets` are taken out of what Spotify says."""
    said, status = message(answer.body, secrets), answer.status
    reason = f"Spotify answered {status}" + (f" “{said}”" if said else "")
    text = f"{endpoint}: {reason}"
    if status == 429:
        return RateLimited(text, until=now + retry_after_s(answer.headers, now), endpoint=str(endpoint))
    if status == 401:
        return SpotifyUnavailable(f"{text} to an access token that was just renewed")  # certainly without effect
    if status == 403:
        return _forbidden(endpoint, text, said.lower())
    if status == 404 and endpoint.is_of_playlist:
        return PlaylistNotFoundError(f"the playlist does not exist, or this account cannot see it ({text})")
    if status == 404 and endpoint.is_of_track:
        return TrackNotFoundError(f"the track does not exist ({text})")
    if 400 <= status < 500 and status != 408:
        return SpotifyRefused(text)
    return without_answer(endpoint, f"{reason}; redirects are not followed" if 300 <= status < 400 else reason)


def _forbidden(endpoint: Endpoint, text: str, said: str) -> MusicSyncError:
    if "insufficient client scope" in said:
        return InsufficientScopeError(f"the sign-in lacks a permission: run `musicsync auth login` again ({text})")
    if "not registered" in said:
        return InsufficientScopeError(
            f"add this account under “User Management” of the app in Spotify's Developer Dashboard ({text})"
        )
    if endpoint.is_of_playlist:
        verb = "change" if endpoint.writes else "read"
        return InsufficientScopeError(
            f"this account may not {verb} the playlist: only its owner and collaborators may ({text})"
        )
    return SpotifyRefused(f"{text}: the call is closed to this app")


def token_refusal(answer: Answer, now: float, secrets: Sequence[str]) -> MusicSyncError:
    """The error of an answer of the token endpoint whose status is not 2xx."""
    endpoint = Endpoint("POST", "/api/token")
    said = message(answer.body, secrets)
    code = (_json(answer.body) or {}).get("error")
    text = f"{endpoint}: Spotify answered {answer.status}" + (f" “{said}”" if said else "")
    if answer.status == 429:
        return RateLimited(text, until=now + retry_after_s(answer.headers, now), endpoint=str(endpoint))
    if code == "invalid_grant":
        return InvalidCredentialsError(f"signed out of Spotify: run `musicsync auth login` ({text})")
    if code in ("invalid_client", "unauthorized_client"):
        return SettingsError(f"MUSICSYNC_SPOTIFY_CLIENT_ID is not a client id that Spotify accepts ({text})")
    if 400 <= answer.status < 500 and answer.status != 408:
        return SpotifyRefused(text)
    return SpotifyUnavailable(text)  # asking for a token again changes no playlist


def retry_after_s(headers: Mapping[str, str], now: float) -> float:
    """Seconds to wait after a 429: the header's number, the time until its date, 1 where there is neither."""
    value = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(value):
        return min(float(value), _LONGEST_WAIT_S)
    until = _date(value)
    if until is None:
        return 1.0
    # against the server's own clock where it tells it: ours may be wrong
    sent = _date(headers.get("Date", ""))
    return max(0.0, until - (now if sent is None else sent))


def _date(value: str) -> float | None:
    try:
        return parsedate_to_datetime(value).timestamp()
    except (ValueError, OverflowError, IndexError, TypeError):
        return None


def message(body: bytes, secrets: Sequence[str] = ()) -> str:
    """What a body (JSON of either kind, or plain text; not HTML) says, on one line of at most 200 characters."""
    data = _json(body)
    error = data.get("error") if data else None
    found: object = None
    if isinstance(error, dict):
        found = error.get("message")
    elif isinstance(error, str) and data:
        described = data.get("error_description")
        found = f"{error}: {described}" if isinstance(described, str) else error
    elif data is None and not body.lstrip().startswith(b"<"):
        found = body[:10_000].decode("utf-8", "replace")
    text = found if isinstance(found, str) else ""
    for secret in filter(None, secrets):
        text = text.replace(secret, "…")
    return _CONTROL.sub(" ", text).strip()[:200]


def _json(body: bytes) -> dict[str, object] | None:
    """The object in a body, empty for other JSON, None for what is no JSON."""
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return data if isinstance(data, dict) else {}
