"""Whatever is sent, the answer is a refusal in Spotify's form: never a crash, never a changed playlist."""

from __future__ import annotations

import random
from urllib.parse import quote

from yarl import URL

from musicsync.emulator.playlists import FIRST_PLAYLIST
from tests.python.emulator.emulated import Running

SEED = 20261121
PIECES = (
    "track:", "artist:", "isrc:", "year:", '"', "'", "OR", " ", "\0", "\ud800", "é", "夜", "💿", "../", "%00", "-1",
    "1e9", "null", "[", "{", ",", "(", ")", "!", ":", "a" * 500, "٣", "toto", FIRST_PLAYLIST,
)  # fmt: skip
BODIES = (b"", b"null", b"[]", b"{", b"\xff\xfe", b'{"uris": {}}', b'{"uris": [null]}',
          b'{"uris": [[]], "position": {}}',
          b'{"items": [[]]}', b'{"items": {"uri": 1}}', b'{"range_start": 1e400}', b'{"range_start": null}',
          b'{"name": []}', b'{"uris": ["spotify:track:\\u0000"]}', b'{"a":' * 500)  # fmt: skip
PATHS = ("/v1/search", "/v1/tracks/{}", "/v1/playlists/{}", "/v1/playlists/{}/items", "/v1/me/playlists", "/authorize",
         "/api/token", "/{}", f"/v1/playlists/{FIRST_PLAYLIST}/items", f"/v1/playlists/{FIRST_PLAYLIST}")  # fmt: skip
NAMES = ("q", "type", "limit", "offset", "market", "fields", "ids", "position", "scope", "redirect_uri")


async def test_hostile_requests_are_refused_and_change_nothing(running: Running) -> None:
    chance = random.Random(SEED)
    await running.client.fill(running.uris(0, 1))

    def text() -> str:
        return quote("".join(chance.choices(PIECES, k=chance.randint(0, 4))), safe="", errors="surrogatepass")

    for number in range(600):
        path = chance.choice(PATHS).format(text())
        query = "&".join(f"{name}={text()}" for name in chance.sample(NAMES, 4))
        method = chance.choice(("GET", "POST", "PUT", "DELETE"))
        url = f"{path}?type=track&{query}" if chance.random() < 0.5 else f"{path}?{query}"
        address = URL(running.client.url + url, encoded=True)
        async with running.client.http.request(
            method, address, data=chance.choice(BODIES), headers={"authorization": f"Bearer {running.client.token}"},
            allow_redirects=False,
        ) as answer:  # fmt: skip
            assert answer.status < 500, f"seed {SEED}, request {number}: {method} {url} → {answer.status}"
    assert await running.client.uris() == running.uris(0, 1)
