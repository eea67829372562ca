"""Answers against the published description of the API: what it lists has its type, and what we add is known."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from tests.python.emulator.emulated import ITEMS, Client, Running

GONE_IN_2026 = {"available_markets", "popularity", "linked_from", "followers", "email", "country", "product"}
UNDOCUMENTED = {"primary_color", "video_thumbnail"}


@pytest.fixture(scope="module")
def description(shared: Path) -> dict[str, Any]:
    path = shared / "spotify" / "openapi.yml"
    if not path.exists():
        pytest.skip("needs the published description of the API, ../shared/spotify/openapi.yml")
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def schema(description: dict[str, Any], name: str, *, old: bool) -> dict[str, Any]:
    """A JSON Schema of one object: `nullable` as a type, and without what 2026 took away (unless `old`)."""
    schemas = {
        key: _strict(copy.deepcopy(value), old=old) for key, value in description["components"]["schemas"].items()
    }
    return {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}


def _strict(node: Any, *, old: bool) -> Any:
    if isinstance(node, list):
        return [_strict(one, old=old) for one in node]
    if not isinstance(node, dict):
        return node
    if node.pop("nullable", False) and "type" in node:
        node["type"] = [node["type"], "null"]
    if "discriminator" in node and "oneOf" in node:  # an item may be null (the description says so in words)
        node["oneOf"] = [node["oneOf"][0], {"type": "null"}]
    if not old and isinstance(node.get("required"), list):
        node["required"] = [name for name in node["required"] if name not in GONE_IN_2026]
    for unused in ("format", "example", "pattern"):
        node.pop(unused, None) if not isinstance(node.get(unused), dict) else None
    return {key: _strict(value, old=old) for key, value in node.items()}


def check(description: dict[str, Any], name: str, answer: Any, *, old: bool = False) -> None:
    validator = jsonschema_rs.validator_for(schema(description, name, old=old))
    problems = [
        f"{'/'.join(map(str, error.instance_path))}: {error.message}" for error in validator.iter_errors(answer)
    ]
    assert not problems
    known = names_in(description, name)
    assert answer.keys() - UNDOCUMENTED <= known
    if not old:
        assert not answer.keys() & GONE_IN_2026


def names_in(description: dict[str, Any], name: str) -> set[str]:
    node = description["components"]["schemas"][name]
    found = set(node.get("properties", {}))
    for part in node.get("allOf", ()):
        found |= set(part.get("properties", {}))
        if "$ref" in part:
            found |= names_in(description, part["$ref"].rsplit("/", 1)[1])
    return found


async def shapes(client: Client, running: Running) -> dict[str, tuple[str, Any]]:
    await client.fill([*running.uris(0, 4), "spotify:track:" + "0" * 22])
    track = running.emulator.catalogue.tracks[4]
    page = (await client.get(ITEMS, market="GB")).body
    found = (await client.get("/v1/search", q="under pressure", type="track,album,artist")).body
    playlists = (await client.get("/v1/me/playlists")).body
    return {
        "track": ("TrackObject", (await client.get(f"/v1/tracks/{track.id}", market="GB")).body),
        "album": ("SimplifiedAlbumObject", found["albums"]["items"][0]),
        "artist": ("SimplifiedArtistObject", found["artists"]["items"][0]),
        "tracks found": ("PagingTrackObject", found["tracks"]),
        "items": ("PagingPlaylistTrackObject", page),
        "entry": ("PlaylistTrackObject", page["items"][0]),
        "entry without track": ("PlaylistTrackObject", page["items"][2]),
        "playlist": ("PlaylistObject", (await client.get(ITEMS.removesuffix("/items"))).body),
        "playlists": ("PagingPlaylistObject", playlists),
        "playlist listed": ("SimplifiedPlaylistObject", playlists["items"][0]),
        "me": ("PrivateUserObject", (await client.get("/v1/me")).body),
        "error": ("ErrorObject", (await client.get("/v1/tracks/x")).body["error"]),
    }


async def test_a_new_apps_answers_fit_the_description(running: Running, description: dict[str, Any]) -> None:
    for name, answer in (await shapes(running.client, running)).values():
        check(description, name, answer)


async def test_the_old_answers_fit_it_with_all_that_was(extended: Running, description: dict[str, Any]) -> None:
    client = extended.client
    await client.sign_in("playlist-read-private playlist-modify-public user-read-private user-read-email")
    for name, answer in (await shapes(client, extended)).values():
        check(description, name, answer, old=True)
    track = extended.emulator.catalogue.tracks[0]
    check(description, "AudioFeaturesObject", (await client.get(f"/v1/audio-features/{track.id}")).body, old=True)
    similar = (await client.get("/v1/recommendations", seed_tracks=track.id)).body
    check(description, "RecommendationsObject", similar, old=True)


async def test_a_wrong_shape_is_noticed(running: Running, description: dict[str, Any]) -> None:
    track = (await running.client.get(f"/v1/tracks/{running.emulator.catalogue.tracks[0].id}")).body
    for broken in ({**track, "duration_ms": "295000"}, {**track, "popularity": 3}, {**track, "isrc": "USSM18200001"}):
        with pytest.raises(AssertionError):
            check(description, "TrackObject", broken)
