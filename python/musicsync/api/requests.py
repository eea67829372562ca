"""What callers send, checked once: everything behind this module trusts its types."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    WithJsonSchema,
)

from musicsync.model import Song, SpotifyTrack, SyncRequest
from musicsync.settings import Settings

ISRC = r"[A-Za-z]{2}-?[A-Za-z0-9]{3}-?[0-9]{2}-?[0-9]{5}"
_ISRC = re.compile(ISRC)
_APPLE = re.compile(r"https://(?:[a-z0-9-]+\.)*(?:music|itunes)\.apple\.com/\S+")
_PLAYLIST = re.compile(
    r"(?:https?://open\.spotify\.com/(?:intl-\w+/|user/[^/]+/)?playlist/|spotify:(?:user:[^:]+:)?playlist:)"
    r"([0-9A-Za-z]{22})(?:[/?#].*)?"
)
_CLOCK = re.compile(r"(?:(1?[0-9]|2[0-3]):([0-5]?[0-9])|([0-9]{1,3})):([0-5][0-9])")
_NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,9})?")
_DAY_MS = 86_400_000
_SECONDS_BELOW = 10_000
TEXT = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"


def _clean(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be blank")
    if "\0" in text:
        raise ValueError("must not contain the character NUL")
    return text.strip()


def _blank_to_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _isrc(text: str) -> str:
    if not _ISRC.fullmatch(text.strip()):
        raise ValueError("must be an ISRC such as USUM71409737")
    return text.strip().replace("-", "").upper()


def _apple_music(text: str) -> str:
    if not _APPLE.fullmatch(text.strip()):
        raise ValueError("must be a link that begins with https://music.apple.com/")
    return text.strip()


def _playlist(text: str) -> str:
    """The id of a link or URI; an id or a name as it is."""
    text = _clean(text)
    if found := _PLAYLIST.fullmatch(text):
        return found.group(1)
    if re.match(r"(?:https?://|spotify:)", text):
        raise ValueError("must be the link or URI of a Spotify playlist, its id (22 letters and digits) or its name")
    return text


def _duration(value: object) -> int | None:
    """Milliseconds of a number (below 10,000: seconds) or of a text such as 3:45; None for 0 and for blank."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str):
        text = value.strip()
        if found := _CLOCK.fullmatch(text):
            hours, of_hour, minutes, seconds = (int(part or 0) for part in found.groups())
            return (hours * 3600 + (of_hour + minutes) * 60 + seconds) * 1000 or None
        if _NUMBER.fullmatch(text):
            value = float(text.replace(",", "."))
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("must be a number (below 10,000: seconds, else milliseconds) or a text such as 3:45")
    known = _in_range(value)
    return round(known * 1000 if known < _SECONDS_BELOW else known) or None


def _whole(value: object) -> object:
    """JSON has one kind of number: 2014.0 is a whole one."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _in_range(number: float) -> float:
    if not 0 <= number <= _DAY_MS:
        raise ValueError("must be between 0 and 24 hours")
    return number


_Name = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    AfterValidator(_clean),
    Field(json_schema_extra={"pattern": TEXT}),
]
_Playlist = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500),
    AfterValidator(_playlist),
    Field(json_schema_extra={"pattern": TEXT}),
]
_Duration = Annotated[
    int | None,
    BeforeValidator(_duration),
    WithJsonSchema({
        "anyOf": [
            {"type": "number", "minimum": 0, "maximum": _DAY_MS},
            {"type": "string", "pattern": f"^(?:{_CLOCK.pattern})?$"},
            {"type": "null"},
        ],
        "examples": ["3:45", 225.4, 225_400],
    }),
]  # fmt: skip


def _or_blank(schema: dict[str, Any]) -> WithJsonSchema:
    """`schema`, null, or a blank text: a Shortcut sends one for what it does not know, and it counts as null."""
    return WithJsonSchema({"anyOf": [schema, {"type": "string", "maxLength": 0}, {"type": "null"}]})


_Album = Annotated[
    _Name | None,
    BeforeValidator(_blank_to_none),
    _or_blank({"type": "string", "minLength": 1, "maxLength": 200, "pattern": TEXT}),
]
_Isrc = Annotated[
    Annotated[str, AfterValidator(_isrc)] | None,
    BeforeValidator(_blank_to_none),
    _or_blank({"type": "string", "pattern": f"^{_ISRC.pattern}$"}),
]
_AppleMusic = Annotated[
    Annotated[str, StringConstraints(max_length=500), AfterValidator(_apple_music)] | None,
    BeforeValidator(_blank_to_none),
    _or_blank({"type": "string", "maxLength": 500, "pattern": r"^https://music\.apple\.com/[!-~]+$"}),
]
_Threshold = Annotated[float, Field(ge=0, le=1, strict=True, allow_inf_nan=False)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _SongBody(_Body):
    track_name: _Name = Field(description="Title of the song.", examples=["Bang Bang"])
    artist: _Name = Field(description="Its artists, as one text.", examples=["Jessie J, Ariana Grande & Nicki Minaj"])
    album: _Album = Field(None, description="Album, where known.")
    isrc: _Isrc = Field(
        None, description="ISRC, where known; hyphens and case do not matter.", examples=["USUM71409737"]
    )
    duration: _Duration = Field(
        None,
        description='Length: a number below 10,000 is seconds, another one milliseconds; or a text such as "3:45".',
    )
    match_threshold: _Threshold | None = Field(
        None, description="Replaces the accept threshold: on the probability, with profile classic on the score."
    )

    def song(self, apple_music_url: str | None = None) -> Song:
        """The song that is meant."""
        return Song(self.track_name, self.artist, self.album, self.isrc, self.duration, apple_music_url)


class SyncBody(_SongBody):
    """Body of `POST /sync`."""

    apple_music_url: _AppleMusic = Field(None, description="The song's link in Apple Music.")
    playlist_id: _Playlist = Field(
        description="The playlist: id, link, URI or name.", examples=["37i9dQZF1DXcBWIGoYBM5M"]
    )
    user_id: Annotated[
        str, StringConstraints(min_length=1, max_length=100), AfterValidator(_clean),
        Field(json_schema_extra={"pattern": TEXT}),
    ] = Field("default", description="Whose sync it is; corrections are remembered per user.")  # fmt: skip
    use_ai_disambiguation: StrictBool | None = Field(
        None, description="Let a model decide what is ambiguous. Cannot switch on what the owner left off."
    )
    dry_run: StrictBool = Field(False, description="Decide, and leave the playlist as it is.")

    def request(self, settings: Settings) -> SyncRequest:
        """The request with the policy that is in force now."""
        return SyncRequest(
            song=self.song(self.apple_music_url), playlist=self.playlist_id, user_id=self.user_id,
            match_threshold=self.match_threshold, use_ai=False, dry_run=self.dry_run, policy=settings.policy(),
        )  # fmt: skip


def place_id(place: int) -> str:
    """A track id for what has none, by its place among the candidates."""
    return f"{place:022d}"


class CandidateBody(_Body):
    """One of the tracks to choose from."""

    title: _Name
    artist: _Name
    album: _Album = None
    isrc: _Isrc = None
    duration: _Duration = None
    release_year: Annotated[int, Field(ge=1000, le=9999, strict=True), BeforeValidator(_whole)] | None = None
    explicit: StrictBool | None = None

    def track(self, index: int) -> SpotifyTrack:
        """The candidate under an id made of its place."""
        return SpotifyTrack(
            id=place_id(index), uri=f"spotify:track:{place_id(index)}", title=self.title, artists=(self.artist,),
            album=self.album, isrc=self.isrc, duration_ms=self.duration, release_year=self.release_year,
            explicit=self.explicit,
        )  # fmt: skip


class MatchBody(_SongBody):
    """Body of `POST /match`."""

    candidates: Annotated[list[CandidateBody], Field(min_length=1, max_length=1000)] | None = Field(
        None, description="What to choose from; the local catalogue where it is absent."
    )
    profile: Literal["standard", "classic"] | None = Field(
        None, description="Matching profile; the server's own where it is absent."
    )


class ReviewBody(_Body):
    """Body of `POST /review/{id}`."""

    choice: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_]{1,64}$")] = Field(
        description="A candidate's Spotify track id, `none`, or `not_on_spotify`.", examples=["none"]
    )
    answered_by: Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")] = Field(
        "", description="Who answers."
    )


def iso(value: object) -> object:
    """Refuses a plain number, which Pydantic would take for seconds or milliseconds by its size."""
    if isinstance(value, str) and not re.match(r"\d{4}-", value):
        raise ValueError("must be a date or time such as 2026-11-21T08:00:00Z")
    return value


def epoch(value: datetime | None) -> float | None:
    """Seconds since the epoch; a time without a zone is UTC."""
    if value is None:
        return None
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
