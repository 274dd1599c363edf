"""Words of a turn for display: shortened around the evidence, on one line, harmless."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from empathy_audit.reports.visible import visible

QUOTE = 240
"""Characters of a turn that a quote shows at most, not counting the `…` at its ends and escapes of hidden ones."""

_SPACES = re.compile(r"\s+")
_WORD = 24


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is printed, and which parts `[start, end)` of it are the evidence."""

    text: str
    marked: tuple[tuple[int, int], ...] = ()


def excerpt(text: str, evidence: Iterable[tuple[int, int]] = (), limit: int = QUOTE) -> Excerpt:
    """At most `limit` code points of `text` around the first evidence, `…` where it was cut, between words if it can.

    White space, line breaks included, shrinks to single spaces. Evidence outside of what is shown is not marked.
    """
    spans = sorted((max(0, start), min(len(text), end)) for start, end in evidence)
    start, end = _window(text, spans, limit)
    out = ("… " if text[start - 1].isspace() else "…") if start else ""
    marked: list[tuple[int, int]] = []
    at = start
    for left, right in _disjoint(spans, start, end):
        out = _append(out, text[at:left])
        before = len(out)
        out = _append(out, text[left:right])
        shift = 1 if out[before : before + 1] == " " else 0
        if before + shift < len(out):
            marked.append((before + shift, len(out)))
        at = right
    out = _append(out, text[at:end]).rstrip(" ")
    rest = (" …" if text[end].isspace() else "…") if end < len(text) else ""
    return Excerpt(out + rest, tuple((a, min(b, len(out))) for a, b in marked))


def _append(out: str, piece: str) -> str:
    piece = visible(_SPACES.sub(" ", piece))
    return out + (piece.lstrip(" ") if not out or out.endswith(" ") else piece)


def _window(text: str, spans: list[tuple[int, int]], limit: int) -> tuple[int, int]:
    if len(text) <= limit:
        return 0, len(text)
    first, last = spans[0] if spans else (0, 0)
    for _, right in spans:
        if first <= right and right - first <= limit:
            last = max(last, right)
    start = max(0, min(first - (limit - (last - first)) // 2, len(text) - limit)) if last - first < limit else first
    end = start + limit
    if start and (space := text.find(" ", start - 1, min(start + _WORD, first + 1))) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", max(end - _WORD, last), end + 1)) > start:
        end = space
    return start, end


def _disjoint(spans: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for span_start, span_end in spans:
        left, right = max(span_start, start, out[-1][1] if out else 0), min(span_end, end)
        if left < right:
            out.append((left, right))
    return out
