"""Playlists over HTTP: order, duplicates, snapshots, owners, and every way to be refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from musicsync.emulator.playlists import FIRST_PLAYLIST
from tests.python.emulator.emulated import ITEMS, NOBODYS_ID, Client, Running, emulated


async def test_the_well_known_playlist_exists_from_the_start(client: Client) -> None:
    body = (await client.get(f"/v1/playlists/{FIRST_PLAYLIST}")).body
    assert (body["id"], body["owner"]["id"], body["public"]) == (FIRST_PLAYLIST, "emulator", True)
    assert (body["items"]["total"], body["items"]["items"]) == (0, [])
    assert not body.keys() & {"tracks", "followers"}


async def test_adds_append_in_order_and_are_not_idempotent(running: Running) -> None:
    client = running.client
    first = await client.post(ITEMS, {"uris": running.uris(2, 0)})
    second = await client.post(ITEMS, {"uris": running.uris(2)})
    assert (first.status, second.status) == (201, 201)
    assert first.body["snapshot_id"] != second.body["snapshot_id"]
    assert await client.uris() == running.uris(2, 0, 2)
    shown = (await client.get(f"/v1/playlists/{FIRST_PLAYLIST}", fields="snapshot_id")).body
    assert shown == {"snapshot_id": second.body["snapshot_id"]}


async def test_an_add_may_name_its_place_and_its_uris_in_the_query(running: Running) -> None:
    await running.client.fill(running.uris(0, 1))
    await running.client.post(ITEMS, {"uris": running.uris(2), "position": 1})
    await running.client.post(ITEMS, None, uris=",".join(running.uris(3, 4)), position=0)
    assert await running.client.uris() == running.uris(3, 4, 0, 2, 1)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "No uris provided."),
        ({"uris": []}, "No uris provided."),
        ({"uris": "spotify:track:x"}, "No uris provided."),
        ({"uris": ["spotify:track:short"]}, "Invalid track uri: spotify:track:short"),
        ({"uris": [f"spotify:album:{NOBODYS_ID}"]}, f"Invalid track uri: spotify:album:{NOBODYS_ID}"),
        ({"uris": [3]}, "Invalid track uri: 3"),
        ({"uris": [f"spotify:track:{NOBODYS_ID}"]}, "Payload contains a non-existing ID"),
        ({"uris": [f"spotify:track:{NOBODYS_ID}"] * 101}, "You can add a maximum of 100 tracks per request."),
        ([], "Error parsing JSON."),
    ],
)
async def test_a_bad_add_is_refused(client: Client, body: Any, message: str) -> None:
    answer = await client.post(ITEMS, body)
    assert (answer.status, answer.message) == (400, message)
    assert await client.uris() == []


async def test_one_bad_uri_fails_the_whole_request(running: Running) -> None:
    answer = await running.client.post(ITEMS, {"uris": [*running.uris(0, 1), f"spotify:track:{NOBODYS_ID}"]})
    assert answer.status == 400
    assert await running.client.uris() == []


@pytest.mark.parametrize("position", [-1, 1, "0", True])
async def test_a_place_outside_is_refused(running: Running, position: Any) -> None:
    answer = await running.client.post(ITEMS, {"uris": running.uris(0), "position": position})
    assert answer.status == 400


async def test_a_body_that_is_no_json_is_refused(client: Client) -> None:
    answer = await client.send("POST", ITEMS, data=b"{uris")
    assert (answer.status, answer.message) == (400, "Error parsing JSON.")


async def test_items_come_in_pages_with_the_track_under_both_names(running: Running) -> None:
    client = running.client
    await client.fill(running.uris(*[0, 1, 2] * 20))
    first = (await client.get(ITEMS)).body
    assert (first["limit"], first["total"], len(first["items"])) == (20, 60, 20)
    entry = first["items"][0]
    assert entry["item"] == entry["track"]
    assert (entry["item"]["uri"], entry["is_local"], entry["added_by"]["id"]) == (running.uri(0), False, "emulator")
    assert entry["added_at"].endswith("Z")
    last = (await client.get(ITEMS, limit=50, offset=50)).body
    assert (len(last["items"]), last["next"]) == (10, None)
    assert (await client.get(ITEMS, offset=999)).body["items"] == []
    found: list[str] = []
    url: str | None = ITEMS
    while url:
        page = (await client.get(url)).body
        found += [one["item"]["uri"] for one in page["items"]]
        url = page["next"]
    assert found == await client.uris()


@pytest.mark.parametrize("limit", [0, 51, "x"])
async def test_more_than_fifty_items_are_refused(client: Client, limit: Any) -> None:
    answer = await client.get(ITEMS, limit=limit)
    assert (answer.status, answer.message) == (400, "Invalid limit")


async def test_fields_choose_parts_of_an_answer(running: Running) -> None:
    await running.client.fill(running.uris(0))
    one = await running.client.get(ITEMS, fields="total,items(added_by.id,item(name,album(!images,artists)))")
    assert one.body["total"] == 1
    entry = one.body["items"][0]
    assert entry["added_by"] == {"id": "emulator"}
    assert entry["item"].keys() == {"name", "album"}
    assert entry["item"]["album"]["name"] == "Toto IV"
    assert "images" not in entry["item"]["album"]
    other = await running.client.get(f"/v1/playlists/{FIRST_PLAYLIST}", fields="name,items.total")
    assert other.body == {"name": "Today's Top Hits", "items": {"total": 1}}
    assert (await running.client.get(ITEMS, fields="items(")).status == 400


async def test_a_delete_removes_every_occurrence(running: Running) -> None:
    client = running.client
    await client.fill(running.uris(0, 1, 0, 2, 0))
    answer = await client.delete(ITEMS, {"items": [{"uri": running.uri(0)}]})
    assert answer.status == 200
    assert await client.uris() == running.uris(1, 2)
    again = await client.delete(ITEMS, {"items": [{"uri": running.uri(0)}]})
    assert again.body == answer.body


@pytest.mark.parametrize(
    "body",
    [{}, {"items": []}, {"items": [{"uri": "x"}]}, {"items": ["x"]}, {"items": [{"uri": "x"}] * 101},
     {"tracks": [{"uri": f"spotify:track:{NOBODYS_ID}"}]},
     {"items": [{"uri": f"spotify:track:{NOBODYS_ID}"}], "snapshot_id": "guess"}],
)  # fmt: skip
async def test_a_bad_delete_is_refused(client: Client, body: Any) -> None:
    assert (await client.delete(ITEMS, body)).status == 400


async def test_an_older_snapshot_may_be_named(running: Running) -> None:
    client = running.client
    old = (await client.post(ITEMS, {"uris": running.uris(0)})).body["snapshot_id"]
    await client.post(ITEMS, {"uris": running.uris(1)})
    body = {"items": [{"uri": running.uri(0)}], "snapshot_id": old}
    assert (await client.delete(ITEMS, body)).status == 200


async def test_a_put_replaces_or_moves(running: Running) -> None:
    client = running.client
    assert (await client.put(ITEMS, {"uris": running.uris(0, 1, 2, 3, 4)})).status == 200
    await client.put(ITEMS, {"range_start": 0, "insert_before": 5})
    assert await client.uris() == running.uris(1, 2, 3, 4, 0)
    await client.put(ITEMS, {"range_start": 3, "insert_before": 0, "range_length": 2})
    assert await client.uris() == running.uris(4, 0, 1, 2, 3)
    await client.put(ITEMS, {"range_start": 1, "insert_before": 2, "range_length": 2})
    assert await client.uris() == running.uris(4, 0, 1, 2, 3)
    await client.put(ITEMS, {"range_start": 0, "insert_before": 3, "range_length": 2})
    assert await client.uris() == running.uris(1, 4, 0, 2, 3)
    await client.put(ITEMS, {"uris": []})
    assert await client.uris() == []


@pytest.mark.parametrize(
    "body", [{}, {"range_start": 0}, {"range_start": 9, "insert_before": 0}, {"range_start": 0, "insert_before": 9},
             {"range_start": 0, "insert_before": 0, "range_length": 9}, {"range_start": "0", "insert_before": 0}]
)  # fmt: skip
async def test_a_bad_move_is_refused(running: Running, body: Any) -> None:
    await running.client.fill(running.uris(0, 1))
    assert (await running.client.put(ITEMS, body)).status == 400
    assert await running.client.uris() == running.uris(0, 1)


async def test_playlists_are_created_and_listed_newest_first(client: Client) -> None:
    made = await client.post("/v1/me/playlists", {"name": "Mine", "description": "d", "public": False})
    assert made.status == 201
    assert (made.body["name"], made.body["public"], made.body["items"]["total"]) == ("Mine", False, 0)
    page = (await client.get("/v1/me/playlists", limit=1)).body
    assert ([one["name"] for one in page["items"]], page["total"]) == (["Mine"], 2)
    assert page["items"][0]["items"].keys() == {"href", "total"}
    rest = (await client.get(page["next"])).body
    assert [one["id"] for one in rest["items"]] == [FIRST_PLAYLIST]
    assert (await client.get("/v1/me/playlists", limit=51)).status == 400


@pytest.mark.parametrize("body", [{}, {"name": " "}, {"name": 3}, {"name": "A", "public": "no"},
                                  {"name": "A", "collaborative": True}])  # fmt: skip
async def test_a_bad_playlist_is_refused(client: Client, body: Any) -> None:
    assert (await client.post("/v1/me/playlists", body)).status == 400


async def test_another_owners_playlist_shows_no_items_and_takes_none(running: Running) -> None:
    client = running.client
    made = await client.post("/_emulator/playlists", {"name": "Theirs", "owner": "other", "uris": running.uris(0)})
    path = f"/v1/playlists/{made.body['id']}"
    shown = await client.get(path)
    assert (shown.status, shown.body["name"]) == (200, "Theirs")
    assert "items" not in shown.body
    for answer in (
        await client.get(f"{path}/items"),
        await client.post(f"{path}/items", {"uris": running.uris(0)}),
        await client.delete(f"{path}/items", {"items": [{"uri": running.uri(0)}]}),
    ):
        assert (answer.status, answer.message) == (403, "Forbidden")
    assert await client.uris(made.body["id"]) == running.uris(0)
    assert [one["id"] for one in (await client.get("/v1/me/playlists")).body["items"]] == [FIRST_PLAYLIST]


async def test_a_collaborator_may_read_and_add(running: Running) -> None:
    body = {"owner": "other", "public": False, "collaborative": True}
    made = await running.client.post("/_emulator/playlists", body)
    path = f"/v1/playlists/{made.body['id']}/items"
    assert (await running.client.post(path, {"uris": running.uris(0)})).status == 201
    assert (await running.client.get(path)).body["total"] == 1


@pytest.mark.parametrize(("playlist_id", "status"), [("no-id", 400), (NOBODYS_ID, 404)])
async def test_what_is_no_playlist_is_refused(client: Client, playlist_id: str, status: int) -> None:
    for path in (f"/v1/playlists/{playlist_id}", f"/v1/playlists/{playlist_id}/items"):
        assert (await client.get(path)).status == status
    assert (await client.post(f"/v1/playlists/{playlist_id}/items", {"uris": ["x"]})).status == status


async def test_local_files_and_vanished_tracks_show_as_spotify_shows_them(running: Running) -> None:
    local = "spotify:local:Some+Artist:Some+Album:Some+Title:215"
    await running.client.fill([local, f"spotify:track:{NOBODYS_ID}"])
    first, second = (await running.client.get(ITEMS)).body["items"]
    assert (first["is_local"], first["item"]["id"], first["item"]["uri"]) == (True, None, local)
    assert (first["item"]["name"], first["item"]["duration_ms"]) == ("Some Title", 215_000)
    assert (second["is_local"], second["item"], second["track"]) == (False, None, None)


async def test_above_eleven_thousand_items_an_add_is_a_server_error(running: Running) -> None:
    await running.client.fill(running.uris(0) * 10_999)
    assert (await running.client.post(ITEMS, {"uris": running.uris(1, 2)})).status == 500
    assert (await running.client.post(ITEMS, {"uris": running.uris(1)})).status == 201
    assert len(await running.client.uris()) == 11_000


async def test_a_restart_keeps_playlists_and_their_snapshots(tmp_path: Path) -> None:
    async with emulated(tmp_path) as before:
        await before.client.post(ITEMS, {"uris": before.uris(3, 1, 3)})
        await before.client.post(ITEMS, {"uris": before.uris(0), "position": 1})
        made = await before.client.post("/v1/me/playlists", {"name": "Mine", "public": False})
        shown = (await before.client.get(f"/v1/playlists/{FIRST_PLAYLIST}", fields="snapshot_id")).body
    async with emulated(tmp_path) as after:
        assert await after.client.uris() == after.uris(3, 0, 1, 3)
        assert (await after.client.get(f"/v1/playlists/{FIRST_PLAYLIST}", fields="snapshot_id")).body == shown
        assert (await after.client.get(f"/v1/playlists/{made.body['id']}")).body["public"] is False
        await after.client.post(ITEMS, {"uris": after.uris(2)})
        assert await after.client.uris() == after.uris(3, 0, 1, 3, 2)
