"""The plot: transcript + rubric → audit, whole, native and the same every time."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from empathy_audit.audit import Auditor, is_foreign
from empathy_audit.model.audit import (
    AgentScore,
    Audit,
    Evidence,
    Finding,
    JudgedTurn,
    Opportunity,
    OutcomeCounts,
    Quote,
    Ratios,
    Response,
    Scores,
    Tag,
)
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.reports import as_json
from empathy_audit.rubric import load
from hypothesis import given
from hypothesis import strategies as st

from tests.build import transcript
from tests.rubrics import DESK, marker, rubric

AUDITOR = Auditor(DESK)
LINES = (
    "bot: Hello, I am the machine.",
    "customer Ada: I am still waiting.",
    "customer Ada: I am furious!!",
    "internal agent Bo: calm down, calm down",
    "agent Bo: That must hurt. I will call you.",
)


SHIPPED = Auditor(load("empathy"))
ANY_LINES = st.lists(
    st.tuples(
        st.sampled_from(["customer: ", "agent: ", "agent Bo: ", "bot: ", "internal agent: "]),
        st.one_of(
            st.sampled_from(
                ["I am furious!", "So you were charged twice?", "Sorry to hear that.", "I waited HOURS for it"]
            ),
            st.text(max_size=30),
        ),
    ).map("".join),
    max_size=5,
)


@given(st.lists(ANY_LINES, max_size=4))
def test_conversations_judged_together_are_judged_as_each_alone(talks: list[list[str]]) -> None:
    spoken = [transcript(*lines) for lines in talks]
    assert SHIPPED.audits(spoken) == [SHIPPED.audit(one) for one in spoken]


def test_the_whole_audit_of_a_conversation() -> None:
    spoken = transcript(*LINES)
    bot, waits, angry, note, answer = spoken.turns
    principles = {"acknowledging": 100.0, "reflecting": 0.0, "owning": 100.0}
    overall = 83.333  # .75 * 100 + .25 * (2 * 0 + 1 * 100) / 3
    assert AUDITOR.audit(spoken) == Audit(
        transcript=spoken,
        rubric=DESK.stamp,
        scores=Scores(
            overall,
            None,
            principles,
            OutcomeCounts(met=1),
            Ratios(None, None, 0.5),  # 7 of 14 words
            (AgentScore("Bo", overall, principles, OutcomeCounts(met=1)),),
        ),
        turns=(
            JudgedTurn(bot),
            JudgedTurn(waits, Opportunity("implicit", "frustration", 0.4, (Evidence(5, 18),), ("waits",))),
            JudgedTurn(
                angry,
                Opportunity("explicit", "anger", 0.9, (Evidence(5, 14),), ("furious", "shouts"), "met", 4),
            ),
            JudgedTurn(note),
            JudgedTurn(
                answer,
                None,
                (
                    Tag("emotional-acknowledgement", "acknowledging", "names-it", 0.9, (Evidence(0, 14),)),
                    Tag("ownership", "owning", "commits", 0.8, (Evidence(16, 31),)),
                ),
                Response(2, 4, "ack"),
            ),
        ),
        findings=(),
    )


def test_a_finding_of_a_whole_audit() -> None:
    (found,) = AUDITOR.audit(transcript("customer: I am scared.", "agent: What happened?")).findings
    assert found == Finding(
        "shown-partial", "warning", 0.7, 0, 1, "anxiety was answered by ask", "Answer it: scared.",
        (Quote(0, 5, 11), Quote(1, 0, 14)), found.fingerprint,
    )  # fmt: skip


# --- what cannot be judged ---------------------------------------------------------------------------------------


def nothing(reason: str, spoken: Transcript) -> Audit:
    """An audit that found nothing at all."""
    none = dict.fromkeys(("acknowledging", "reflecting", "owning"))
    scores = Scores(None, reason, none, OutcomeCounts(), Ratios())  # type: ignore[arg-type]
    return Audit(spoken, DESK.stamp, scores, tuple(map(JudgedTurn, spoken.turns)), ())


def test_another_language_is_null_and_nothing_of_it_is_judged() -> None:
    german = transcript(
        "customer: Ich bin furious, ich warte noch immer auf das Paket und niemand kann mir sagen, wo es ist.",
        "agent Bo: Calm down, bitte. Wir haben es gestern an Sie geschickt, und Sie haben es noch nicht?",
    )
    assert AUDITOR.audit(german) == nothing("language", german)


@pytest.mark.parametrize(
    ("declared", "foreign"),
    [(None, False), ("en", False), ("en-GB", False), ("EN_us", False), ("de", True), ("de-AT", True), ("", False)],
)
def test_a_declared_language_is_believed(declared: str | None, foreign: bool) -> None:
    spoken = transcript("customer: I am furious.", "agent: That must hurt.", language=declared)
    assert is_foreign(spoken, "en") is foreign
    assert (AUDITOR.audit(spoken).scores.reason == "language") is foreign


def test_declared_english_that_is_plainly_german_is_not_judged_by_english_rules() -> None:
    text = "Ich warte noch immer auf das Paket und niemand kann mir sagen, wo es ist. Bitte helfen Sie mir."
    assert is_foreign(transcript(f"customer: {text}", language="en"), "en")


def test_an_empty_transcript_has_an_audit() -> None:
    empty = transcript()
    assert AUDITOR.audit(empty) == nothing("no-agent", empty)


@pytest.mark.parametrize("role", ["bot", "system", "unknown", "internal agent", "internal customer"])
def test_turns_that_are_not_spoken_are_shown_and_carry_nothing(role: str) -> None:
    text = "I am furious, calm down, that must hurt."
    spoken = transcript("customer: Hello.", f"{role}: {text}", "agent: Hello.")
    assert AUDITOR.audit(spoken).turns[1] == JudgedTurn(spoken.turns[1])


# --- native ------------------------------------------------------------------------------------------------------

ANY_TURN = st.tuples(
    st.sampled_from(["customer", "agent", "agent Bo", "bot", "system", "unknown", "internal agent"]),
    st.one_of(
        st.text(max_size=30),
        st.lists(st.sampled_from(["furious", "still waiting", "That must hurt.", "calm down", "what happened?", "I see.", "!!", "\n", "İ"]), max_size=5).map(" ".join),
    ),
).map(": ".join)  # fmt: skip


@given(st.lists(ANY_TURN, max_size=10))
def test_any_conversation_has_an_audit_in_which_every_turn_comes_back(lines: list[str]) -> None:
    spoken = transcript(*lines)
    audit = AUDITOR.audit(spoken)
    assert tuple(judged.turn for judged in audit.turns) == spoken.turns
    assert (audit.scores.overall is None) == (audit.scores.reason is not None)
    for judged in audit.turns:
        seen = judged.opportunity
        for place in [*(seen.evidence if seen else ()), *(e for tag in judged.tags for e in tag.evidence)]:
            assert judged.turn.text[place.start : place.end].strip()
        assert seen is None or judged.turn.role == "customer"
        assert not judged.tags or judged.turn.role == "agent"
    counted = [j.opportunity.outcome for j in audit.turns if j.opportunity and j.opportunity.emotion != "joy"]
    counts = audit.scores.opportunities
    assert counts.counted + counts.open == sum(outcome is not None for outcome in counted)
    answered = {r.to for j in audit.turns if (r := j.response) is not None}
    assert answered <= {
        at for at, j in enumerate(audit.turns) if j.opportunity and j.opportunity.outcome not in (None, "open")
    }


@given(st.lists(ANY_TURN, max_size=8))
def test_an_audit_is_a_function_of_the_transcript(lines: list[str]) -> None:
    spoken = transcript(*lines)
    assert AUDITOR.audit(spoken) == Auditor(DESK).audit(spoken)
    assert replace(AUDITOR.audit(spoken, explain=True), steps=()) == AUDITOR.audit(spoken)


def test_steps_are_there_on_request_alone() -> None:
    spoken = transcript(*LINES)
    assert AUDITOR.audit(spoken).steps == ()
    steps = AUDITOR.audit(spoken, explain=True).steps
    assert [(s.about, s.kind, s.entry) for s in steps] == [
        (1, "hit", "waits"),
        (1, "opportunity", "none"),
        (2, "hit", "furious"),
        (2, "hit", "shouts"),
        (2, "opportunity", "shown"),
        (4, "hit", "names-it"),
        (4, "hit", "commits"),
        (4, "reply", "ack"),
        (None, "score", "acknowledging"),
        (None, "score", "reflecting"),
        (None, "score", "owning"),
        (None, "score", "overall"),
    ]


def test_steps_tell_what_was_dropped_and_why() -> None:
    ours = rubric(
        markers=[
            marker("guarded", "upset", tag="t", unless=("negated",)),
            marker("strong", "sorry about", tag="s"),
            marker("weak", "sorry", tag="w", yields_to=("s",)),
        ]
    )
    audit = Auditor(ours).audit(transcript("customer: hi", "agent: You are not upset. Sorry about it."), explain=True)
    dropped = [(s.entry, s.text) for s in audit.steps if s.kind == "dropped"]
    assert dropped == [("guarded", "by phrase, dropped: negated"), ("weak", "by phrase, dropped: yields to s")]


def test_entries_in_are_those_that_stand() -> None:
    spoken = transcript("customer: I am furious.", "agent: I am so sorry that must hurt.")
    assert AUDITOR.entries_in(spoken) == {"furious", "names-it"}


# --- the same every time -----------------------------------------------------------------------------------------


def test_a_rubric_travels_between_processes() -> None:
    assert pickle.loads(pickle.dumps(DESK)) == DESK


PROGRAM = """
import json
from empathy_audit import load_rubric
from empathy_audit.audit import Auditor
from empathy_audit.reports import as_json
from tests.rubrics import DESK
from tests.test_audit import conversations
for rubric in (DESK, load_rubric()):
    auditor = Auditor(rubric)
    for spoken in conversations():
        audit = auditor.audit(spoken, explain=True)
        print(json.dumps(as_json(audit)))
        print(audit.steps)
"""


def conversations() -> list[Transcript]:
    """A few with everything in them."""
    return [
        transcript(*LINES, id="one"),
        transcript(
            "customer: I am furious and scared, still waiting, delighted!! My parcel was charged twice.",
            "agent Bo: So you were charged twice. So sorry that must hurt. What happened? Calm down, our policy is clear.",
            "customer: This is the third time I have had to call. I'm so disappointed and angry with you all!",
            "agent Cy: I completely understand how frustrating that is, but it's our policy. Can I take your order number?",
            id="two",
        ),
    ]


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    def output(seed: str) -> bytes:
        environment = os.environ | {"PYTHONHASHSEED": seed}
        return subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True, env=environment).stdout

    first = output("0")
    assert len(first) > 5000
    assert output("1") == first
    assert output("4242") == first


def test_neighbours_in_a_batch_change_nothing() -> None:
    one, two = conversations()
    alone = as_json(Auditor(DESK).audit(two))
    auditor = Auditor(DESK)
    auditor.audit(one, explain=True)
    assert as_json(auditor.audit(two)) == alone


def test_figures_are_rounded_to_three_decimals() -> None:
    def figures(value: Any) -> list[float]:
        if isinstance(value, dict):
            return [f for v in value.values() for f in figures(v)]
        if isinstance(value, list):
            return [f for v in value for f in figures(v)]
        return [value] if isinstance(value, float) else []

    found = [f for spoken in conversations() for f in figures(as_json(AUDITOR.audit(spoken)))]
    assert len(found) > 20
    assert found == [round(f, 3) for f in found]


def test_gladness_acknowledges_no_distress_that_was_plainly_shown() -> None:
    turns = (Turn("customer", "I'm furious, you cancelled my flight!"), Turn("agent", "So happy to hear that!"))
    audit = Auditor(load("empathy")).audit(Transcript("t", turns))
    assert audit.turns[0].opportunity is not None
    assert audit.turns[0].opportunity.outcome in ("partial", "missed")
