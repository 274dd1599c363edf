"""Ids, file names and free fields: what a transcript carries beside its turns."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from empathy_audit.redaction.contact import contact
from empathy_audit.redaction.conversation import Redacted, patterns
from empathy_audit.redaction.masked import Masked
from empathy_audit.redaction.names import names
from empathy_audit.redaction.numbers import numbers
from empathy_audit.redaction.spans import LETTER, STAND_IN, Span, filled, merged, opaque

_PERSONAL = re.compile(
    r"name|mail|phone|mobile|tel|fax|address|street|city|zip|post_?code|postal|birth|dob|ssn|passport|licen[cs]e|iban|card|account|ip$|user|login|customer|client|contact|visitor|caller|requester"
    r"|author|agent|assignee|operator|from$|to$|cc$|sender|recipient|party|parties|participant|member|person|gender|age$|lat$|lon$|lng$|location|device|session|token|secret|password|cookie|url|uri|link|path|file",
    re.IGNORECASE,
)
_MOMENT = re.compile(r"[\d:.TZ+\- /]{4,40}(?:Z|UTC)?")
_LONG = re.compile(r"\d{5}")
_PLAIN = re.compile(r"[a-z][a-z_ -]{0,39}")
_WORDS = re.compile(r"[_+\-.]")
_SUFFIX = re.compile(r"\.(?=\w{1,9}(?:$|[:#/]))")
_FIRST_LETTER = re.compile(rf"(?<!{LETTER}){LETTER}")
_QUOTED = re.compile(r'"[^"\n]{0,400}"|“[^”\n]{0,400}”|(?<!\w)\'[^\'\n]{0,400}\'(?!\w)')
_KEPT_KINDS = ("NUMBER", "DATE", "ADDRESS", "POSTCODE", "URL")
"""What is not looked for in an id or a file name: it may be a number, that is what ids are."""


def conversation_key(turns: Sequence[str]) -> str:
    """Eight hexadecimal digits over the masked turns: tells conversations apart whose names were masked, and says nothing about them."""
    data = "\0".join(turns).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:8]


def masked_label(label: str, key: str, find_names: Callable[[str], Sequence[Span]] = lambda text: ()) -> str:
    """An id or a path without mail addresses, telephone numbers, cards and the names that `find_names` knows.

    `key` numbers the stand-ins.
    """
    seen = opaque(label)
    strong = [s for s in (*contact(seen), *numbers(seen)) if s.kind not in _KEPT_KINDS]
    spans = merged((*strong, *find_names(filled(seen, merged(strong)))))
    return Masked.of(label, spans, [f"[{span.kind}-{key}]" for span in spans]).text


def label_names(redacted: Redacted) -> Callable[[str], list[Span]]:
    """Finds the conversation's people in labels, where words are held together by `_`, `-` and dots."""
    return lambda text: list(redacted.people.find_loosely(_WORDS.sub(" ", text)))


def file_names(text: str) -> list[Span]:
    """Names in the path of a file that could not be read, or was skipped: given names of the list, and what follows them."""
    spaced = _WORDS.sub(" ", _SUFFIX.sub("/", text))
    return merged(names(_FIRST_LETTER.sub(_upper, spaced)))


def _upper(letter: re.Match[str]) -> str:
    # In a path names are mostly in lower case. Letters whose capital is two, `ß`, stay, so that every place stays.
    upper = letter[0].upper()
    return upper if len(upper) == 1 else letter[0]


def masked_moment(moment: str | None, text: Callable[[str], str]) -> str | None:
    """A point in time stays; whatever else stands in its place is masked as any text."""
    return moment if moment is None or _MOMENT.fullmatch(moment) else text(moment)


def masked_meta(meta: Mapping[str, Any], text: Callable[[str], str]) -> dict[str, Any]:
    """Free fields: values under a key that sounds personal are masked whole, other texts as any text; long numbers go."""
    return {_key(key, text): _value(value, bool(_PERSONAL.search(key)), text) for key, value in meta.items()}


def _key(key: str, text: Callable[[str], str]) -> str:
    return key if _PLAIN.fullmatch(key) else text(key)


def _value(value: Any, personal: bool, text: Callable[[str], str]) -> Any:
    if isinstance(value, Mapping):
        return {
            _key(str(key), text): _value(item, personal or bool(_PERSONAL.search(str(key))), text)
            for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_value(item, personal, text) for item in value]
    if isinstance(value, str):
        if not personal:
            return masked_moment(value, text)
        return value if not value or STAND_IN.fullmatch(value) or value == "[TEXT]" else "[TEXT]"
    if isinstance(value, (bool, type(None))):
        return value
    return "[NUMBER]" if personal or _LONG.search(str(value)) else value


def masked_message(message: str) -> str:
    """A message of a reader, in which quoted words are the file's own: they go, and the rest is masked as any text."""
    message = _QUOTED.sub('"[TEXT]"', message)
    spans = merged((*patterns(opaque(message)), *names(opaque(message))))
    return Masked.of(message, spans, [f"[{span.kind}]" for span in spans]).text
