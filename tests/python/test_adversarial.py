"""The adversarial corpus: well formed, reproducible, answered no worse than the last release and the budget allow."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from bench.adversarial.__main__ import compile_all
from bench.adversarial.matchers import Answer, Answerer, Candidate, engine, rapidfuzz_weights
from bench.adversarial.notation import MalformedNotation, compiled
from bench.adversarial.releases import Release, last_release, record
from bench.adversarial.report import Budget, Report, budget, failures, lines, net_losses, report
from bench.adversarial.scenarios import MalformedScenario, Scenario, load
from bench.adversarial.scoring import Tally, against, outcome, outcomes

from tests.conftest import adversarial_table

CLASSES = {
    "cover": 25,
    "credits": 25,
    "duplicates": 20,
    "edits": 26,
    "explicit": 20,
    "isrc": 24,
    "local_files": 28,
    "misplaced": 25,
    "scripts": 42,
    "syntax": 26,
    "version": 40,
    "wrong_song": 33,
}
"""Scenarios by class: at least so many."""

SCRIPTS = {
    "Latin": ("a", "z"),
    "Cyrillic": ("а", "я"),
    "Greek": ("α", "ω"),
    "Hebrew": ("א", "ת"),
    "Arabic": ("ا", "ي"),
    "Devanagari": ("अ", "ह"),
    "Thai": ("ก", "ฮ"),
    "Georgian": ("ა", "ჰ"),
    "Hangul": ("가", "힣"),
    "hiragana": ("ぁ", "ん"),
    "katakana": ("ァ", "ン"),
    "ideographs": ("一", "龥"),
}
"""The first and the last letter of each."""

LINE = (
    '{"id": "x-001", "class": "x", "degradation": "typos", "why": "because", "query": {"title": "A"}, '
    '"candidates": [{"id": "a", "title": "A"}], "accept": ["a"]}'
)


def accept_all(query: Candidate, candidates: Sequence[Candidate]) -> Answer:
    """A mutant: the candidate that RapidFuzz likes best, always accepted."""
    return Answer("accept", rapidfuzz_weights(query, candidates).chosen)


def ask_always(query: Candidate, candidates: Sequence[Candidate]) -> Answer:
    """A mutant that leaves everything to a person."""
    return Answer("ambiguous", str(candidates[0]["id"]))


def reject_all(query: Candidate, candidates: Sequence[Candidate]) -> Answer:
    """A mutant that finds nothing."""
    return Answer("reject", None)


@pytest.fixture(scope="module")
def corpus() -> list[Scenario]:
    return load()


@pytest.fixture(scope="module")
def release() -> Release:
    return last_release()


@pytest.fixture(scope="module")
def found(corpus: list[Scenario], release: Release, pytestconfig: pytest.Config) -> Report:
    made = report(corpus, engine(), release)
    pytestconfig.stash[adversarial_table] = lines(made)
    return made


def test_the_corpus_is_large_and_varied(corpus: list[Scenario]) -> None:
    counts = Counter(one.category for one in corpus)
    assert not {name: counts[name] for name, least in CLASSES.items() if counts[name] < least}
    expected = Counter(one.expectation for one in corpus)
    assert len(corpus) >= 300
    assert expected["none"] >= 60
    assert expected["ask"] >= 30
    assert expected["accept"] > len(corpus) / 2
    text = json.dumps([one.query for one in corpus] + [one.candidates for one in corpus], ensure_ascii=False)
    assert [name for name, (first, last) in SCRIPTS.items() if not any(first <= sign <= last for sign in text)] == []


def test_no_scenario_stands_twice(corpus: list[Scenario]) -> None:
    digests = Counter(one.digest for one in corpus)
    assert [one.id for one in corpus if digests[one.digest] > 1] == []


def test_the_files_are_what_the_notation_says() -> None:
    assert [path.name for path, text in compile_all().items() if path.read_text(encoding="utf-8") != text] == []
    assert {path.stem for path in compile_all()} == {one.category for one in load()}


def test_the_engine_is_no_worse_than_the_last_release_and_the_budget(found: Report) -> None:
    assert failures(found, budget()) == []


def test_the_budget_has_no_slack(found: Report) -> None:
    """An improvement that does not lower the budget could be lost again unseen."""
    assert budget() == Budget(found.total.counts["wrong"], net_losses(found))


def test_the_engine_beats_rapidfuzz_with_weights_in_sum(found: Report) -> None:
    assert found.total.rapidfuzz.win > found.total.rapidfuzz.lose


def test_the_recorded_release_is_the_one_that_was_released(release: Release, corpus: list[Scenario]) -> None:
    assert (release.version, release.model) == ("0.1.0", "placeholder-1")
    assert [one.id for one in corpus if not release.knows(one)] == []


def test_the_recorded_outcomes_are_those_of_the_recorded_answers(release: Release, corpus: list[Scenario]) -> None:
    path = Path(__file__).parents[2] / "datasets" / "adversarial" / "releases" / f"{release.version}.json"
    rows = json.loads(path.read_text(encoding="utf-8"))["scenarios"]
    assert {name: row["outcome"] for name, row in rows.items()} == release.outcomes(corpus)


@pytest.mark.parametrize("mutant", [accept_all, ask_always, reject_all])
def test_a_matcher_without_judgement_loses_to_ours(
    mutant: Answerer, found: Report, corpus: list[Scenario], release: Release
) -> None:
    tally = against(outcomes(corpus, mutant), found.ours)
    assert tally.lose > 2 * tally.win
    assert failures(report(corpus, mutant, release), budget()) != []


def test_one_more_wrong_song_or_lost_class_fails(found: Report) -> None:
    allowed = budget()
    assert failures(found, Budget(allowed.wrong - 1, allowed.net_losses)) != []
    worse = tuple(replace(row, release=Tally(0, 0, 2)) if row.name == "cover" else row for row in found.rows)
    assert failures(replace(found, rows=worse), allowed) == ["cover: 2 more lost than won against 0.1.0; 0 are borne"]


def test_a_scenario_that_the_release_has_not_answered_fails(corpus: list[Scenario], release: Release) -> None:
    changed = [replace(corpus[0], query={"title": "Another"}), *corpus[1:]]
    reasons = failures(report(changed, engine(), release), Budget(len(corpus), {}))
    assert f"0.1.0 has not answered {corpus[0].id}: record it" in reasons


def test_a_release_is_not_overwritten_by_an_engine_that_was_not_released(corpus: list[Scenario]) -> None:
    with pytest.raises(ValueError, match="was recorded with model placeholder-1"):
        record(corpus)


@pytest.mark.parametrize(
    ("expectation", "verdict", "chosen", "worth"),
    [
        ("accept", "accept", "a", "right"),
        ("accept", "accept", "b", "wrong"),
        ("accept", "ambiguous", "a", "asked"),
        ("accept", "reject", None, "missed"),
        ("none", "accept", "a", "wrong"),
        ("none", "ambiguous", "a", "right"),
        ("none", "reject", None, "right"),
        ("ask", "accept", "a", "wrong"),
        ("ask", "ambiguous", "a", "right"),
        ("ask", "reject", None, "missed"),
    ],
)
def test_an_answer_has_its_worth(
    corpus: list[Scenario], expectation: str, verdict: str, chosen: str | None, worth: str
) -> None:
    accept = frozenset("a") if expectation == "accept" else frozenset()
    one = replace(corpus[0], expectation=expectation, accept=accept)  # type: ignore[arg-type]
    assert outcome(one, Answer(verdict, chosen)) == worth  # type: ignore[arg-type]


def test_the_worse_outcome_loses() -> None:
    order = ["wrong", "missed", "asked", "right"]
    ours = {f"{a}{b}": a for a in order for b in order}
    theirs = {f"{a}{b}": b for a in order for b in order}
    assert against(ours, theirs) == Tally(6, 4, 6)  # type: ignore[arg-type]
    assert against({"1": "missed"}, {"1": "wrong"}) == Tally(1, 0, 0)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"accept": ["a"]', '"accept": ["b"]', "accept must be a list of candidates' ids"),
        ('"accept": ["a"]', '"accept": ["a"], "none": true', "exactly one of accept, none and ask"),
        ('"class": "x"', '"class": "y"', "class 'y' does not belong"),
        ('{"title": "A"}, "cand', '{"title": " "}, "cand', "query: title must be a text"),
        ('"title": "A"}]', '"title": "A", "duration_s": 0}]', r"candidates\[0\]: duration_s must be"),
        ('"why": "because", ', "", "missing or unknown: why"),
        ('"typos"', "typos", "Expecting value"),
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in LINE
    (tmp_path / "x.jsonl").write_text(LINE.replace(old, new) + "\n", encoding="utf-8")
    with pytest.raises(MalformedScenario, match=rf"x\.jsonl:1: .*{reason}"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("+ A | B", "x:1: a scenario begins with"),
        ("[typos]", "x:1: a header is"),
        ("[typos] why\n+ A | B\n? ~\n@ opera", "x:4: no distractor 'opera'"),
        ("[typos] why\n! A", "x:2: a line begins with"),
        ("[typos] why\n= A | B\n? ~\n- C", "x:1: a scenario has a right candidate"),
        ("[none: typos] why\n+ A | B\n? ~", "x:1: a scenario has a right candidate"),
        ("[typos] why\n+ A | B | | | | loud", "x:2: unknown: 'loud'"),
    ],
)
def test_malformed_notation_is_named(text: str, reason: str) -> None:
    with pytest.raises(MalformedNotation, match=reason):
        compiled("x", text)


def test_the_notation_says_what_it_says() -> None:
    text = "[typos] why\n+ Song | Band | Album | 3:00 | 2000\n? Sogn | ~ | | +2\n- ~ (Live) | ~ | | x0.5 | +1"
    (row,) = compiled("x", text)
    assert row["query"] == {"title": "Sogn", "artist": "Band", "duration_s": 182}
    by_title = {one["title"]: one for one in row["candidates"]}
    assert by_title["Song (Live)"].items() >= {"artist": "Band", "duration_s": 90, "year": 2001}.items()
    assert row["accept"] == [by_title["Song"]["id"]]
