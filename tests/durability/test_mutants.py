"""Every protection has a test that notices when it is gone: the same probe passes with it and fails without it.

In one process and on a virtual clock, so that a hundred worlds take a second. The kills of real processes are in
`test_random_kills.py`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from musicsync import pipeline, playlist
from musicsync.errors import RateLimited, SpotifyUnavailable
from musicsync.mirror import Leaners, Mirror
from musicsync.model import ItemPage, Outcome, OutcomeKind, SpotifyTrack, Status
from musicsync.playlist import PlaylistEditor
from musicsync.ports import WriteIntent
from musicsync.standalone.records import Records
from musicsync.standalone.synclog import SyncLog
from musicsync.steps import Steps
from tests.durability.probes import (
    Probe,
    a_repair_is_cut_off,
    an_undo_is_applied_late,
    cancelled,
    decided,
    equal_requests,
    late_worlds,
    many_limits,
    shifting_pages,
    two_of_one_recording,
    worlds,
)
from tests.durability.random_worlds import CountedIntents
from tests.python.fakes import MemoryIntents

Patch = pytest.MonkeyPatch


async def _nothing(*_: object, **__: object) -> None:
    return None


def no_reconciling(patch: Patch) -> None:
    exact_init = PlaylistEditor.__init__
    patch.setattr(
        PlaylistEditor, "__init__", lambda *args, **options: exact_init(*args, **options | {"reconcile": False})
    )


def no_look_before_an_add(patch: Patch) -> None:
    patch.setattr(PlaylistEditor, "recover", _nothing)


def a_look_at_once(patch: Patch) -> None:
    patch.setattr(PlaylistEditor, "_wait_s", lambda *_: 0.0)


def a_look_into_a_stale_list(patch: Patch) -> None:
    patch.setattr(playlist, "_LAG_S", -0.5)  # just the request's time-out, no more


def a_repair_that_waits_for_one_request(patch: Patch) -> None:
    whole = PlaylistEditor._wait_s
    patch.setattr(
        PlaylistEditor, "_wait_s",
        lambda self, intent: whole(self, intent) - (2.0 if intent.kind == "repair" else 0.0),
    )  # fmt: skip


def no_late_look(patch: Patch) -> None:
    async def none(*_: object) -> tuple[WriteIntent, ...]:
        return ()

    patch.setattr(MemoryIntents, "late_looks", none)


def no_intent_on_disk(patch: Patch) -> None:
    patch.setattr(CountedIntents, "begin", _nothing)


def a_record_before_the_answer(patch: Patch) -> None:
    begin = CountedIntents.begin

    async def hasty(self: CountedIntents, intent: WriteIntent) -> None:
        await begin(self, intent)
        await self.settle(intent.id, intent.entries if intent.kind == "add" else ())

    patch.setattr(CountedIntents, "begin", hasty)


def no_record_of_what_was_added(patch: Patch) -> None:
    patch.setattr(MemoryIntents, "added_by", _nothing)


def no_intent_of_an_undo(patch: Patch) -> None:
    begin = MemoryIntents.begin

    async def some(self: MemoryIntents, intent: WriteIntent) -> None:
        if intent.kind != "remove":
            await begin(self, intent)

    patch.setattr(MemoryIntents, "begin", some)


def nobody_looks_what_is_there(patch: Patch) -> None:
    patch.setattr(Mirror, "find", lambda *_: None)


def no_undo(patch: Patch) -> None:
    async def removed(*_: object) -> bool:
        return True

    patch.setattr(PlaylistEditor, "remove", removed)


def no_heirs(patch: Patch) -> None:
    patch.setattr(Leaners, "lean", lambda *_: None)


def pages_of_several_states(patch: Patch) -> None:
    async def read(page: Callable[[int], Awaitable[ItemPage]], offset: int) -> tuple[list[SpotifyTrack | None], int]:
        items: list[SpotifyTrack | None] = []
        while True:
            found = await page(offset + len(items))
            items += [one.track for one in found.items]
            if not found.items or offset + len(items) >= found.total:
                return items, found.total

    patch.setattr(playlist, "read_items", read)


def a_limit_counts_as_an_attempt(patch: Patch) -> None:
    async def run(_: Steps, call: Callable[[], Awaitable[Any]]) -> Any:
        try:
            return await call()
        except RateLimited as error:
            raise SpotifyUnavailable(str(error)) from error

    patch.setattr(Steps, "_or_deferred", run)


def every_request_runs(patch: Patch) -> None:
    accept = Records.accept

    async def created(self: Records, *args: Any) -> tuple[str, bool]:
        return (await accept(self, *args))[0], True

    patch.setattr(Records, "accept", created)


def no_compensation(patch: Patch) -> None:
    async def none(*_: object) -> Outcome:
        return Outcome(Status.CANCELLED, OutcomeKind.NONE_CHOSEN, "")

    patch.setattr(pipeline, "_take_back", none)


def nothing_is_replayed(patch: Patch) -> None:
    patch.setattr(SyncLog, "recorded", lambda *_: None)


def nothing_is_on_disk_before_a_write(patch: Patch) -> None:
    save = SyncLog.save

    async def less(self: SyncLog, *args: Any, **options: Any) -> None:
        self._unsaved[:] = [one for one in self._unsaved if one.result is None]
        await save(self, *args, **options)

    patch.setattr(SyncLog, "save", less)


MUTANTS: Sequence[tuple[Callable[[Patch], None], Probe]] = (
    (no_reconciling, worlds),
    (no_look_before_an_add, worlds),
    (a_look_at_once, worlds),
    (a_look_into_a_stale_list, worlds),
    (no_intent_on_disk, worlds),
    (a_record_before_the_answer, worlds),
    (no_record_of_what_was_added, worlds),
    (no_undo, worlds),
    (no_intent_of_an_undo, an_undo_is_applied_late),
    (nobody_looks_what_is_there, worlds),
    (no_late_look, late_worlds),
    (a_repair_that_waits_for_one_request, a_repair_is_cut_off),
    (no_heirs, two_of_one_recording),
    (pages_of_several_states, shifting_pages),
    (a_limit_counts_as_an_attempt, many_limits),
    (every_request_runs, equal_requests),
    (no_compensation, cancelled),
    (nothing_is_replayed, decided),
    (nothing_is_on_disk_before_a_write, decided),
)


@pytest.mark.parametrize("probe", dict.fromkeys(probe for _, probe in MUTANTS), ids=lambda probe: probe.__name__)
async def test_a_probe_passes_as_things_are(probe: Probe, tmp_path: Path) -> None:
    await probe(tmp_path)


@pytest.mark.parametrize(("mutate", "probe"), MUTANTS, ids=lambda one: one.__name__)
async def test_a_probe_notices_what_is_missing(
    mutate: Callable[[Patch], None], probe: Probe, tmp_path: Path, monkeypatch: Patch
) -> None:
    mutate(monkeypatch)
    with pytest.raises(AssertionError):
        await asyncio.wait_for(probe(tmp_path), 60)
