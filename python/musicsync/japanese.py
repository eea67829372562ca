"""Japanese readings, the extra `[japanese]`: 夜に駆ける is "yoru ni kakeru", which no table of characters can say.

The engine compares a reading where the other side of a pair is in Latin letters. It takes readings as fields of a track
(`title_reading`, `artist_reading`); this module makes them with SudachiPy and its small dictionary.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from musicsync import _core

if TYPE_CHECKING:
    from musicsync._core import Track

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_HAN = re.compile("[\u3005\u3400-\u4dbf\u4e00-\u9fff]")
_DIGITS = re.compile("([0-9０-９]+)")
_ONLY_JAPANESE = frozenset(
    "々込峠畑辻働匂枠栃雫凪喰噺榊笹亜悪圧囲為壱隠栄営衛駅円塩縁応桜仮価壊懐絵拡殻覚楽渇巻陥勧寛関歓観気帰亀"
    "偽戯犠拠挙暁勲薫恵掲渓経蛍軽継鶏芸撃剣倹圏検権険顕験厳広効恒鉱黒済砕斎剤雑桟賛糸歯児実釈収従渋獣縦粛処"
    "緒諸渉焼証奨乗浄剰畳縄壌譲醸図粋酔穂髄瀬斉摂節専戦銭繊捜挿巣窓総聡荘騒増蔵臓続堕対帯滝択沢単団弾断遅鋳"
    "庁聴鎮鉄転伝闘徳読弐悩脳覇拝廃売発髪抜浜払仏変辺舗歩豊毎満黙薬訳誉揺様謡頼覧竜両猟緑塁涙類隷霊齢労録"
)
_NUMERALS = {"十": "ジュウ", "百": "ヒャク", "千": "セン", "万": "マン", "億": "オク", "兆": "チョウ"}
_SAID_OTHERWISE = {"私": "ワタシ"}
"""Words whose first reading in the dictionary is not the one that is sung."""
_PARTICLES = {("は", "係助詞"): "ワ", ("へ", "格助詞"): "エ"}
_INFLECTED = ("動詞", "形容詞", "助動詞")
_SEPARATE = ("な", "だ", "です", "に", "なら")
"""Auxiliaries that people write as words of their own."""


@dataclass(slots=True)
class _Word:
    """A piece of the text: kana where it is read, anything else as it stands."""

    text: str
    spoken: bool
    inflected: bool


def is_japanese(*texts: str | None) -> bool:
    """True where a text has kana or a character that only Japanese writes; Han text without is taken for Chinese."""
    return any(text and (_KANA.search(text) or not _ONLY_JAPANESE.isdisjoint(text)) for text in texts)


@lru_cache(maxsize=16_384)
def reading(text: str) -> str:
    """The text in Hepburn Latin letters, word by word, long vowels short; what is not Japanese stays, punctuation too.

    Raises `ModuleNotFoundError` naming the extra where it is not installed.
    """
    pieces = []
    for word in _words(text):
        pieces.append(f" {_core.romanize(word.text)} " if word.spoken else word.text)
    return re.sub(r"\s+([)\]}.,!?])", r"\1", re.sub(r"([(\[{])\s+", r"\1", " ".join("".join(pieces).split())))


def with_readings(track: Track) -> Track:
    """The track with the readings of its Japanese texts; one without Japanese text, or with readings, as it is.

    Raises `ModuleNotFoundError` naming the extra where it is not installed.
    """
    if not is_japanese(track.title, track.album, *track.artists):
        return track
    title = track.title_reading or _read(track.title or "")
    artist = track.artist_reading or _read(" ".join(track.artists))
    if (title, artist) == (track.title_reading, track.artist_reading):
        return track
    return _core.Track.from_mapping({**track.to_dict(), "title_reading": title, "artist_reading": artist})


def check_installed() -> None:
    """Load the dictionary now. Raises `ModuleNotFoundError` naming the extra where it is not installed."""
    _tokenizer()


def _read(text: str) -> str | None:
    return reading(text) if _KANA.search(text) or _HAN.search(text) else None


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    for token in _tokenizer().tokenize(text):
        surface, kind = token.surface(), token.part_of_speech()
        if not (_KANA.search(surface) or _HAN.search(surface)):
            words.append(_Word(surface, False, False))
            continue
        if _DIGITS.search(surface):
            words.extend(_number(surface))
            continue
        kana = _PARTICLES.get((surface, kind[1])) or _SAID_OTHERWISE.get(surface) or token.reading_form()
        inflected = kind[0] in _INFLECTED
        if words and words[-1].spoken and _continues(surface, kind, words[-1]):
            words[-1] = _Word(words[-1].text + kana, True, inflected or words[-1].inflected)
        else:
            words.append(_Word(kana, True, inflected))
    return words


def _continues(surface: str, kind: tuple[str, ...], before: _Word) -> bool:
    """An ending that is written together with its verb, or a suffix."""
    if kind[0] == "接尾辞":
        return True
    ending = kind[0] == "助動詞" or kind[1] == "接続助詞"
    return ending and before.inflected and surface not in _SEPARATE


def _number(surface: str) -> list[_Word]:
    """115万 is "115 man": digits stay, because catalogues write digits."""
    return [
        _Word(piece, False, False) if _DIGITS.fullmatch(piece)
        else _Word("".join(_NUMERALS.get(one, one) for one in piece), True, False)
        for piece in _DIGITS.split(surface) if piece
    ]  # fmt: skip


_local = threading.local()


def _tokenizer() -> Any:
    """This thread's tokenizer: one cannot be shared, the dictionary behind them can."""
    if not hasattr(_local, "tokenizer"):
        _local.tokenizer = _dictionary().tokenizer()
    return _local.tokenizer


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    try:
        from sudachipy import Dictionary

        return Dictionary(dict="small")
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "Japanese readings need SudachiPy: pip install 'musicsync-engine[japanese]'", name=error.name
        ) from None
