"""Forked processes and many threads get from the engine what one gets."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import pytest

from musicsync import Catalog, Matcher, Track

WORDS = ("river", "night", "song", "blue", "ночь", "夜に", "자유", "café", "one", "delta")


def songs(count: int) -> list[Track]:
    """Titles of three words in all orders: many are alike."""
    titles = [f"{a} {b} {c}" for a in WORDS for b in WORDS for c in WORDS]
    return [
        Track(id=str(n), title=titles[n % 1000] + " (Live)" * (n % 7 == 0), artists=[WORDS[n % 10]])
        for n in range(count)
    ]


CATALOG = Catalog.from_tracks(songs(4000))
QUERIES = songs(64)
MATCHER = Matcher()


def answer(number: int) -> Any:
    """Over all cores of the process that asks."""
    hits = CATALOG.search(QUERIES[number], 5)
    decision = MATCHER.decide(QUERIES[number], songs(20))
    return [(hit.index, hit.score, hit.probability) for hit in hits], decision.verdict, decision.score


@pytest.fixture(scope="module")
def expected() -> list[Any]:
    return [answer(number) for number in range(64)]


def test_64_threads_get_what_one_gets(expected: list[Any]) -> None:
    barrier = threading.Barrier(64)

    def together(number: int) -> Any:
        barrier.wait()
        return answer(number)

    with ThreadPoolExecutor(64) as pool:
        assert list(pool.map(together, range(64))) == expected


def test_a_forked_child_gets_what_its_parent_gets(expected: list[Any]) -> None:
    """The engine's own threads are not there in the child: it may not wait for them."""
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as pool:
        assert list(pool.map(answer, range(16), timeout=60)) == expected[:16]
    assert answer(17) == expected[17]


def test_a_child_that_ends_by_itself_ends() -> None:
    """`os.fork` without `_exit`: the child runs every destructor that the parent has."""
    program = (
        "import os, sys, musicsync\n"
        "tracks = [{'title': str(n)} for n in range(5000)]\n"
        "catalog = musicsync.Catalog.from_tracks(tracks)\n"
        "before = [hit.index for hit in catalog.search({'title': '77'}, 3)]\n"
        "child = os.fork()\n"
        "if [hit.index for hit in catalog.search({'title': '77'}, 3)] != before: sys.exit(3)\n"
        "if child: sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_child_forked_in_the_middle_of_a_search_gets_its_own(expected: list[Any]) -> None:
    stop = threading.Event()

    def search_on() -> None:
        while not stop.is_set():
            CATALOG.search_batch(QUERIES, 3)

    busy = threading.Thread(target=search_on)
    busy.start()
    try:
        for number in range(3):
            child = os.fork()
            if child == 0:
                os._exit(answer(number) != expected[number])
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    finally:
        stop.set()
        busy.join()
