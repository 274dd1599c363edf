"""Texts with their spans written out, and conversations to mask."""

from __future__ import annotations

from collections.abc import Iterable

from empathy_audit.model.transcript import Role, Transcript, Turn
from empathy_audit.redaction.spans import Span, merged


def shown(text: str, spans: Iterable[Span]) -> str:
    """The text with `[KIND]` in place of each span."""
    parts: list[str] = []
    at = 0
    for span in merged(spans):
        parts += (text[at : span.start], f"[{span.kind}]")
        at = span.end
    return "".join((*parts, text[at:]))


def transcript(*turns: tuple[Role, str | None, str], key: str = "c-1", source: str = "a.txt:1") -> Transcript:
    """A conversation of (role, speaker, text)."""
    return Transcript(key, tuple(Turn(role, text, speaker=speaker) for role, speaker, text in turns), source=source)
