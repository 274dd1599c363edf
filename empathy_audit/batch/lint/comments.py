"""Comments in a file of macros that waive findings: `# empathy-audit: allow policy-wall because legal wrote it`."""

from __future__ import annotations

import re

from empathy_audit.model.lint import Allowed
from empathy_audit.readers.decoding import LINE_END

MARK = "empathy-audit:"
_ALLOW = re.compile(
    r"empathy-audit:[ \t]*allow[ \t]+(?P<codes>[a-z0-9-]+(?:[ \t]*,[ \t]*[a-z0-9-]+)*)(?:[ \t]+because[ \t]+(?P<reason>[^\n]{0,400}))?",
    re.IGNORECASE,
)
_END = re.compile(r"\s*(?:-->|--\}\}|\}\}|#\}|%\}|\*/).*$")


def allowed_in(text: str) -> tuple[Allowed, ...]:
    """Every waiver of a file, one a code, in the order of their lines. A missing reason is an empty one."""
    if MARK not in text.lower():
        return ()
    found = []
    for number, line in enumerate(LINE_END.split(text), start=1):
        match = _ALLOW.search(line)
        if match is not None:
            reason = _END.sub("", match["reason"] or "").strip()
            codes = re.split(r"[ \t]*,[ \t]*", match["codes"].lower())
            found += [Allowed(code, reason, number) for code in codes]
    return tuple(found)
