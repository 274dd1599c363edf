"""One conversation in Markdown: its score, and each finding with both sides quoted."""

from __future__ import annotations

from collections.abc import Iterator

from empathy_audit.model.audit import Audit, Finding
from empathy_audit.reports.blocks import response_to
from empathy_audit.reports.markdown_text import quoted, text
from empathy_audit.reports.quoting import excerpt
from empathy_audit.reports.telling import Spans, customer_spans, of_customer, quotes, telling
from empathy_audit.reports.wording import MARKS, TREATED, feeling, figure, reason, tally


def conversation(audit: Audit, *, folded: bool) -> Iterator[str]:
    """The lines of a conversation, `folded` up under its heading."""
    heading = " · ".join(_heading(audit))
    if folded:
        yield from (f"<details><summary>{heading}</summary>", "")
    else:
        yield from (heading, "")
    if not audit.findings:
        yield from ("Nothing to act on was found.", "")
    for finding in audit.findings:
        yield from _finding(audit, finding)
        yield ""
    if folded:
        yield "</details>"


def _heading(audit: Audit) -> Iterator[str]:
    scores, transcript = audit.scores, audit.transcript
    name = transcript.id or transcript.source
    yield f"<b>{text(name)}</b> {figure(scores.overall)}"
    if scores.overall is None:
        yield text(reason(scores.reason))
    elif scores.opportunities.counted:
        yield ", ".join(
            part.removeprefix(MARKS["open"] + " ") for part in tally(scores.opportunities) if " 0 " not in part
        )
    if transcript.source not in (name, ""):
        yield text(transcript.source)


def _finding(audit: Audit, finding: Finding) -> Iterator[str]:
    opportunity = audit.turns[finding.turn].opportunity
    quoted_words = quotes(finding)
    if of_customer(audit, finding):
        outcome = (opportunity and opportunity.outcome) or "missed"
        answer = response_to(audit, finding.turn)
        what = f"{MARKS[outcome]} **{outcome}**" + (f": {TREATED[answer[1].reply]}" if answer else "")
        feels = f", {feeling(opportunity)}" if opportunity else ""
        yield f"{what} · turn {finding.turn}{feels} · {finding.severity} · {text(finding.code)}"
        yield ""
        yield _said(audit, finding.turn, customer_spans(finding, opportunity)) + "\\"
        if finding.reply_turn is None:
            yield "> **Agent** did not answer"
        else:
            yield _said(audit, *telling(audit, finding.reply_turn, quoted_words))
    else:
        yield f"! **{finding.severity}** · turn {finding.turn} · {text(finding.code)}"
        yield ""
        yield _said(audit, finding.turn, quoted_words.get(finding.turn, ()))
    yield ""
    better = f"\\\nBetter: {text(finding.suggestion)}" if finding.suggestion else ""
    yield f"Why: {text(finding.message)}{better}"


def _said(audit: Audit, index: int, spans: Spans) -> str:
    turn = audit.turns[index].turn
    return f"> **{text(turn.speaker or turn.role.title())}** {quoted(excerpt(turn.text, spans))}"
