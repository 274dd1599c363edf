"""Audit → verdict: masked, as a line of JSON, with the audit or without. It runs where the judging runs, in whatever process."""

from __future__ import annotations

from dataclasses import dataclass

from empathy_audit.batch.verdict import Verdict, concluded
from empathy_audit.model.audit import Audit
from empathy_audit.redaction import Redactor
from empathy_audit.reports.jsonl import line


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a run makes of each audit: `redactor` masks it first; `line` and `audit` say what of it is wanted."""

    redactor: Redactor
    line: bool
    audit: bool

    def __call__(self, audit: Audit) -> Verdict:
        """The verdict of one audit."""
        masked = self.redactor.audit(audit)
        return concluded(masked, line(masked).encode() if self.line else b"", keep=self.audit)
