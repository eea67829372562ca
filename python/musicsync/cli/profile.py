"""What `--profile` takes: the name of a shipped profile, or a profile file."""

from __future__ import annotations

from musicsync import _core, profiles


def chosen_profile(given: str) -> _core.Profile:
    """Raises `EngineError`, which names the file and the field."""
    return _core.Profile.load(given) if profiles.is_file(given) else _core.Profile(given)
