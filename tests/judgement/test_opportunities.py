"""Cues → opportunities: one for a block, on its strongest turn, and what came of it."""

from __future__ import annotations

import pytest

from tests.judgement.helpers import judge, opportunities
from tests.rubrics import DESK, RULES, cue, rubric


def sensed(text: str) -> tuple[str, str | None, float, tuple[str, ...]] | None:
    """(kind, emotion, intensity, words) of one customer turn."""
    seen = judge(f"customer: {text}").turns[0].opportunity
    if seen is None:
        return None
    return seen.kind, seen.emotion, seen.intensity, tuple(text[e.start : e.end] for e in seen.evidence)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Where is my parcel?", None),
        ("WHAT!!", None),  # what only strengthens opens nothing
        ("I am furious.", ("explicit", "anger", 0.8, ("furious",))),
        ("I am furious, furious.", ("explicit", "anger", 0.8, ("furious",))),  # a cue counts once
        ("I am furious. Furious.", ("explicit", "anger", 0.8, ("furious", "Furious"))),
        ("I am furious!!", ("explicit", "anger", 0.9, ("furious!!",))),  # 1 - .2 * .5
        ("I am still waiting.", ("implicit", "frustration", 0.4, ("still waiting",))),
        ("I am still waiting and scared.", ("explicit", "anxiety", 0.7, ("still waiting", "scared"))),  # 1 - .6 * .5
        ("I am furious and scared.", ("explicit", "anger", 0.9, ("furious", "scared"))),  # 1 - .2 * .5
        ("I am delighted!!", ("explicit", "joy", 0.8, ("delighted!!",))),
        # The stronger side speaks, distress where they are equal.
        ("Delighted, but furious.", ("explicit", "anger", 0.8, ("furious",))),
        ("Delighted, but scared.", ("explicit", "joy", 0.6, ("Delighted",))),
    ],
)
def test_what_a_turn_shows(text: str, seen: tuple[str, str | None, float, tuple[str, ...]] | None) -> None:
    assert sensed(text) == seen


def test_distress_without_a_named_feeling_has_no_emotion() -> None:
    ours = rubric(cues=[cue("c", "broken", intensity=0.3)])
    (judged,) = judge("customer: broken", by=ours).turns
    assert judged.opportunity is not None
    assert (judged.opportunity.kind, judged.opportunity.emotion) == ("implicit", None)


def test_a_block_has_one_opportunity_and_the_weaker_turns_are_shown_only() -> None:
    audit = judge(
        "customer: I am still waiting.",
        "customer: I am scared.",
        "bot: Hi!",
        "customer: I am delighted.",
        "agent: That must hurt.",
    )
    assert opportunities(audit) == [
        (0, "implicit", "frustration", None, None),
        (1, "explicit", "anxiety", "met", 4),
        (3, "explicit", "joy", None, None),
    ]
    assert audit.scores.opportunities.met == 1


def test_the_later_of_two_equal_turns_stands_for_the_block() -> None:
    audit = judge("customer: I am furious.", "customer: Furious.", "agent: That must hurt.")
    assert opportunities(audit) == [(0, "explicit", "anger", None, None), (1, "explicit", "anger", "met", 2)]


@pytest.mark.parametrize(
    ("answers", "outcome", "answered_by"),
    [
        ((), "open", None),
        (("bot: That must hurt.",), "open", None),
        (("internal agent: That must hurt.",), "open", None),
        (("agent: That must hurt.",), "met", 1),
        (("agent: You are right.",), "met", 1),
        (("agent: It was sent.",), "partial", 1),
        (("agent: What happened?",), "partial", 1),
        (("agent: Thank you for calling.",), "missed", 1),
        (("agent: Calm down.",), "missed", 1),
        # The next block is judged whole; a change of agent ends it.
        (("agent: It was sent.", "agent: That must hurt."), "met", 1),
        (("agent Bo: It was sent.", "agent Cy: That must hurt."), "delayed", 1),
        (("agent: It was sent.", "customer: And?", "agent: That must hurt."), "delayed", 1),
        (("agent: It was sent.", "customer: And?", "agent: Yes.", "customer: So?", "agent: That must hurt."), "partial", 1),
        # A pure hold is skipped, once, and answers only where nothing follows.
        (("agent: One moment.", "customer: Yes.", "agent: That must hurt."), "met", 3),
        (("agent: One moment.", "customer: Yes.", "agent: One moment.", "customer: Yes.", "agent: That must hurt."), "delayed", 3),
        (("agent: One moment. What happened?", "customer: Yes.", "agent: That must hurt."), "delayed", 1),
        (("agent: One moment.",), "missed", 1),
    ],
)  # fmt: skip
def test_outcomes(answers: tuple[str, ...], outcome: str, answered_by: int | None) -> None:
    audit = judge("customer: I am furious.", *answers)
    assert opportunities(audit)[0] == (0, "explicit", "anger", outcome, answered_by)


def test_the_window_is_the_rubrics() -> None:
    narrow = rubric(
        cues=DESK.cues, markers=DESK.markers,
        opportunities=[type(r)(**{**{k: getattr(r, k) for k in r.__slots__}, "window": 1}) for r in RULES],
    )  # fmt: skip
    lines = ("customer: I am furious.", "agent: It was sent.", "customer: And?", "agent: That must hurt.")
    assert [o[3] for o in opportunities(judge(*lines, by=narrow))] == ["partial"]
    assert [o[3] for o in opportunities(judge(*lines))] == ["delayed"]


def test_joy_is_shown_and_never_counted() -> None:
    for answer in ("agent: Thank you for calling.", "agent: Calm down, please.", "agent: It was sent."):
        audit = judge("customer: I am delighted.", answer)
        assert opportunities(audit)[0][2:4] == ("joy", "partial" if "sent" in answer else "missed")
        assert audit.scores.opportunities.counted == 0


def test_a_kind_without_a_rule_opens_nothing() -> None:
    explicit_only = rubric(cues=DESK.cues, markers=DESK.markers, opportunities=RULES[:1])
    audit = judge("customer: I am still waiting.", "agent: It was sent.", by=explicit_only)
    assert opportunities(audit) == [(0, "implicit", "frustration", None, None)]
    assert (audit.scores.overall, audit.scores.reason) == (None, "no-opportunity")


def test_an_unanswered_cue_that_is_repeated_rises() -> None:
    waiting, sent = "customer: I am still waiting.", "agent: It was sent."
    audit = judge(waiting, sent, "customer: Oh.", sent, waiting, sent, waiting, "agent: Thank you for calling.")
    assert [(f.turn, f.severity) for f in audit.findings] == [(0, "suggestion"), (4, "warning"), (6, "error")]
    assert ["showed before" in f.message for f in audit.findings] == [False, True, True]


def test_what_was_acknowledged_does_not_rise() -> None:
    waiting, sent = "customer: I am still waiting.", "agent: It was sent."
    audit = judge(waiting, "agent: That must hurt.", waiting, sent)
    assert [(f.turn, f.severity) for f in audit.findings] == [(2, "suggestion")]
