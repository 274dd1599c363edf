"""Redaction: an audit in which names, numbers and addresses are masked, and everything else is as it was judged.

Judgement happens on the original text; what is here turns an audit into another one before any report sees it.
"""

from __future__ import annotations

from dataclasses import dataclass

from empathy_audit.model.audit import Audit, Failure
from empathy_audit.model.transcript import Transcript
from empathy_audit.redaction.audits import redact_audit, redact_failure, redact_path, redact_transcript
from empathy_audit.redaction.labels import masked_message
from empathy_audit.redaction.spans import Finder, Span

__all__ = ["BACKENDS", "Finder", "Redactor", "Span", "redactor"]

BACKENDS: tuple[str, ...] = ("built-in", "presidio")


@dataclass(frozen=True, slots=True)
class Redactor:
    """Masks all that a run tells. `also` finds spans beyond the built-in ones."""

    also: Finder | None = None

    def audit(self, outcome: Audit | Failure) -> Audit | Failure:
        """An outcome as reports may see it."""
        return redact_failure(outcome) if isinstance(outcome, Failure) else redact_audit(outcome, self.also)

    def transcript(self, item: Transcript | Failure) -> Transcript | Failure:
        """What was read, as `convert` may write it."""
        return redact_failure(item) if isinstance(item, Failure) else redact_transcript(item, self.also)

    def path(self, path: str) -> str:
        """A file name as it may be told."""
        return redact_path(path)

    def message(self, message: str) -> str:
        """A remark on a file as it may be told: what it quotes is left out."""
        return masked_message(message)


def redactor(backend: str) -> Redactor:
    """The redactor of that name. MissingPackageError where its package or its model is not installed."""
    if backend == "built-in":
        return Redactor()
    from empathy_audit.redaction.presidio import finder

    return Redactor(finder())
