"""Reply class and level of the block that answers, judged over the whole block."""

from __future__ import annotations

import pytest

from tests.judgement.helpers import judge, responses

LATE = "customer: I am furious, still waiting for the green parcel."


@pytest.mark.parametrize(
    ("answer", "reply", "level"),
    [
        ("That must hurt.", "ack", 3),
        ("You are right.", "ack", 3),
        ("That must hurt. It was sent.", "ack", 3),
        ("That must hurt. What happened?", "ack", 4),
        ("That must hurt. I will call you.", "ack", 4),
        ("That must hurt. You are right. I will call you.", "ack", 5),
        ("You are right. Is it late?", "ack", 5),
        ("You are right. That must hurt.", "ack", 3),
        # A reflection acknowledges where it gives back the hardship, not the data.
        ("So you are waiting for the parcel.", "ack", 3),
        ("So your parcel is the green one.", "solve", 2),
        ("So you are waiting for the parcel?", "ask", 2),
        # Counter-empathy beside an acknowledgement: the acknowledgement wins the class, and no more than level 3.
        ("That must hurt. Calm down. I will call you.", "ack", 3),
        ("Calm down.", "dismiss", 0),
        ("Calm down. What happened?", "dismiss", 0),
        ("What happened?", "ask", 2),
        ("Is it late?", "ask", 2),
        ("What is your order number?", "solve", 2),  # one fact does not explore
        ("It was sent.", "solve", 2),
        ("I will call you.", "solve", 2),
        ("So sorry.", "solve", 1),
        ("So sorry. It was sent.", "solve", 2),
        ("I see.", "ignore", 0),
        ("Thank you for calling.", "ignore", 0),
        ("I see. It was sent.", "solve", 2),
    ],
)
def test_reply_class_and_level(answer: str, reply: str, level: int) -> None:
    assert responses(judge(LATE, f"agent: {answer}")) == [(1, 0, reply, level)]


def test_the_block_is_judged_whole_and_the_response_stands_on_its_first_turn() -> None:
    audit = judge(LATE, "agent: It was sent.", "bot: beep", "agent: That must hurt.", "agent: I will call you.")
    assert responses(audit) == [(1, 0, "ack", 4)]


def test_only_a_block_that_answers_an_opportunity_has_a_response() -> None:
    assert responses(judge("customer: Hello.", "agent: That must hurt.")) == []
    assert responses(judge("agent: That must hurt.", LATE)) == []


def test_a_skipped_hold_has_no_response() -> None:
    assert responses(judge(LATE, "agent: One moment.", "customer: ok", "agent: You are right.")) == [(3, 0, "ack", 3)]
