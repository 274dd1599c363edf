"""Findings: both sides quoted, how it was missed, what would fit, and a name that outlives moves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from empathy_audit.judgement.findings import fingerprint
from empathy_audit.model.audit import Audit, Quote
from hypothesis import given
from hypothesis import strategies as st

from tests.judgement.helpers import DESK_AUDITOR, findings, judge
from tests.rubrics import DESK, RULES

ANGRY, WAITS, GLAD = "customer: I am furious.", "customer: I am still waiting.", "customer: I am delighted."


@pytest.mark.parametrize(
    ("customer", "answer", "found"),
    [
        (ANGRY, "That must hurt.", []),
        (ANGRY, "It was sent.", [("shown-partial", "warning", 0, 1)]),
        (ANGRY, "What happened?", [("shown-partial", "warning", 0, 1)]),
        (ANGRY, "Thank you for calling.", [("shown-missed", "error", 0, 1)]),
        (ANGRY, "Calm down.", [("shown-missed", "error", 0, 1), ("calm-down", "error", 1, 1)]),
        (ANGRY, "That must hurt. Our policy is clear.", [("policy", "warning", 1, 1)]),
        (WAITS, "It was sent.", [("told-partial", "suggestion", 0, 1)]),
        (WAITS, "Thank you for calling.", [("told-missed", "warning", 0, 1)]),
        (GLAD, "It was sent.", []),
        (GLAD, "Thank you for calling.", [("joy-missed", "suggestion", 0, 1)]),
        ("customer: Hello.", "It was sent.", []),
    ],
)
def test_what_is_a_finding(customer: str, answer: str, found: list[tuple[str, str, int, int | None]]) -> None:
    assert findings(judge(customer, f"agent: {answer}")) == found


def test_neither_an_open_nor_a_delayed_opportunity_is_one() -> None:
    assert findings(judge(ANGRY)) == []
    assert findings(judge(ANGRY, "agent: It was sent.", "customer: So?", "agent: That must hurt.")) == []


def test_a_rule_that_is_silent_makes_none() -> None:
    silent = replace(DESK, opportunities=tuple(replace(r, missed=None, partial=None) for r in RULES))
    assert findings(judge(ANGRY, "agent: It was sent.", by=silent)) == []


def test_a_finding_quotes_both_sides_and_fits() -> None:
    audit = judge("customer: Well, I am\nfurious about it!!", "agent: It was sent.", "agent: Today.")
    (found,) = audit.findings
    assert (found.message, found.suggestion, found.confidence) == (
        "anger was answered by solve",
        "Own it: furious about it!!.",
        0.9,
    )
    assert found.evidence == (Quote(0, 11, 18), Quote(0, 27, 29), Quote(1, 0, 12))
    assert [audit.turns[q.turn].turn.text[q.start : q.end] for q in found.evidence] == ["furious", "!!", "It was sent."]


def test_wordings_change_from_finding_to_finding_and_stay_for_one() -> None:
    lines = (ANGRY, "agent: It was sent.", "customer: Oh.", "agent: Yes.", "customer: I see.", "agent: Yes.", ANGRY)
    first = judge(*lines, "agent: It was sent.")
    assert [f.suggestion for f in first.findings] == ["Own it: furious.", "Own it: furious."]
    odd = judge("agent: Hi.", ANGRY, "agent: It was sent.")
    assert [f.suggestion for f in odd.findings] == ["Name it: furious."]
    assert judge(*lines, "agent: It was sent.") == first


def test_an_emotion_without_a_wording_of_its_own_gets_the_one_for_any() -> None:
    (found,) = judge("customer: I am scared.", "agent: It was sent.").findings
    assert found.suggestion == "Answer it: scared."


def test_a_long_quotation_in_a_suggestion_is_cut_short() -> None:
    long = "customer: I am furious, " + "really " * 40 + "and scared."
    (found,) = judge(long, "agent: It was sent.").findings
    assert found.suggestion == "Own it: furious."


def test_words_of_a_transcript_are_never_taken_for_a_placeholder() -> None:
    (found,) = judge("customer: I am furious {emotion} {words} !!", "agent: It was sent.").findings
    assert found.message == "anger was answered by solve"
    assert found.suggestion == "Own it: furious {emotion} {words} !!."


def test_each_counter_entry_is_told_once_a_block_with_all_its_places() -> None:
    audit = judge(ANGRY, "agent: That must hurt. Calm down. Calm down!", "agent: Calm down.", "customer: No.", "agent: Calm down.")  # fmt: skip
    assert findings(audit) == [("calm-down", "error", 1, 1), ("calm-down", "error", 4, 4)]
    assert audit.findings[0].evidence == (Quote(1, 16, 25), Quote(1, 27, 36))
    assert (audit.findings[0].message, audit.findings[0].suggestion) == ("says it badly", "say it well")


def test_findings_stand_by_place_the_graver_first() -> None:
    audit = judge(WAITS, "agent: It was sent.", ANGRY, "agent: Our policy. Calm down.")
    assert findings(audit) == [
        ("told-partial", "suggestion", 0, 1),
        ("shown-missed", "error", 2, 3),
        ("calm-down", "error", 3, 3),
        ("policy", "warning", 3, 3),
    ]


# --- fingerprints ------------------------------------------------------------------------------------------------


def prints(audit: Audit) -> list[str]:
    return [f.fingerprint for f in audit.findings]


BASE = (ANGRY, "agent Bo: It was sent.")


def test_a_fingerprint_is_a_sha256_and_known_for_good() -> None:
    """The very bytes: if this one changes, every baseline of every user is lost."""
    assert prints(judge(*BASE)) == [fingerprint("shown-partial", "c-1", "I am furious.", "It was sent.", 0)]
    assert fingerprint("shown-partial", "c-1", "I am furious.", "It was sent.", 0) == (
        "0b744d6971d7fa48450f469827bfee27a61e99fdd8c0c54d2ea23afaeaf745cc"
    )


def test_moves_and_neighbours_do_not_change_it() -> None:
    usual = prints(judge(*BASE))
    assert prints(judge(*BASE, source="elsewhere/other.json")) == usual
    assert prints(judge("agent Bo: Hello.", "system: joined", *BASE)) == usual
    assert prints(judge(ANGRY, "bot: beep", "agent Bo: It was sent.")) == usual
    assert prints(judge(ANGRY, "agent Di: It was sent.")) == usual


def test_nor_do_wordings_versions_and_severities_of_the_rubric() -> None:
    later = replace(
        DESK,
        version="9.0.0",
        hash="f" * 64,
        opportunities=tuple(
            replace(r, partial="error", messages={"solve": "new words"}, suggestions={"any": ("new",)}) for r in RULES
        ),
        cues=tuple(replace(c, confidence=0.1, intensity=0.9) for c in DESK.cues),
    )
    assert prints(judge(*BASE, by=later)) == prints(judge(*BASE))


@pytest.mark.parametrize(
    "lines",
    [
        ("customer: I am FURIOUS.", "agent Bo: It was sent."),
        (ANGRY, "agent Bo: It was sent!"),
        (ANGRY, "agent Bo: It was sent.", "agent Bo: Yes."),
        (ANGRY, "agent Bo: Thank you for calling."),
    ],
)
def test_other_words_or_another_outcome_do(lines: tuple[str, ...]) -> None:
    assert prints(judge(*lines)) != prints(judge(*BASE))


def test_another_conversation_does() -> None:
    assert prints(judge(*BASE, id="c-2")) != prints(judge(*BASE))


def test_the_same_exchange_twice_gives_two_that_are_stable_each() -> None:
    twice = prints(judge(*BASE, "customer: Ok.", "agent Bo: Yes.", *BASE))
    assert len(set(twice)) == 2
    assert twice[0] == prints(judge(*BASE))[0]


PART = st.text(max_size=4)


@given(st.tuples(PART, PART, PART, PART), st.tuples(PART, PART, PART, PART))
def test_parts_never_run_together(one: tuple[str, str, str, str], other: tuple[str, str, str, str]) -> None:
    assert (fingerprint(*one, 0) == fingerprint(*other, 0)) == (one == other)


@given(st.lists(st.sampled_from((ANGRY, WAITS, GLAD, "customer: !!", "agent: Calm down.", "agent: It was sent.", "agent: So sorry.", "agent: I see.")), max_size=10))  # fmt: skip
def test_every_finding_quotes_words_that_are_there_and_has_a_name_of_its_own(lines: list[str]) -> None:
    audit = DESK_AUDITOR.audit(judge(*lines).transcript)
    assert len({f.fingerprint for f in audit.findings}) == len(audit.findings)
    for found in audit.findings:
        assert found.evidence
        assert found.message
        assert found.suggestion
        assert all(audit.turns[q.turn].turn.text[q.start : q.end].strip() for q in found.evidence)
