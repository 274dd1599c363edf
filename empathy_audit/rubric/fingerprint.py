"""The content hash of a rubric: one for files that say the same, another when a judgement or its text can differ."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any

from empathy_audit.model.rubric import Rubric

_SILENT = ("place", "examples", "why", "hash")
_OF_SUMMARIES = ("minimum_conversations",)  # no judgement of a conversation depends on it
_WHEN_GIVEN = ("macros",)  # a rubric without them has the hash that it had before there were any
_NAMED_BESIDE = ("id", "version")  # of the rubric itself: results carry them next to the hash


def content_hash(rubric: Rubric) -> str:
    """sha256, in hexadecimal, over everything but places, examples, reasons, what only summaries use, and the rubric's own id and version."""
    content = {key: value for key, value in _plain(rubric).items() if key not in _NAMED_BESIDE}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Plain data in which 1 and 1.0 are one number and every pattern names its kind."""
    if isinstance(value, (str, bool)) or value is None:
        return value
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    names = (field.name for field in dataclasses.fields(value))
    return {
        "is": type(value).__name__,
        **{name: _plain(getattr(value, name)) for name in names if _counts(name, getattr(value, name))},
    }


def _counts(name: str, value: Any) -> bool:
    return name not in (*_SILENT, *_OF_SUMMARIES) and (name not in _WHEN_GIVEN or value is not None)
