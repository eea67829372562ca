"""Matcher from Python: ranking, deciding, explaining, and what must hold for any input."""

from __future__ import annotations

import json
import os
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import musicsync
from musicsync import Catalog, EngineError, Matcher, Profile, Track

WORDS = st.sampled_from(
    ["love", "night", "Live", "(Remix)", "Pt. 2", "Африка", "夜", "F**k", "Toto", "feat. X", "- Remastered"]
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=6).map(" ".join))


def _is_text(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


TRACKS = st.builds(
    Track,
    id=st.integers(0, 5),
    title=TEXTS.filter(_is_text),
    artists=st.lists(TEXTS.filter(_is_text), max_size=3),
    album=TEXTS.filter(_is_text),
    duration_ms=st.one_of(st.none(), st.integers(0, 600_000)),
    release_year=st.one_of(st.none(), st.integers(1950, 2026)),
)
STUDIO = {"id": "s", "title": "Africa", "artists": ["Toto"], "album": "Toto IV", "duration_ms": 295_893}
LIVE = {"id": "l", "title": "Africa - Live", "artists": ["Toto"], "duration_ms": 360_000}
KARAOKE = {"id": "k", "title": "Africa (Karaoke Version)", "artists": ["Karaoke Star"], "duration_ms": 295_000}
ASKED = {"title": "Africa", "artist": "Toto", "duration_ms": 295_000}


@settings(max_examples=300, deadline=None)
@given(TRACKS, TRACKS, st.sampled_from(["standard", "classic"]))
def test_score_is_symmetric_and_between_zero_and_one(a: Track, b: Track, profile: str) -> None:
    matcher = Matcher(profile)
    assert 0.0 <= matcher.score(a, b) <= 1.0
    assert matcher.score(a, b) == matcher.score(b, a)
    assert matcher.probability(a, b) == matcher.probability(b, a)


@settings(max_examples=100, deadline=None)
@given(TRACKS, st.lists(TRACKS, max_size=12))
def test_ranking_is_sorting_by_score_id_and_position(query: Track, candidates: list[Track]) -> None:
    matcher = Matcher()
    scored = [(-matcher.score(query, track), track.id or "", index) for index, track in enumerate(candidates)]
    assert [match.index for match in matcher.rank(query, candidates)] == [index for _, _, index in sorted(scored)]


@settings(max_examples=60, deadline=None)
@given(TRACKS, st.lists(TRACKS, max_size=12), st.integers(0, 5), st.sampled_from(["standard", "classic"]))
def test_catalogue_search_is_brute_force(query: Track, tracks: list[Track], k: int, profile: str) -> None:
    found = Catalog.from_tracks(tracks).search(query, k=k, profile=profile)
    expected = Matcher(profile).rank(query, tracks, limit=k)
    assert [match.to_dict() for match in found] == [match.to_dict() for match in expected]


@settings(max_examples=100, deadline=None)
@given(TRACKS, st.lists(TRACKS, max_size=6))
def test_a_decision_is_consistent_and_plain_json(query: Track, candidates: list[Track]) -> None:
    decision = Matcher().decide(query, candidates)
    assert json.loads(json.dumps(decision.to_dict())) == decision.to_dict()
    assert len(decision.candidates) == len(candidates)
    if decision.verdict == "accept":
        assert decision.best is not None
        assert decision.probability is not None
        assert decision.probability >= Profile().accept
        assert not decision.candidates[decision.best].vetoes
    else:
        assert decision.reasons


def test_the_studio_recording_is_taken_and_the_karaoke_one_never() -> None:
    matcher = Matcher()
    assert matcher.decide(ASKED, [LIVE, KARAOKE, STUDIO]).best == 2
    assert matcher.decide(ASKED, [LIVE, KARAOKE, STUDIO]).verdict == "accept"
    assert matcher.decide(ASKED, [KARAOKE], accept=0.0).verdict != "accept"


def test_an_explanation_reads_as_a_sentence_and_as_a_dict() -> None:
    why = Matcher().explain(STUDIO, LIVE)
    assert why.version_conflict
    assert why.to_dict()["penalties"]["version"] > 0
    assert why.sentence.startswith("Another version: only the right title says ‘live’")
    assert why.to_dict()["fields"]["title"]["similarity"] == 1.0
    assert repr(why) == f"<Explanation: {why.sentence}>"


def test_pairs_are_scored_row_by_row() -> None:
    matcher = Matcher()
    left, right = [ASKED, ASKED, STUDIO], [STUDIO, LIVE, KARAOKE]
    assert list(matcher.score_pairs(left, right)) == [matcher.score(a, b) for a, b in zip(left, right, strict=True)]
    assert list(matcher.probability_pairs(left, right)) == [
        matcher.probability(a, b) for a, b in zip(left, right, strict=True)
    ]


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(EngineError, match="left has 1 tracks and right has 2") as caught:
        Matcher().score_pairs([ASKED], [STUDIO, LIVE])
    assert caught.value.code == "length_mismatch"
    with pytest.raises(EngineError, match="has no probability"):
        Matcher("classic").probability_pairs([ASKED], [STUDIO])


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"limit": -1}, EngineError, "limit is negative"),
        ({"limit": "3"}, TypeError, "limit must be an int, not str"),
        ({"cutoff": float("nan")}, EngineError, "cutoff is NaN"),
        ({"cutoff": 1.5}, EngineError, "cutoff is not between 0 and 1"),
    ],
)
def test_bad_arguments_are_refused_by_name(arguments: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        Matcher().rank(ASKED, [STUDIO], **arguments)


def test_a_profile_has_a_name_and_may_have_other_thresholds() -> None:
    with pytest.raises(EngineError, match="no profile named 'best'") as caught:
        Matcher("best")
    assert caught.value.code == "unknown_profile"
    strict = Profile("standard", accept=0.999)
    assert Matcher(strict).decide({"title": "Africa", "artist": "Toto"}, [STUDIO]).verdict == "ambiguous"
    assert pickle.loads(pickle.dumps(strict)) == strict
    assert pickle.loads(pickle.dumps(Matcher(strict))).profile == strict
    with pytest.raises(EngineError, match="reject is above accept"):
        Profile(accept=0.2)


def test_threads_and_forks_agree_with_the_parent() -> None:
    catalog = Catalog.from_tracks([{**STUDIO, "id": str(i), "title": f"Africa {i}"} for i in range(4000)])
    expected = [match.to_dict() for match in catalog.search(ASKED)]
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: catalog.search(ASKED), range(8)):
            assert [match.to_dict() for match in found] == expected
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, json.dumps([match.to_dict() for match in catalog.search(ASKED)]).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        assert json.loads(pipe.read()) == expected
    assert os.waitpid(child, 0)[1] == 0


def test_every_kernel_gives_the_same_bits() -> None:
    scores = set()
    for kernel in musicsync.kernels():
        assert musicsync.set_kernel(kernel) == musicsync.active_kernel() == kernel
        scores.add(Matcher().score(ASKED, LIVE))
    musicsync.set_kernel("auto")
    assert len(scores) == 1
    with pytest.raises(EngineError, match="no kernel named 'abacus'"):
        musicsync.set_kernel("abacus")
