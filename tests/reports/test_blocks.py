"""Which turns stand together."""

from __future__ import annotations

from empathy_audit.model.audit import Response
from empathy_audit.reports.blocks import block, next_answer, response_to

from tests.build import audit, opportunity

TALK = audit(
    "customer: One.",
    "bot: Beep.",
    "customer: Two.",
    "agent Dana: Three.",
    "internal agent Lee: Note.",
    "agent Dana: Four.",
    "agent Lee: Five.",
    "customer: Six.",
    opportunities={2: opportunity(outcome="delayed", answered_by=6)},
    responses={3: (2, 2, "solve"), 6: (2, 3, "ack")},
)


def test_blocks_run_over_bots_and_notes_and_end_where_the_side_or_the_agent_changes():
    assert [block(TALK, at) for at in range(8)] == [(0, 2), (1,), (0, 2), (3, 5), (4,), (3, 5), (6,), (7,)]


def test_the_response_is_the_one_that_the_opportunity_names():
    assert response_to(TALK, 2) == (6, Response(2, 3, "ack"))
    assert response_to(TALK, 7) is None


def test_the_next_answer_is_the_first_spoken_agent_turn():
    assert [next_answer(TALK, at) for at in (0, 3, 5, 6)] == [3, 5, 6, None]
