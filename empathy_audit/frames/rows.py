"""Rows of frames → transcripts: a whole conversation in a cell, or one row a turn.

    transcript                                     conversation_id  role      text
    {"id": "c-1", "turns": [{"role": ...}]}        c-1              customer  My parcel never came.
    {"id": "c-2", "turns": [{"role": ...}]}        c-1              agent     Oh no. When should it have come?

A conversation of several rows may go on in the next frame, and must go on in the next row: rows of it that come after
those of another one are failures, since a conversation judged in halves would be judged wrongly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from empathy_audit.errors import InputError, TranscriptError
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript
from empathy_audit.readers import Limits, Reader, Reading, Source, Speakers, Unrecognised, read, turn_rows
from empathy_audit.readers.columns import Row, Table, cell, meanings
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.sheets import cell_text
from empathy_audit.readers.shelf import Seen

TRANSCRIPT = "transcript"
NAME = "rows"
SOURCE = "source"
APART = "rows-apart"
_NO_FRAME = -1
_WHO = frozenset(("role", "speaker", "direction", "inbound", "is_agent"))


@dataclass(frozen=True, slots=True)
class HowToRead:
    """`column` holds whole conversations, None for the column `transcript` if there is one; they are of the `format`, None to tell by content."""

    column: str | None = None
    format: str | None = "native"
    speakers: Speakers = field(default_factory=Speakers)
    limits: Limits = field(default_factory=Limits)


Columns = Mapping[str, Sequence[Any]]
Item = Transcript | Failure


def conversations(frames: Iterable[Columns], how: HowToRead) -> Iterator[tuple[int, Item]]:
    """What stands in the frames, in order, each with the number of the frame in which it ended, from 0.

    Raises:
        InputError: a frame has neither of the two shapes.
    """
    with Seen() as seen:
        groups = _Groups(how, seen)
        number, at = 0, _NO_FRAME
        for at, columns in enumerate(frames):
            whole = how.column or (TRANSCRIPT if TRANSCRIPT in columns and not _tells_who(columns) else None)
            if whole is not None:
                yield from ((at, item) for item in groups.rest())
            items = _cells(columns, whole, number, how) if whole is not None else groups.taken(columns, number)
            for item in items:
                yield at, item
            number += len(next(iter(columns.values()), ()))
        for item in groups.rest():
            yield at, item


def _cells(columns: Columns, column: str, number: int, how: HowToRead) -> Iterator[Item]:
    if column not in columns:
        raise InputError(f"no column {column}; expected one with a conversation a cell; there are {_listed(columns)}")
    sources = columns.get(SOURCE, ())
    for index, value in enumerate(columns[column]):
        name = cell_text(sources[index]) if index < len(sources) else ""
        yield from _cell(cell_text(value), name or f"{NAME}:{number + index + 1}", how)


def _cell(text: str, name: str, how: HowToRead) -> Iterator[Item]:
    if not text.strip():
        yield Failure(name, "malformed", f"the cell is empty; expected a conversation ({how.format or 'any format'})")
        return
    try:
        source = Source(name, data=text.encode("utf-8", "surrogatepass"))
        yield from read(source, format=how.format, speakers=how.speakers, limits=how.limits)
    except Unrecognised as error:
        yield Failure(error.place or name, "unrecognised", error.message)
    except TranscriptError as error:
        yield Failure(error.place or name, "unreadable", error.message)


class _Groups:
    """Rows of which each is a turn, held until their conversation is whole."""

    def __init__(self, how: HowToRead, seen: Seen) -> None:
        self._how = how
        self._seen = seen
        self._document = Document(Source(NAME, data=NAME.encode()), how.limits)
        self._header: tuple[str, ...] = ()
        self._rows: list[Row] = []
        self._id = ""
        self._apart = False

    def taken(self, columns: Columns, number: int) -> Iterator[Item]:
        """The conversations that are whole now; `number` rows came before."""
        header = tuple(columns)
        if header != self._header:
            yield from self.rest()
            self._header = header
        at = _conversation(columns)
        for index, values in enumerate(zip(*columns.values(), strict=True)):
            row = Row([cell_text(value) for value in values], number + index + 1)
            id_ = cell(row, at)
            if self._rows and id_ != self._id:
                yield from self.rest()
            if not self._rows:
                self._id, self._apart = id_, bool(id_) and not self._seen.add(id_)
            if self._room():
                self._rows.append(row)

    def _room(self) -> bool:
        # One row over the limit is enough for the reader to refuse the conversation; the others need not be held.
        return len(self._rows) <= self._how.limits.turns

    def rest(self) -> Iterator[Item]:
        """The conversation that is held, now that nothing more of it comes."""
        rows, self._rows = self._rows, []
        if not rows:
            return
        first = rows[0].line
        if self._apart:
            message = (
                f'rows of the conversation "{self._id}" stand apart, {len(rows)} of them here, and were not judged; expected '
                "all of them together; partition and sort by it first"
            )
            yield Failure(f"{NAME}:{first}", APART, message)
            return
        if not self._id:
            message = (
                f"{len(rows)} row{'s'[: len(rows) != 1]} without the id of a conversation; expected one in each row"
            )
            yield Failure(f"{NAME}:{first}", "malformed", message)
            return
        table = Table(self._header, meanings(self._header), 0, lambda: iter(rows), ":", by_line=False)
        reader = Reader("rows", "", (), "", lambda document: "", lambda document, desk: turn_rows.drafts(table, desk))
        yield from Reading(self._document, reader, "", self._how.speakers, self._how.limits)


def _conversation(columns: Columns) -> int:
    """Which of the columns tells the conversation."""
    known = meanings(tuple(columns))
    if "conversation" in known and "text" in known:
        return known["conversation"]
    raise InputError(
        f"no column {TRANSCRIPT} with a conversation a cell, and no columns conversation_id and text beside who speaks (role, "
        f"speaker) with a turn a row; there are {_listed(columns)}; rename them, or name the column by column="
    )


def _tells_who(columns: Columns) -> bool:
    """Whether each row has its speaker; `transcript` may then be what was said in a turn."""
    return not _WHO.isdisjoint(meanings(tuple(columns)))


def _listed(columns: Columns) -> str:
    return ", ".join(columns) or "none"
