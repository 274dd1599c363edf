"""Redaction: an audit in which names, numbers and addresses are masked, and everything else is as it was judged.

Judgement happens on the original text; what is here turns an audit into another one before any report sees it. Importing
this room is cheap: the rules are loaded when there is something to mask.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from empathy_audit.model.audit import Audit, Failure
from empathy_audit.model.transcript import Transcript

if TYPE_CHECKING:
    from empathy_audit.redaction.spans import Finder

__all__ = ["OFF", "Redactor", "redactor"]

OFF = "off"


@dataclass(frozen=True, slots=True)
class Redactor:
    """Masks all that a run tells, unless it is not `on`. `also` finds spans beyond the built-in ones."""

    on: bool = True
    also: Finder | None = None

    def audit(self, audit: Audit) -> Audit:
        """An audit as reports may see it."""
        if not self.on:
            return audit
        from empathy_audit.redaction.audits import redact_audit

        return redact_audit(audit, self.also)

    def failure(self, failure: Failure) -> Failure:
        """A failure as it may be told."""
        if not self.on:
            return failure
        from empathy_audit.redaction.audits import redact_failure

        return redact_failure(failure)

    def transcript(self, transcript: Transcript) -> Transcript:
        """What was read, as `convert` may write it."""
        if not self.on:
            return transcript
        from empathy_audit.redaction.audits import redact_transcript

        return redact_transcript(transcript, self.also)

    def path(self, path: str) -> str:
        """A file name as it may be told."""
        if not self.on:
            return path
        from empathy_audit.redaction.audits import redact_path

        return redact_path(path)

    def message(self, message: str) -> str:
        """A remark on a file as it may be told: what it quotes is left out."""
        if not self.on:
            return message
        from empathy_audit.redaction.labels import masked_message

        return masked_message(message)


def redactor(backend: str) -> Redactor:
    """The redactor of that name: `off`, `built-in` or `presidio`.

    Raises:
        MissingPackageError: Presidio or a model for it is not installed.
    """
    if backend != "presidio":
        return Redactor(on=backend != OFF)
    from empathy_audit.redaction.presidio import finder

    return Redactor(also=finder())
