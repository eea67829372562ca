"""`musicsync`: the table of commands. Every command's module is imported when the command runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from musicsync.cli import catalogue_commands, tuning_commands
from musicsync.cli.output import JSON_OPTION, Failed, fail, missing

app = typer.Typer(
    name="musicsync", no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode="rich",
    help="Put the same recording into a Spotify playlist, exactly once.",
    epilog="Start with: musicsync doctor",
)  # fmt: skip
auth = typer.Typer(no_args_is_help=True, help="Sign in to Spotify.")
review = typer.Typer(no_args_is_help=True, help="Answer what the program cannot decide.")
evaluate = typer.Typer(no_args_is_help=True, help="Measure the engine's decisions on labelled data.")
app.add_typer(auth, name="auth")
app.add_typer(review, name="review")
app.add_typer(evaluate, name="evaluate")
catalogue_commands.add_to(app)
tuning_commands.add_to(app)

_Json = Annotated[bool, JSON_OPTION]
_Id = Annotated[str, typer.Argument(help="The sync's id, as `musicsync syncs` shows it.")]
_Profile = Annotated[str, typer.Option(help="standard, classic, or a profile file.")]
_Readings = Annotated[bool, typer.Option("--readings", help=r"Read Japanese texts (needs the extra \[japanese]).")]
_File = typer.Argument(exists=True, dir_okay=False, readable=True)


@app.callback()
def _main(version: Annotated[bool, typer.Option("--version", help="Print the release and end.")] = False) -> None:
    if version:
        from musicsync.cli.doctor import release

        typer.echo(release())
        raise typer.Exit


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to bind (MUSICSYNC_HOST).")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65_535, help="Port; 0 picks one (MUSICSYNC_PORT).")] = None,
) -> None:
    """Serve the HTTP API, and in standalone mode do the work."""
    from musicsync.cli.run import serve as run

    run(host, port)


@app.command()
def worker() -> None:
    """Work for a Temporal server (MUSICSYNC_MODE=temporal)."""
    from musicsync.cli.run import worker as run

    run()


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
def emulator(context: typer.Context) -> None:
    """Run the Spotify emulator: --catalogue FILE --port N --data DIR … (--help lists all)."""
    from musicsync.cli.run import emulator as run

    run(context.args)


@app.command()
def demo(
    catalogue: Annotated[
        Path | None, typer.Option("--catalogue", "--catalog", exists=True, dir_okay=False, help="Another catalogue.")
    ] = None,
    temporal: Annotated[bool, typer.Option("--temporal", help="Run it on a Temporal server.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Leave it running at the end.")] = False,
    json: _Json = False,
) -> None:
    """See the whole product at work on real songs, on this machine."""
    from musicsync.cli.run import demo as run

    run(catalogue, temporal=temporal, keep=keep, as_json=json)


@app.command()
def sync(
    title: Annotated[str, typer.Argument(help="Title of the song.")],
    artist: Annotated[str, typer.Argument(help="Its artists.")],
    playlist: Annotated[str, typer.Option("--playlist", "-p", help="Playlist: id, link, URI or name.")],
    album: Annotated[str | None, typer.Option(help="Album.")] = None,
    isrc: Annotated[str | None, typer.Option(help="ISRC.")] = None,
    duration: Annotated[str | None, typer.Option(help="Length: 3:45, or seconds.")] = None,
    user: Annotated[str | None, typer.Option(help="Whose sync it is.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Decide, and change nothing.")] = False,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to follow it.")] = 60.0,
    json: _Json = False,
) -> None:
    """Put one song into a playlist, and follow it."""
    from musicsync.cli.syncs import sync as run

    body = {
        "track_name": title, "artist": artist, "playlist_id": playlist, "album": album, "isrc": isrc,
        "duration": duration, "user_id": user, "dry_run": dry_run,
    }  # fmt: skip
    run({key: value for key, value in body.items() if value is not None}, wait, as_json=json)


@app.command()
def syncs(
    sync_id: Annotated[str | None, typer.Argument(help="Only this one, with every step.")] = None,
    status: Annotated[str | None, typer.Option(help="Only this status.")] = None,
    title: Annotated[str | None, typer.Option(help="Only this title.")] = None,
    artist: Annotated[str | None, typer.Option(help="Only this artist.")] = None,
    playlist: Annotated[str | None, typer.Option(help="Only this playlist.")] = None,
    user: Annotated[str | None, typer.Option(help="Only this user.")] = None,
    since: Annotated[str | None, typer.Option(help="Started at or after this time (ISO 8601).")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="Show so many.")] = 20,
    json: _Json = False,
) -> None:
    """List syncs, newest first, or show one with its history."""
    from musicsync.cli.syncs import show
    from musicsync.cli.syncs import syncs as run

    if sync_id:
        show(sync_id, as_json=json)
    else:
        query = {
            "status": status, "track_name": title, "artist": artist, "playlist_id": playlist, "user_id": user,
            "since": since, "limit": limit,
        }  # fmt: skip
        run(query, as_json=json)


@app.command()
def cancel(sync_id: _Id, json: _Json = False) -> None:
    """Stop a sync and undo what it did."""
    from musicsync.cli.syncs import cancel as run

    run(sync_id, as_json=json)


@app.command()
def match(
    songs: Annotated[list[str], typer.Argument(help="TITLE ARTIST, or TITLE ARTIST TITLE ARTIST to compare two.")],
    candidates: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Candidates, one JSON object per line.")
    ] = None,
    profile: _Profile = "standard",
    limit: Annotated[int, typer.Option(min=1, help="Show so many.")] = 10,
    json: _Json = False,
) -> None:
    """Compare two songs, or choose among the candidates of a file."""
    from musicsync.cli.engine import match as run

    run(songs, candidates, profile, limit, as_json=json)


@app.command()
def search(
    query: Annotated[list[str], typer.Argument(help="Title, and artist if known.")],
    catalogue: Annotated[
        Path, typer.Option("--catalogue", "--catalog", exists=True, dir_okay=False, help="JSON Lines or a catalogue.")
    ],
    profile: _Profile = "standard",
    limit: Annotated[int, typer.Option("--limit", "-k", min=1, max=1000, help="Show so many.")] = 10,
    json: _Json = False,
) -> None:
    """Search tracks with the engine."""
    from musicsync.cli.engine import search as run

    run(query, catalogue, profile, limit, as_json=json)


@evaluate.command("pairs")
def evaluate_pairs(
    file: Annotated[Path, _File],
    profile: Annotated[str, typer.Option(help="standard, classic, old-rule, or a profile file.")] = "standard",
    ignore: Annotated[str, typer.Option(help="Fields to hide, separated by commas: album,duration,isrc,year.")] = "",
    readings: _Readings = False,
    json: _Json = False,
) -> None:
    """How well labelled pairs are told apart."""
    from musicsync.cli.evaluate import pairs as run

    run(file, profile, ignore, readings=readings, as_json=json)


@evaluate.command("retrieval")
def evaluate_retrieval(
    catalogue: Annotated[
        Path, typer.Option("--catalogue", "--catalog", exists=True, dir_okay=False, help="JSON Lines or a catalogue.")
    ],
    queries: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="Queries, JSON Lines.")],
    k: Annotated[int, typer.Option(min=1, max=1000, help="How many results count.")] = 10,
    profile: Annotated[str, typer.Option(help="standard, classic, or a profile file.")] = "standard",
    readings: _Readings = False,
    json: _Json = False,
) -> None:
    """How often a catalogue search finds the right track."""
    from musicsync.cli.evaluate import retrieval as run

    run(catalogue, queries, k, profile, readings=readings, as_json=json)


@auth.command("login")
def auth_login(
    headless: Annotated[
        bool, typer.Option("--headless", help="No browser here: paste the address it ends at.")
    ] = False,
) -> None:
    """Sign in to Spotify and keep the sign-in."""
    from musicsync.cli.auth import login

    login(headless=headless)


@auth.command("status")
def auth_status(json: _Json = False) -> None:
    """Say who is signed in, and for how long. Exit code 1 where nobody is."""
    from musicsync.cli.auth import status

    status(as_json=json)


@auth.command("logout")
def auth_logout() -> None:
    """Forget the sign-in on this machine."""
    from musicsync.cli.auth import logout

    logout()


@review.command("list")
def review_list(json: _Json = False) -> None:
    """Show the open questions with their candidates."""
    from musicsync.cli.syncs import reviews

    reviews(as_json=json)


@review.command("answer")
def review_answer(
    sync_id: _Id,
    choice: Annotated[str, typer.Argument(help="A track id, a candidate's number, none, or not_on_spotify.")],
    json: _Json = False,
) -> None:
    """Answer a question; the answer is remembered."""
    from musicsync.cli.syncs import answer

    answer(sync_id, choice, as_json=json)


@app.command()
def doctor(json: _Json = False) -> None:
    """Say what is configured, reachable and signed in, and what to do next. Exit code 1 where something is to do."""
    from musicsync.cli.doctor import doctor as run

    run(as_json=json)


@app.command()
def settings(
    json: _Json = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print docs/settings.md.")] = False,
) -> None:
    """Explain every setting and show its value."""
    from musicsync.cli.settings_table import show

    show(as_json=json, markdown=markdown)


def main() -> None:
    """Run the command line; expected errors end with one sentence and exit code 1 or 2."""
    from musicsync.errors import MusicSyncError, SettingsError

    try:
        app()
    except Failed as error:
        fail(str(error), error.code)
    except SettingsError as error:
        fail(str(error), 2)
    except MusicSyncError as error:
        fail(str(error))
    except ModuleNotFoundError as error:
        if (text := missing(error)) is None:
            raise
        fail(text)
    except BrokenPipeError:
        raise SystemExit(0) from None
