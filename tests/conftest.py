"""What every suite shares: time per suite, the marker `heavy`, and the folder of real data beside the checkout."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

adversarial_table = pytest.StashKey[list[str]]()
"""Lines that a test of the adversarial corpus leaves for the summary."""

_seconds: Counter[str] = Counter()
_tests: Counter[str] = Counter()


def _suite(nodeid: str) -> str:
    parts = nodeid.split("::")[0].split("/")
    return parts[1] if len(parts) > 2 and parts[0] == "tests" else "other"


@pytest.fixture(scope="session")
def shared() -> Path:
    """`../shared`: labelled real data and the published description of Spotify's API. Skips where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("needs the data folder ../shared, which is not part of the project")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("MUSICSYNC_TEST_ALL") == "1":
        return
    skip = pytest.mark.skip(reason="heavy: ./dev test --all runs it")
    for item in items:
        if item.get_closest_marker("heavy"):
            item.add_marker(skip)


def pytest_collection_finish(session: pytest.Session) -> None:
    """A full run names its suites: one that has a folder and no tests must not pass for tested."""
    wanted = os.environ.get("MUSICSYNC_TEST_SUITES", "").split()
    found = {_suite(item.nodeid) for item in session.items}
    empty = [folder for folder in wanted if Path(folder).name not in found]
    narrowed = session.config.option.keyword or session.config.option.markexpr or session.testsfailed
    if empty and not narrowed:
        pytest.exit(f"no tests in {', '.join(empty)}", returncode=pytest.ExitCode.NO_TESTS_COLLECTED)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    suite = _suite(report.nodeid)
    _seconds[suite] += report.duration
    _tests[suite] += report.when == "call"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if table := terminalreporter.config.stash.get(adversarial_table, []):
        terminalreporter.section("adversarial corpus")
        terminalreporter.write_line("\n".join(table))
    terminalreporter.section("time per suite")
    if core := os.environ.get("MUSICSYNC_TEST_CORE_SECONDS"):
        terminalreporter.write_line(f"core        {core:>7} s   C++, by ctest")
    for suite, seconds in _seconds.items():
        terminalreporter.write_line(f"{suite:<11} {seconds:7.1f} s   {_tests[suite]} tests run")
