"""What the columns of a table mean, by their names: shared by the readers of long and of wide tables.

Names are compared without case, blanks, dots, dashes and underscores: `Conversation ID`, `conversation_id` and
`conversationId` are one.
"""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from empathy_audit.errors import TranscriptError
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.shelf import Row as Row

_SYNONYMS: Mapping[str, str] = {
    "conversation": (
        "conversation_id, convo_id, conv_id, dialogue_id, dialog_id, chat_id, call_id, contact_id, "
        "interaction_id, session_id, ticket_id, case_id, thread_id, transcript_id, ucid, root, conversation"
    ),
    "role": (
        "role, speaker_role, participant_role, sender_type, author_type, speaker_type, participant_type, "
        "participant_purpose, actor_type, sender_role, author_role"
    ),
    "speaker": (
        "speaker, participant, sender, author, from, user, speaker_name, participant_name, sender_name, "
        "author_name, speaker_id, participant_id, sender_id, author_id, name, speaker_label"
    ),
    "channel": "channel, media, medium",
    "direction": "direction, message_direction",
    "inbound": "inbound, incoming, is_inbound, is_incoming, from_customer, is_customer",
    "is_agent": "is_agent, from_agent, outbound, outgoing, is_outbound",
    "internal": "internal, is_internal, private, is_private, internal_note, is_note",
    "public": "public, is_public",
    "visibility": "visibility",
    "text": (
        "text, message, utterance, content, body, msg, transcript, message_text, turn, sentence, phrase, "
        "message_body, comment"
    ),
    "order": (
        "turn_index, turn_id, turn_number, turn_no, seq, sequence, order, index, position, message_index, "
        "sentence_index, utterance_index"
    ),
    "start_ms": "start_ms, offset_ms, begin_offset_millis, start_offset_ms, start_time_ms",
    "end_ms": "end_ms, end_offset_millis, end_offset_ms, end_time_ms",
    "time": (
        "timestamp, date_time, datetime, created_at, time, start, start_time, offset, sent_at, date, "
        "message_time, created"
    ),
    "end": "end, end_time, ended_at",
    "agent": "agent_name, agent, owner, assignee, agent_id",
    "language": "language, lang, language_code",
    "id": "id",
    "message": "tweet_id, message_id, post_id, comment_id, status_id, utterance_id",
    "answers_to": (
        "in_response_to_tweet_id, in_reply_to_status_id, in_reply_to_tweet_id, in_reply_to_id, in_response_to, "
        "in_reply_to, reply_to, reply_to_id, reply_to_message_id, parent_id, parent_message_id, parent_comment_id"
    ),
    "answered_by": "response_tweet_id, response_ids, reply_ids",
}
DELIMITERS = (",", "\t", ";", "|")
_SQUEEZE = re.compile(r"[^a-z0-9]+")


def squeezed(name: str) -> str:
    """A column's name as it is compared."""
    return _SQUEEZE.sub("", name.casefold())


_MEANING: Mapping[str, tuple[str, int]] = {
    squeezed(name): (meaning, rank)
    for meaning, names in _SYNONYMS.items()
    for rank, name in reversed(list(enumerate(names.split(","))))
}

YES = frozenset(("true", "1", "1.0", "yes", "y", "t"))
NO = frozenset(("false", "0", "0.0", "no", "n", "f"))


class Table(NamedTuple):
    """A table, whatever file it stands in: its header, which column has which meaning, and its rows.

    `rows` gives the rows under the header that are not empty, from the first one each time it is called. `place` is what
    stands before a row's number in places. `by_line`: rows are numbered by lines of text, so that a place inside a cell
    of several lines has a number, too.
    """

    header: tuple[str, ...]
    columns: Mapping[str, int]
    line: int
    rows: Callable[[], Iterator[Row]]
    place: str = ":"
    by_line: bool = True


def shape(document: Document) -> Table | None:
    """The table that the document begins with, by the delimiter under which most column names mean something."""
    return document.once("table", lambda: _shape(document))


def _shape(document: Document) -> Table | None:
    if document.head.lstrip()[:1] in ("{", "[", "<"):
        return None
    found = [table for delimiter in DELIMITERS if (table := _header(document, delimiter))]
    return max(found, key=lambda table: len(table.columns), default=None)


def _header(document: Document, delimiter: str) -> Table | None:
    """The first row that is not empty, if it has several cells and the name of one means something."""
    first = first_row(document.head, delimiter)
    columns = meanings(first.cells) if first and len(first.cells) > 1 else {}
    if first is None or not columns:
        return None
    line = first.line
    header = tuple(map(str.strip, first.cells))
    return Table(header, columns, line, lambda: data_rows(document, delimiter, line))


def first_row(head: str, delimiter: str) -> Row | None:
    """The first row that is not empty; Excel announces an unusual delimiter in a line of its own."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    before = 0
    with contextlib.suppress(csv.Error):
        for cells in reader:
            if any(map(str.strip, cells)) and "".join(cells).strip().casefold() not in ("sep=", f"sep={delimiter}"):
                return Row(cells, before + 1)
            before = reader.line_num
    return None


def peek(table: Table, count: int) -> list[Row]:
    """The first rows under the header for sniffing; what cannot be read is told when the table is read."""
    found: list[Row] = []
    with contextlib.suppress(TranscriptError):
        found.extend(itertools.islice(table.rows(), count))
    return found


def meanings(header: Sequence[str]) -> Mapping[str, int]:
    """Which column has which meaning.

    Of several with one meaning, the one whose name stands first in the list of synonyms.
    """
    found: dict[str, tuple[int, int]] = {}
    for column, name in enumerate(header):
        meaning, rank = _MEANING.get(squeezed(name), ("", 0))
        if meaning and (meaning not in found or rank < found[meaning][0]):
            found[meaning] = (rank, column)
    return {meaning: column for meaning, (_, column) in found.items()}


def rows(document: Document, delimiter: str) -> Iterator[Row]:
    """The rows of the document, lazily.

    Raises TranscriptError for a quotation mark that is never closed and for what csv refuses.
    """
    name, limit = document.source.name, document.limits.file_bytes
    taken = marks = 0  # lines of the row, and quotation marks in them

    def lines() -> Iterator[str]:
        nonlocal taken, marks
        for text in document.stream():
            taken += 1
            marks += text.count('"')
            yield text

    reader = csv.reader(lines(), delimiter=delimiter)
    line = 1
    while True:
        # The module refuses cells over 131,072 characters unless told otherwise, and only for the whole process: told
        # for one row at a time.
        before = csv.field_size_limit(limit)
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise TranscriptError(
                f"not a valid table row: {error}; check its quotation marks", f"{name}:{line}"
            ) from error
        finally:
            csv.field_size_limit(before)
        if cells is None:
            return
        if taken > 1 and marks % 2:
            raise TranscriptError("a quotation mark that is never closed; close or double it", f"{name}:{line}")
        yield Row(cells, line)
        line += taken
        taken = marks = 0


def data_rows(document: Document, delimiter: str, header: int) -> Iterator[Row]:
    """The rows under the header, which stands on that line, that are not empty."""
    for row in rows(document, delimiter):
        if row.line > header and any(map(str.strip, row.cells)):
            yield row


def cell(row: Row, column: int | None) -> str:
    """What stands in a column of the row; empty when the row or the table lacks it."""
    return row.cells[column].strip() if column is not None and column < len(row.cells) else ""
