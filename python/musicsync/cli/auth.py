"""`musicsync auth`: sign in to Spotify, look, sign out."""

from __future__ import annotations

import urllib.request
import webbrowser
from typing import TYPE_CHECKING

from musicsync.cli.client import running
from musicsync.cli.output import Failed, err, out, print_json, say
from musicsync.cli.run import in_loop

if TYPE_CHECKING:
    from musicsync.settings import Settings

_CONSENT_TIMEOUT_S = 30.0


def login(*, headless: bool) -> None:
    """`musicsync auth login`."""
    from musicsync import logs, wiring
    from musicsync.settings import load

    settings = load()
    logs.configure("warning", settings.log_format)

    async def work() -> wiring.SignedIn | None:
        if headless:
            await wiring.sign_in(settings, open_browser=None, paste=_paste)
        else:
            await wiring.sign_in(settings, open_browser=_visit if settings.uses_emulator else _browse, paste=None)
        await _tell_server(settings)
        return await wiring.account(settings)

    found = in_loop(work())
    if found is None:
        raise Failed("Spotify refused the new sign-in at once: try again")
    out().print(f"Signed in as {found.name}, for {found.days_left} days.", style="green", markup=False)


def status(*, as_json: bool) -> None:
    """`musicsync auth status`."""
    from musicsync import logs, wiring
    from musicsync.settings import load

    settings = load()
    logs.configure("error", settings.log_format)
    found = in_loop(wiring.account(settings))
    if as_json:
        print_json({
            "signed_in": found is not None, "name": found.name if found else None,
            "days_left": found.days_left if found else None,
        })  # fmt: skip
    elif found:
        out().print(f"Signed in as {found.name}, for {found.days_left} more days.", markup=False)
    else:
        out().print("Not signed in. Run: musicsync auth login")
    raise SystemExit(0 if found else 1)


def logout() -> None:
    """`musicsync auth logout`."""
    from musicsync import wiring
    from musicsync.settings import load

    wiring.token_vault(load()).clear()
    out().print("The sign-in on this machine is forgotten. To revoke it: https://www.spotify.com/account/apps/")


async def _tell_server(settings: Settings) -> None:
    async with running(settings) as api:
        if api:
            await api.call("POST", "/auth/signed-in")


def _browse(url: str) -> None:
    say("Opening Spotify in your browser. If none opens, visit this address on this machine:")
    err().print(url, markup=False, soft_wrap=True)
    say("On a machine without a browser: musicsync auth login --headless")
    webbrowser.open(url)


def _visit(url: str) -> None:
    """The emulator consents by itself: following its redirect to our listener is all that a browser would do."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=_CONSENT_TIMEOUT_S) as answer:
        answer.read()


def _paste(url: str) -> str:
    say("Visit this address in any browser and agree:")
    err().print(url, markup=False, soft_wrap=True)
    say("The browser ends at an address that it cannot show. Copy all of it and paste it here:")
    return input("> ")
