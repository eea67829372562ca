"""Made-up pairs, and the recipe of the shipped model."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from musicsync import _core
from musicsync.tuning import recipe
from musicsync.tuning.synthesis import Mix, Synthesis
from musicsync.tuning.views import Rates

DATA = Path(__file__).parents[4] / "shared/data"
SONGS = recipe.invented_songs(300, seed=3)


def test_made_up_pairs_are_the_same_for_a_seed_and_others_for_another() -> None:
    first, again, other = (Synthesis(SONGS, seed).pairs(200) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_made_up_pairs_have_the_shares_that_were_asked_for() -> None:
    found = Counter(pair["label"] for pair in Synthesis(SONGS, 1).pairs(4000, Mix(0.5, 0.3, 0.2)))
    assert 1900 < found["same"] < 2100
    assert 1100 < found["version"] < 1300
    assert 700 < found["different"] < 900


def test_every_made_up_track_is_one_that_the_engine_takes() -> None:
    for pair in Synthesis(SONGS, 5).pairs(500):
        assert _core.Track.from_mapping(pair["left"]).title
        assert _core.Track.from_mapping(pair["right"]).title


def test_what_tells_other_versions_apart_is_written_down() -> None:
    """But for those that nobody names: recorded again, where the year or the length tells."""
    rates = Rates(typo=0, misplaced=0, series=0, duration_unknown=0, year_unknown=0, year_of_reissue=0)
    equal = 0
    pairs = [pair for pair in Synthesis(SONGS, 4, rates).pairs(2000) if pair["label"] == "version"]
    for pair in pairs:
        left, right = pair["left"], pair["right"]
        alike = _core.normalize(left["title"]) == _core.normalize(right["title"])
        equal += alike and left["year"] == right["year"] and abs(left["duration_s"] - right["duration_s"]) < 3
    assert equal < 0.05 * len(pairs)


def test_different_songs_never_carry_one_title_and_one_artist() -> None:
    rates = Rates(typo=0, misplaced=0, series=0)
    for pair in Synthesis(SONGS, 6, rates).pairs(1500):
        if pair["label"] != "different":
            continue
        left, right = (_core.Track.from_mapping(pair[side]) for side in ("left", "right"))
        one, two = _core.parse_title(left.title or ""), _core.parse_title(right.title or "")
        equal = (one.base, one.part) == (two.base, two.part)
        assert not (equal and _core.parse_artists(left.artists[0]) == _core.parse_artists(right.artists[0])), pair


def test_too_few_songs_are_refused() -> None:
    with pytest.raises(ValueError, match="songs with a plain title and an artist are too few: at least 20"):
        Synthesis(SONGS[:3], 1)


def test_a_model_of_ones_own_is_checked_on_artists_it_did_not_see(tmp_path: Path) -> None:
    rows = [
        {"id": str(n), **pair} for n, pair in enumerate(Synthesis(recipe.invented_songs(1_500, seed=3), 9).pairs(600))
    ]
    file = tmp_path / "mine.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    made = recipe.own_model([file], name="mine", generated=2000)
    figures: Any = made.figures["own pairs kept out"]
    assert made.profile.model_version == "mine-1"
    assert 60 < figures["n"] < 240
    assert figures["f1"] > 0.8


def test_pairs_of_one_kind_teach_nothing(tmp_path: Path) -> None:
    file = tmp_path / "same.jsonl"
    song = {"title": "Africa", "artist": "Toto"}
    file.write_text(json.dumps({"left": song, "right": song, "label": "same"}) + "\n")
    with pytest.raises(ValueError, match="too few"):
        recipe.own_model([file])


def _numbers(value: object, name: str = "") -> list[tuple[str, float]]:
    """Every number of a model, with its place; a text is part of the place."""
    if isinstance(value, Mapping):
        return [one for key, part in value.items() for one in _numbers(part, f"{name}.{key}")]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [one for i, part in enumerate(value) for one in _numbers(part, f"{name}[{i}]")]
    return [(name, float(value))] if isinstance(value, int | float) else [(f"{name}={value}", 0.0)]


@pytest.mark.skipif(not DATA.is_dir(), reason="the labelled sets are not beside this checkout (../shared/data)")
def test_the_shipped_model_is_what_the_recipe_makes() -> None:
    """To the last digit but one: how many threads BLAS adds with can change the last."""
    made = recipe.shipped_model(DATA)
    numbers, shipped = _numbers(made.profile.model), _numbers(_core.Profile().model)
    assert [name for name, _ in numbers] == [name for name, _ in shipped]
    assert [value for _, value in numbers] == pytest.approx([value for _, value in shipped], abs=0.0021)
    assert (made.figures["musicbrainz20k valid"]["f1"] or 0) > 0.98
