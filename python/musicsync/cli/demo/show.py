"""What a person sees of the demo: progress while it runs, the table and the check at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from musicsync.cli.demo.play import Take

_STYLE = {
    "added": "green", "already_there": "cyan", "not_found": "yellow", "none_chosen": "yellow", "failed": "red",
}  # fmt: skip


class Screen:
    """Live progress on a terminal, a line per ended song elsewhere."""

    def __init__(self, console: Console, takes: Sequence[Take]) -> None:
        self._console, self._takes = console, takes
        self._told: set[str] = set()
        self._note = ""
        self._live = Live(self._picture(), console=console, refresh_per_second=12, transient=True)

    def __enter__(self) -> Screen:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._console.is_terminal:
            self._live.stop()

    def say(self, text: str) -> None:
        """An event that stays on the screen."""
        self._note = text
        self._console.print(text, highlight=False)
        self.refresh()

    def refresh(self) -> None:
        """Something changed."""
        if self._console.is_terminal:
            self._live.update(self._picture())
            return
        for take in self._takes:
            if take.ended and take.song.name not in self._told:
                self._told.add(take.song.name)
                line = f"  {take.outcome:<14} {take.body.get('message', '')}"
                self._console.print(line, highlight=False, markup=False, soft_wrap=True)

    def _picture(self) -> RenderableType:
        counts = Counter(take.outcome if take.ended else take.status for take in self._takes)
        ended = sum(take.ended for take in self._takes)
        line = Text("   ".join(f"{name.replace('_', ' ')} {count}" for name, count in sorted(counts.items())))
        working = [take for take in self._takes if take.workflow_id and not take.ended][:6]
        songs = Text("\n".join(f"  … {_asked(take)}: {take.status.replace('_', ' ')}" for take in working), style="dim")
        return Group(ProgressBar(total=len(self._takes), completed=ended, width=60), line, songs)


def _asked(take: Take) -> str:
    return f"{take.song.request['track_name']} – {take.song.request['artist']}"


def table(takes: Sequence[Take]) -> Table:
    """song → chosen track, decision, why. Nothing is cut: at the end of a title stands which version it is."""
    drawn = Table(title="What became of each song", box=box.SIMPLE_HEAD, expand=True, padding=(0, 1, 0, 0))
    for name, ratio in (("", None), ("asked for", 5), ("chosen on Spotify", 5), ("decision", 3), ("why", 6)):
        drawn.add_column(name, ratio=ratio, overflow="fold")
    for take in takes:
        result, track = take.body.get("result") or {}, take.track
        chosen = f"{track['title']} – {', '.join(track['artists'])}" if track else "–"
        how = Text(take.outcome.replace("_", " "), style=_STYLE.get(take.outcome, ""))
        if track:
            how.append(f", {result.get('match_method')} {result.get('confidence_score') or 0:.0%}", style="default")
        mark = Text("✓", style="green") if take.as_expected else Text("✗", style="red")
        drawn.add_row(mark, Text(_asked(take)), Text(chosen), how, Text(_why(take)))
    return drawn


def _why(take: Take) -> str:
    """The engine's sentence without its head; the message where it said nothing."""
    sentence = str((take.body.get("result") or {}).get("explanation") or "")
    return sentence.partition("): ")[2] or sentence or str(take.body.get("message", ""))


@dataclass(frozen=True, slots=True)
class Check:
    """What the playlist holds against what it must hold."""

    missing: tuple[str, ...]
    twice: tuple[str, ...]
    foreign: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """True when the playlist is exactly right."""
        return not (self.missing or self.twice or self.foreign or self.open)


def check(takes: Sequence[Take], uris: Sequence[str]) -> Check:
    """Every track that some sync reports as added is there once, and nothing else is."""
    must = {take.track["uri"] for take in takes if take.outcome == "added"}
    there = Counter(uris)
    return Check(
        missing=tuple(sorted(must - set(there))),
        twice=tuple(sorted(uri for uri, count in there.items() if count > 1)),
        foreign=tuple(sorted(set(there) - must)),
        open=tuple(take.song.name for take in takes if not take.ended),
    )
