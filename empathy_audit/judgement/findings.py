"""What to act on: missed opportunities with both sides quoted, and counter-empathic words with a better wording."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from empathy_audit.judgement.episodes import Course, Episode
from empathy_audit.judgement.tagging import Entries
from empathy_audit.model.audit import SEVERITIES, Finding, Quote, Severity
from empathy_audit.model.rubric import COUNTER_TAG
from empathy_audit.model.transcript import Transcript

_QUOTED_CHARACTERS = 120


class _Draft(NamedTuple):
    code: str
    severity: Severity
    confidence: float
    turn: int
    reply_turn: int | None
    message: str
    suggestion: str
    evidence: tuple[Quote, ...]
    customer_text: str
    agent_text: str


def find(transcript: Transcript, course: Course, entries: Entries) -> tuple[Finding, ...]:
    """The findings of a conversation by place, the graver first where they share one."""
    drafts = [*_unmet(transcript, course, entries), *_counter(transcript, course, entries)]
    if not drafts:
        return ()
    drafts.sort(key=lambda d: (d.turn, -SEVERITIES.index(d.severity), d.code, d.reply_turn or 0, d.evidence))
    seen: dict[tuple[str, str, str], int] = {}
    findings = []
    for draft in drafts:
        key = (draft.code, draft.customer_text, draft.agent_text)
        occurrence = seen.get(key, 0)
        seen[key] = occurrence + 1
        findings.append(
            Finding(
                draft.code, draft.severity, draft.confidence, draft.turn, draft.reply_turn, draft.message, draft.suggestion, draft.evidence,
                fingerprint(draft.code, transcript.id, draft.customer_text, draft.agent_text, occurrence),
            )
        )  # fmt: skip
    return tuple(findings)


def fingerprint(code: str, transcript_id: str, customer_text: str, agent_text: str, occurrence: int) -> str:
    """A name for a finding that outlives moves, upgrades and new wordings of the rubric (contract: what it is made over)."""
    return digest(code, transcript_id, customer_text, agent_text, str(occurrence))


def digest(*parts: str) -> str:
    """The sha256, in hexadecimal, over some texts in order."""
    # Each part is preceded by its length, so that no two different findings can run together into the same bytes.
    data = b""
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        data += len(raw).to_bytes(8, "big") + raw
    return hashlib.sha256(data).hexdigest()


def _unmet(transcript: Transcript, course: Course, entries: Entries) -> Iterator[_Draft]:
    for episode in course.episodes:
        severity = _severity(episode)
        if severity is None or episode.answer is None or episode.treatment is None:
            continue
        opportunity, reply_turn = episode.opportunity, episode.answer.turns[0]
        customer, answer = transcript.turns[episode.turn].text, transcript.turns[reply_turn].text
        message = episode.rule.messages.get(episode.treatment.reply, "").replace(
            "{emotion}", opportunity.emotion or "distress"
        )
        if episode.repeated:
            message += "; what the customer showed before was not acknowledged either"
        yield _Draft(
            code=f"{episode.rule.id}-{episode.outcome}",
            severity=severity,
            confidence=round(max((entries.cues[c].confidence for c in opportunity.cues), default=0.5), 3),
            turn=episode.turn,
            reply_turn=reply_turn,
            message=message,
            suggestion=_suggestion(episode, customer),
            evidence=(
                *(Quote(episode.turn, e.start, e.end) for e in opportunity.evidence),
                Quote(reply_turn, 0, len(answer)),
            ),
            customer_text=customer,
            agent_text=_text(transcript, episode.answer.turns),
        )


def _severity(episode: Episode) -> Severity | None:
    outcome, rule = episode.outcome, episode.rule
    severity = rule.missed if outcome == "missed" else rule.partial if outcome == "partial" else None
    if severity is None or not episode.repeated:
        return severity
    return SEVERITIES[min(SEVERITIES.index(severity) + 1, len(SEVERITIES) - 1)]


def _suggestion(episode: Episode, customer: str) -> str:
    wordings = (
        episode.rule.suggestions.get(episode.opportunity.emotion or "any")
        or episode.rule.suggestions.get("any")
        or ("",)
    )
    # Neighbouring findings get different wordings, and the same finding always the same one.
    wording = wordings[episode.turn % len(wordings)]
    first = episode.opportunity.evidence[0]
    last = episode.opportunity.evidence[-1]
    words = " ".join(customer[first.start : last.end].split())
    if len(words) > _QUOTED_CHARACTERS:
        words = " ".join(customer[first.start : first.end].split())[:_QUOTED_CHARACTERS]
    return wording.replace("{words}", words)


def _counter(transcript: Transcript, course: Course, entries: Entries) -> Iterator[_Draft]:
    heard: int | None = None
    for block in course.blocks:
        if block.side == "customer":
            heard = block.turns[-1]
            continue
        seen: set[str] = set()
        for index in block.turns:
            for tag in course.tagged[index].tags:
                if tag.tag != COUNTER_TAG or tag.marker in seen:
                    continue
                seen.add(tag.marker)
                entry = entries.counter[tag.marker]
                yield _Draft(
                    code=entry.id,
                    severity=entry.severity,
                    confidence=tag.confidence,
                    turn=index,
                    reply_turn=index,
                    message=entry.message,
                    suggestion=entry.better,
                    evidence=tuple(Quote(index, e.start, e.end) for e in tag.evidence),
                    customer_text=transcript.turns[heard].text if heard is not None else "",
                    agent_text=_text(transcript, block.turns),
                )


def _text(transcript: Transcript, turns: Sequence[int]) -> str:
    return "\n".join(transcript.turns[i].text for i in turns)
