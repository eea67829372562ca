"""Explanations from Python: the keys that others read, notebooks, pickles, and what must hold for any input."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bindings.test_matcher import TRACKS

from musicsync import Matcher, Profile, Track

STUDIO = {"title": "Africa", "artists": ["Toto"], "album": "Toto IV", "duration_ms": 295_893}
LIVE = {"title": "Africa - Live", "artists": ["Toto"], "duration_ms": 360_000}
KEYS = [
    "verdict", "method", "reasons", "score", "probability", "sentence", "fields", "penalties", "contributions",
    "tokens", "versions", "version_conflict", "isrc_equal", "duration_gap_s", "features", "what_would_change",
]  # fmt: skip
HOSTILE = "<script>alert(\"x\")</script> & 'y'"


def test_the_dict_has_every_key_and_is_json() -> None:
    said = Matcher().explain(STUDIO, LIVE).to_dict()
    assert list(said) == KEYS
    assert json.loads(json.dumps(said)) == said
    assert said["sentence"] == "Another version: only the right title says ‘live’ and the lengths are 1 min 4 s apart."
    assert said["tokens"]["right"]["versions"] == [{"kind": "live", "detail": "", "year": None}]
    assert said["tokens"]["left"] == {
        "title": "africa", "latin": "", "artists": ["toto"], "guests": [], "versions": [], "part": None,
        "script": "Latin",
    }  # fmt: skip
    assert list(said["contributions"][0]) == ["feature", "label", "value", "log_odds"]


def test_contributions_come_with_the_weightiest_first() -> None:
    weights = [abs(one["log_odds"]) for one in Matcher().explain(STUDIO, LIVE).contributions]
    assert weights == sorted(weights, reverse=True)
    assert weights


def test_what_would_change_is_told_by_fact_and_verdict() -> None:
    why = Matcher().explain({"title": "Africa", "artist": "Toto"}, {"title": "Africa (Live)", "artist": "Toto"})
    change = why.what_would_change[0]
    assert list(change) == ["fact", "action", "side", "verdict", "score", "probability", "sentence"]
    assert (change["fact"], change["action"], change["side"]) == ("version", "removed", "right")
    assert change["verdict"] == "accept" != why.verdict
    assert change["sentence"] == "If the right title did not say ‘live’, it would be accepted."


@settings(max_examples=60, deadline=None)
@given(TRACKS, TRACKS, st.sampled_from(["standard", "classic"]))
def test_any_pair_is_explained_as_it_is_decided(a: Track, b: Track, profile: str) -> None:
    matcher = Matcher(profile)
    why, decision = matcher.explain(a, b), matcher.decide(a, [b])
    assert (why.verdict, why.method, why.reasons) == (decision.verdict, decision.method, decision.reasons)
    assert (why.score, why.probability) == (matcher.score(a, b), matcher.probability(a, b))
    assert why.sentence.endswith(".")
    assert matcher.explain(a, b).to_dict() == why.to_dict()
    changes = why.what_would_change
    assert len(changes) <= 3
    assert all(change["verdict"] != why.verdict for change in changes)


def test_notebooks_show_a_table_with_every_text_escaped() -> None:
    track = Track(id="<i>", title=HOSTILE, artists=[HOSTILE], album=HOSTILE)
    matcher = Matcher("classic")  # shows texts as they are given
    profile = Profile.from_json(json.dumps(Profile("classic").to_dict() | {"name": HOSTILE}))
    shown: list[Any] = [track, matcher.explain(track, track), matcher.rank(track, [track])[0], profile]
    assert "‘&lt;script&gt;" in Matcher().explain(track, {"title": "Africa"})._repr_html_()
    for page in [one._repr_html_() for one in shown]:
        assert page.startswith("<div>")
        assert "<table" in page
        assert "<script" not in page
        assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;" in page


def test_a_notebook_shows_a_decision_in_words() -> None:
    page = Matcher().decide(STUDIO, [LIVE])._repr_html_()
    assert "they are different versions" in page
    assert "version_conflict" not in page
    assert "color" not in page  # light and dark pages keep their own


def test_a_decision_tells_its_reasons_and_vetoes_in_words() -> None:
    decision = Matcher().decide(STUDIO, [LIVE])
    assert decision.reasons_in_words[0] == "too little agrees"
    assert "they are different versions" in decision.candidates[0].vetoes_in_words


def test_an_explanation_survives_a_pickle() -> None:
    why = Matcher().explain(STUDIO, LIVE)
    assert pickle.loads(pickle.dumps(why)).to_dict() == why.to_dict()


def test_what_is_no_track_is_named() -> None:
    with pytest.raises(TypeError, match="b must be"):
        Matcher().explain(STUDIO, 5)  # type: ignore[arg-type]
