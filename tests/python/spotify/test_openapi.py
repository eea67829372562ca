"""The fields and parameters that we use, against Spotify's published description."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

DESCRIPTION = Path(__file__).parents[3].parent / "shared" / "spotify" / "openapi.yml"
yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
pytestmark = pytest.mark.skipif(not DESCRIPTION.exists(), reason="Spotify's OpenAPI description is not here")

READ = {
    "GET /search": """tracks.items.id tracks.items.uri tracks.items.name tracks.items.artists.name
        tracks.items.album.name tracks.items.album.album_type tracks.items.album.release_date
        tracks.items.external_ids.isrc tracks.items.duration_ms tracks.items.explicit tracks.items.is_playable""",
    "GET /tracks/{id}": """id uri name artists.name album.name album.album_type album.release_date external_ids.isrc
        duration_ms explicit is_playable""",
    "GET /me": "id display_name account_id",
    "GET /me/playlists": """items.id items.name items.snapshot_id items.items.total items.tracks.total items.owner.id
        total""",
    "GET /playlists/{playlist_id}": "id name snapshot_id items.total tracks.total owner.id",
    "GET /playlists/{playlist_id}/items": "items.item.uri items.track.uri items.added_at total",
    "POST /playlists/{playlist_id}/items": "snapshot_id",
    "DELETE /playlists/{playlist_id}/items": "snapshot_id",
}
SENT = {
    "GET /search": "q type limit market",
    "GET /tracks/{id}": "market",
    "GET /me/playlists": "limit offset",
    "GET /playlists/{playlist_id}": "fields",
    "GET /playlists/{playlist_id}/items": "limit offset",
    "POST /playlists/{playlist_id}/items": "uris position",
    "DELETE /playlists/{playlist_id}/items": "items.uri",
}


@lru_cache
def described() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(DESCRIPTION.read_text(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded


def resolve(node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        target: Any = described()
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def members(schema: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The schemas of member `name`, through references, arrays and combinations."""
    schema = resolve(schema)
    found = [schema["properties"][name]] if name in schema.get("properties", {}) else []
    for part in schema.get("allOf", []) + schema.get("oneOf", []) + schema.get("anyOf", []):
        found += members(part, name)
    return found + (members(schema["items"], name) if isinstance(schema.get("items"), dict) else [])


def holds(schema: dict[str, Any], path: str) -> bool:
    schemas = [schema]
    for name in path.split("."):
        schemas = [member for one in schemas for member in members(one, name)]
    return bool(schemas)


def operation(call: str) -> dict[str, Any]:
    method, path = call.split()
    found: dict[str, Any] = described()["paths"][path][method.lower()]
    return found


def body(node: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = resolve(node)["content"]["application/json"]["schema"]
    return found


@pytest.mark.parametrize("call", READ)
def test_every_field_that_is_read_is_described(call: str) -> None:
    responses = operation(call)["responses"]
    schema = body(responses.get("200") or responses["201"])
    assert [path for path in READ[call].split() if not holds(schema, path)] == []


@pytest.mark.parametrize("call", SENT)
def test_every_parameter_that_is_sent_is_described(call: str) -> None:
    described_here = operation(call)
    names = {resolve(one)["name"] for one in described_here.get("parameters", [])}
    missing = set(SENT[call].split()) - names
    if "requestBody" in described_here:
        missing = {path for path in missing if not holds(body(described_here["requestBody"]), path)}
    assert not missing


def test_a_field_that_does_not_exist_is_noticed() -> None:
    assert not holds(body(operation("GET /search")["responses"]["200"]), "tracks.items.album.isrc")
