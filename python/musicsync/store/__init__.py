"""The store: what is not a workflow's own state, over SQLAlchemy Core (SQLite or PostgreSQL)."""
