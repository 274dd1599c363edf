"""One conversation: its head, moments done well, then what was missed and what could have been said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.text import Text

from empathy_audit.model.audit import Audit, Finding, Outcome, Severity
from empathy_audit.reports.blocks import block, response_to
from empathy_audit.reports.quoting import excerpt
from empathy_audit.reports.telling import Spans, customer_spans, of_customer, quotes, telling
from empathy_audit.reports.terminal.canvas import Canvas, quoted, shown, styled
from empathy_audit.reports.terminal.scorecard import draw_curve, draw_origin, draw_scorecard
from empathy_audit.reports.wording import MARKS, TREATED, feeling, plural, spaced

MOMENTS = 3
SUGGESTIONS = 3
_LABEL = 12


def draw_conversation(canvas: Canvas, audit: Audit, verbose: int = 0) -> None:
    """Everything about one conversation. Without `verbose` at most three suggestions, and the rest counted."""
    canvas.rule(audit.transcript.id or audit.transcript.source)
    draw_origin(canvas, audit)
    canvas.blank()
    draw_scorecard(canvas, audit.scores)
    draw_curve(canvas, audit)
    _moments(canvas, audit)
    missed = [f for f in audit.findings if of_customer(audit, f) and f.severity != "suggestion"]
    counter = [f for f in audit.findings if not of_customer(audit, f) and f.severity != "suggestion"]
    advice = [f for f in audit.findings if f.severity == "suggestion"]
    _findings(canvas, audit, "Opportunities missed or met in part", missed)
    _findings(canvas, audit, "Words that work against empathy", counter)
    _findings(canvas, audit, "Could be better still", advice if verbose else advice[:SUGGESTIONS])
    if len(advice) > SUGGESTIONS and not verbose:
        canvas.write(f"{plural(len(advice) - SUGGESTIONS, 'more suggestion')}: -v shows all", indent=2)
        canvas.blank()


def _moments(canvas: Canvas, audit: Audit) -> None:
    best = best_moments(audit)
    if not best:
        return
    canvas.heading("Done well")
    for index, answer, level in best:
        opportunity = audit.turns[index].opportunity
        assert opportunity is not None  # noqa: S101 (best_moments takes none without)
        note = f"turn {index} → {answer}, {feeling(opportunity)}, answered at level {level} of 5"
        canvas.write(note, indent=2, lead=styled((MARKS["met"], "met"), " "))
        _customer_words(canvas, audit, index, [(e.start, e.end) for e in opportunity.evidence])
        _agent_words(canvas, audit, answer, {})
        tags = dict.fromkeys(tag.tag for at in block(audit, answer) for tag in audit.turns[at].tags)
        if tags:
            _labelled(canvas, "Shows", styled(", ".join(spaced(shown(tag, 40)) for tag in tags)))
        canvas.blank()


def best_moments(audit: Audit, most: int = MOMENTS) -> list[tuple[int, int, int]]:
    """Up to `most` opportunities that were met, as (customer turn, agent turn, level), in the conversation's order.

    The best are those answered at the highest level, then the most intense; joy and gratitude come last.
    """
    found: list[tuple[tuple[bool, int, float, int], tuple[int, int, int]]] = []
    for index, judged in enumerate(audit.turns):
        if judged.opportunity is None or judged.opportunity.outcome != "met":
            continue
        answer = response_to(audit, index)
        if answer is not None:
            at, response = answer
            pleasant = judged.opportunity.pleasant
            found.append(
                ((pleasant, -response.level, -judged.opportunity.intensity, index), (index, at, response.level))
            )
    return sorted(moment for _, moment in sorted(found)[:most])


def _findings(canvas: Canvas, audit: Audit, title: str, findings: Sequence[Finding]) -> None:
    if not findings:
        return
    canvas.heading(title, f"{len(findings)}")
    for finding in findings:
        if of_customer(audit, finding):
            _missed(canvas, audit, finding)
        else:
            _counter(canvas, audit, finding)
        canvas.blank()


def _missed(canvas: Canvas, audit: Audit, finding: Finding) -> None:
    opportunity = audit.turns[finding.turn].opportunity
    where = f"turn {finding.turn}" + (f" → {finding.reply_turn}" if finding.reply_turn is not None else "")
    outcome: Outcome = (opportunity and opportunity.outcome) or "missed"
    answer = response_to(audit, finding.turn)
    shown_feeling = f"{feeling(opportunity)}, " if opportunity else ""
    how = f": {TREATED[answer[1].reply]}" if answer else ""
    head = styled(f"{where}, {shown_feeling}", (outcome, outcome), how, *_severity(finding))
    canvas.write(head, indent=2, lead=styled((MARKS[outcome], outcome), " "))
    _customer_words(canvas, audit, finding.turn, customer_spans(finding, opportunity))
    if finding.reply_turn is None:
        _labelled(canvas, "Agent", styled("did not answer"))
    else:
        _agent_words(canvas, audit, finding.reply_turn, quotes(finding))
    _labelled(canvas, "Why", styled(shown(finding.message, 600)))
    _suggestion(canvas, finding)


def _counter(canvas: Canvas, audit: Audit, finding: Finding) -> None:
    canvas.write(
        styled(f"turn {finding.turn}", *_severity(finding)), indent=2, lead=styled(("!", finding.severity), " ")
    )
    _words(canvas, audit, finding.turn, quotes(finding).get(finding.turn, []))
    _labelled(canvas, "Why", styled(shown(finding.message, 600)))
    _suggestion(canvas, finding)


def _severity(finding: Finding) -> tuple[str | tuple[str, str], ...]:
    severity: Severity = finding.severity
    return (" · ", (severity, severity), (f" · {shown(finding.code, 60)}", "quiet"))


def _suggestion(canvas: Canvas, finding: Finding) -> None:
    if finding.suggestion:
        _labelled(canvas, "Better", styled(shown(finding.suggestion, 600)))


def _customer_words(canvas: Canvas, audit: Audit, index: int, spans: Spans) -> None:
    _labelled(canvas, "Customer", quoted(excerpt(audit.turns[index].turn.text, spans)))


def _agent_words(canvas: Canvas, audit: Audit, first: int, quoted_words: Mapping[int, Spans]) -> None:
    _words(canvas, audit, *telling(audit, first, quoted_words))


def _words(canvas: Canvas, audit: Audit, index: int, spans: Spans) -> None:
    turn = audit.turns[index].turn
    name = shown(turn.speaker or turn.role.title())
    if cell_len(name) > _LABEL - 2:
        name = shown(name.split()[0], _LABEL - 2)
    _labelled(canvas, name, quoted(excerpt(turn.text, spans)))


def _labelled(canvas: Canvas, label: str, text: Text) -> None:
    canvas.labelled(label, text, indent=4, column=_LABEL)
