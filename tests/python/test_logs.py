"""Logs carry the workflow id and no secrets."""

from __future__ import annotations

import json
import logging

import pytest
import structlog

from musicsync import logs

SECRET = "canary-5e1f"


@pytest.fixture(autouse=True)
def _configured() -> None:
    logs.configure("info", "json")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("access_token", SECRET), ("Authorization", f"Bearer {SECRET}"), ("api_key", SECRET),
        ("url", f"https://x/callback?code={SECRET}&state=1"), ("body", f"grant_type=x&refresh_token={SECRET}"),
        ("header", f"bearer {SECRET}"),
    ],
)  # fmt: skip
def test_secrets_are_masked(capsys: pytest.CaptureFixture[str], field: str, value: str) -> None:
    structlog.get_logger().info("spotify asked", **{field: value})
    said = capsys.readouterr().err
    assert "spotify asked" in said
    assert SECRET not in said


def test_local_variables_of_a_traceback_are_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    token = SECRET
    try:
        raise ValueError(len(token))
    except ValueError:
        structlog.get_logger().exception("step failed")
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert SECRET not in said


def test_the_workflow_id_of_the_context_is_on_every_line(capsys: pytest.CaptureFixture[str]) -> None:
    with structlog.contextvars.bound_contextvars(workflow_id="sync-1"):
        structlog.get_logger().info("step done", step="fuzzy-match")
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["workflow_id"], line["step"], line["level"]) == (
        "step done",
        "sync-1",
        "fuzzy-match",
        "info",
    )


def test_lines_of_other_libraries_have_the_same_form(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "json")
    logging.getLogger("sqlalchemy").warning("pool is full")
    assert json.loads(capsys.readouterr().err)["event"] == "pool is full"
    structlog.get_logger().debug("not shown")
    assert capsys.readouterr().err == ""
