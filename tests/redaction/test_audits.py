"""A redacted audit: the same judgement over masked words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from empathy_audit import Auditor, load_rubric
from empathy_audit.model.audit import Audit, Failure
from empathy_audit.model.transcript import Transcript
from empathy_audit.redaction import Redactor, redactor
from empathy_audit.redaction.audits import redact_audit
from empathy_audit.redaction.conversation import agent_stand_in
from empathy_audit.reports import REPORTS, View
from empathy_audit.reports.explanation import explanation

from tests.build import batch, turns
from tests.reports.elsewhere import with_figures
from tests.reports.test_failures import words

PERSONAL = ("jane", "okafor", "dana", "smith", "40771", "example.com", "7700", "privet", "husband tom", "1985")
LINES = (
    "customer Jane Okafor: My name is Jane Okafor. This is the third time I write, order 40771-22 to 14 Privet Drive never came, I'm furious!",
    "agent Dana Smith: Hello Jane, Dana here. What is your date of birth and your email?",
    "customer Jane Okafor: 03/04/1985, jane@example.com. Nobody rang me on 07700 900123, I'm so upset, Dana! My husband Tom cried.",
    "agent Dana Smith: You need to calm down, Mrs Okafor. It's our policy.",
    "customer Jane Okafor: Great. Just great.",
    "agent Dana Smith: I can see how upset you are, Jane. I'll look into it.",
)


@pytest.fixture(scope="module")
def audit() -> Audit:
    transcript = Transcript(
        "okafor-17",
        turns(*LINES),
        source="chats/jane_okafor.json",
        channel="chat",
        started_at="2026-03-02T09:14:00Z",
        meta={"email": "jane@example.com", "queue": "returns"},
    )
    return Auditor(load_rubric("empathy")).audit(transcript, explain=True)


def test_the_judgement_is_the_same(audit: Audit) -> None:
    masked = redact_audit(audit)

    def verdicts(one: Audit) -> object:
        return (
            replace(one.scores, agents=tuple(replace(agent, name="") for agent in one.scores.agents)),
            [(t.turn.role, t.response, [(g.tag, g.marker, g.confidence) for g in t.tags]) for t in one.turns],
            [t.opportunity and replace(t.opportunity, evidence=()) for t in one.turns],
            [(f.code, f.severity, f.turn, f.reply_turn, f.fingerprint) for f in one.findings],
        )

    assert verdicts(masked) == verdicts(audit)
    assert audit.findings, "a conversation without findings proves nothing"


def test_what_is_quoted_lies_in_the_masked_words(audit: Audit) -> None:
    masked = redact_audit(audit)
    quoted = 0
    for old, new in zip(audit.turns, masked.turns, strict=True):
        for found in (old.opportunity, *old.tags):
            assert found is None or found.evidence
        pairs = [
            *zip(old.tags, new.tags, strict=True),
            *([(old.opportunity, new.opportunity)] if old.opportunity and new.opportunity else []),
        ]
        for before, after in pairs:
            for was, now in zip(before.evidence, after.evidence, strict=True):
                words_before = old.turn.text[was.start : was.end]
                words_after = new.turn.text[now.start : now.end]
                quoted += 1
                assert words_after
                if not any(word in words_before.casefold() for word in PERSONAL):
                    assert words_after == words_before
    assert quoted > 5


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_no_format_tells_anything_personal(report: object, audit: Audit) -> None:
    masked = redact_audit(audit)
    failure = Failure("inbox/jane@example.com.json", "broken", 'line 3: role "Jane Okafor" is unknown')
    both = with_figures(batch(masked, Redactor().failure(failure)))
    told = words(report, report.render(both, View(width=200, verbose=1))).casefold()  # type: ignore[attr-defined, arg-type]
    assert [word for word in PERSONAL if word in told] == []
    plain = words(report, report.render(with_figures(batch(audit)), View(width=200, verbose=1))).casefold()  # type: ignore[attr-defined, arg-type]
    assert report.name in ("summary", "junit") or any(word in plain for word in PERSONAL)  # type: ignore[attr-defined]


def test_an_explanation_tells_nothing_personal(audit: Audit) -> None:
    masked = redact_audit(audit)
    for turn in range(len(audit.turns)):
        told = explanation(masked, turn, View(width=200)).casefold()
        assert [word for word in PERSONAL if word in told] == []


def test_ids_and_places_lead_back_to_the_conversation_and_name_nobody(audit: Audit) -> None:
    masked = redact_audit(audit).transcript
    assert masked.started_at == "2026-03-02T09:14:00Z"
    assert masked.meta == {"email": "[TEXT]", "queue": "returns"}
    assert masked.turns[1].speaker == agent_stand_in("Dana Smith")
    assert masked.id.startswith("[NAME-")
    assert masked.id.endswith("]-17")
    assert masked.source.startswith("chats/[NAME-")
    assert masked.source.endswith(".json")
    assert [turn.source for turn in masked.turns] == [(f"#/turns/{at}",) for at in range(6)]


def test_off_changes_nothing(audit: Audit) -> None:
    off = redactor("off")
    failure = Failure("jane@example.com.json", "broken", "jane@example.com")
    assert off.audit(audit) is audit
    assert off.failure(failure) is failure
    assert off.transcript(audit.transcript) is audit.transcript
    assert (off.path("Jane.txt"), off.message("Jane")) == ("Jane.txt", "Jane")
