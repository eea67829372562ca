"""Drawing faults: rates, seeds, and the sentences for knobs that do not exist."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musicsync.emulator.app import ENDPOINTS
from musicsync.emulator.faults import Faults, Kind
from musicsync.emulator.knobs import EXCLUSIVE, FaultsError, Knobs, described, read_knobs

SEARCH, ADD = "GET /v1/search", "POST /v1/playlists/{id}/items"


def drawn(
    knobs: dict[str, Any], endpoint: str, kind: Kind, count: int, *, seed: int = 0, isrc: bool = False
) -> list[Any]:
    faults = Faults(read_knobs(knobs, ENDPOINTS), seed, lambda: 0.0)
    return [faults.fate(endpoint, kind, isrc=isrc).fault for _ in range(count)]


def test_the_exclusive_faults_are_those_of_the_request_itself() -> None:
    assert EXCLUSIVE == (
        "rate_429", "rate_429_long", "rate_500", "rate_502", "timeout", "timeout_after_apply", "drop",
        "drop_after_apply", "expired_token", "stale_read", "empty_isrc", "slow", "item_null", "not_registered",
    )  # fmt: skip


def test_each_fault_strikes_at_its_rate() -> None:
    counts = Counter(drawn({"429": 0.02, "500": 0.03, "timeout_after_apply": 0.05}, ADD, Kind.WRITE, 10_000))
    assert 150 < counts["rate_429"] < 250
    assert 230 < counts["rate_500"] < 370
    assert 420 < counts["timeout_after_apply"] < 580
    assert 8800 < counts[None] < 9200


def test_a_fault_befalls_only_the_requests_that_it_can() -> None:
    everything = {"timeout_after_apply": 0.3, "stale_read": 0.3, "empty_isrc": 0.4}
    assert set(drawn(everything, SEARCH, Kind.SEARCH, 500)) == {None}
    assert set(drawn(everything, SEARCH, Kind.SEARCH, 500, isrc=True)) == {None, "empty_isrc"}
    assert set(drawn(everything, ADD, Kind.WRITE, 500)) == {None, "timeout_after_apply"}
    assert set(drawn({"500": 1}, "POST /api/token", Kind.SIGN_IN, 9)) == {None}
    named = {"500": 0.5, "expired_token": 0.5, "endpoints": ["POST /api/token"]}
    assert set(drawn(named, "POST /api/token", Kind.SIGN_IN, 200)) == {None, "rate_500"}
    assert set(drawn(named, SEARCH, Kind.SEARCH, 200)) == {None}


@given(seed=st.integers(-(2**40), 2**40))
@settings(deadline=None, derandomize=True, database=None, max_examples=25)
def test_a_seed_gives_the_same_faults_whatever_other_endpoints_do(seed: int) -> None:
    knobs = {"429": 0.2, "500": 0.2, "drop": 0.2}
    alone = drawn(knobs, SEARCH, Kind.SEARCH, 60, seed=seed)
    faults = Faults(read_knobs({**knobs, "seed": seed}, ENDPOINTS), 99, lambda: 0.0)
    among_others = []
    for _ in range(60):
        faults.fate(ADD, Kind.WRITE)
        among_others.append(faults.fate(SEARCH, Kind.SEARCH).fault)
    assert among_others == alone


def test_another_seed_gives_other_faults() -> None:
    knobs = {"500": 0.5}
    assert drawn(knobs, SEARCH, Kind.SEARCH, 60, seed=1) != drawn(knobs, SEARCH, Kind.SEARCH, 60, seed=2)


def test_a_server_error_may_come_in_bursts() -> None:
    now = [0.0]
    faults = Faults(read_knobs({"502": 0.05, "burst_s": 60}, ENDPOINTS), 3, lambda: now[0])
    while faults.fate(ADD, Kind.WRITE).fault is None:
        pass
    assert all(faults.fate(ADD, Kind.WRITE).fault == "rate_502" for _ in range(50))
    assert faults.fate(SEARCH, Kind.SEARCH).fault is None
    now[0] = 61.0
    assert None in {faults.fate(ADD, Kind.WRITE).fault for _ in range(20)}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ('{"430": 0.1}', "unknown key '430'"),
        ('{"429": 1.5}', "429: .*less than or equal to 1"),
        ('{"429": -0.1}', "429: "),
        ('{"429": "0.1"}', "429: "),
        ('{"429": NaN}', "429: "),
        ('{"429": 0.6, "500": 0.6}', "add up to 1.2"),
        ('{"rate_429": 0.6}', "unknown key 'rate_429'"),
        ('{"retry_after_s": 90000}', "retry_after_s: "),
        ('{"endpoints": ["GET /v1/nothing"]}', "unknown 'GET /v1/nothing'"),
        ('{"seed": 1.5}', "seed: "),
        ("[]", "a JSON object is wanted"),
        ("{", "no JSON"),
    ],
)
def test_bad_faults_are_named(given: str, words: str) -> None:
    with pytest.raises(FaultsError, match=words):
        read_knobs(given, ENDPOINTS)


def test_every_knob_is_described() -> None:
    text = described()
    for name, field in Knobs.model_fields.items():
        assert f"  {field.alias or name} " in text
        assert field.description
