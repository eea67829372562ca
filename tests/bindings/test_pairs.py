"""Columns of pairs from Python: what the model reads, and decisions row by row."""

from __future__ import annotations

import math

import numpy
import pytest

import musicsync
from musicsync import EngineError, Matcher, Track

LEFT = [
    {"title": "Africa", "artist": "Toto", "album": "Toto IV", "duration_ms": 295_000},
    {"title": "Africa", "artist": "Toto"},
    {"title": "Dani California", "artist": "Red Hot Chili Peppers"},
]
RIGHT = [
    {"title": "Africa (Remastered)", "artist": "Toto", "album": "Toto IV", "duration_ms": 295_900},
    {"title": "Africa (Live)", "artist": "Toto", "album": "Greatest Hits Live"},
    {"title": "Californication", "artist": "Red Hot Chili Peppers"},
]


def column(name: str) -> list[float]:
    features = Matcher().features(LEFT, RIGHT)
    return [float(value) for value in features[:, musicsync.feature_names().index(name)]]


def test_features_are_a_row_for_each_pair_and_a_column_for_each_name() -> None:
    features = Matcher().features(LEFT, RIGHT)
    assert features.shape == (3, len(musicsync.feature_names()))
    assert features.dtype == numpy.float64
    assert features.flags.c_contiguous
    assert column("title_unlike")[:2] == [0.0, 0.0]
    assert column("words_missing") == [0.0, 0.0, 1.0]
    assert column("version_hard") == [0.0, 1.0, 0.0]
    assert column("duration_gap")[0] == pytest.approx(0.9)


def test_features_are_nan_where_a_side_does_not_know() -> None:
    assert [math.isnan(value) for value in column("album_unlike")] == [False, True, False]
    assert [math.isnan(value) for value in column("year_gap")] == [True, True, True]


def test_features_of_no_pairs_have_no_rows() -> None:
    assert Matcher().features([], []).shape == (0, len(musicsync.feature_names()))


def test_features_do_not_depend_on_the_profile_or_on_what_a_track_is_given_as() -> None:
    tracks = [Track.from_mapping(song) for song in LEFT]
    numpy.testing.assert_array_equal(Matcher("classic").features(tracks, RIGHT), Matcher().features(LEFT, RIGHT))


def test_features_outlive_the_matcher_and_are_a_copy_of_their_own() -> None:
    features = Matcher().features(LEFT, RIGHT)
    before = features.copy()
    Matcher().features(RIGHT, LEFT)
    numpy.testing.assert_array_equal(features, before)
    features[0, 0] = 5.0
    assert column("title_unlike")[0] == 0.0


def test_features_have_names_of_their_own_and_a_direction_each() -> None:
    names, directions = musicsync.feature_names(), musicsync.feature_directions()
    assert len(names) == len(set(names)) == len(directions)
    assert set(directions) <= {-1, 0, 1}
    assert dict(zip(names, directions, strict=True))["title_unlike"] == -1
    assert dict(zip(names, directions, strict=True))["version_agrees"] == 1


def test_the_model_reads_nothing_but_the_features() -> None:
    twins = Matcher().features([LEFT[0], {**LEFT[0], "id": "other"}], [RIGHT[0], RIGHT[0]])
    numpy.testing.assert_array_equal(twins[0], twins[1])


def test_decisions_of_pairs_are_those_of_each_pair() -> None:
    matcher = Matcher()
    for accept in (None, 0.2, 0.999999):
        decisions = matcher.decide_pairs(LEFT, RIGHT, accept)
        alone = [matcher.decide(a, [b], accept) for a, b in zip(LEFT, RIGHT, strict=True)]
        assert [decision.to_dict() for decision in decisions] == [decision.to_dict() for decision in alone]
    assert [decision.verdict for decision in matcher.decide_pairs(LEFT, RIGHT)][:2] != ["accept", "accept"]
    assert matcher.decide_pairs([], []) == []


def test_columns_of_different_length_are_refused() -> None:
    for call in (Matcher().features, Matcher().decide_pairs, Matcher().probability_pairs):
        with pytest.raises(EngineError, match="left has 3 tracks and right has 2") as caught:
            call(LEFT, RIGHT[:2])
        assert (caught.value.code, caught.value.field) == ("length_mismatch", "right")


def test_a_row_that_is_no_track_and_a_threshold_that_is_none_are_refused_by_name() -> None:
    with pytest.raises(TypeError, match=r"right\[1\]"):
        Matcher().features(LEFT[:2], [RIGHT[0], 7])  # type: ignore[list-item]
    with pytest.raises(EngineError, match="accept is not between 0 and 1"):
        Matcher().decide_pairs(LEFT, RIGHT, 1.5)
