"""Rasa's trackers: one conversation each, as a JSON object, a list, or JSON lines; or the events of an event broker.

    {"sender_id": "u-7", "events": [
      {"event": "session_started", "timestamp": 1700000000.0},
      {"event": "user", "timestamp": 1700000001.5, "text": "Where is my parcel?", "input_channel": "rest"},
      {"event": "action", "timestamp": 1700000001.6, "name": "utter_ask_number"},
      {"event": "bot", "timestamp": 1700000001.7, "text": "What is its number?", "data": {"buttons": [
        {"title": "I don't know", "payload": "/no_number"}]}}]}
    {"sender_id": "u-7", "event": "user", "timestamp": 1700000001.5, "text": "Where is my parcel?"}

The user is the customer and the bot a bot; everything else is an event. What a button sends (`/no_number`) is shown by
the button's title. A bot that answers with text of its own (end to end) has it in the action; it is read where the
tracker holds no bot events. Rasa has no event for what a person writes after a hand-over, so there are no agents; a
message of the user that was undone was said none the less. After Rasa's documentation of events and a real tracker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_fields import inside, objects, words_of
from empathy_audit.readers.json_values import Record, first, records
from empathy_audit.readers.sequences import text_of
from empathy_audit.readers.times import from_epoch

_EVENTS = frozenset(
    (  # noqa: SIM905 - a list of them would take a screen
        "user user_featurization bot action slot reset_slots session_started session_ended restart rewind undo pause "
        "resume followup reminder cancel_reminder entities form active_loop loop_interrupted form_validation "
        "action_execution_rejected agent export flow_started flow_completed flow_cancelled flow_interrupted flow_resumed "
        "stack routing_session_ended"
    ).split(" ")
)

Placed = tuple[dict[str, Any], str]


def sniff(document: Document) -> str | None:
    """Taken for a tracker with events, or for events that name their sender."""
    value = first(document)
    if not isinstance(value, dict) or "sender_id" not in value:
        return None
    if _is_event(value) and "timestamp" in value:
        return "events of Rasa with their sender"
    found = [e for _, e in objects(value.get("events"))][:20]
    return "a tracker of Rasa with events" if found and all(_is_event(e) for e in found) else None


def _is_event(value: dict[str, Any]) -> bool:
    return isinstance(value.get("event"), str) and value["event"] in _EVENTS


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a tracker; events of a broker are put together by their sender."""
    senders: dict[str, tuple[Record, list[Placed]]] = {}
    for record in records(document):
        if isinstance(record, Failure):
            yield record
        elif isinstance(inside(record.value, "events"), list):
            events = [
                (event, pointer(*record.parts, "events", number))
                for number, event in objects(record.value["events"], desk.tally)
            ]
            yield _conversation(record, words_of(record.value.get("sender_id")), events, desk)
        elif isinstance(record.value, dict) and _is_event(record.value):
            sender = words_of(record.value.get("sender_id")) or ""
            senders.setdefault(sender, (record, []))[1].append((record.value, record.place or "#"))
        else:
            yield desk.failure(record.place, "no events; expected a tracker with sender_id and events")
    for sender, (record, events) in senders.items():
        yield _conversation(record, sender or None, events, desk)


def _conversation(record: Record, sender: str | None, events: Sequence[Placed], desk: Desk) -> Draft:
    no_bot = not any(e.get("event") == "bot" for e, _ in events)
    titles: dict[str, str] = {}
    turns = []
    for event, place in events:
        kind, at = event.get("event"), _at(event)
        if kind == "user":
            text = text_of(event.get("text"))
            turns.append(Turn("customer", titles.get(text, text), at=at, source=(place,)))
        elif kind == "bot":
            titles.update(_buttons(event))
            turns.append(Turn("bot", _said(event), at=at, source=(place,)))
        elif kind == "action" and no_bot and words_of(event.get("action_text")):
            turns.append(Turn("bot", text_of(event["action_text"]), at=at, source=(place,)))
        else:
            desk.tally.leave_out("events")
    channel = next((c for e, _ in events if (c := words_of(e.get("input_channel")))), None)
    spoken = channel is not None and any(word in channel.casefold() for word in ("voice", "audio", "phone"))
    return Draft(
        turns,
        id=sender,
        line=record.line,
        place=record.place,
        channel="phone" if spoken else "chat",
        started_at=next((t.at for t in turns if t.at), None),
        meta={"input_channel": channel} if channel else {},
    )


def _said(event: dict[str, Any]) -> str:
    """The text; of a message without one, the text that its own part for the channel may hold."""
    return text_of(event.get("text")) or text_of(inside(event, "data", "custom"))


def _buttons(event: dict[str, Any]) -> dict[str, str]:
    """Title by payload. A payload that does not begin with a slash is what the user is shown to say."""
    found = {}
    for key in ("buttons", "quick_replies"):
        for _, button in objects(inside(event, "data", key)):
            title, payload = words_of(button.get("title")), words_of(button.get("payload"))
            if title and payload and payload.startswith("/"):
                found[payload] = title
    return found


def _at(event: dict[str, Any]) -> str | None:
    when = event.get("timestamp")
    return from_epoch(when) if isinstance(when, int | float) and not isinstance(when, bool) else None


READER = Reader(
    name="rasa",
    about="Rasa's trackers, or the events of its event broker",
    suffixes=(".json", ".jsonl"),
    verified="sample seen: a real tracker without bot events; the rest after Rasa's documentation",
    sniff=sniff,
    read=read,
)
