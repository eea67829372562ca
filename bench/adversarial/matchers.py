"""Who answers the scenarios: the installed engine, and what people write with RapidFuzz."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Verdict = Literal["accept", "ambiguous", "reject"]
Candidate = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a matcher says; `chosen` is the id of the candidate it means, if any."""

    verdict: Verdict
    chosen: str | None


Answerer = Callable[[Candidate, Sequence[Candidate]], Answer]

WEIGHTS = (("title", 0.50), ("artist", 0.35), ("album", 0.15))
ACCEPT, ASK = 0.9, 0.5


def engine(profile: str = "standard") -> Answerer:
    """The installed engine. Raises `EngineError` for an unknown profile."""
    from musicsync import Matcher

    matcher = Matcher(profile)

    def answer(query: Candidate, candidates: Sequence[Candidate]) -> Answer:
        decision = matcher.decide(query, list(candidates))
        chosen = None if decision.best is None else str(candidates[decision.best]["id"])
        return Answer(decision.verdict, chosen)

    return answer


def rapidfuzz_weights(query: Candidate, candidates: Sequence[Candidate]) -> Answer:
    """`fuzz.ratio` of lower-cased texts, weighted 50/35/15 over the fields that both sides know; above 0.9 accepted,
    from 0.5 asked. An equal ISRC is accepted at once."""
    for candidate in candidates:
        if query.get("isrc") and candidate.get("isrc") == query["isrc"]:
            return Answer("accept", candidate["id"])
    best = max(candidates, key=lambda candidate: weighted(query, candidate))
    score = weighted(query, best)
    return Answer("accept" if score > ACCEPT else "ambiguous" if score >= ASK else "reject", best["id"])


def weighted(a: Candidate, b: Candidate) -> float:
    """The weighted similarity in [0, 1]; 0 where no field is known on both sides."""
    from rapidfuzz import fuzz

    known = [(name, weight) for name, weight in WEIGHTS if a.get(name) and b.get(name)]
    total = sum(weight for _, weight in known)
    if not total:
        return 0.0
    return sum(weight * fuzz.ratio(a[name].lower(), b[name].lower()) / 100 for name, weight in known) / total
