"""One line a finding, for grep, editors and pre-commit: `file:line: code message`.

    chats/broadband.txt:48: distress-missed frustration was shown and the answer went on to procedure
    calls.json#/2/turns/7: calm-down tells the customer how to feel
    broken.json: unreadable not JSON: ...

The place is the customer turn's (the agent turn's for counter-empathic words). Failures come in the same shape with
their kind for a code. Every line is a finding or a failure: no headings and no closing count, so that `wc -l` counts
and `grep` finds; no findings, no output.
"""

from __future__ import annotations

from empathy_audit.model.audit import Audit, Failure
from empathy_audit.reports.base import Report, rendered_by_line
from empathy_audit.reports.places import place
from empathy_audit.reports.visible import visible


def line(outcome: Audit | Failure) -> str:
    """The lines of one outcome, in the order of the findings."""
    if isinstance(outcome, Failure):
        return _line(outcome.source, outcome.kind, outcome.message)
    return "".join(
        _line(place(outcome.transcript, finding.turn), finding.code, finding.message) for finding in outcome.findings
    )


def _line(where: str, code: str, message: str) -> str:
    return visible(f"{where}: {code} {message}") + "\n"


CONCISE = Report(
    name="concise",
    suffix="",
    about="one line for each finding: file:line: code message",
    render=rendered_by_line(line),
    line=line,
)
