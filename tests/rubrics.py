"""Small rubrics as values, for tests that must not move when the shipped rubric does.

    rubric(markers=[marker("names-it", "that must hurt", tag="emotional-acknowledgement")], cues=[cue("angry", "furious")])

`DESK` is one that has every kind of entry once, worded so that no sentence of a test is found by accident.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from empathy_audit.model.rubric import (
    Counter,
    Cue,
    Echo,
    Marker,
    OpportunityRule,
    Pattern,
    Phrases,
    Principle,
    Regex,
    ReplyMark,
    Rubric,
    Scoring,
)

CREDITS = {"met": 1.0, "delayed": 0.6, "partial": 0.4, "missed": 0.0}
MESSAGES = {reply: f"{{emotion}} was answered by {reply}" for reply in ("ask", "solve", "ignore", "dismiss")}


def _any(patterns: Sequence[str | Pattern]) -> tuple[Pattern, ...]:
    """Plain strings are phrases."""
    words = tuple(p for p in patterns if isinstance(p, str))
    return (*((Phrases(words),) if words else ()), *(p for p in patterns if not isinstance(p, str)))


def marker(id_: str, *patterns: str | Pattern, tag: str, **fields: Any) -> Marker:
    return Marker(id=id_, any=_any(patterns), tag=tag, **fields)


def cue(id_: str, *patterns: str | Pattern, **fields: Any) -> Cue:
    return Cue(id=id_, any=_any(patterns), **fields)


def counter(id_: str, *patterns: str | Pattern, **fields: Any) -> Counter:
    return Counter(id=id_, any=_any(patterns), **{"message": "says it badly", "better": "say it well", **fields})


def reply(id_: str, *patterns: str | Pattern, aspect: Any) -> ReplyMark:
    return ReplyMark(id=id_, any=_any(patterns), aspect=aspect)


def principle(id_: str, weight: float = 1.0, **fields: Any) -> Principle:
    return Principle(id=id_, title=id_.capitalize(), weight=weight, why="a test", **fields)


RULES = (
    OpportunityRule(
        "shown", "explicit", missed="error", partial="warning", messages=MESSAGES,
        suggestions={"anger": ("Own it: {words}.", "Name it: {words}."), "any": ("Answer it: {words}.",)},
    ),
    OpportunityRule(
        "told", "implicit", missed="warning", partial="suggestion", messages=MESSAGES,
        suggestions={"any": ("Answer it: {words}.",)},
    ),
    OpportunityRule(
        "joy", "explicit", pleasant=True, missed="suggestion", messages=MESSAGES, suggestions={"any": ("Share it.",)}
    ),
)  # fmt: skip


def rubric(
    *,
    principles: Sequence[Principle] = (principle("acknowledging", 3.0, score="opportunities"),),
    markers: Sequence[Marker] = (),
    cues: Sequence[Cue] = (),
    counters: Sequence[Counter] = (),
    replies: Sequence[ReplyMark] = (),
    opportunities: Sequence[OpportunityRule] = RULES,
    words: dict[str, tuple[str, ...]] | None = None,
    **scoring: Any,
) -> Rubric:
    return Rubric(
        id="desk",
        version="1.0.0",
        language="en",
        title="A rubric for tests",
        hash="0" * 64,
        principles=tuple(principles),
        markers=tuple(markers),
        cues=tuple(cues),
        counter=tuple(counters),
        replies=tuple(replies),
        opportunities=tuple(opportunities),
        scoring=Scoring(**{"credits": CREDITS, **scoring}),
        words=words or {},
    )


DESK = rubric(
    principles=(
        principle("acknowledging", 3.0, score="opportunities"),
        principle("reflecting", 2.0, target=0.5),
        principle("owning", 1.0, target=1.0),
    ),
    markers=(
        marker("names-it", "that must hurt", tag="emotional-acknowledgement", principle="acknowledging", confidence=0.9),
        marker("legitimises", "you are right", tag="validation"),
        marker("echoes", Echo(2), tag="reflective-response", principle="reflecting", implies=("active-listening",)),
        marker("listens", "noted with thanks", tag="active-listening"),
        marker("commits", "i will call you", tag="ownership", principle="owning"),
        marker("asks-openly", Regex(r"^what happened"), tag="open-question"),
        marker("asks-closed", Regex(r"\?$"), tag="closed-question", yields_to=("open-question",)),
        marker("formula", "so sorry", tag="bare-apology", yields_to=("emotional-acknowledgement",)),
    ),
    cues=(
        cue("furious", "furious", kind="explicit", emotion="anger", intensity=0.8, confidence=0.9),
        cue("scared", "scared", kind="explicit", emotion="anxiety", intensity=0.5, confidence=0.7),
        cue("waits", "still waiting", emotion="frustration", intensity=0.4, confidence=0.6),
        cue("delighted", "delighted", kind="explicit", emotion="joy", intensity=0.6),
        cue("shouts", Regex("!!"), intensity=0.5, opens=False),
    ),
    counters=(
        counter("calm-down", "calm down", points=15.0, severity="error", confidence=0.95),
        counter("policy", "our policy", points=10.0),
    ),
    replies=(
        reply("hold", "one moment", aspect="hold"),
        reply("closing", "thank you for calling", aspect="closing"),
        reply("datum", "order number", aspect="datum"),
        reply("hardship", "waiting", aspect="hardship"),
        reply("bare", "i see", aspect="bare"),
    ),
)  # fmt: skip
