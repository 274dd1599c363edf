"""One line each for what all reader tests do: read something, and look at all that came of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript
from empathy_audit.readers import Limits, Reading, Source, Speakers, read

Short = tuple[str, str | None, str]


def reading(content: str | bytes, name: str = "a.txt", **options: Any) -> Reading:
    """A Reading of content that stands in no file."""
    data = content.encode() if isinstance(content, str) else content
    return read(Source(name, data=data), **options)


def outcomes(content: str | bytes, name: str = "a.txt", **options: Any) -> list[Transcript | Failure]:
    """Everything that comes of the content, in order."""
    return list(reading(content, name, **options))


def one(content: str | bytes, name: str = "a.txt", **options: Any) -> Transcript:
    """The only transcript in the content."""
    (transcript,) = outcomes(content, name, **options)
    assert isinstance(transcript, Transcript), transcript
    return transcript


def failed(content: str | bytes, name: str = "a.txt", **options: Any) -> tuple[str, str, str]:
    """Source, kind and message of the only outcome, a failure."""
    (failure,) = outcomes(content, name, **options)
    assert isinstance(failure, Failure), failure
    return failure.source, failure.kind, failure.message


def short(transcript: Transcript | Failure) -> list[Short]:
    """Role, speaker and text of each turn."""
    assert isinstance(transcript, Transcript), transcript
    return [(t.role, t.speaker, t.text) for t in transcript.turns]


def said(content: str | bytes, name: str = "a.txt", **options: Any) -> list[Short]:
    """Role, speaker and text of each turn of the only transcript."""
    return short(one(content, name, **options))


def lines(records: Sequence[Any]) -> str:
    """JSON lines."""
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)


def talk(*texts: str, **more: Any) -> dict[str, Any]:
    """A native conversation in which customer and agent take turns."""
    roles = ("customer", "agent")
    return {**more, "turns": [{"role": roles[i % 2], "text": t} for i, t in enumerate(texts)]}


__all__ = ["Limits", "Speakers", "failed", "lines", "one", "outcomes", "reading", "said", "short", "talk"]
