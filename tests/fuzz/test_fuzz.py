"""Every fuzz target for some seconds, on from its seeds and the corpus of earlier runs. `./dev fuzz` takes longer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.fuzz.campaign import Run, program, run, targets

SEED = 20_261_126
SECONDS = 20.0 if os.environ.get("MUSICSYNC_TEST_ALL") == "1" else 4.0


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[str, Future[Run]]]:
    """All of them at once, one a core."""
    if missing := [target for target in targets() if not program(target).exists()]:
        pytest.skip(f"./dev test tests/fuzz builds the targets; missing: {', '.join(missing)}")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield {target: pool.submit(run, target, SECONDS, SEED) for target in targets()}


@pytest.mark.parametrize("target", targets())
def test_a_target_stands(target: str, runs: dict[str, Future[Run]]) -> None:
    result = runs[target].result()
    print(result)
    assert not result.found, str(result)
    assert result.executions > 100


def test_there_are_the_targets_that_were_promised() -> None:
    promised = {"json_lines", "normalise", "title_parts", "artist_credits", "isrc", "similarity", "rank"}
    assert promised <= set(targets())
