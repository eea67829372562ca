"""What people answered becomes pairs, and no more than they said."""

from __future__ import annotations

from musicsync.model import ReviewAnswer, ScoredCandidate, Song, SpotifyTrack
from musicsync.tuning.corrections import pairs_from_corrections

SONG = Song("Africa", "Toto")
OFFERED = tuple(
    ScoredCandidate(SpotifyTrack(str(n) * 22, f"spotify:track:{str(n) * 22}", title, ("Toto",)), 0.9)
    for n, title in enumerate(("Africa", "Africa - Live"))
)


def test_the_chosen_track_is_the_same_and_nothing_is_said_of_the_others() -> None:
    (pair,) = pairs_from_corrections([("sync-1", SONG, OFFERED, ReviewAnswer("1" * 22))])
    assert (pair.id, pair.same, pair.truth, pair.right.title) == ("sync-1/1", True, "review", "Africa - Live")


def test_where_none_was_right_each_candidate_is_another_recording() -> None:
    for choice in ("none", "not_on_spotify"):
        found = pairs_from_corrections([("sync-1", SONG, OFFERED, ReviewAnswer(choice))])
        assert [pair.same for pair in found] == [False, False]
