"""An audit → what the templates print of a conversation: turns with their marks, what was missed, what could have been said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from empathy_audit.model.audit import SEVERITIES, AgentScore, Audit, Finding, JudgedTurn, Opportunity, Outcome, Scores
from empathy_audit.model.rubric import COUNTER_TAG
from empathy_audit.reports.blocks import block, response_to
from empathy_audit.reports.html.pieces import Piece, pieces
from empathy_audit.reports.quoting import excerpt
from empathy_audit.reports.wording import REPLIES, TREATED, feeling, plural, ratios, spaced

_QUOTE = 60
_MINUTE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Note:
    """A finding under the words that it is about. `opened` unless it is a mere suggestion."""

    severity: str
    code: str
    outcome: str
    about: int
    head: str
    why: str
    better: str
    opened: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A tag of an agent turn with the words that it rests on; `against` for those that work against empathy."""

    name: str
    quote: str
    against: bool


@dataclass(frozen=True, slots=True)
class TurnView:
    """A turn. `side` names its style; `outcome` is empty where no opportunity counts; `remark` says what was felt or answered."""

    index: int
    side: str
    speaker: str
    time: str
    pieces: tuple[Piece, ...]
    outcome: str
    remark: str
    labels: tuple[Label, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Jump:
    """A link to an opportunity that was not met at once, or to words against empathy."""

    turn: int
    outcome: str
    text: str


@dataclass(frozen=True, slots=True)
class ConversationView:
    """A conversation. `anchor` is what links to it end in, turns `<anchor>-t<index>`; `picture` is SVG or empty."""

    anchor: str
    name: str
    about: tuple[str, ...]
    agents: tuple[AgentScore, ...]
    scores: Scores
    ratios: tuple[str, ...]
    jumps: tuple[Jump, ...]
    turns: tuple[TurnView, ...]
    opened: bool
    picture: str


def conversation(audit: Audit, anchor: str, picture: str, *, opened: bool) -> ConversationView:
    """The view. `opened` shows the transcript from the beginning even where there is nothing to act on."""
    transcript = audit.transcript
    notes = _notes(audit)
    return ConversationView(
        anchor=anchor,
        name=transcript.id or transcript.source,
        about=tuple(_about(audit)),
        agents=audit.scores.agents if len(audit.scores.agents) > 1 else (),
        scores=audit.scores,
        ratios=tuple(ratios(audit.scores.ratios)),
        jumps=tuple(_jumps(audit)),
        turns=tuple(_turn(audit, at, notes.get(at, ())) for at in range(len(audit.turns))),
        opened=opened or worst(audit) > 0,
        picture=picture,
    )


def worst(audit: Audit) -> int:
    """How severe its worst finding is: 0 none or a mere suggestion, 1 a warning, 2 an error."""
    return max((SEVERITIES.index(finding.severity) for finding in audit.findings), default=0)


def _about(audit: Audit) -> Iterator[str]:
    transcript = audit.transcript
    if transcript.source and transcript.source != transcript.id:
        yield transcript.source
    yield from (part for part in (transcript.channel, transcript.started_at) if part)
    if transcript.agents:
        yield f"agent{'s' if len(transcript.agents) > 1 else ''} {', '.join(transcript.agents)}"
    yield plural(len(transcript.turns), "turn")


def _jumps(audit: Audit) -> Iterator[Jump]:
    found: dict[int, Jump] = {}
    for at, judged in enumerate(audit.turns):
        shown = judged.opportunity
        if shown is not None and shown.outcome is not None and shown.counted and shown.outcome != "met":
            found[at] = Jump(at, shown.outcome, feeling(shown))
    for finding in audit.findings:
        if finding.severity != "suggestion":
            found.setdefault(finding.turn, Jump(finding.turn, "", spaced(finding.code)))
    return iter(found[at] for at in sorted(found))


def _turn(audit: Audit, index: int, notes: Sequence[Note]) -> TurnView:
    judged = audit.turns[index]
    turn = judged.turn
    return TurnView(
        index=index,
        side="note" if turn.visibility == "internal" else turn.role,
        speaker=turn.speaker or turn.role.title(),
        time=_time(judged),
        pieces=pieces(turn.text, _spans(audit, index)),
        outcome=_outcome(judged.opportunity),
        remark=_remark(judged),
        labels=tuple(_labels(judged)),
        notes=tuple(notes),
    )


def _time(judged: JudgedTurn) -> str:
    """When it was said: the clock time as the file gave it, or minutes and seconds from the start."""
    turn = judged.turn
    if turn.at:
        return turn.at[:16].replace("T", " ") if _MINUTE.match(turn.at) else turn.at
    if turn.start_ms is None:
        return ""
    minutes, seconds = divmod(turn.start_ms // 1000, 60)
    return f"{minutes}:{seconds:02}"


def _spans(audit: Audit, index: int) -> Iterator[tuple[int, int, str]]:
    judged = audit.turns[index]
    if judged.opportunity is not None:
        kind = "joy" if judged.opportunity.pleasant else "felt"
        yield from ((e.start, e.end, kind) for e in judged.opportunity.evidence)
    for tag in judged.tags:
        kind = "against" if tag.tag == COUNTER_TAG else "shown"
        yield from ((e.start, e.end, kind) for e in tag.evidence)
    for finding in audit.findings:
        if finding.severity != "suggestion" and judged.turn.role != "customer":
            yield from ((q.start, q.end, "against") for q in finding.evidence if q.turn == index)


def _outcome(found: Opportunity | None) -> str:
    return found.outcome or "" if found else ""


def _remark(judged: JudgedTurn) -> str:
    parts = []
    if judged.opportunity is not None:
        strength = "" if judged.opportunity.pleasant else f", intensity {judged.opportunity.intensity * 100:.0f} %"
        parts.append(feeling(judged.opportunity) + strength)
    if judged.response is not None:
        answer = judged.response
        parts.append(f"to turn {answer.to}: {REPLIES[answer.reply]}, level {answer.level} of 5")
    return "; ".join(parts)


def _labels(judged: JudgedTurn) -> Iterator[Label]:
    for tag in judged.tags:
        quote = (
            excerpt(judged.turn.text[tag.evidence[0].start : tag.evidence[0].end], limit=_QUOTE).text
            if tag.evidence
            else ""
        )
        yield Label(spaced(tag.tag), quote, tag.tag == COUNTER_TAG)


def _notes(audit: Audit) -> dict[int, list[Note]]:
    """Findings by the turn under which they stand: the last of the answer to what was missed, else the turn they are about."""
    out: dict[int, list[Note]] = {}
    for finding in audit.findings:
        out.setdefault(_under(audit, finding), []).append(_note(audit, finding))
    return out


def _under(audit: Audit, finding: Finding) -> int:
    if finding.reply_turn is None:
        return finding.turn
    return max(at for at in block(audit, finding.reply_turn) if at >= finding.reply_turn)


def _note(audit: Audit, finding: Finding) -> Note:
    opportunity = audit.turns[finding.turn].opportunity
    outcome: Outcome | None = opportunity.outcome if opportunity else None
    if opportunity is None:
        head = "Words that work against empathy"
    else:
        answer = response_to(audit, finding.turn)
        how = f": {TREATED[answer[1].reply]}" if answer else ""
        head = f"{feeling(opportunity)[:1].upper()}{feeling(opportunity)[1:]} of turn {finding.turn}{how}"
    return Note(
        finding.severity, finding.code, outcome or "", finding.turn, head, finding.message, finding.suggestion,
        opened=finding.severity != "suggestion",
    )  # fmt: skip


def principles_short(principles: Mapping[str, float | None]) -> dict[str, float]:
    """The principles that were judged and fell short of full marks, with their scores."""
    return {name: score for name, score in principles.items() if score is not None and score < 100}
