"""Google's Taskmaster data sets (1 to 3): one conversation, a list, or JSON lines.

    [{"conversation_id": "dlg-1", "instruction_id": "restaurant-table-2", "utterances": [
      {"index": 0, "speaker": "USER", "text": "I'd like a table for two."},
      {"index": 1, "speaker": "ASSISTANT", "text": "For when?", "segments": []}]}]

The assistants are people who play one, so they are agents. After the pages of the data sets and a real sample.
"""

from __future__ import annotations

from collections.abc import Iterator

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_fields import inside, objects, words_of
from empathy_audit.readers.json_values import Record, first, records
from empathy_audit.readers.sequences import text_of

_ROLES: dict[str, Role] = {"user": "customer", "assistant": "agent"}
_ABOUT = ("instruction_id", "vertical")


def sniff(document: Document) -> str | None:
    """Taken for utterances by USER and ASSISTANT under a conversation_id."""
    value = first(document)
    if "conversation_id" not in (value if isinstance(value, dict) else ()):
        return None
    said = [u for _, u in objects(inside(value, "utterances"))][:20]
    known = all("text" in u and (words_of(u.get("speaker")) or "").casefold() in _ROLES for u in said)
    return "utterances by USER and ASSISTANT" if said and known else None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a conversation."""
    for record in records(document):
        yield record if isinstance(record, Failure) else _conversation(record, desk)


def _conversation(record: Record, desk: Desk) -> Draft | Failure:
    value = record.value
    if not isinstance(inside(value, "utterances"), list):
        return desk.failure(record.place, "no utterances; expected a list of objects with speaker and text")
    said = list(objects(value["utterances"], desk.tally))
    if all(type(u.get("index")) is int for _, u in said):
        said.sort(key=lambda pair: pair[1]["index"])
    turns = []
    for number, utterance in said:
        name = words_of(utterance.get("speaker"))
        role = _ROLES.get((name or "").casefold(), "unknown")
        place = pointer(*record.parts, "utterances", number)
        turns.append(Turn(role, text_of(utterance.get("text")), None if role != "unknown" else name, source=(place,)))
    about = ((k, words_of(value.get(k))) for k in _ABOUT)
    return Draft(
        turns,
        id=words_of(value.get("conversation_id")),
        line=record.line,
        place=record.place,
        meta={k: v for k, v in about if v},
    )


READER = Reader(
    name="taskmaster",
    about="Google's Taskmaster data sets",
    suffixes=(".json", ".jsonl"),
    verified="sample seen: a sample of Taskmaster-1; 2 and 3 after their pages",
    sniff=sniff,
    read=read,
)
