"""Settings: what is taken, what is refused and how, and that all of them are documented."""

from __future__ import annotations

from pathlib import Path

import pytest

from musicsync import codec
from musicsync.cli.settings_table import document, rows
from musicsync.errors import SettingsError
from musicsync.model import Policy, SearchSource
from musicsync.settings import Settings, is_loopback, load, variable, variables

ROOT = Path(__file__).resolve().parents[2]
_STEPS = "MUSICSYNC_STEP_POLICIES"
TOKEN = "correct-horse-battery"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        for one in variables(name):
            monkeypatch.delenv(one, raising=False)
    monkeypatch.chdir(tmp_path)


def test_every_setting_is_described_with_an_example_that_it_accepts(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, info in Settings.model_fields.items():
        assert info.description, name
        example = (info.examples or [""])[0]
        assert example, name
        if not name.startswith("temporal_tls"):
            monkeypatch.setenv(variable(name), str(example))
    load()


def test_the_documentation_is_up_to_date() -> None:
    assert (ROOT / "docs" / "settings.md").read_text() == document(), (
        "run: musicsync settings --markdown > docs/settings.md"
    )


def test_the_documentation_names_every_variable() -> None:
    for name in Settings.model_fields:
        for one in variables(name):
            assert f"`{one}`" in document()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("MUSICSYNC_PORT", "many", "MUSICSYNC_PORT: Input should be a valid integer"),
        ("MUSICSYNC_PORT", "70000", "MUSICSYNC_PORT: Input should be less than or equal to 65535"),
        ("MUSICSYNC_MODE", "cluster", "MUSICSYNC_MODE: Input should be 'standalone' or 'temporal'"),
        ("MUSICSYNC_SPOTIFY_API_URL", "api.spotify.com", "MUSICSYNC_SPOTIFY_API_URL: must begin with http"),
        ("MUSICSYNC_API_TOKEN", "short", "MUSICSYNC_API_TOKEN: must have at least 8 characters"),
        ("MUSICSYNC_MARKET", "Germany", "MUSICSYNC_MARKET: String should match"),
        ("MUSICSYNC_REVIEW_DAYS", "nan", "MUSICSYNC_REVIEW_DAYS: "),
        (_STEPS, "{", "MUSICSYNC_STEP_POLICIES: is no JSON"),
        (_STEPS, "[]", "MUSICSYNC_STEP_POLICIES: must be a JSON object"),
        (_STEPS, '{"fly": {}}', "MUSICSYNC_STEP_POLICIES: unknown step 'fly'; there are resolve-playlist"),
        (_STEPS, '{"fuzzy-match": {"speed": 1}}', "fuzzy-match: must be an object with some of attempts"),
        (_STEPS, '{"fuzzy-match": {"attempts": 1.5}}', "fuzzy-match.attempts: must be a whole number"),
        (_STEPS, '{"fuzzy-match": {"timeout_s": NaN}}', "fuzzy-match.timeout_s: must be a number"),
        ("MUSICSYNC_SPOTIFY_TIMEOUT_S", "20", "MUSICSYNC_SPOTIFY_TIMEOUT_S: 20 must be below the shortest time-out"),
        ("MUSICSYNC_SEARCH_SOURCE", "deezer", "MUSICSYNC_SEARCH_SOURCE: Input should be 'spotify', 'catalogue' or"),
        ("MUSICSYNC_SEARCH_SOURCE", "both", "MUSICSYNC_SEARCH_SOURCE: both needs MUSICSYNC_CATALOGUE, a file that"),
        ("SEARCH_SOURCE", "catalogue", "MUSICSYNC_SEARCH_SOURCE: catalogue needs MUSICSYNC_CATALOGUE, a file that"),
        ("TEMPORAL_TLS_CERT", "/tls/cert.pem", "MUSICSYNC_TEMPORAL_TLS_CERT and MUSICSYNC_TEMPORAL_TLS_KEY: set both"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_with_variable_problem_and_example(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as error:
        load()
    assert said in str(error.value)
    assert "for example" in str(error.value) or "set both" in str(error.value)


def test_a_refused_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSICSYNC_API_TOKEN", "hunter2")
    with pytest.raises(SettingsError) as error:
        load()
    assert "hunter2" not in str(error.value)


def test_an_env_file_of_the_earlier_project_works(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "USE_TEMPORAL=true\nTEMPORAL_HOST=temporal.example:7233\nTEMPORAL_NAMESPACE=music\nAI_PROVIDER=langchain\n"
        "AI_MODEL=some\nOPENAI_API_KEY=secret\nMAX_CONCURRENT_ACTIVITIES=7\nMAX_CONCURRENT_WORKFLOW_TASKS=9\n"
        "TEMPORAL_TLS_CERT_PATH=/c.pem\nTEMPORAL_TLS_KEY_PATH=/k.pem\n"
    )
    found = load()
    assert (found.mode, found.temporal_host, found.temporal_namespace) == ("temporal", "temporal.example:7233", "music")
    assert (found.max_concurrent_activities, found.max_concurrent_workflow_tasks) == (7, 9)
    assert (str(found.temporal_tls_cert), str(found.temporal_tls_key)) == ("/c.pem", "/k.pem")


def test_the_environment_comes_before_the_env_file_and_arguments_before_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("MUSICSYNC_PORT=1\nMUSICSYNC_PROFILE=classic\n")
    monkeypatch.setenv("MUSICSYNC_PORT", "2")
    assert (load().port, load().profile, load(port=3).port) == (2, "classic", 3)


def test_common_variables_of_other_programs_are_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOST", "PORT", "MODE", "PROFILE"):
        monkeypatch.setenv(name, "17")
    assert (load().host, load().port, load().mode, load().profile) == ("127.0.0.1", 8000, "standalone", "standard")


def test_a_blank_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSICSYNC_PORT", "")
    assert load().port == 8000


def test_step_policies_change_only_what_they_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSICSYNC_STEP_POLICIES", '{"spotify-search": {"attempts": 5, "timeout_s": 20}}')
    monkeypatch.setenv("MUSICSYNC_REVIEW_DAYS", "2")
    snapshot = load(profile="classic").policy()
    assert (snapshot.profile, snapshot.review_days, list(snapshot.steps)) == ("classic", 2.0, ["spotify-search"])
    changed = snapshot.steps["spotify-search"]
    assert (changed.attempts, changed.timeout_s, changed.backoff_s) == (5, 20, 1)
    assert "InvalidCredentialsError" in changed.never_retried


def test_where_candidates_are_looked_for_goes_with_the_request() -> None:
    assert load().policy().search_source is SearchSource.SPOTIFY
    assert load(search_source="both", catalogue="songs.msc").policy().search_source is SearchSource.BOTH
    older = codec.loads(Policy, b'{"profile": "standard", "review_days": 7, "steps": {}}')
    assert older == Policy()


def test_secrets_are_masked_wherever_settings_are_shown() -> None:
    found = load(api_token=TOKEN, temporal_api_key=TOKEN)
    assert TOKEN not in repr(found)
    assert TOKEN not in str(rows(found))
    assert {row["name"]: row["value"] for row in rows(found)}["MUSICSYNC_API_TOKEN"] == "••••••"


def test_an_exposed_address_needs_a_token() -> None:
    load(api_token=TOKEN).check_exposed("0.0.0.0")
    load().check_exposed("127.0.0.1")
    with pytest.raises(SettingsError, match="MUSICSYNC_API_TOKEN is not set"):
        load().check_exposed("0.0.0.0")


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("[::1]", True), ("localhost", True),
        ("0.0.0.0", False), ("192.168.1.1", False), ("127.0.0.1.evil.example", False), ("", False),
    ],
)  # fmt: skip
def test_loopback_is_told_from_the_rest(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_a_client_id_is_needed_for_spotify_and_not_for_the_emulator() -> None:
    with pytest.raises(SettingsError, match="MUSICSYNC_SPOTIFY_CLIENT_ID is not set: create an app"):
        _ = load().client_id
    assert load(spotify_accounts_url="http://127.0.0.1:9000").client_id == "emulator"
    assert load(spotify_client_id="mine").client_id == "mine"
