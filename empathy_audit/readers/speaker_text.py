"""Text and Markdown with a speaker label before each turn, one conversation or several in a file.

    ## Call 1: parcel late
    [00:00:03] AGENT: Thank you for calling, this is Sarah.
    How can I help?
    [00:00:08] CUSTOMER: My parcel never came.
    [Hold music]

The variants of a line are in labelled_lines.py. A heading or a ruler between turns begins another conversation; where
turns stand inside fences, the rest of the file is prose. A line without a label continues the turn before it. A line in
brackets is a stage direction: left out, counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.labelled_text import Piece, Said, assemble, labelled
from empathy_audit.readers.speakers import Label
from empathy_audit.readers.times import instant

_QUOTED = re.compile(r"[\"“](.*)[\"”]", re.DOTALL)
_IDS = ("conversation id", "call id", "chat id", "case id", "ticket id", "case number", "ticket number", "id")
_DATES = ("started", "start", "start time", "date", "call date", "chat date")


# Settings, code and mark-up often look like `user: root`; they are read on request only.
_NEVER = frozenset(
    "yaml yml toml ini cfg conf py js ts json jsonl ndjson html htm xml css csv tsv vtt srt eml rst sh lock".split(" ")  # noqa: SIM905
)


def sniff(document: Document) -> str | None:
    """Taken when lines with speaker labels cover most of the head."""
    if document.source.suffix[1:] in _NEVER:
        return None
    lines = document.head.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return labelled(lines if document.whole_head or len(lines) == 1 else lines[:-1])


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a conversation."""
    yield from drafts(document.lines, desk)


def drafts(lines: Sequence[str], desk: Desk, first_line: int = 1) -> Iterator[Draft | Failure]:
    """The conversations in these lines, of which the first is `first_line` of the file.

    A cell of a table comes through here, too.
    """
    found = assemble(lines)
    pieces = found.pieces
    for reason, count in found.left_out.items():
        desk.tally.leave_out(reason, count)
    if not pieces:
        message = "no line begins with a speaker label; expected such as `Agent: ...` and `Customer: ...`; add them"
        yield desk.failure("", message)
    for piece in pieces:
        yield _draft(piece, first_line - 1, alone=len(pieces) == 1)


def _draft(piece: Piece, before: int, alone: bool) -> Draft:
    line = before + piece.turns[0].line
    known: dict[str, Role] = {}
    for key, value in piece.fields.items():
        for role, keys in _PEOPLE:
            if key in keys:
                known[value] = role
    meta: dict[str, str] = {"title": piece.title} if piece.title else {}
    meta.update({k: v for k, v in piece.fields.items() if k not in _IDS})
    return Draft(
        turns=[_turn(said, before) for said in piece.turns],
        id=next((piece.fields[k].split()[0] for k in _IDS if k in piece.fields), None),
        line=line,
        place="" if alone else f":{line}",
        channel=piece.fields.get("channel"),
        started_at=next(filter(None, (instant(piece.fields.get(k, "")) for k in _DATES)), None),
        meta=meta,
        known=known,
    )


_PEOPLE: tuple[tuple[Role, tuple[str, ...]], ...] = (
    (
        "agent",
        ("agent", "agent name", "advisor", "adviser", "representative", "rep", "csr", "handled by", "assigned to"),
    ),
    ("customer", ("customer", "customer name", "caller", "client", "visitor", "contact name")),
)


def _turn(said: Said, before: int) -> Turn:
    text = " ".join(said.parts).replace(" \n", "\n")
    whole = _QUOTED.fullmatch(text)
    if whole and not re.search(r"[\"“”]", whole[1]):  # a turn in quotation marks from end to end is said, not quoted
        text = whole[1]
    label: Label = said.head.label
    return Turn(
        role=label.role or "unknown",
        text=text,
        speaker=label.name,
        at=said.head.at,
        start_ms=said.head.start_ms,
        visibility=label.visibility,
        source=(f":{before + said.line}",),
    )


READER = Reader(
    name="text",
    about="text or Markdown with a speaker label before each turn",
    suffixes=(".txt", ".md", ".markdown", ".text", ".log"),
    verified="sample seen: real files",
    sniff=sniff,
    read=read,
)
