"""Playlists and their items."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from starlette.responses import Response

from musicsync.emulator.fields import Tree, pick, read_fields, wants
from musicsync.emulator.gate import Call
from musicsync.emulator.ids import id_of_track_uri, is_base62_id
from musicsync.emulator.playlists import MOST_ITEMS, Playlist, State
from musicsync.emulator.shapes import page
from musicsync.emulator.store import Entry
from musicsync.emulator.wire import Json, Refused, base_url, json_body, whole_number

_MOST_URIS = 100


async def mine(call: Call) -> Response:
    """`GET /v1/me/playlists`."""
    call.need("playlist-read-private")
    limit = whole_number(call.request, "limit", 20, 1, 50)
    offset = whole_number(call.request, "offset", 0, 0, 100_000)
    every = call.emulator.playlists.of(call.session.user)
    shapes = [_summary(call, playlist) for playlist in every[offset : offset + limit]]
    url = f"{base_url(call.request)}/v1/me/playlists"
    return Json(page(url, shapes, limit=limit, offset=offset, total=len(every)))


def _summary(call: Call, playlist: Playlist) -> dict[str, Any]:
    entries, snapshot = _seen(call, playlist)
    url = f"{base_url(call.request)}/v1/playlists/{playlist.id}/items"
    return call.emulator.shapes.playlist(playlist, snapshot, {"href": url, "total": len(entries.entries)})


async def create(call: Call) -> Response:
    """`POST /v1/me/playlists`."""
    body = await json_body(call.request)
    name, public = body.get("name"), body.get("public", True)
    if not isinstance(name, str) or not name.strip():
        raise Refused(400, "Missing required field: name")
    collaborative = body.get("collaborative", False)
    if not isinstance(public, bool) or not isinstance(collaborative, bool):
        raise Refused(400, "Error parsing JSON.")
    if collaborative and public:
        raise Refused(400, "Collaborative playlists can only be private.")
    call.need("playlist-modify-public" if public else "playlist-modify-private")
    description = str(body.get("description") or "")

    def change() -> str:
        user = call.session.user
        return call.emulator.playlists.create(
            name, user, description=description, public=public, collaborative=collaborative
        ).id

    playlist = call.emulator.playlists.get(await call.apply(change))
    assert playlist is not None
    return Json(_full(call, playlist, {}), 201)


def _full(call: Call, playlist: Playlist, fields: Tree) -> dict[str, Any]:
    """The playlist with the first page of its items, for those who may edit it and ask for them."""
    entries, snapshot = _seen(call, playlist)
    items, limit = None, _most_items(call)
    if playlist.editable_by(call.session.user):
        shown = wants(fields, "items", "items") or wants(fields, "tracks", "items")
        items = _page(call, playlist, entries, 0, limit, shown=shown)
    return call.emulator.shapes.playlist(playlist, snapshot, items)


async def metadata(call: Call) -> Response:
    """`GET /v1/playlists/{id}`: with the first items for those who may edit it."""
    playlist = _readable(call)
    fields = read_fields(call.request.query_params.get("fields", ""))
    return _picked(_full(call, playlist, fields), fields)


async def items(call: Call) -> Response:
    """`GET /v1/playlists/{id}/items`."""
    playlist = _readable(call)
    limit = whole_number(call.request, "limit", 20, 1, _most_items(call))
    offset = whole_number(call.request, "offset", 0, 0, 10**9)
    if not playlist.editable_by(call.session.user):
        raise Refused(403, "Forbidden")
    fields = read_fields(call.request.query_params.get("fields", ""))
    entries, _ = _seen(call, playlist)
    content = _page(call, playlist, entries, offset, limit, shown=wants(fields, "items"))
    return _picked(content, fields)


def _most_items(call: Call) -> int:
    return 100 if call.emulator.extended else 50


def _page(
    call: Call, playlist: Playlist, state: State, offset: int, limit: int, *, shown: bool = True
) -> dict[str, Any]:
    part = state.entries[offset : offset + limit] if shown else ()
    hidden = call.fate.chance.randrange(len(part)) if part and call.fate.suffers("item_null") else None
    shapes = [
        call.emulator.shapes.entry(entry, None if place == hidden else _item(call, entry))
        for place, entry in enumerate(part)
    ]
    url = f"{base_url(call.request)}/v1/playlists/{playlist.id}/items"
    return page(url, shapes, limit=limit, offset=offset, total=len(state.entries))


def _item(call: Call, entry: Entry) -> orjson.Fragment | dict[str, Any] | None:
    """The track of an entry, None for one that this catalogue does not have."""
    track_id = id_of_track_uri(entry.uri)
    if track_id is None:
        return call.emulator.shapes.local_track(entry.uri)
    track = call.emulator.catalogue.get(track_id)
    if track is None:
        return None
    relinked = track_id != track.id or (track.isrc is not None and call.emulator.faults.is_relinked(track.id))
    return call.emulator.shapes.track(track, call.market, relinked=relinked)


def _seen(call: Call, playlist: Playlist) -> tuple[State, State]:
    """The states that this read sees: of the items and of the snapshot id."""
    knobs, now = call.emulator.faults.knobs, call.emulator.now()
    stale = knobs.stale_ms if call.fate.suffers("stale_read") else 0.0
    items_ms = max(stale, knobs.item_lag_ms)
    snapshot_ms = max(stale, knobs.snapshot_lag_ms)
    return (
        playlist.as_of(now - items_ms / 1000) if items_ms else playlist.state,
        playlist.as_of(now - snapshot_ms / 1000) if snapshot_ms else playlist.state,
    )


def _picked(content: dict[str, Any], fields: Tree) -> Response:
    return Json(pick(orjson.loads(orjson.dumps(content)), fields) if fields else content)


def _playlist(call: Call) -> Playlist:
    playlist_id = call.request.path_params["id"]
    if not is_base62_id(playlist_id):
        raise Refused(400, "Invalid base62 id")
    playlist = call.emulator.playlists.get(playlist_id)
    if playlist is None:
        raise Refused(404, "Resource not found")
    return playlist


def _readable(call: Call) -> Playlist:
    playlist = _playlist(call)
    if not playlist.facts.public and playlist.editable_by(call.session.user):
        call.need("playlist-read-collaborative" if playlist.facts.collaborative else "playlist-read-private")
    return playlist


def _editable(call: Call) -> Playlist:
    playlist = _playlist(call)
    call.need("playlist-modify-public" if playlist.facts.public else "playlist-modify-private")
    if not playlist.editable_by(call.session.user):
        raise Refused(403, "Forbidden")
    return playlist


def _checked_uris(call: Call, uris: Any, *, may_be_empty: bool = False) -> list[str]:
    """Track URIs that all exist. Raises `Refused` (400): one bad URI fails the whole request."""
    if not isinstance(uris, list) or not (uris or may_be_empty):
        raise Refused(400, "No uris provided.")
    if len(uris) > _MOST_URIS:
        raise Refused(400, "You can add a maximum of 100 tracks per request.")
    for uri in uris:
        track_id = id_of_track_uri(uri) if isinstance(uri, str) else None
        if track_id is None:
            raise Refused(400, f"Invalid track uri: {uri}")
        if call.emulator.catalogue.get(track_id) is None:
            raise Refused(400, "Payload contains a non-existing ID")
    return uris


def _given_uris(call: Call, body: dict[str, Any]) -> Any:
    """The URIs of the query string, else of the body."""
    listed = call.request.query_params.get("uris")
    return [uri.strip() for uri in listed.split(",") if uri.strip()] if listed is not None else body.get("uris")


async def add(call: Call) -> Response:
    """`POST /v1/playlists/{id}/items`. Not idempotent."""
    playlist = _editable(call)
    body = await json_body(call.request)
    uris = _checked_uris(call, _given_uris(call, body))
    position = body.get("position")
    if "position" in call.request.query_params:
        position = whole_number(call.request, "position", 0, 0, MOST_ITEMS)
    if position is not None and not (type(position) is int and 0 <= position <= len(playlist.state.entries)):
        raise Refused(400, "Index out of bounds.")
    if len(playlist.state.entries) + len(uris) > MOST_ITEMS:
        raise Refused(500, "Server error.")
    chance = call.emulator.faults.knobs.parallel_500
    if playlist.writes_under_way and call.fate.chance.random() < chance:
        raise Refused(500, "Server error.")
    user, playlists = call.session.user, call.emulator.playlists
    return await _write(call, playlist, 201, lambda: playlists.add(playlist, uris, position, user))


async def update(call: Call) -> Response:
    """`PUT /v1/playlists/{id}/items`: replace by `uris`, or reorder by `range_start` and the rest."""
    playlist = _editable(call)
    body = await json_body(call.request)
    playlists, user = call.emulator.playlists, call.session.user
    if _given_uris(call, body) is not None:
        uris = _checked_uris(call, _given_uris(call, body), may_be_empty=True)
        return await _write(call, playlist, 200, lambda: playlists.replace(playlist, uris, user))
    _check_snapshot(playlist, body)
    start, before = _whole(body, "range_start"), _whole(body, "insert_before")
    length, total = _whole(body, "range_length", 1), len(playlist.state.entries)
    if not (0 <= start < total and 0 <= before <= total and 1 <= length <= total - start):
        raise Refused(400, "Index out of bounds.")
    return await _write(call, playlist, 200, lambda: playlists.move(playlist, start, length, before))


def _whole(body: dict[str, Any], name: str, default: int | None = None) -> int:
    number = body.get(name, default)
    if type(number) is not int:
        raise Refused(400, f"Missing required field: {name}")
    return number


async def remove(call: Call) -> Response:
    """`DELETE /v1/playlists/{id}/items`: every occurrence of each uri. The old path calls `items` `tracks`."""
    playlist = _editable(call)
    body = await json_body(call.request)
    key = "tracks" if call.request.url.path.endswith("/tracks") else "items"
    listed = body.get(key)
    if not isinstance(listed, list) or not listed:
        raise Refused(400, f"Missing required field: {key}")
    if len(listed) > _MOST_URIS:
        raise Refused(400, "You can remove a maximum of 100 tracks per request.")
    uris = [_removable(one.get("uri") if isinstance(one, dict) else None) for one in listed]
    _check_snapshot(playlist, body)
    return await _write(call, playlist, 200, lambda: call.emulator.playlists.remove(playlist, uris))


def _removable(uri: Any) -> str:
    if not isinstance(uri, str) or (id_of_track_uri(uri) is None and not uri.startswith("spotify:local:")):
        raise Refused(400, f"Invalid track uri: {uri}")
    return uri


def _check_snapshot(playlist: Playlist, body: dict[str, Any]) -> None:
    snapshot = body.get("snapshot_id")
    if snapshot is not None and not (isinstance(snapshot, str) and playlist.knows_snapshot(snapshot)):
        raise Refused(400, "Invalid snapshot_id")


async def _write(call: Call, playlist: Playlist, status: int, change: Callable[[], str]) -> Response:
    playlist.writes_under_way += 1
    try:
        return Json({"snapshot_id": await call.apply(change)}, status)
    finally:
        playlist.writes_under_way -= 1
