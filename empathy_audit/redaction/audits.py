"""Audit → audit, transcript → transcript, failure → failure: everything that a report may show, masked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from empathy_audit.model.audit import AgentScore, Audit, Evidence, Failure, Finding, JudgedTurn, Quote, Step
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.redaction.conversation import Redacted, agent_stand_in, redact_turns
from empathy_audit.redaction.labels import (
    conversation_key,
    file_names,
    label_names,
    masked_label,
    masked_message,
    masked_meta,
    masked_moment,
)
from empathy_audit.redaction.masked import Masked
from empathy_audit.redaction.spans import Finder

_QUOTED = re.compile(r'"([^"\n]{1,400})"|“([^”\n]{1,400})”')
_WORD = re.compile(r"\w{1,60}")


def redact_transcript(transcript: Transcript, also: Finder | None = None) -> Transcript:
    """The transcript with everything personal masked; `also` finds spans beyond the built-in ones."""
    return _transcript(transcript, redact_turns(transcript, also))


def redact_audit(audit: Audit, also: Finder | None = None) -> Audit:
    """The audit with everything personal masked. Offsets fit the masked texts; scores, tags, outcomes and fingerprints are as they were."""
    redacted = redact_turns(audit.transcript, also)
    transcript = _transcript(audit.transcript, redacted)
    judged = zip(audit.turns, transcript.turns, redacted.texts, strict=True)
    agents = tuple(_agent(agent) for agent in audit.scores.agents)
    return replace(
        audit,
        transcript=transcript,
        scores=replace(audit.scores, agents=agents),
        turns=tuple(_judged(old, turn, masked) for old, turn, masked in judged),
        findings=tuple(_finding(finding, redacted) for finding in audit.findings),
        steps=tuple(_step(step, redacted) for step in audit.steps),
    )


def redact_failure(failure: Failure) -> Failure:
    """The failure with its message masked; of its place what is needed to find it again."""
    return replace(failure, source=redact_path(failure.source), message=masked_message(failure.message))


def redact_path(path: str) -> str:
    """A file name that nothing else is known about: without mail addresses, telephone numbers and given names."""
    return masked_label(path, "0", file_names)


def _transcript(transcript: Transcript, redacted: Redacted) -> Transcript:
    key = conversation_key([masked.text for masked in redacted.texts])

    def label(text: str) -> str:
        return masked_label(text, key, label_names(redacted))

    def word(text: str | None) -> str | None:
        return None if text is None else redacted.text(text)

    parts = zip(transcript.turns, redacted.texts, redacted.speakers, strict=True)
    return replace(
        transcript,
        id=label(transcript.id),
        turns=tuple(_turn(turn, masked, speaker, label, redacted.text) for turn, masked, speaker in parts),
        source=label(transcript.source),
        channel=word(transcript.channel),
        started_at=masked_moment(transcript.started_at, redacted.text),
        language=word(transcript.language),
        meta=masked_meta(transcript.meta, redacted.text),
    )


def _turn(
    turn: Turn, masked: Masked, speaker: str | None, label: Callable[[str], str], text: Callable[[str], str]
) -> Turn:
    return replace(
        turn,
        text=masked.text,
        speaker=speaker,
        at=masked_moment(turn.at, text),
        source=tuple(label(place) for place in turn.source),
    )


def _judged(judged: JudgedTurn, turn: Turn, masked: Masked) -> JudgedTurn:
    found = judged.opportunity
    return replace(
        judged,
        turn=turn,
        opportunity=found and replace(found, evidence=_evidence(found.evidence, masked)),
        tags=tuple(replace(tag, evidence=_evidence(tag.evidence, masked)) for tag in judged.tags),
    )


def _agent(agent: AgentScore) -> AgentScore:
    return replace(agent, name=agent_stand_in(agent.name))


def _evidence(evidence: Iterable[Evidence], masked: Masked) -> tuple[Evidence, ...]:
    return tuple(Evidence(*masked.range(words.start, words.end)) for words in evidence)


def _finding(finding: Finding, redacted: Redacted) -> Finding:
    quotes = tuple(Quote(q.turn, *redacted.texts[q.turn].range(q.start, q.end)) for q in finding.evidence)
    own = [q for q in finding.evidence if q.turn == finding.turn]
    return replace(
        finding,
        message=_without_quotes(finding.message, own, redacted),
        suggestion=_without_quotes(finding.suggestion, own, redacted),
        evidence=quotes,
    )


def _without_quotes(text: str, own: Sequence[Quote], redacted: Redacted) -> str:
    """Words of the rubric into which the customer's may be woven: those are masked as they are in their turn.

    The rubric's own words stay, where the customer's can be told from them.
    """
    for quote in _candidates(own):
        original = redacted.texts[quote.turn].original
        words = _flat(original[quote.start : quote.end])
        if words and words in text:
            start, end = redacted.texts[quote.turn].range(quote.start, quote.end)
            return text.replace(words, _flat(redacted.texts[quote.turn].text[start:end]))
    return redacted.text(_values(text, redacted))


def _candidates(own: Sequence[Quote]) -> list[Quote]:
    """Longest first: what a suggestion quotes is the evidence from its first word to its last, or the first piece of it."""
    if not own:
        return []
    return [Quote(own[0].turn, own[0].start, own[-1].end), *sorted(own, key=lambda q: q.start - q.end)]


def _values(text: str, redacted: Redacted) -> str:
    """The text without any of the very words that were masked in the turns."""
    for masked in redacted.texts:
        for span, stand_in in zip(masked.spans, masked.stand_ins, strict=True):
            words = _flat(masked.original[span.start : span.end])
            if len(words) > 3 and words in text:
                text = text.replace(words, stand_in)
    return text


def _step(step: Step, redacted: Redacted) -> Step:
    if step.about is None:
        return replace(step, text=redacted.text(step.text))
    masked = redacted.texts[step.about]
    gone = {
        word.casefold()
        for turn in redacted.texts
        for span in turn.spans
        for word in _WORD.findall(turn.original[span.start : span.end])
    }

    def cleaned(quote: re.Match[str]) -> str:
        return _WORD.sub(lambda word: "[TEXT]" if word[0].casefold() in gone else word[0], quote[0])

    return replace(step, text=_QUOTED.sub(cleaned, step.text), evidence=_evidence(step.evidence, masked))


def _flat(text: str) -> str:
    return " ".join(text.split())
