"""Lists of messages that no particular format defines: objects that tell who says what, under one of many names.

[{"role": "agent", "text": "Hello"}, {"speaker": "Lee", "message": "Hi"}]      {"messages": [...]}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from empathy_audit.model.transcript import Turn
from empathy_audit.readers.columns import squeezed
from empathy_audit.readers.json_fields import words_of
from empathy_audit.readers.sequences import text_of
from empathy_audit.readers.speakers import read_label

_LISTS = ("turns", "messages", "transcript", "conversation", "dialogue", "utterances", "segments")
_SPEAKER_KEYS = ("role", "speaker", "sender", "from", "author", "participant", "name")
_TEXT_KEYS = ("text", "content", "message", "utterance", "body", "value", "msg")


def messages_in(value: Any) -> list[Mapping[str, Any]]:
    """The messages of a JSON value: a list of objects, or an object that holds one.

    Nothing when they do not tell speaker and text.
    """
    if isinstance(value, dict):
        value = next((value[k] for k in _LISTS if isinstance(value.get(k), list)), [])
    if not isinstance(value, list) or not all(isinstance(m, dict) for m in value):
        return []
    squeezed_keys = [{squeezed(str(k)) for k in m} for m in value]
    whole = all(keys & set(_SPEAKER_KEYS) and keys & set(_TEXT_KEYS) for keys in squeezed_keys)
    return value if whole else []


def message(value: Mapping[str, Any], place: str) -> Turn:
    """One of them as a turn."""
    by_key = {squeezed(str(k)): v for k, v in value.items()}
    label = read_label(next(filter(None, (words_of(by_key.get(k)) for k in _SPEAKER_KEYS)), ""))
    names = (words_of(by_key.get(k)) for k in ("name", "speaker", "author", "sender"))
    name = next((n for n in names if n and read_label(n).role is None), label.name)
    text = next((text_of(by_key[k]) for k in _TEXT_KEYS if by_key.get(k) is not None), "")
    internal = by_key.get("visibility") == "internal" or by_key.get("internal") is True or by_key.get("private") is True
    visibility = "internal" if internal else label.visibility
    return Turn(label.role or "unknown", text, name, visibility=visibility, source=(place,))
