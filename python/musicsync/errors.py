"""One error tree: an adapter translates every foreign exception into one of these, and nothing else crosses a port.

`Retryable` may pass by itself, `Permanent` will not, `NeedsUser` passes when a person does something. `step` policies
name the classes that are never retried by their class name.
"""

from __future__ import annotations


class MusicSyncError(Exception):
    """Base of everything that musicsync raises on purpose. The text is fit for a person."""


class Retryable(MusicSyncError):
    """The same call may succeed later."""


class Permanent(MusicSyncError):
    """The same call will fail again."""


class NeedsUser(MusicSyncError):
    """The same call succeeds once a person has acted."""


class SpotifyUnavailable(Retryable):
    """Spotify answered 5xx, or not at all, to a call without effect."""


class UncertainWrite(Retryable):
    """A write was sent and its answer is lost: it may have been applied, or may still be."""


class RateLimited(Retryable):
    """429. Nothing may be sent before `until` (epoch seconds)."""

    def __init__(self, message: str, *, until: float, endpoint: str = "") -> None:
        super().__init__(message)
        self.until = until
        self.endpoint = endpoint


class StepTimeout(Retryable):
    """A step did not end within its policy's time-out."""


class StorageUnavailable(Retryable):
    """The journal or the store could not be written or read (a full disk, a locked file)."""


class SpotifyRefused(Permanent):
    """Spotify answered 400: the request itself is wrong."""


class PlaylistNotFoundError(Permanent):
    """The playlist does not exist, or is not this account's."""


class TrackNotFoundError(Permanent):
    """The track does not exist."""


class PlaylistAmbiguousError(Permanent):
    """Several playlists carry that name; `choices` are (id, name) pairs."""

    def __init__(self, message: str, *, choices: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message)
        self.choices = choices


class InvalidPlaylistError(Permanent):
    """The text is no playlist id, link, URI or name."""


class MCPToolError(Permanent):
    """An MCP tool answered with an error."""


class EngineFailed(Permanent):
    """The engine refused its input."""


class InvalidAPIKeyError(Permanent):
    """An AI provider refused the key."""


class TrackNotVerified(Retryable):
    """The track that was added is not among the playlist's items yet."""


class InvalidCredentialsError(NeedsUser):
    """Signed out: the refresh token has ended or was revoked."""


class InsufficientScopeError(NeedsUser):
    """The sign-in lacks a scope, or the account may not change this playlist."""


class SettingsError(Permanent):
    """The configuration is wrong; the text names the setting."""


class SyncNotFound(Permanent):
    """No sync of that id, or another user's."""


class IdempotencyConflict(Permanent):
    """The same Idempotency-Key was used for another request."""


class ReviewConflict(Permanent):
    """The review was answered already, or is not open."""


class ReviewChoiceInvalid(Permanent):
    """The choice is none of the candidates, `none` or `not_on_spotify`."""


class NotCancellable(Permanent):
    """The sync has ended."""


class Cancelled(Exception):
    """Raised by a runner inside the pipeline when the sync was cancelled; the pipeline undoes and ends."""


def from_name(name: str, message: str) -> MusicSyncError:
    """The error of class `name` with `message`: how an error comes back out of a journal or a history."""
    kind = globals().get(name)
    if name == "RateLimited" or not (isinstance(kind, type) and issubclass(kind, MusicSyncError)):
        return Permanent(f"{name}: {message}")
    return kind(message)
