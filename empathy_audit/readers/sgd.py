"""Schema-Guided Dialogue and MultiWOZ 2.2: a list of dialogues with turns of USER and SYSTEM.

    [{"dialogue_id": "1_00000", "services": ["Restaurants_2"], "turns": [
      {"speaker": "USER", "utterance": "Could you book a table?", "frames": []},
      {"speaker": "SYSTEM", "utterance": "For how many people?", "frames": [], "turn_id": "1"}]}]

SYSTEM is the other side of the conversation, so here it is the agent. After the page of the data set and a real file.
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

_ROLES: dict[str, Role] = {"user": "customer", "system": "agent"}


def sniff(document: Document) -> str | None:
    """Taken for a dialogue_id and turns with utterances."""
    value = first(document)
    turns = [t for _, t in objects(inside(value, "turns"))][:20]
    found = turns and "dialogue_id" in value and all("utterance" in t and "speaker" in t for t in turns)
    return "a dialogue_id and turns with utterances" if found else None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a dialogue."""
    for record in records(document):
        yield record if isinstance(record, Failure) else _conversation(record, desk)


def _conversation(record: Record, desk: Desk) -> Draft | Failure:
    value = record.value
    if not isinstance(inside(value, "turns"), list):
        return desk.failure(record.place, "no turns; expected a list of objects with speaker and utterance")
    turns = []
    for number, turn in objects(value["turns"], desk.tally):
        name = words_of(turn.get("speaker"))
        role = _ROLES.get((name or "").casefold(), "unknown")
        place = pointer(*record.parts, "turns", number)
        turns.append(Turn(role, text_of(turn.get("utterance")), None if role != "unknown" else name, source=(place,)))
    named = value.get("services")
    services = [s for s in (named if isinstance(named, list) else []) if isinstance(s, str)]
    return Draft(
        turns,
        id=words_of(value.get("dialogue_id")),
        line=record.line,
        place=record.place,
        meta={"services": services} if services else {},
    )


READER = Reader(
    name="sgd",
    about="Schema-Guided Dialogue and MultiWOZ 2.2",
    suffixes=(".json",),
    verified="sample seen: a real file of Schema-Guided Dialogue; MultiWOZ 2.2 after its page",
    sniff=sniff,
    read=read,
)
