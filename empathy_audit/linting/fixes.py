"""Rewrites of the words of a finding, as other words for a stretch of the macro's original."""

from __future__ import annotations

from empathy_audit.language.rewriting import Rewriter
from empathy_audit.model.audit import Evidence
from empathy_audit.model.macro import Branch, Fix, Macro


def fix(macro: Macro, branch: Branch, at: Evidence, rewriter: Rewriter, *, safe: bool) -> Fix | None:
    """The first rewrite whose words meet the evidence, where they hold no placeholder; None when there is none."""
    found = rewriter.meeting(branch.text, at.start, at.end)
    if found is None:
        return None
    start, end = branch.original(found.start, found.end)
    # Words that differ in the original are partly filled in by a placeholder, and are not touched.
    if macro.original[start:end] != branch.text[found.start : found.end]:
        return None
    return _put(macro.original, start, end, found.text, safe)


def _put(original: str, start: int, end: int, text: str, safe: bool) -> Fix:
    if not original[start].isupper():
        return Fix(start, end, text, safe)
    if text:
        return Fix(start, end, text[0].upper() + text[1:], safe)
    # Nothing comes in place of a beginning: the next word becomes it.
    if end < len(original) and original[end].islower():
        return Fix(start, end + 1, original[end].upper(), safe)
    return Fix(start, end, text, safe)
