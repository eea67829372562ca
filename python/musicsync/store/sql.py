"""`ports.Store` and `ports.IntentLog` over a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, delete, select, update

from musicsync import codec
from musicsync.model import ReviewAnswer
from musicsync.ports import Correction, ReviewEntry, WriteIntent
from musicsync.store.database import Database
from musicsync.store.tables import added as added_rows
from musicsync.store.tables import corrections, intents, reviews


class SqlStore:
    """Corrections, the review queue, and the record of playlist writes. Raises `StorageUnavailable`."""

    def __init__(self, url: str, *, busy_timeout_s: float = 10.0) -> None:
        self._database = Database(url, busy_timeout_s)

    async def open(self) -> None:
        """Make the tables that are missing."""
        await self._database.open()

    async def close(self) -> None:
        """Let go of the database."""
        await self._database.close()

    async def recall(self, user_id: str, keys: Sequence[str]) -> Correction | None:
        """What was remembered under the first of `keys` that is known."""
        query = select(corrections.c.key, corrections.c.correction).where(
            corrections.c.user_id == user_id, corrections.c.key.in_(keys)
        )

        def work(connection: Connection) -> dict[str, bytes]:
            return {row.key: row.correction for row in connection.execute(query)}

        found = await self._database.run(work)
        return next((codec.loads(Correction, found[key]) for key in keys if key in found), None)

    async def remember(self, user_id: str, keys: Sequence[str], correction: Correction) -> None:
        """The newest answer counts."""
        body = codec.dumps(correction)

        def work(connection: Connection) -> None:
            for key in keys:
                values = {"user_id": user_id, "key": key, "correction": body}
                connection.execute(self._database.put(corrections, replace=True, **values))

        await self._database.run(work)

    async def open_review(self, entry: ReviewEntry) -> None:
        """An entry that is there stays as it is."""
        put = self._database.put(
            reviews, replace=False, sync_id=entry.sync_id, user_id=entry.user_id, opened_at=entry.opened_at,
            closed=False, entry=codec.dumps(entry),
        )  # fmt: skip
        await self._execute(put)

    async def close_review(self, sync_id: str, answer: ReviewAnswer | None) -> None:
        """An unknown entry is no error."""
        body = codec.dumps(answer) if answer else None
        await self._execute(update(reviews).where(reviews.c.sync_id == sync_id).values(closed=True, answer=body))

    async def review(self, sync_id: str) -> ReviewEntry | None:
        """One entry."""
        found = await self._reviews(select(reviews).where(reviews.c.sync_id == sync_id))
        return found[0] if found else None

    async def reviews(self, user_id: str | None = None, *, open_only: bool = True) -> tuple[ReviewEntry, ...]:
        """Oldest first."""
        query = select(reviews).order_by(reviews.c.opened_at, reviews.c.sync_id)
        if user_id is not None:
            query = query.where(reviews.c.user_id == user_id)
        if open_only:
            query = query.where(reviews.c.closed.is_(False))
        return await self._reviews(query)

    async def _reviews(self, query: object) -> tuple[ReviewEntry, ...]:
        def work(connection: Connection) -> tuple[ReviewEntry, ...]:
            return tuple(_review(*row) for row in connection.execute(query))  # type: ignore[call-overload]

        return await self._database.run(work)

    async def begin(self, intent: WriteIntent) -> None:
        """On disk before anything is sent."""
        values = {"playlist_id": intent.playlist_id, "written_at": intent.written_at, "intent": codec.dumps(intent)}
        await self._execute(
            self._database.put(intents, replace=False, id=intent.id, settled=False, late_look_at=0.0, **values)
        )

    async def settle(self, intent_id: str, added: Sequence[tuple[str, str]], *, late_look_at: float = 0.0) -> None:
        """Exactly the entries `added` took effect. An intent that needs no second look is of no more use."""

        def work(connection: Connection) -> None:
            if late_look_at > 0:
                change = update(intents).where(intents.c.id == intent_id)
                connection.execute(change.values(settled=True, late_look_at=late_look_at))
            else:
                connection.execute(delete(intents).where(intents.c.id == intent_id))
            for sync_id, uri in added:
                connection.execute(self._database.put(added_rows, replace=True, sync_id=sync_id, uri=uri))

        await self._database.run(work)

    async def unsettled(self, playlist_id: str | None = None) -> tuple[WriteIntent, ...]:
        """Oldest first."""
        return await self._intents(playlist_id, settled=False)

    async def late_looks(self, playlist_id: str | None = None) -> tuple[WriteIntent, ...]:
        """Those that wait for their second look."""
        return await self._intents(playlist_id, settled=True)

    async def looked(self, intent_id: str) -> None:
        """The second look is done."""
        await self._execute(delete(intents).where(intents.c.id == intent_id))

    async def added_by(self, sync_id: str) -> str | None:
        """The uri that this sync added."""
        query = select(added_rows.c.uri).where(added_rows.c.sync_id == sync_id)
        return await self._database.run(lambda connection: connection.execute(query).scalar_one_or_none())

    async def forget(self, sync_id: str) -> None:
        """Its add was undone."""
        await self._execute(delete(added_rows).where(added_rows.c.sync_id == sync_id))

    async def _intents(self, playlist_id: str | None, *, settled: bool) -> tuple[WriteIntent, ...]:
        query = select(intents.c.intent, intents.c.late_look_at).where(intents.c.settled.is_(settled))
        if playlist_id is not None:
            query = query.where(intents.c.playlist_id == playlist_id)

        def work(connection: Connection) -> tuple[WriteIntent, ...]:
            rows = connection.execute(query.order_by(intents.c.written_at, intents.c.id)).all()
            return tuple(replace(codec.loads(WriteIntent, body), late_look_at=late) for body, late in rows)

        return await self._database.run(work)

    async def _execute(self, statement: object) -> None:
        def work(connection: Connection) -> None:
            connection.execute(statement)  # type: ignore[call-overload]

        await self._database.run(work)


def _review(
    sync_id: str, user_id: str, opened_at: float, closed: bool, entry: bytes, answer: bytes | None
) -> ReviewEntry:
    given = codec.loads(ReviewAnswer, answer) if answer is not None else None
    return replace(codec.loads(ReviewEntry, entry), closed=closed, answer=given)
