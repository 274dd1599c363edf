"""One e-mail message as far as a conversation needs it: who wrote what to whom, when, in answer to what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime

from empathy_audit.errors import TranscriptError
from empathy_audit.readers.html_text import html_text

_ID = re.compile(r"<([^<>\s]{1,998})>")
_BLANKS = re.compile(r"\s+")
_MOST_REFERENCES = 200
_LONGEST_FIELD = 20_000
_LONGEST_CONTENT_FIELD = 1_000
_CONTENT_FIELD = re.compile(rb"(?im)^(?:content-[a-z-]{2,40}|mime-version):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*")
_FLOWED = re.compile(r"(?<=\S) \n(?!>|-- ?$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mail:
    """`address` is in lower case; `name` is empty where the message gives none; `automatic`: no person wrote it."""

    place: str
    id: str | None
    references: tuple[str, ...]
    subject: str
    name: str
    address: str
    to: frozenset[str]
    at: str | None
    automatic: bool
    text: str


def read_message(data: bytes, place: str) -> Mail:
    """The message in these bytes. Raises TranscriptError when it is none."""
    try:
        return _read(_CONTENT_FIELD.sub(_shortened, data), place)
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise TranscriptError(f"no e-mail message that can be read: {error}; export it again") from error


def _shortened(field: re.Match[bytes]) -> bytes:
    """What tells the kind of a part, cut where it is absurdly long: the standard library takes quadratic time over it."""
    return field[0] if len(field[0]) <= _LONGEST_CONTENT_FIELD else field[0][:_LONGEST_CONTENT_FIELD]


def _read(data: bytes, place: str) -> Mail:
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise TranscriptError("no fields such as From and Date at the beginning; expected an e-mail message")
    ids = _ID.findall(_raw(message, "Message-ID"))
    references = [*_ID.findall(_raw(message, "References")), *_ID.findall(_raw(message, "In-Reply-To"))]
    # Mailing lists put their own address into From and keep the sender's apart.
    people = _people(message, "X-Original-From") or _people(message, "From") or _people(message, "Sender")
    name, address = people[0] if people else ("", "")
    if not address and not name:
        raise TranscriptError("the message has no sender; expected a field From")
    return Mail(
        place=place,
        id=ids[0] if ids else None,
        references=tuple(dict.fromkeys(references))[-_MOST_REFERENCES:],
        subject=_field(message, "Subject"),
        name=name,
        address=address,
        to=frozenset(a for field in ("To", "Delivered-To", "X-Original-To") for _, a in _people(message, field) if a),
        at=_date(message),
        automatic=_automatic(message, address),
        text=_body(message),
    )


def _raw(message: EmailMessage, name: str) -> str:
    """A field's value as it stands there, on one line; empty when there is none."""
    value = next((v for k, v in message.raw_items() if k.casefold() == name.casefold()), "")
    return _BLANKS.sub(" ", str(value)).strip()


def _field(message: EmailMessage, name: str) -> str:
    """A field's value, decoded; of a malformed one, what can be had."""
    raw = _raw(message, name)
    if len(raw) > _LONGEST_FIELD:  # the standard library takes quadratic time over it
        return raw[:_LONGEST_FIELD]
    try:
        value = message.get(name)
        return _BLANKS.sub(" ", str(value)).strip() if value is not None else ""
    except Exception:  # the standard library raises almost anything over malformed fields
        return raw


def _people(message: EmailMessage, field: str) -> list[tuple[str, str]]:
    """Names and addresses (in lower case) in a field of them."""
    value = _field(message, field)
    try:
        pairs: Sequence[tuple[str, str]] = getaddresses([value]) if value else []
    except (ValueError, IndexError, TypeError, RecursionError):
        pairs = []
    found = [(n.strip().strip("'\""), a.strip().casefold()) for n, a in pairs if "@" in a or n.strip()]
    if not found and value:
        address = re.search(r"[^\s<>,;:\"]{1,200}@[^\s<>,;:\"]{1,200}", value)
        found = [("", address[0].casefold())] if address else [(value[:200], "")]
    return found


def _date(message: EmailMessage) -> str | None:
    """The instant in `Date`; a zone of -0000 says nothing of the sender's place, and the time is UTC."""
    try:
        found = parsedate_to_datetime(_field(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return (found if found.tzinfo else found.replace(tzinfo=timezone.utc)).isoformat()


def _automatic(message: EmailMessage, address: str) -> bool:
    """Whether this is an automatic reply or a bounce.

    `Auto-Submitted: auto-generated` is none: help desks write it on what their agents wrote.
    """
    submitted = _field(message, "Auto-Submitted").casefold()
    return (
        submitted.startswith(("auto-replied", "auto-notified"))
        or _field(message, "Precedence").casefold() in ("auto_reply", "auto-reply")
        or bool(_field(message, "X-Autoreply") or _field(message, "X-Autorespond"))
        or message.get_content_type() in ("multipart/report", "message/delivery-status")
        or address.partition("@")[0] in ("mailer-daemon", "postmaster")
        or _field(message, "Return-Path") == "<>"
    )


def _body(message: EmailMessage) -> str:
    """The text that was written: the plain part, or the HTML part where there is no plain one."""
    for kind in ("plain", "html"):
        part = _part(message, kind)
        if part is None:
            continue
        text = _content(part).replace("\r\n", "\n").replace("\r", "\n")
        if kind == "html":
            text = html_text(text)
        elif str(part.get_param("format", "")).casefold() == "flowed":
            text = _FLOWED.sub("" if str(part.get_param("delsp", "")).casefold() == "yes" else " ", text)
        if text.strip():
            return text
    return ""


def _part(message: EmailMessage, kind: str) -> EmailMessage | None:
    try:
        found = message.get_body(preferencelist=(kind,))
    except (RecursionError, AttributeError, KeyError, TypeError, ValueError, LookupError):
        return None
    return found if isinstance(found, EmailMessage) else None


def _content(part: EmailMessage) -> str:
    try:
        content = part.get_content()
        return content if isinstance(content, str) else ""
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError):  # an unknown character set, most often
        raw = part.get_payload(decode=True)
        return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
