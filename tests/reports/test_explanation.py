"""Why a turn was judged as it was."""

from __future__ import annotations

import pytest
from empathy_audit.errors import InputError
from empathy_audit.reports import View
from empathy_audit.reports.explanation import explanation, what_would_change

from tests.build import audit, opportunity
from tests.reports.cases import broadband, explained, hostile


@pytest.mark.parametrize("turn", [0, 1])
def test_an_explanation(golden, turn):
    golden(f"explain_{turn}_80.txt", explanation(explained(), turn, View(80)))


def test_a_turn_that_is_not_there_is_an_error_with_a_remedy():
    with pytest.raises(InputError) as caught:
        explanation(explained(), 2, View())
    assert (
        str(caught.value)
        == "calls/two.json: there is no turn 2; turns count from 0 to 1; choose one of them with --turn"
    )
    with pytest.raises(InputError):
        explanation(explained(), -1, View())


@pytest.mark.parametrize(
    ("turn", "words"),
    [
        (0, "A bot's turn: shown, never judged, and no answer to anything."),
        (7, "An internal note: the customer never saw it, so it is not judged."),
    ],
)
def test_turns_that_are_never_judged_say_why(turn, words):
    assert words in explanation(broadband(), turn, View(120))


def test_what_would_have_changed_each_outcome():
    assert [what_would_change(broadband(), turn) for turn in (1, 3, 5, 8, 12, 0)] == [
        ("Without the words that acknowledge it the answer would have been partial at best.",),
        ("Naming the anger, or what happened to the customer, in the answer would have made it met.",),
        (
            "Naming the frustration, or what happened to the customer, in the answer would have made it met.",
            "A question about the problem, or a step that solves it, without the words that dismiss, "
            "would have made it partial.",
            "An acknowledgement in a later answer, within the rubric's window, would have made it delayed.",
        ),
        ("The same acknowledgement in the first answer (turn 9) would have made it met.",),
        ("An agent's turn after it: nobody answered, so it is shown and neither counted nor charged.",),
        (),
    ]


def test_a_weaker_turn_points_at_the_stronger():
    one = audit(
        "customer: Hm.",
        "customer: I am furious.",
        "agent: I can hear how angry you are.",
        opportunities={0: opportunity(), 1: opportunity(outcome="met", answered_by=2)},
        responses={2: (1, 3, "ack")},
    )
    assert what_would_change(one, 0) == (
        "Nothing here: the opportunity of this block sits on its strongest turn, turn 1.",
    )
    assert what_would_change(one, 1) == (
        "Without the words that acknowledge it the answer would have been partial at best.",
        "A question about it or a commitment in the same answer would have raised level 3 to 4.",
        "Saying that the customer's view is legitimate would have raised level 3 to 5.",
    )


def test_every_turn_of_every_case_can_be_explained_at_any_width():
    for one in (broadband(), explained(), hostile()):
        for turn in range(len(one.turns)):
            for width in (20, 40, 200):
                text = explanation(one, turn, View(width))
                assert "\x1b" not in text
                assert text.endswith("\n")


QUIET = audit(
    "customer: What are your hours?",
    "agent Dana: Nine to five.",
    "customer: I waited for weeks.",
    "agent Dana: Oh no.",
    "agent Dana: I am sorry you waited for weeks.",
    id="c-9",
    source="chats/q.json",
    opportunities={2: opportunity("implicit", None, 0.4, "weeks", outcome="met", answered_by=3)},
    responses={3: (2, 5, "ack")},
)


def test_a_customer_turn_without_a_cue_says_so():
    assert explanation(QUIET, 0, View(80)) == (
        "── turn 0 of c-9 " + "─" * 63 + "\n"
        "  customer · chats/q.json#/turns/0\n"
        "\n"
        "  “What are your hours?”\n"
        "\n"
        "  Opportunity\n"
        "    None: no cue opened one.\n"
        "\n"
        "  Score of the conversation\n"
        "    50.0\n"
        "    ● 1 met  ◑ 0 delayed  ◐ 0 partial  ○ 0 missed\n"
    )


def test_an_agent_turn_that_answers_nothing_says_so():
    assert explanation(QUIET, 1, View(80)) == (
        "── turn 1 of c-9 " + "─" * 63 + "\n"
        "  agent Dana · chats/q.json#/turns/1\n"
        "\n"
        "  “Nine to five.”\n"
        "\n"
        "  What fired\n"
        "    Nothing: no entry of the rubric recognised words of this turn.\n"
        "\n"
        "  How the answer was read\n"
        "    No opportunity waited for this turn's block, so it answers none.\n"
        "\n"
        "  Score of the conversation\n"
        "    50.0\n"
        "    ● 1 met  ◑ 0 delayed  ◐ 0 partial  ○ 0 missed\n"
    )


def test_an_answer_of_several_turns_is_shown_whole_from_any_of_them():
    answer = (
        "  How the answer was read  turns 3 to 4\n"
        "    Dana: “Oh no.”\n"
        "    Dana: “I am sorry you waited for weeks.”\n"
        "    The agent acknowledged it: reply class ack, level 5 of 5.\n"
    )
    assert [answer in explanation(QUIET, turn, View(80)) for turn in (2, 3, 4)] == [True] * 3


def test_a_conversation_without_a_score_says_why():
    one = audit("customer: Hello.", reason="no-agent")
    assert explanation(one, 0, View(80)).endswith(
        "  Score of the conversation\n    not enough evidence: there is no agent turn to judge\n"
    )
