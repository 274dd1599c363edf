"""Hand-made values for tests: conversations from lines of text, audits from what should be in them.

    angry = opportunity("explicit", "anger", 0.8, "furious", outcome="missed", answered_by=1)
    audit("customer: I am furious.", "agent Dana: I see.", opportunities={0: angry})

Evidence is given as words: their first occurrence in the turn is the span.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from empathy_audit.model.audit import (
    PLEASANT,
    AgentScore,
    AgentSummary,
    Audit,
    Batch,
    Evidence,
    Failure,
    Finding,
    JudgedTurn,
    Opportunity,
    OutcomeCounts,
    Quote,
    Ratios,
    Response,
    RubricStamp,
    Scores,
    Step,
    Summary,
    Tag,
)
from empathy_audit.model.transcript import ROLES, Transcript, Turn

STAMP = RubricStamp("empathy", "1.0.0", "0123456789abcdef")


def turn(line: str, **fields: Any) -> Turn:
    """`role: text` or `role Name: text`; `internal agent Dana: text` is a note."""
    label, _, text = line.partition(":")
    internal = label.startswith("internal ")
    role, _, speaker = label.removeprefix("internal ").partition(" ")
    if role not in ROLES:
        raise ValueError(f"{role!r} is no role; expected one of {', '.join(ROLES)}")
    fields.setdefault("visibility", "internal" if internal else "public")
    return Turn(role=role, text=text.removeprefix(" "), speaker=speaker or None, **fields)  # type: ignore[arg-type]


def turns(*lines: str) -> tuple[Turn, ...]:
    """Turns from lines, each with its place in a native file: `#/turns/0`, `#/turns/1`."""
    return tuple(turn(line, source=(f"#/turns/{index}",)) for index, line in enumerate(lines))


def transcript(*lines: str, id: str = "c-1", source: str = "chats/one.json", **fields: Any) -> Transcript:  # noqa: A002
    """A conversation from lines."""
    return Transcript(id=id, turns=turns(*lines), source=source, **fields)


def evidence(text: str, *words: str) -> tuple[Evidence, ...]:
    """Where each of `words` first stands in `text`."""
    return tuple(Evidence(text.index(word), text.index(word) + len(word)) for word in words)


class Words(tuple[str, ...]):
    """Evidence that still has to be looked up in the turn it ends up in."""


def opportunity(
    kind: str = "explicit",
    emotion: str | None = "anger",
    intensity: float = 0.8,
    *words: str,
    outcome: str | None = None,
    answered_by: int | None = None,
    cues: Sequence[str] = (),
) -> Opportunity:
    """An opportunity on `words` of the turn it is given to."""
    return Opportunity(kind, emotion, intensity, Words(words), tuple(cues), outcome, answered_by)  # type: ignore[arg-type]


def tag(
    name: str, *words: str, principle: str | None = None, marker: str | None = None, confidence: float = 0.9
) -> Tag:
    """A tag on `words` of the turn it is given to; marker `some-<name>` unless said."""
    return Tag(name, principle, marker or f"some-{name}", confidence, Words(words))  # type: ignore[arg-type]


def finding(
    code: str,
    turn: int,
    reply_turn: int | None = None,
    *,
    severity: str = "warning",
    message: str = "the feeling was not acknowledged",
    suggestion: str = "",
    words: Mapping[int, str] | None = None,
    confidence: float = 0.8,
) -> Finding:
    """A finding on `words`, by turn."""
    quotes: Any = Words(f"{at}\0{text}" for at, text in (words or {}).items())
    return Finding(code, severity, confidence, turn, reply_turn, message, suggestion, quotes, f"{code}-{turn}")  # type: ignore[arg-type]


def counts(opportunities: Sequence[Opportunity]) -> OutcomeCounts:
    """Outcomes of the opportunities that count: pleasant ones do not."""
    outcomes = Counter(o.outcome for o in opportunities if o.outcome and o.emotion not in PLEASANT)
    return OutcomeCounts(**{str(outcome): count for outcome, count in outcomes.items()})


def audit(
    *lines: str,
    opportunities: Mapping[int, Opportunity] | None = None,
    tags: Mapping[int, Sequence[Tag]] | None = None,
    responses: Mapping[int, tuple[int, int, str]] | None = None,
    findings: Sequence[Finding] = (),
    overall: float | None = 50.0,
    reason: str | None = None,
    principles: Mapping[str, float | None] | None = None,
    ratios: Ratios | None = None,
    agents: Sequence[AgentScore] = (),
    steps: Sequence[Step] = (),
    signals: str | None = None,
    **fields: Any,
) -> Audit:
    """An audit with just what is said; counts follow from the opportunities.

    `responses` is agent turn → (customer turn, level, reply class).
    """
    spoken = transcript(*lines, **fields)
    judged = tuple(
        JudgedTurn(
            one,
            _found((opportunities or {}).get(index), one.text),
            tuple(replace(t, evidence=evidence(one.text, *_words(t.evidence))) for t in (tags or {}).get(index, ())),
            Response(*(responses or {})[index]) if index in (responses or {}) else None,  # type: ignore[arg-type]
        )
        for index, one in enumerate(spoken.turns)
    )
    counted = counts([j.opportunity for j in judged if j.opportunity])
    scores = Scores(
        overall if reason is None else None,
        reason,  # type: ignore[arg-type]
        principles or {},
        counted,
        ratios or Ratios(),
        tuple(agents),
    )
    placed = tuple(replace(f, evidence=_quotes(f.evidence, spoken)) for f in findings)
    return Audit(spoken, STAMP, scores, judged, placed, signals, tuple(steps))


def batch(*outcomes: Audit | Failure, notes: Sequence[str] = (), skipped: int = 0, **summary: Any) -> Batch:
    """A batch of outcomes with a plain summary; `summary` replaces fields of it."""
    audits = tuple(o for o in outcomes if isinstance(o, Audit))
    failures = tuple(o for o in outcomes if isinstance(o, Failure))
    return Batch(
        audits,
        failures,
        replace(summarise(audits, failures, skipped), **summary),
        "empathy-audit",
        "0.1.0",
        STAMP,
        tuple(notes),
    )


def summarise(audits: Sequence[Audit], failures: Sequence[Failure] = (), skipped: int = 0) -> Summary:
    """The figures of a few audits, plainly."""
    scored = [a.scores.overall for a in audits if a.scores.overall is not None]
    names = dict.fromkeys(name for a in audits for name in a.scores.principles)
    people = dict.fromkeys(agent.name for a in audits for agent in a.scores.agents)
    return Summary(
        conversations=len(audits),
        scored=len(scored),
        failures=len(failures),
        mean=_mean(scored),
        principles={name: _mean([a.scores.principles.get(name) for a in audits]) for name in names},
        opportunities=sum((a.scores.opportunities for a in audits), OutcomeCounts()),
        findings=dict(Counter(f.severity for a in audits for f in a.findings)),
        unscored=dict(Counter(a.scores.reason for a in audits if a.scores.reason)),
        agents=tuple(_agent(name, [g for a in audits for g in a.scores.agents if g.name == name]) for name in people),
        skipped=skipped,
    )


def _agent(name: str, parts: Sequence[AgentScore]) -> AgentSummary:
    principles = dict.fromkeys(key for part in parts for key in part.principles)
    return AgentSummary(
        name,
        len(parts),
        _mean([part.overall for part in parts]),
        {key: _mean([part.principles.get(key) for part in parts]) for key in principles},
        sum((part.opportunities for part in parts), OutcomeCounts()),
    )


def _mean(scores: Sequence[float | None]) -> float | None:
    known = [score for score in scores if score is not None]
    return round(sum(known) / len(known), 3) if known else None


def _found(found: Opportunity | None, text: str) -> Opportunity | None:
    return found and replace(found, evidence=evidence(text, *_words(found.evidence)))


def _words(given: Any) -> tuple[str, ...]:
    return tuple(given)


def _quotes(given: Any, spoken: Transcript) -> tuple[Quote, ...]:
    out = []
    for at, words in (part.split("\0") for part in given):
        (span,) = evidence(spoken.turns[int(at)].text, words)
        out.append(Quote(int(at), span.start, span.end))
    return tuple(out)
