"""Which words of a conversation a finding is told by: the same ones in every report for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from empathy_audit.model.audit import Audit, Finding, Opportunity
from empathy_audit.reports.blocks import block

ACKNOWLEDGING = ("emotional-acknowledgement", "validation", "reflective-response")
Spans = Sequence[tuple[int, int]]


def of_customer(audit: Audit, finding: Finding) -> bool:
    """Whether it is about an opportunity, rather than about words of an agent."""
    return audit.turns[finding.turn].turn.role == "customer"


def quotes(finding: Finding) -> dict[int, list[tuple[int, int]]]:
    """The evidence by turn, as `[start, end)` of its text."""
    out: dict[int, list[tuple[int, int]]] = {}
    for quote in finding.evidence:
        out.setdefault(quote.turn, []).append((quote.start, quote.end))
    return out


def customer_spans(finding: Finding, opportunity: Opportunity | None) -> Spans:
    """The evidence in the customer's turn: the finding's, else the opportunity's."""
    own = quotes(finding).get(finding.turn)
    return own or [(e.start, e.end) for e in (opportunity.evidence if opportunity else ())]


def telling(audit: Audit, first: int, quoted: Mapping[int, Spans]) -> tuple[int, Spans]:
    """The most telling turn of the answer that begins at `first`, with its evidence.

    One that is quoted, or one that acknowledges, or the first.
    """
    members = [at for at in block(audit, first) if at >= first]
    best = next((at for at in members if quoted.get(at)), None)
    if best is None:
        best = next((at for at in members if any(t.tag in ACKNOWLEDGING for t in audit.turns[at].tags)), first)
    return best, quoted.get(best) or [(e.start, e.end) for tag in audit.turns[best].tags for e in tag.evidence]
