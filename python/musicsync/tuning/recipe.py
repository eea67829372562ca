"""How the shipped model is made: which pairs, how much each counts, what it is checked on. docs/model-card.md says why.

    >>> made = shipped_model(Path("../shared/data"))
    >>> made.profile.model_version, made.figures["musicbrainz20k valid"]["f1"]

Only data that is not Spotify's is learnt from: MusicBrainz pairs, iTunes–Amazon pairs, and pairs made up from
MusicBrainz songs. Deterministic for a seed.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from musicsync import _core
from musicsync.discography import Discography
from musicsync.tuning.additive import calibrated, fit_additive, with_model
from musicsync.tuning.evaluate import PairFigures, evaluate_pairs
from musicsync.tuning.pairs import LABELS, Pair, read_pairs
from musicsync.tuning.synthesis import Synthesis

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VERSION = "additive-1"
ABOUT = (
    "Additive model over the evidence of a pair. Fitted to musicbrainz20k and iTunes-Amazon training pairs and to "
    "pairs made up from MusicBrainz songs; no Spotify data. Made by `musicsync train`."
)
MUSICBRAINZ_WEIGHT = 1.2
ITUNES_WEIGHT = 4.0
CLEAN_SOURCE = "5"
"""The one of musicbrainz20k's five sources whose fields are where they belong: songs to make pairs from."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A profile with the new model, and how it does on validation pairs that it did not see."""

    profile: _core.Profile
    figures: Mapping[str, PairFigures]


def shipped_model(data: Path, *, seed: int = 1, generated: int = 60_000, tell: Tell = lambda _: None) -> Made:
    """The profile `standard` with its model fitted anew. `data` holds musicbrainz20k/ and itunes_amazon_structured/.

    Raises `OSError` where a file is missing, `MalformedLine` where one is damaged.
    """
    musicbrainz, itunes = data / "musicbrainz20k", data / "itunes_amazon_structured"
    tell("reading pairs")
    sources = training_pairs(data, seed=seed, generated=generated)
    tell(f"fitting to {sum(len(pairs) for pairs, _ in sources):,} pairs")
    model = fitted(sources, version=VERSION, about=ABOUT)
    held_out = {
        "musicbrainz20k valid": read_pairs(musicbrainz / "pairs_valid.jsonl"),
        "itunes_amazon valid": read_pairs(itunes / "valid.jsonl"),
        "made up from other songs": made_up(
            clean_songs(musicbrainz / "records.jsonl", "valid"), generated // 6, seed + 1
        ),
    }
    tell("calibrating and checking")
    profile = with_model(_core.Profile(), model, name="standard")
    profile = with_model(profile, _calibrated_on(model, list(held_out.values())), name="standard")
    return Made(profile, {name: evaluate_pairs(pairs, profile) for name, pairs in held_out.items()})


def own_model(
    files: Sequence[Path], *, name: str = "mine", seed: int = 1, generated: int = 60_000, weight: float = 5.0
) -> Made:
    """The profile `standard` with a model fitted to one's own pairs, each counting `weight`, and to pairs made up from
    invented songs. A fifth of the artists is kept out and used to calibrate and check.

    Raises `MalformedLine`, `OSError`, `ValueError` where there is nothing to learn from.
    """
    pairs = [pair for file in files for pair in read_pairs(file) if pair.same is not None]
    held_out = [pair for pair in pairs if _kept_out(pair)]
    learnt = [pair for pair in pairs if not _kept_out(pair)]
    if not any(pair.same for pair in held_out) or all(pair.same for pair in held_out):
        raise ValueError(f"{len(pairs)} pairs are too few: those kept out to check the model are all of one kind")
    songs = invented_songs(1_000, seed)
    sources = [(learnt, weight), (made_up(songs, generated, seed) if generated else [], 1.0)]
    model = fitted(
        sources, version=f"{name}-{seed}", about=f"Fitted to {len(learnt):,} own pairs by `musicsync train`."
    )
    profile = with_model(_core.Profile(), _calibrated_on(model, [held_out]), name=name)
    return Made(profile, {"own pairs kept out": evaluate_pairs(held_out, profile)})


def invented_songs(count: int, seed: int) -> list[dict[str, Any]]:
    """Songs that do not exist, with plain titles; the same for a seed on every machine."""
    songs: list[dict[str, Any]] = []
    for artist, release in Discography(seed).releases():
        if release.album_type == "album":
            songs += [
                {"title": song.title, "artist": artist.name, "album": release.name, "duration_s": song.seconds,
                 "year": song.year}
                for song in release.songs if song.kind == "studio"
            ]  # fmt: skip
        if len(songs) >= count:
            break
    return songs[:count]


def _kept_out(pair: Pair) -> bool:
    """By a hash of the artist, so that one artist is on one side, the same one in every run."""
    names = _core.parse_artists(", ".join(pair.left.artists)) or [_core.normalize(pair.left.title or "")]
    return zlib.crc32(names[0].encode()) % 5 == 0


def training_pairs(data: Path, *, seed: int = 1, generated: int = 60_000) -> list[tuple[list[Pair], float]]:
    """What the shipped model is fitted to: lists of pairs, each with the weight of one of its pairs."""
    musicbrainz, itunes = data / "musicbrainz20k", data / "itunes_amazon_structured"
    return [
        (_with_whole_versions(read_pairs(musicbrainz / "pairs_train.jsonl")), MUSICBRAINZ_WEIGHT),
        (_with_whole_versions(read_pairs(itunes / "train.jsonl")), ITUNES_WEIGHT),
        (made_up(clean_songs(musicbrainz / "records.jsonl", "train"), generated, seed), 1.0),
    ]


def _with_whole_versions(pairs: list[Pair]) -> list[Pair]:
    """Without the pairs of one recording of which only one side names another version: there the words were lost (about
    one in a hundred), and they would teach that versions do not matter."""
    conflicts = _core.Matcher().features([pair.left for pair in pairs], [pair.right for pair in pairs])[
        :, _core.feature_names().index("version_hard")
    ]
    return [pair for pair, conflict in zip(pairs, conflicts, strict=True) if not (pair.same and conflict)]


def fitted(
    sources: Sequence[tuple[Sequence[Pair], float]], *, version: str, about: str, l2: float = 3.0
) -> dict[str, Any]:
    """A model fitted to lists of pairs, each with the weight that one of its pairs has."""
    import numpy as np

    parts = [(*features_of(pairs), weight) for pairs, weight in sources if pairs]
    return fit_additive(
        np.vstack([features for features, _, _ in parts]),
        np.concatenate([same for _, same, _ in parts]),
        weights=np.concatenate([np.full(len(same), weight) for _, same, weight in parts]),
        version=version, about=about, l2=l2,
    )  # fmt: skip


def features_of(pairs: Sequence[Pair]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The model's inputs (pairs, features) and whether each pair is one recording; pairs without an answer are left
    out."""
    import numpy as np

    counted = [pair for pair in pairs if pair.same is not None]
    features = _core.Matcher().features([pair.left for pair in counted], [pair.right for pair in counted])
    return features, np.array([bool(pair.same) for pair in counted])


def made_up(songs: Sequence[Mapping[str, Any]], count: int, seed: int) -> list[Pair]:
    """`count` synthetic pairs out of songs."""
    track = _core.Track.from_mapping
    return [
        Pair(f"made-{number}", track(pair["left"]), track(pair["right"]), LABELS[pair["label"]])
        for number, pair in enumerate(Synthesis(songs, seed).pairs(count))
    ]


def clean_songs(records: Path, part: str) -> list[dict[str, Any]]:
    """The songs of musicbrainz20k to make pairs from: one split's records of the clean source."""
    with records.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row for row in rows if row["part"] == part and str(row["source"]) == CLEAN_SOURCE and row.get("album")]


def _calibrated_on(model: Mapping[str, Any], lists: Sequence[Sequence[Pair]]) -> dict[str, Any]:
    """The model with a calibration; every list counts the same."""
    import numpy as np

    parts = [features_of(pairs) for pairs in lists]
    weights = np.concatenate([np.full(len(same), 1.0 / len(same)) for _, same in parts])
    return calibrated(
        model, np.vstack([features for features, _ in parts]), np.concatenate([same for _, same in parts]), weights
    )
