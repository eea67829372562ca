"""The store's tables. Records are kept as JSON of their dataclass; columns beside it are what is searched for."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, String, Table

SCHEMA_VERSION = 1

metadata = MetaData()

schema_version = Table(
    "musicsync_schema",
    metadata,
    Column("part", String, primary_key=True),
    Column("version", Integer, nullable=False),
)

corrections = Table(
    "corrections",
    metadata,
    Column("user_id", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("correction", LargeBinary, nullable=False),
)

reviews = Table(
    "reviews",
    metadata,
    Column("sync_id", String, primary_key=True),
    Column("user_id", String, nullable=False),
    Column("opened_at", Float, nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("entry", LargeBinary, nullable=False),
    Column("answer", LargeBinary),
    Index("reviews_by_user", "user_id", "opened_at"),
)

intents = Table(
    "intents",
    metadata,
    Column("id", String, primary_key=True),
    Column("playlist_id", String, nullable=False),
    Column("written_at", Float, nullable=False),
    Column("settled", Boolean, nullable=False),
    Column("late_look_at", Float, nullable=False),
    Column("intent", LargeBinary, nullable=False),
    Index("intents_by_playlist", "playlist_id", "written_at"),
)

added = Table(
    "added",
    metadata,
    Column("sync_id", String, primary_key=True),
    Column("uri", String, nullable=False),
)
