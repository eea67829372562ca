"""The values of the flow: policy table, next step, keys, JSON forms, errors by name."""

from __future__ import annotations

import dataclasses
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from musicsync import codec, errors, idempotency, policy
from musicsync.mirror import Mirror
from musicsync.model import (
    MatchDecision,
    Outcome,
    OutcomeKind,
    ScoredCandidate,
    Song,
    SpotifyTrack,
    Status,
    SyncRequest,
    Verdict,
)
from musicsync.policy import STEP_POLICIES, Next
from musicsync.steps import PLAYLIST_STEPS, STEPS

TEXT = st.text(max_size=30)
TRACKS = st.builds(
    SpotifyTrack,
    id=st.none() | TEXT,
    uri=TEXT,
    title=TEXT,
    artists=st.lists(TEXT, max_size=3).map(tuple),
    album=st.none() | TEXT,
    isrc=st.none() | TEXT,
    duration_ms=st.none() | st.integers(0, 10**7),
    explicit=st.none() | st.booleans(),
)
REQUEST = SyncRequest(Song("Africa", "Toto", duration_ms=295_000), "37i9dQZF1DXcBWIGoYBM5M")


def test_every_step_has_a_policy_that_lets_it_run() -> None:
    for name in STEPS:
        assert STEP_POLICIES[name].attempts >= 1
        assert STEP_POLICIES[name].timeout_s > 0


def test_the_table_is_the_specified_one() -> None:
    rows = {
        "resolve-playlist": (30, 5, 1, 10),
        "spotify-search": (30, 3, 1, 10),
        "ai-disambiguate": (120, 3, 2, 30),
        "add-to-playlist": (30, 10, 2, 60),
        "verify-track-added": (15, 5, 1, 10),
        "remove-from-playlist": (30, 5, 1, 30),
    }
    for name, row in rows.items():
        one = STEP_POLICIES[name]
        assert (one.timeout_s, one.attempts, one.backoff_s, one.backoff_max_s) == row
    assert (STEP_POLICIES["fuzzy-match"].attempts, STEP_POLICIES["fuzzy-match"].lost_attempts) == (1, 5)


def test_the_backoff_doubles_up_to_its_limit() -> None:
    assert [STEP_POLICIES["add-to-playlist"].delay_s(n) for n in range(1, 8)] == [2, 4, 8, 16, 32, 60, 60]


def test_only_the_writer_executes_what_changes_a_playlist() -> None:
    assert {"add-to-playlist", "verify-track-added", "remove-from-playlist"} == PLAYLIST_STEPS


@pytest.mark.parametrize(
    ("verdict", "rungs_left", "expected"),
    [
        (Verdict.ACCEPT, True, Next.ADD),
        (Verdict.ACCEPT, False, Next.ADD),
        (Verdict.AMBIGUOUS, True, Next.SEARCH_MORE),
        (Verdict.AMBIGUOUS, False, Next.REVIEW),
        (Verdict.REJECT, True, Next.SEARCH_MORE),
        (Verdict.REJECT, False, Next.NOT_FOUND),
    ],
)
def test_what_follows_a_decision(verdict: Verdict, rungs_left: bool, expected: Next) -> None:
    assert policy.decide(MatchDecision(verdict), rungs_left=rungs_left) is expected


def test_the_same_song_written_otherwise_has_the_same_fingerprint() -> None:
    other = replace(REQUEST, song=replace(REQUEST.song, title="  AFRICA ", artist="ＴＯＴＯ"))
    assert idempotency.fingerprint(other) == idempotency.fingerprint(REQUEST)


@pytest.mark.parametrize(
    "change",
    [
        {"user_id": "somebody"},
        {"playlist": "0" * 22},
        {"match_threshold": 0.5},
        {"use_ai": True},
        {"dry_run": True},
        {"song": Song("Africa", "Toto", duration_ms=296_000)},
        {"song": Song("Africa", "Toto", isrc="XXA012600001", duration_ms=295_000)},
    ],
)
def test_whatever_changes_the_result_changes_the_fingerprint(change: dict[str, object]) -> None:
    assert idempotency.fingerprint(replace(REQUEST, **change)) != idempotency.fingerprint(REQUEST)  # type: ignore[arg-type]


def test_a_key_belongs_to_its_user_and_is_no_derived_one() -> None:
    ids = {
        idempotency.workflow_id(REQUEST, None),
        idempotency.workflow_id(REQUEST, "key"),
        idempotency.workflow_id(replace(REQUEST, user_id="other"), "key"),
    }
    assert len(ids) == 3


@given(
    track=TRACKS,
    score=st.floats(0, 1),
    verdict=st.sampled_from(Verdict),
    status=st.sampled_from(Status),
    kind=st.sampled_from(OutcomeKind),
)
def test_json_gives_back_what_went_in(
    track: SpotifyTrack, score: float, verdict: Verdict, status: Status, kind: OutcomeKind
) -> None:
    decision = MatchDecision(verdict, track, score, candidates=(ScoredCandidate(track, score, None, ("a",)),))
    assert codec.loads(MatchDecision, codec.dumps(decision)) == decision
    outcome = Outcome(status, kind, "text", track=track, candidates=decision.candidates)
    assert codec.loads(Outcome, codec.dumps(outcome)) == outcome


def test_a_record_of_another_release_loads() -> None:
    older = codec.loads(MatchDecision, b'{"verdict": "accept"}')
    newer = codec.loads(MatchDecision, b'{"verdict": "accept", "invented_later": 1}')
    assert older == newer == MatchDecision(Verdict.ACCEPT)
    with pytest.raises(ValidationError):
        codec.loads(MatchDecision, b'{"verdict": "perhaps"}')


def test_every_step_takes_and_gives_a_frozen_dataclass() -> None:
    for step in STEPS.values():
        for one in (step.argument, step.result):
            assert dataclasses.is_dataclass(one)
            assert one.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_errors_come_back_by_name_and_strange_ones_are_permanent() -> None:
    assert isinstance(errors.from_name("PlaylistNotFoundError", "gone"), errors.PlaylistNotFoundError)
    for name in ("ValueError", "MusicSync", "annotations", "RateLimited"):
        strange = errors.from_name(name, "text")
        assert type(strange) is errors.Permanent
        assert str(strange) == f"{name}: text"


def test_a_mirror_counts_every_place_of_a_uri() -> None:
    one = SpotifyTrack("a", "spotify:track:a", "A", ("X",))
    mirror = Mirror([one, None, one], "s1", lambda track: track.title)
    assert list(mirror.places(one.uri)) == [0, 2]
    assert len(mirror) == mirror.confirmed == 3
    mirror.became("s2")
    assert (mirror.knows("s1"), mirror.knows("s2"), mirror.knows("s3")) == (True, True, False)
