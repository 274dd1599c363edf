"""What a run takes of a conversation that was judged: a few figures, the line that is written of it, the audit where it is wanted.

An audit is large, and every outcome of a run passes through one process. So whatever is made of an audit alone is made
where it was judged, and what then travels is as little as the run has use for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from empathy_audit.model.audit import Audit, Scores, Severity
from empathy_audit.model.packing import packed


@packed
@dataclass(frozen=True, slots=True)
class Verdict:
    """One conversation that was judged.

    `source` and `id` are its transcript's, `severities` those of its findings, one each. `line` is what JSON lines say of
    it, with the line break; empty where nobody writes any. `kept` is the audit itself, None where nobody wants it.
    """

    source: str
    id: str
    scores: Scores
    severities: tuple[Severity, ...]
    line: bytes = b""
    kept: Audit | None = None

    @property
    def audit(self) -> Audit:
        """The audit, for those who said that they want it; LookupError for others."""
        if self.kept is None:
            raise LookupError(f"{self.source}: the audit was not kept, since nobody had asked for it")
        return self.kept


Conclude = Callable[[Audit], Verdict]
"""What is made of each audit right after the judging; it travels to other processes by name or as a frozen value."""


def concluded(audit: Audit, line: bytes = b"", *, keep: bool = True) -> Verdict:
    """The audit's verdict, with the audit in it if that is to be kept."""
    transcript = audit.transcript
    return Verdict(transcript.source, transcript.id, audit.scores, audit.severities, line, audit if keep else None)
