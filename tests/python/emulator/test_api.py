"""The Web API of a new app, call by call: what it answers and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from musicsync.emulator.ids import made_id
from musicsync.emulator.playlists import FIRST_PLAYLIST
from tests.python.emulator.emulated import ITEMS, NOBODYS_ID, Client, Running


async def names(client: Client, **query: Any) -> list[str]:
    answer = await client.get("/v1/search", type="track", **query)
    assert answer.status == 200
    return [item["name"] for item in answer.body["tracks"]["items"]]


async def test_a_search_gives_five_tracks_and_pages(client: Client) -> None:
    answer = await client.get("/v1/search", q="year:1970-2021", type="track")
    first = answer.body["tracks"]
    assert (len(first["items"]), first["limit"], first["offset"], first["total"]) == (5, 5, 0, 9)
    assert first["previous"] is None
    second = (await client.get(first["next"])).body["tracks"]
    assert (len(second["items"]), second["offset"], second["next"]) == (4, 5, None)
    assert not {item["id"] for item in first["items"]} & {item["id"] for item in second["items"]}
    assert (await client.get(second["previous"])).body["tracks"]["items"] == first["items"]


async def test_a_search_may_ask_for_none(client: Client) -> None:
    page = (await client.get("/v1/search", q="toto", type="track", limit=0)).body["tracks"]
    assert (page["items"], page["next"], page["total"]) == ([], None, 3)


async def test_a_search_gives_albums_and_artists_of_the_tracks_that_match(client: Client) -> None:
    body = (await client.get("/v1/search", q="toto", type="album,artist,playlist")).body
    assert sorted(album["name"] for album in body["albums"]["items"]) == ["Livefields", "Toto IV"]
    assert [artist["name"] for artist in body["artists"]["items"]] == ["Toto"]
    assert body["playlists"]["items"] == []
    assert "tracks" not in body


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"q": "a", "type": "track", "limit": 11}, "Invalid limit"),
        ({"q": "a", "type": "track", "limit": -1}, "Invalid limit"),
        ({"q": "a", "type": "track", "limit": "many"}, "Invalid limit"),
        ({"q": "a", "type": "track", "offset": 1001}, "Invalid offset"),
        ({"q": "a", "type": "track", "market": "ENG"}, "Invalid market code"),
        ({"type": "track"}, "No search query"),
        ({"q": " ", "type": "track"}, "No search query"),
        ({"q": "a"}, "Missing parameter type"),
        ({"q": "a", "type": "song"}, "Bad search type field song"),
    ],
)
async def test_a_bad_search_is_refused(client: Client, query: dict[str, Any], message: str) -> None:
    answer = await client.get("/v1/search", **query)
    assert (answer.status, answer.body) == (400, {"error": {"status": 400, "message": message}})


async def test_a_track_has_the_shape_of_2026(running: Running) -> None:
    track = running.emulator.catalogue.tracks[4]
    body = (await running.client.get(f"/v1/tracks/{track.id}")).body
    assert body["external_ids"] == {"isrc": "GBUM71505078"}
    assert [artist["name"] for artist in body["artists"]] == ["Queen", "David Bowie"]
    assert body["album"]["album_type"] == "compilation"
    assert (body["album"]["release_date"], body["album"]["release_date_precision"]) == ("1991", "year")
    assert not body.keys() & {"popularity", "available_markets", "linked_from", "is_playable"}
    abroad = (await running.client.get(f"/v1/tracks/{track.id}", market="GB")).body
    assert (abroad["is_playable"], abroad["restrictions"]) == (False, {"reason": "market"})
    at_home = (await running.client.get(f"/v1/tracks/{track.id}", market="us")).body
    assert at_home["is_playable"] is True
    assert "restrictions" not in at_home


async def test_what_is_no_track_is_refused(client: Client) -> None:
    bad = await client.get("/v1/tracks/no-id")
    assert (bad.status, bad.message) == (400, "Invalid base62 id")
    none = await client.get(f"/v1/tracks/{NOBODYS_ID}")
    assert (none.status, none.message) == (404, "Resource not found")


async def test_the_user_has_a_stable_account(client: Client) -> None:
    body = (await client.get("/v1/me")).body
    assert (body["id"], body["uri"]) == ("emulator", "spotify:user:emulator")
    assert body["account_id"] == made_id("account", "emulator")
    assert not body.keys() & {"email", "country", "product"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", f"/v1/tracks?ids={NOBODYS_ID}", 403),
        ("POST", "/v1/users/emulator/playlists", 403),
        ("GET", f"/v1/playlists/{FIRST_PLAYLIST}/tracks", 403),
        ("POST", f"/v1/playlists/{FIRST_PLAYLIST}/tracks", 403),
        ("PUT", f"/v1/playlists/{FIRST_PLAYLIST}/tracks", 403),
        ("DELETE", f"/v1/playlists/{FIRST_PLAYLIST}/tracks", 403),
        ("GET", f"/v1/audio-features?ids={NOBODYS_ID}", 403),
        ("GET", f"/v1/audio-features/{NOBODYS_ID}", 403),
        ("GET", f"/v1/recommendations?seed_tracks={NOBODYS_ID}", 404),
        ("GET", "/v1/artists/none", 404),
        ("GET", "/", 404),
        ("DELETE", "/v1/search", 405),
    ],
)
async def test_what_is_closed_to_new_apps_is_closed(client: Client, method: str, path: str, status: int) -> None:
    answer = await client.send(method, path)
    assert answer.status == status
    assert answer.body["error"]["status"] == status


async def test_the_old_profile_still_has_the_old_calls(extended: Running) -> None:
    client, tracks = extended.client, extended.emulator.catalogue.tracks
    two = await client.get("/v1/tracks", ids=f"{tracks[0].id},{NOBODYS_ID}")
    assert (two.body["tracks"][0]["name"], two.body["tracks"][1]) == ("Africa", None)
    assert 0 <= two.body["tracks"][0]["popularity"] <= 100
    assert "GB" in two.body["tracks"][0]["available_markets"]
    assert (await client.get("/v1/audio-features", ids=tracks[0].id)).body["audio_features"][0]["tempo"] > 0
    assert (await client.get(f"/v1/audio-features/{tracks[0].id}")).body["id"] == tracks[0].id
    others = (await client.get("/v1/recommendations", seed_tracks=tracks[0].id)).body["tracks"]
    assert {other["name"] for other in others} == {"Africa - Live", "Rosanna"}
    made = await client.post("/v1/users/emulator/playlists", {"name": "Old"})
    assert made.status == 201
    old = f"/v1/playlists/{made.body['id']}/tracks"
    assert (await client.post(old, {"uris": [tracks[0].uri]})).status == 201
    assert (await client.get(old)).body["items"][0]["track"]["name"] == "Africa"
    assert (await client.delete(old, {"tracks": [{"uri": tracks[0].uri}]})).status == 200
    assert (await client.get(old)).body["total"] == 0
    assert (await client.get("/v1/search", q="toto", type="track", limit=50)).body["tracks"]["limit"] == 50
    assert (await client.get("/v1/search", q="toto", type="track")).body["tracks"]["limit"] == 20
    assert (await client.get("/v1/tracks", ids="")).status == 400
    assert (await client.get("/v1/recommendations")).status == 400


async def test_reads_and_writes_need_their_scopes(running: Running) -> None:
    client = running.client
    await client.sign_in(scope="")
    for answer in (
        await client.get("/v1/me/playlists"),
        await client.post("/v1/me/playlists", {"name": "A"}),
        await client.post(ITEMS, {"uris": running.uris(0)}),
        await client.put(ITEMS, {"uris": running.uris(0)}),
        await client.delete(ITEMS, {"items": [{"uri": running.uri(0)}]}),
    ):
        assert (answer.status, answer.message) == (403, "Insufficient client scope")
    assert (await client.get("/v1/search", q="toto", type="track")).status == 200
    await client.sign_in(scope="playlist-modify-public")
    private = await client.post("/v1/me/playlists", {"name": "A", "public": False})
    assert (private.status, private.message) == (403, "Insufficient client scope")
