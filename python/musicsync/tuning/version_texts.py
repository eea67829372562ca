"""How catalogues write that a track is another version, an edit or a package; data for `synthesis`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Version(NamedTuple):
    """Texts of one kind of version, how often it is met, and how often it lasts as long as the plain recording."""

    weight: float
    equal_length: float
    texts: tuple[str, ...]


VERSIONS: Mapping[str, Version] = {
    "live": Version(
        8, 0.05,
        ("Live", "Live at {venue}", "Live in {city}", "Live from {venue}", "Live / {year}", "Live at {venue}, {year}",
         "En Vivo", "Ao Vivo", "Live Version", "Live {year}"),
    ),
    "remix": Version(
        8, 0.05,
        ("{name} Remix", "{name} Remix", "Remix", "{name} Mix", "{name} Edit", "{name} Rework", "Club Mix",
         "{name} Extended Remix", "Dub Mix", "{name} Bootleg", "{name} VIP Mix"),
    ),
    "acoustic": Version(3, 0.08, ("Acoustic", "Acoustic Version", "Unplugged", "Stripped", "Piano Version")),
    "instrumental": Version(4, 0.6, ("Instrumental", "Instrumental Version", "Karaoke Version", "Karaoke")),
    "demo": Version(2, 0.07, ("Demo", "{year} Demo", "Demo Version", "Early Take", "Alternate Version", "Outtake")),
    "speed": Version(1, 0.02, ("Sped Up", "Sped Up Version", "Slowed", "Slowed + Reverb", "Nightcore")),
    "extended": Version(2, 0.04, ("Extended Mix", "Extended Version", "Extended", '12" Version')),
    "again": Version(
        2, 0.15, ("Re-Recorded", "Rerecorded Version", "{name}'s Version", "New Recording", "New Version"),
    ),
    "language": Version(
        3, 0.7, ("Spanish Version", "English Version", "French Version", "Japanese Ver.", "English Ver.", "En Español"),
    ),
    "a_cappella": Version(0.5, 0.25, ("A Cappella", "Acapella")),
    "orchestral": Version(0.5, 0.08, ("Orchestral Version", "Symphonic Version")),
    "session": Version(2, 0.07, ("{venue} Session", "BBC Session", "Spotify Singles", "Live Session")),
}  # fmt: skip
"""Kinds of versions that are other recordings."""

EDITS = (
    "Radio Edit", "Radio Edit", "Radio Version", "Single Edit", "Edit", "Radio Mix", "Single Mix", "{year} Mix",
    "Short Version", "Intro", "Interlude", "Outro", "Skit", "Album Edit", "Stereo Mix",
)  # fmt: skip
"""Words that one catalogue writes and another leaves out for the same cut."""

PACKAGING = (
    "Remastered", "Remastered {year}", "{year} Remaster", "Remaster", "Deluxe Edition", "Bonus Track", "Mono", "Stereo",
    "Single Version", "Album Version", "Explicit", "Digitally Remastered", "Original Version", "Original Mix",
    "{round}th Anniversary Edition",
)  # fmt: skip
"""Words about the release, which say nothing of the recording."""

VENUES = (
    "Wembley", "The Roxy", "Red Rocks", "Royal Albert Hall", "Olympia", "The Fillmore", "Montreux", "Abbey Road",
    "Madison Square Garden", "KEXP", "Glastonbury", "Roundhouse",
)  # fmt: skip
CITIES = ("Berlin", "Tokyo", "Paris", "London", "Buenos Aires", "Dublin", "Austin", "Amsterdam", "Rome", "Chicago")
SUBTITLES = (
    "Come True", "Tell Me", "I Love You", "The Anthem", "La La La", "Let It Go", "My Way", "For You", "Sail Away",
)  # fmt: skip
SERIES = ("Song Machine", "Chapter One", "The Playlist", "Session 3", "Monthly Project")
IMITATORS = (
    "Karaoke Star", "The Tribute Band", "Party Karaoke", "The Backing Tracks", "Piano Dreamers",
    "String Quartet Tribute", "The Cover Crew",
)  # fmt: skip
