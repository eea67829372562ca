"""Profiles from Python: their files, their page in the documentation, equality and pickling."""

from __future__ import annotations

import copy
import json
import pickle
import re
from pathlib import Path
from typing import Any

import pytest

from musicsync import EngineError, Matcher, Profile, _core

DOCUMENT = (Path(__file__).parents[2] / "docs/profiles.md").read_text(encoding="utf-8")
PAIR = ({"title": "Africa", "artist": "Toto"}, {"title": "Africa (Live)", "artist": "Toto"})


def text(**changes: Any) -> str:
    return json.dumps({"format": "musicsync-profile/1", "name": "mine", **changes})


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.DOTALL)


def test_the_examples_of_the_documentation_are_read_and_run() -> None:
    careful, by_hand = (Profile.from_json(example) for example in examples("json"))
    assert (careful.name, careful.accept, careful.reject) == ("careful", 0.9, 0.2)
    assert careful.to_dict()["penalties"]["duration"] == 0.4
    assert by_hand.model_version == "by-hand-1"
    (code,) = examples("python")
    exec(compile(code, "docs/profiles.md", "exec"), {})


def test_the_example_model_says_what_the_documentation_computes_for_it() -> None:
    matcher = Matcher(Profile.from_json(examples("json")[1]))
    assert matcher.probability(*[{"title": "Africa", "artist": "Toto"}] * 2) == pytest.approx(0.982, abs=0.001)
    quarter = [{"title": title, "artist": "Toto"} for title in ("abcdefgh", "abcdefzz")]
    assert matcher.probability(*quarter) == pytest.approx(0.622, abs=0.001)


def documented(key: str) -> str:
    row = re.search(rf"^\| `{key}` \|([^|]*)\|", DOCUMENT, re.MULTILINE)
    assert row is not None, f"docs/profiles.md does not list {key}"
    return row[1].strip("` ")


def test_the_tables_of_the_documentation_list_every_key_with_its_default() -> None:
    shipped = Profile().to_dict()
    for key in ("accept", "reject", "margin"):
        assert float(documented(key)) == shipped[key]
    for key, value in {**shipped["weights"], **shipped["penalties"]}.items():
        assert float(documented(key)) == value
    for key in shipped:
        documented(key)
    for key in ("version", "about", "intercept", "terms"):
        documented(key)


def test_what_a_file_leaves_out_is_as_in_standard() -> None:
    mine = Profile.from_json(text(accept=0.9))
    assert mine.to_dict() == {**Profile().to_dict(), "name": "mine", "accept": 0.9}


def test_a_profile_is_read_back_from_its_json_and_from_a_file(tmp_path: Path) -> None:
    odd = Profile("standard", accept=2 / 3, margin=5e-324, weights={"album": 0.1 + 0.2})
    path = tmp_path / "odd.json"
    path.write_text(odd.to_json(), encoding="utf-8")
    for again in (Profile.from_json(odd.to_json()), Profile.load(path), Profile.load(str(path)), Profile(odd)):
        assert again == odd
        assert (again.accept, again.margin, again.weights["album"]) == (2 / 3, 5e-324, 0.1 + 0.2)
        assert Matcher(again).probability(*PAIR) == Matcher(odd).probability(*PAIR)


@pytest.mark.parametrize("name", ["standard", "classic", "old-rule"])
def test_a_profile_is_pickled_and_copied_with_its_model(name: str) -> None:
    profile = Profile(name, margin=0.07)
    for again in (pickle.loads(pickle.dumps(profile)), copy.deepcopy(profile), copy.copy(profile)):
        assert again == profile
        assert again.model == profile.model
        assert Matcher(again).score(*PAIR) == Matcher(profile).score(*PAIR)


def test_equal_profiles_have_equal_hashes_and_others_are_not_equal() -> None:
    assert Profile("standard") == Profile.from_json(Profile().to_json())
    assert hash(Profile("standard")) == hash(Profile.from_json(Profile().to_json()))
    others = [Profile(margin=0.2), Profile(weights={"title": 0.4}), Profile("classic"), Profile.from_json(text())]
    assert len({Profile(), *others}) == 5
    assert Profile() != "standard"


def test_weights_are_replaced_one_by_one() -> None:
    assert Profile(weights={"title": 0.2}).weights == {"title": 0.2, "artists": 0.35, "album": 0.15}
    only_album = Profile(weights={"title": 0, "artists": 0, "album": 1})
    left, right = ({"title": title, "artist": "Toto", "album": "Toto IV"} for title in ("Africa", "Rosanna"))
    assert Matcher(only_album).score(left, right) > Matcher().score(left, right)


@pytest.mark.parametrize(
    ("weights", "error", "message"),
    [
        ({"titles": 0.5}, EngineError, r"weights\.titles is not known \(title, artists, album\)"),
        ({"title": 1.5}, EngineError, r"weights\.title is not between 0 and 1"),
        ({"title": float("nan")}, EngineError, r"weights\.title is NaN"),
        ({"title": 0, "artists": 0, "album": 0}, EngineError, "weights are all 0"),
        ({"title": "0.5"}, TypeError, r"weights\.title must be a number, not str"),
        ([0.5], TypeError, "weights must be a mapping, not list"),
    ],
)
def test_weights_that_are_none_are_refused_by_name(weights: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        Profile(weights=weights)


@pytest.mark.parametrize(
    ("given", "code", "field", "message"),
    [
        ("", "invalid_json", "", "profile: not a JSON object"),
        ("[]", "invalid_json", "", "profile: not a JSON object: it is a list"),
        (text()[:-5], "invalid_json", "", "profile: not a JSON object"),
        (text(acept=0.9), "invalid_value", "acept", "profile: acept is not known"),
        (text(accept="0.9"), "invalid_value", "accept", "profile: accept is text, not a number"),
        (text(accept=0.1), "invalid_value", "reject", "profile: reject is above accept"),
        (text(format="musicsync-profile/9"), "invalid_value", "format", "this version reads musicsync-profile/1"),
        ('{"name": "mine"}', "missing_field", "format", "profile: format is missing"),
        (text(model={"format": "musicsync-model/1"}), "missing_field", "model.terms", "model.terms is missing"),
    ],
)
def test_a_text_that_is_no_profile_is_refused_by_field(given: str, code: str, field: str, message: str) -> None:
    with pytest.raises(EngineError, match=re.escape(message)) as caught:
        Profile.from_json(given)
    assert (caught.value.code, caught.value.field or "") == (code, field)


def test_a_file_that_cannot_be_read_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"none\.json: No such file") as caught:
        Profile.load(tmp_path / "none.json")
    assert caught.value.code == "io"
    bad = tmp_path / "bad.json"
    bad.write_bytes(text(accept=0.9).encode()[:-1] + b"\xff}")
    with pytest.raises(EngineError, match=r"bad\.json: not a JSON object"):
        Profile.load(bad)
    with pytest.raises(TypeError, match="text must be str, not bytes"):
        Profile.from_json(b"{}")  # type: ignore[arg-type]


def test_the_model_is_plain_values_and_its_terms_are_features() -> None:
    model = Profile().model
    assert model is not None
    assert json.loads(json.dumps(model)) == model
    assert {term["feature"] for term in model["terms"]} <= set(_core.feature_names())
    assert model["version"] == Profile().model_version == _core.model_version()
    assert Profile("classic").model is None
    assert Profile("classic").model_version is None
