"""The standalone runner: one process, one SQLite file, no other service."""
