"""How an agent block treats an opportunity: its reply class and level (contract; after ECCS, Bylund & Makoul 2002, and VR-CoDES-P)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from empathy_audit.judgement.tagging import TaggedTurn
from empathy_audit.model.audit import Reply
from empathy_audit.model.rubric import COUNTER_TAG

_ACKNOWLEDGES = frozenset(("emotional-acknowledgement", "validation"))
_QUESTIONS = frozenset(("open-question", "closed-question"))
# Segments that carry one of these do not, by themselves, move the customer's matter on.
_EMPTY_ASPECTS = frozenset(("closing", "bare", "hold", "brush-off"))
_ANSWERS = _ACKNOWLEDGES | _QUESTIONS | {"reflective-response", COUNTER_TAG}


class Treatment(NamedTuple):
    """Reply class, level 0..5 and, in a few words each, the reasons for both."""

    reply: Reply
    level: int
    why: str


def is_hold(turns: Sequence[TaggedTurn]) -> bool:
    """A block that only asks to wait: every segment a hold or empty of content, and at least one a hold."""
    pairs = _pairs(turns)
    return "hold" in _all([a for _, a in pairs]) and all(
        not aspects.isdisjoint(_EMPTY_ASPECTS) and tags.isdisjoint(_ANSWERS) for tags, aspects in pairs
    )


def treat(turns: Sequence[TaggedTurn], *, gladness_counts: bool = True) -> Treatment:
    """The treatment by a block, judged over all its turns together.

    Without `gladness_counts` it answers a feeling of distress that was plainly shown, and "Glad to hear that!" acknowledges nothing.
    """
    pairs = _pairs(turns)
    aspects = _all([a for _, a in pairs])
    if not gladness_counts and "delight" in aspects:
        pairs = [(t - _ACKNOWLEDGES if "delight" in a else t, a) for t, a in pairs]
    tags = _all([t for t, _ in pairs])
    reply, why = _reply(pairs, tags, aspects)
    return Treatment(reply, *_level(reply, why, pairs, tags))


def _pairs(turns: Sequence[TaggedTurn]) -> list[tuple[frozenset[str], frozenset[str]]]:
    pairs: list[tuple[frozenset[str], frozenset[str]]] = []
    for turn in turns:
        pairs += zip(turn.segment_tags, turn.segment_aspects, strict=True)
    return pairs


def _all(sets: Sequence[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)


def _reply(
    pairs: list[tuple[frozenset[str], frozenset[str]]], tags: frozenset[str], aspects: frozenset[str]
) -> tuple[Reply, str]:
    # What stands in no segment at all need not be looked for in each of them.
    if found := tags & _ACKNOWLEDGES:
        return "ack", " and ".join(sorted(found))
    if "hardship" in aspects and any(
        "reflective-response" in t and "hardship" in a and not t & _QUESTIONS for t, a in pairs
    ):
        return "ack", "a reflection of the hardship"
    if COUNTER_TAG in tags:
        return "dismiss", "counter-empathic words"
    if "recognition" in aspects:
        return "ack", "words that recognise what the customer told"
    if tags & _QUESTIONS and any(
        t & _QUESTIONS and ("exploring" in a or not a & {"datum", "closing"}) for t, a in pairs
    ):
        return "ask", "a question about the matter, no acknowledgement"
    if all(
        a & _EMPTY_ASPECTS
        and not a & {"procedure", "datum"}
        and not t & {"bare-apology", "ownership", "open-question", "reflective-response"}
        for t, a in pairs
    ):
        return "ignore", "nothing about what the customer said"
    return "solve", "information, action or a formula, no acknowledgement"


def _level(
    reply: Reply, why: str, pairs: list[tuple[frozenset[str], frozenset[str]]], tags: frozenset[str]
) -> tuple[int, str]:
    if reply in ("ignore", "dismiss"):
        return 0, why
    if reply in ("ask", "solve"):
        bare = all(a & _EMPTY_ASPECTS or t == {"bare-apology"} for t, a in pairs)
        return (1, f"{why}; nothing but a formula") if bare else (2, why)
    if COUNTER_TAG in tags:
        return 3, f"{why}, beside counter-empathic words"
    onward = "ownership" in tags or any(t & _QUESTIONS and "closing" not in a for t, a in pairs)
    if not onward:
        return 3, why
    return (5, f"{why}; goes on and legitimises") if "validation" in tags else (4, f"{why}; asks or commits")
