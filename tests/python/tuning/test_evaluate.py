"""The figures of evaluation, against examples computed by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from musicsync import Catalog
from musicsync.tuning.evaluate import Judged, evaluate_pairs, figures, recall_at_precision
from musicsync.tuning.pairs import MalformedLine, read_pairs, read_queries
from musicsync.tuning.retrieval import Answered, evaluate_retrieval, summary


def judged(*rows: tuple[str, bool, float, str]) -> list[Judged]:
    return [Judged(one, same, value, value >= 0.5, verdict) for one, same, value, verdict in rows]


def test_the_figures_of_ten_pairs_are_those_computed_by_hand() -> None:
    # predicted (P >= 0.5): a b c d e; of those right: a b d. Positives: a b d f. Accepted: a b c, of those right: a b.
    found = figures(
        judged(
            ("a", True, 0.99, "accept"), ("b", True, 0.95, "accept"), ("c", False, 0.93, "accept"),
            ("d", True, 0.70, "ambiguous"), ("e", False, 0.50, "ambiguous"), ("f", True, 0.40, "ambiguous"),
            ("g", False, 0.30, "reject"), ("h", False, 0.20, "reject"), ("i", False, 0.10, "reject"),
            ("j", False, 0.00, "reject"),
        ),
        1000.0,
    )  # fmt: skip
    assert found == {
        "n": 10, "positives": 4, "f1": pytest.approx(6 / 9), "precision": 3 / 5, "recall": 3 / 4,
        "recall_at_precision_995": 2 / 4, "accept_share": 3 / 10, "accept_precision": pytest.approx(2 / 3),
        "accept_recall": 2 / 4, "ambiguous_share": 3 / 10, "reject_share": 4 / 10, "false_accepts": ["c"],
        "pairs_per_second": 1000.0,
    }  # fmt: skip


def test_fractions_without_a_denominator_are_null() -> None:
    nothing = figures([])
    assert [name for name, value in nothing.items() if value is not None] == ["n", "positives", "false_accepts"]
    only_negatives = figures(judged(("a", False, 0.1, "reject")))
    assert (only_negatives["recall"], only_negatives["precision"], only_negatives["f1"]) == (None, None, None)
    assert only_negatives["recall_at_precision_995"] is None
    assert (only_negatives["reject_share"], only_negatives["accept_share"]) == (1.0, 0.0)


def test_equal_values_are_taken_together() -> None:
    # A threshold at 0.9 takes one positive and the negative: precision 1/2. Sorting the positive first must not help.
    tied = judged(("a", True, 0.9, "accept"), ("b", False, 0.9, "accept"), ("c", True, 0.8, "accept"))
    assert recall_at_precision(tied, 0.995) == 0.0
    assert recall_at_precision(list(reversed(tied)), 0.995) == 0.0
    apart = judged(("a", True, 0.91, "accept"), ("b", False, 0.9, "accept"), ("c", True, 0.8, "accept"))
    assert recall_at_precision(apart, 0.995) == 1 / 2


def test_precision_may_recover_further_down() -> None:
    # One error in 200 is exactly 99.5 %; it comes first, and only the last threshold makes up for it.
    rows = [("x", False, 0.99, "accept"), *((str(n), True, 0.9 - n / 1000, "accept") for n in range(199))]
    assert recall_at_precision(judged(*rows), 0.995) == 1.0
    assert recall_at_precision(judged(*rows[:-1]), 0.995) == 0.0


def _write(path: Path, *rows: Any) -> Path:
    path.write_text("".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows))
    return path


def _pair(label: str, left: dict[str, Any], right: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"left": left, "right": right, "label": label, **more}


AFRICA = {"title": "Africa", "artist": "Toto", "album": "Toto IV", "duration_s": 295}
LIVE = {"title": "Africa (Live)", "artist": "Toto"}
OTHER = {"title": "Hello", "artist": "Adele"}


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    return _write(
        tmp_path / "pairs.jsonl",
        _pair("same", AFRICA, AFRICA, id="s"), _pair("different", AFRICA, OTHER, id="d"),
        _pair("version", AFRICA, LIVE, id="v"), _pair("edition", AFRICA, LIVE, id="e"),
        _pair("ambiguous", AFRICA, LIVE, id="a"), "\n",
    )  # fmt: skip


def test_the_engine_is_asked_about_every_pair_that_has_an_answer(pairs: Path) -> None:
    found = evaluate_pairs(read_pairs(pairs))
    assert (found["n"], found["positives"], found["precision"], found["recall"]) == (3, 1, 1.0, 1.0)
    assert found["pairs_per_second"]


def test_classic_and_the_old_rule_rank_by_score_and_accept_by_their_thresholds(tmp_path: Path) -> None:
    # classic: 0.50·title + 0.35·artist + 0.15·album = 0.85 without an album: accepted by classic, not by the old rule.
    bare = {"title": "Africa", "artist": "Toto"}
    file = _write(tmp_path / "p.jsonl", _pair("same", bare, bare), _pair("same", AFRICA, AFRICA))
    rows = read_pairs(file, ["duration"])
    assert evaluate_pairs(rows, "classic")["accept_recall"] == 1.0
    assert evaluate_pairs(rows, "classic")["recall"] == 1.0
    assert evaluate_pairs(rows, "old-rule")["accept_recall"] == 0.5
    assert evaluate_pairs(rows, "old-rule")["recall"] == 0.5
    assert evaluate_pairs(rows, "old-rule")["ambiguous_share"] == 0.5


def test_ignored_fields_are_hidden_on_both_sides(pairs: Path) -> None:
    hidden = read_pairs(pairs, ["album", "duration"])[0]
    assert (hidden.left.album, hidden.left.duration_ms, hidden.left.title) == (None, None, "Africa")
    with pytest.raises(ValueError, match="unknown field 'tempo': there are title, artist, album"):
        read_pairs(pairs, ["tempo"])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "is no JSON"), ("[]", "must be a JSON object"), ('{"label": "equal"}', "label must be one of"),
        ('{"label": "same", "left": "1", "right": {}}', "left must be an object"),
        ('{"label": "same", "left": {"title": 5}, "right": {}}', "left: title must be"),
        ('{"label": "same", "left": {}, "right": {}, "id": []}', "id must be a text or a number"),
        ("[" * 100_000, "is no JSON"),
    ],
)  # fmt: skip
def test_a_malformed_line_is_named_by_file_and_number(tmp_path: Path, line: str, reason: str) -> None:
    file = _write(tmp_path / "pairs.jsonl", _pair("same", AFRICA, AFRICA), line)
    with pytest.raises(MalformedLine) as error:
        read_pairs(file)
    assert str(error.value).startswith(f"{file}:2: {reason}")


def test_a_file_that_is_not_utf_8_is_named_so_and_a_byte_order_mark_is_not_minded(tmp_path: Path) -> None:
    line = json.dumps(_pair("same", AFRICA, AFRICA)).encode()
    (tmp_path / "marked.jsonl").write_bytes(b"\xef\xbb\xbf" + line)
    assert len(read_pairs(tmp_path / "marked.jsonl")) == 1
    (tmp_path / "utf16.jsonl").write_bytes(line + b"\n\xff\xfe{\x00\n")
    with pytest.raises(MalformedLine, match=r"utf16\.jsonl:2: is not UTF-8"):
        read_pairs(tmp_path / "utf16.jsonl")


def test_an_unknown_profile_is_refused_also_where_no_query_counts() -> None:
    catalogue = Catalog.from_tracks([{"id": "1", **AFRICA}])
    with pytest.raises(ValueError, match="wild"):
        evaluate_retrieval(catalogue, [], profile="wild")


def test_retrieval_figures_are_those_computed_by_hand() -> None:
    answered = [Answered("a", True, True, 1.0), Answered("a", False, True, 3.0), Answered("b", False, False, 5.0)]
    assert summary(answered) == {
        "overall": {"n": 3, "recall_at_1": 1 / 3, "recall_at_k": 2 / 3, "mean_ms": 3.0},
        "kinds": {
            "a": {"n": 2, "recall_at_1": 1 / 2, "recall_at_k": 1.0, "mean_ms": 2.0},
            "b": {"n": 1, "recall_at_1": 0.0, "recall_at_k": 0.0, "mean_ms": 5.0},
        },
    }  # fmt: skip
    assert summary([])["overall"] == {"n": 0, "recall_at_1": None, "recall_at_k": None, "mean_ms": None}


def test_relevant_ids_outside_the_catalogue_are_ignored(tmp_path: Path) -> None:
    tracks = [{"id": "1", **AFRICA}, {"id": "2", **OTHER}, {"id": 3, "title": "Third", "artist": "X"}]
    catalogue = Catalog.from_tracks(tracks)
    queries = _write(
        tmp_path / "queries.jsonl",
        {"id": "q1", "kind": "plain", "query": {"title": "africa", "artist": "toto"}, "relevant": ["gone", "1"]},
        {"id": "q2", "kind": "plain", "query": {"title": "hello", "artist": "adele"}, "relevant": ["gone"]},
        {"id": "q3", "kind": "numbers", "query": {"title": "Third", "artist": "X"}, "relevant": [3]},
        {"id": "q4", "kind": "wrong", "query": {"title": "Hello", "artist": "Adele"}, "relevant": ["1"]},
    )
    found = evaluate_retrieval(catalogue, read_queries(queries), k=3)
    assert (found["overall"]["n"], found["overall"]["recall_at_1"], found["overall"]["recall_at_k"]) == (3, 2 / 3, 1.0)
    assert list(found["kinds"]) == ["numbers", "plain", "wrong"]
    assert evaluate_retrieval(catalogue, read_queries(queries), k=1)["overall"]["recall_at_k"] == 2 / 3
