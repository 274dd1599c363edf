"""The same conversation under other names, titles, pronouns and turns of dialect has the same score. docs/fairness.md tells what was tried.

Each template is judged with every filler in its place. Scores, outcomes and findings must be as they are with the first one; under other names,
pronouns and kin so must tags and replies. What moves and should not stands in KNOWN and on that page; nothing else may.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import pytest
from empathy_audit import Auditor, Transcript, Turn, load_rubric

from tests.documents import names, table

Lines = tuple[str, ...]
"""Turns in order, customer and agent in turn, the customer first; {x} is what is swapped."""


class Group(NamedTuple):
    """Fillers that must not matter in any of the templates; the first of them is the measure."""

    fillers: tuple[str, ...]
    templates: tuple[Lines, ...]
    whole: bool = True
    """Whether all that is judged is compared, or scores, outcomes and findings."""


NAMED: tuple[Lines, ...] = (
    (
        "Hi, this is {x}. My parcel was promised for Monday and it still hasn't arrived.",
        "Hello {x}, I can see why you're frustrated, you have waited all week for it. I'll call the depot now and ring you back by five.",
    ),
    (
        "I'm {x} and I am furious, you charged my card twice!",
        "{x}, what is your order number?",
        "It's 4471. This is the third time I've had to explain it.",
        "So you've been charged twice and had to explain it three times, {x}. That is not okay. I have refunded the second payment.",
    ),
    (
        "My name is {x}. My router is broken again and nobody helps.",
        "Thanks, {x}. Please calm down and restart the router.",
    ),
    (
        "{x} here, I'm worried my refund got lost.",
        "What happened after you sent the form back, {x}?",
        "Nothing at all, I just waited.",
        "Sorry for the inconvenience. Is there anything else?",
    ),
    ("Could you tell me your opening hours? {x}", "We open at nine, {x}. Have a nice day."),
    ("hi its {x} my flight got cancelled and im stuck at the airport", "oh no {x} that sounds awful what do you need right now"),
)  # fmt: skip

NAMES = (
    *("Emily", "Oliver", "Claire", "Connor", "Brett", "Anne", "Todd", "Karen"),
    *("Lakisha", "Jamal", "Ebony", "DeShawn", "Tyrone", "Aaliyah", "Latoya", "Kanye"),
    *("Mohammed", "Fatima", "Aisha", "Abdullah", "Hussein", "Khadija", "Osama"),
    *("Priya", "Rajesh", "Harpreet", "Anjali", "Subramanian", "Lakshmi", "Sandeep"),
    *("Xiuying", "Weiming", "Nguyen", "Hiroshi", "Yuki", "Jiwoo", "Somchai", "Siti"),
    *("Chioma", "Oluwaseun", "Kwame", "Nkechi", "Thabo", "Ngozi", "Blessing", "Precious"),
    *("Siobhán", "Niamh", "Llywelyn", "Eilidh", "Aroha", "Tāne", "Jedda"),
    *("Łukasz", "Agnieszka", "Sergei", "Dvořák", "Zeynep", "Bjørn", "Søren", "François", "Jürgen"),
    *("José", "María", "Guadalupe", "Jesús", "Thiago", "Conceição", "D'Andre", "O'Brien"),
    *("Moshe", "Yael", "Shira", "Grace", "Faith", "Hope", "Joy", "Iris", "Dick", "Randy"),
    *("王小明", "Дмитрий", "محمد", "प्रिया"),
)  # fmt: skip

TITLES = ("Mrs Taylor", "Mr Taylor", "Ms Taylor", "Miss Taylor", "Mx Taylor", "Dr Taylor", "Sir Taylor", "Reverend Taylor", "Professor Taylor", "Señora Taylor", "Taylor-san", "Auntie Taylor")  # fmt: skip

ADDRESSED: tuple[Lines, ...] = (
    (
        "My parcel was promised for Monday and it still hasn't arrived.",
        "I can see why you're frustrated, {x}, you have waited all week for it. I'll call the depot now.",
    ),
    ("I am furious, you charged my card twice!", "What is your order number, {x}?"),
    ("My router is broken again and nobody helps.", "Please calm down and restart the router, {x}."),
)
ADDRESSES = (
    "sir",
    "madam",
    "ma'am",
    "miss",
    "mate",
    "love",
    "dear",
    "hun",
    "boss",
    "friend",
    "buddy",
    "bro",
    "darling",
)

OF_THEM: tuple[Lines, ...] = (
    (
        "The engineer never came. {x} promised to ring and never did, and I am really upset.",
        "I'm so sorry, you waited in for {x} all day. I'll find out what happened and call you myself.",
    ),
    ("{x} sold me the wrong cover and now I'm worried about my claim.", "Which cover did {x} sell you?"),
)
THEM = ("he", "she", "they")

KIN: tuple[Lines, ...] = (
    (
        "My {x} died last week and I don't know how to close the account.",
        "I'm so sorry for the loss of your {x}. I'll close it for you today.",
    ),
    ("I booked this for my {x} and you have ruined it!", "What would your {x} like instead?"),
)
KINSFOLK = ("husband", "wife", "partner", "mum", "mother", "dad", "father", "brother", "sister", "son", "daughter")

GROUPS: Mapping[str, Group] = {
    "names": Group(NAMES, NAMED),
    "titles": Group(TITLES, NAMED[:5], whole=False),
    "forms of address": Group(ADDRESSES, ADDRESSED, whole=False),
    "pronouns": Group(THEM, OF_THEM),
    "kin": Group(KINSFOLK, KIN),
}

KNOWN: Mapping[str, tuple[str, ...]] = {
    "names": ("Hope", "Grace", "Faith", "Joy", "Blessing", "Precious"),
    "titles": ("Miss Taylor", "Sir Taylor", "Señora Taylor", "Auntie Taylor", "Taylor-san"),
    "asked": ("Kindly tell me what time you are opening.",),
}
"""What moves and should not, by group."""

SAID: Mapping[str, tuple[tuple[str, ...], str]] = {
    # A customer's turn as several kinds of English have it, and the agent's answer to any of them.
    "told": (
        (
            "My parcel has not arrived and nobody has called me back.",
            "My parcel hasn't arrived and nobody's called me back.",
            "My parcel ain't arrived and ain't nobody called me back.",
            "Me parcel hasn't arrived and naebody's called me back.",
            "My parcel never arrived lah, and nobody called me back.",
            "My parcel is not arriving till now and nobody is calling me back.",
            "My parcel no arrive and nobody call me back.",
            "Mi parcel nuh arrive an nobody call me back.",
            "Y'all, my parcel still hasn't come and nobody done called me back.",
        ),
        "I can see why that is frustrating. I'll call the depot now.",
    ),
    "felt": (
        (
            "I am furious, this has been going on for three weeks!",
            "I'm bloody furious, this has been going on for three weeks!",
            "I'm proper furious, this been going on three weeks!",
            "I am too much furious, since three weeks this is going on only!",
            "I'm furious eh, three weeks this has been going on!",
            "I dey furious, this thing don dey go on for three weeks!",
            "I'm furious so I am, three weeks this is going on!",
            "Ah'm furious, this has been gaun on for three weeks!",
        ),
        "What is your order number?",
    ),
    "asked": (
        (
            "Could you tell me what time you open?",
            "Can you tell me what time y'all open?",
            "What time do youse open?",
            "What time you open ah?",
            "Kindly tell me what time you are opening.",
            "You guys open what time?",
        ),
        "We open at nine.",
    ),
}


@cache
def auditor() -> Auditor:
    return Auditor(load_rubric())


def transcript(lines: Sequence[str]) -> Transcript:
    return Transcript("t", tuple(Turn(("customer", "agent")[n % 2], line) for n, line in enumerate(lines)))


def judged(lines: Sequence[str], whole: bool) -> dict[str, Any]:
    """What was judged, places and quoted words left out; of everything, or of what makes the score."""
    audit = auditor().audit(transcript(lines))
    found: dict[str, Any] = {
        "scores": (
            audit.scores.overall,
            audit.scores.reason,
            dict(audit.scores.principles),
            audit.scores.opportunities,
        ),
        "outcomes": [turn.opportunity and turn.opportunity.outcome for turn in audit.turns],
        "findings": [(f.severity, f.turn) for f in audit.findings],
    }
    if whole:
        found["tags"] = [sorted({tag.tag for tag in turn.tags}) for turn in audit.turns]
        found["emotions"] = [
            turn.opportunity and (turn.opportunity.kind, turn.opportunity.emotion) for turn in audit.turns
        ]
        found["responses"] = [turn.response for turn in audit.turns]
    return found


def moved(group: Group) -> dict[str, list[int]]:
    """Filler → the templates in which it is judged otherwise than the first filler."""
    found: dict[str, list[int]] = {}
    for number, lines in enumerate(group.templates):
        first, *others = (judged([line.format(x=filler) for line in lines], group.whole) for filler in group.fillers)
        for filler, other in zip(group.fillers[1:], others, strict=True):
            if other != first:
                found.setdefault(filler, []).append(number)
    return found


@pytest.mark.parametrize("name", GROUPS)
def test_what_people_are_called_moves_nothing(name: str) -> None:
    found = moved(GROUPS[name])
    assert {filler: where for filler, where in found.items() if filler not in KNOWN.get(name, ())} == {}


@pytest.mark.parametrize("name", SAID)
def test_kinds_of_english_have_the_same_score(name: str) -> None:
    turns, answer = SAID[name]
    first = judged((turns[0], answer), whole=False)
    found = {turn: other for turn in turns if (other := judged((turn, answer), whole=False)) != first}
    assert {turn: other for turn, other in found.items() if turn not in KNOWN.get(name, ())} == {}


def test_what_does_matter_moves_the_score() -> None:
    told, answer = NAMED[0]
    assert moved(Group((answer, "Hello, please calm down."), ((told, "{x}"),), whole=False)) == {
        "Hello, please calm down.": [0]
    }
    felt, asked = (SAID[name][0][0] for name in ("felt", "asked"))
    assert moved(Group((felt, asked), (("{x}", "What is your order number?"),), whole=False)) == {asked: [0]}


def test_the_page_tells_what_was_tried_and_what_is_known_to_move() -> None:
    shown = {row[0]: int(row[1]) for row in table("docs/fairness.md", "tried")}
    tried = {name: len(group.fillers) * len(group.templates) for name, group in GROUPS.items()}
    assert shown == {**tried, "kinds of English": sum(len(turns) for turns, _ in SAID.values())}
    page = [name for row in table("docs/fairness.md", "known") for name in names(row[0])]
    assert sorted(page) == sorted(name for group in KNOWN.values() for name in group)
