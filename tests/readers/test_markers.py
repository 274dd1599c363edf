"""What marks an internal note, a machine and an event on every platform: none of them is ever judged as an agent's words.

Each reader states its markers in `MARKERS`, or in `NONE` why its format has none; one that does neither fails here.
The customer complains, and then the marked thing says what an agent would be blamed for. `python -m
tests.readers.test_markers` prints the table of docs/transcripts.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest
from empathy_audit.audit import Auditor
from empathy_audit.model.transcript import Transcript
from empathy_audit.readers import READERS, Source, Speakers, read
from empathy_audit.rubric import load

from tests.readers import (
    test_azure_conversations,
    test_chatwoot,
    test_contact_lens,
    test_crisp,
    test_dialogue_sets,
    test_freshdesk,
    test_front,
    test_genesys,
    test_google_insights,
    test_help_scout,
    test_intercom,
    test_livechat,
    test_mail,
    test_rasa,
    test_salesforce_chat,
    test_signal,
    test_slack,
    test_sunshine,
    test_tawk,
    test_telegram,
    test_twilio_conversations,
    test_vcon,
    test_whatsapp,
    test_zendesk_chat,
    test_zendesk_tickets,
)
from tests.readers.build import lines
from tests.readers.documents import LONG, WIDE, Document, Made, parquet, workbook, written
from tests.readers.test_round_trip import SMALL, needs

SAID = "I am furious about my parcel."
BLAMED = "Please calm down."
Kind = Literal["note", "bot", "event"]


class Marker(NamedTuple):
    """A sign by which a format tells that something is no agent's words to the customer, and a file with it."""

    kind: Kind
    sign: str
    name: str
    content: Made
    extra: str = ""

    def source(self) -> Source:
        """The file."""
        return Document("", self.name, lambda *_: self.content).saying("", "", "", "")


def many(name: str, around: Callable[[Any], Made], *marked: tuple[Kind, str, Any], extra: str = "") -> list[Marker]:
    """A marker for each of the marked things, which `around` puts behind what the customer says."""
    return [Marker(kind, sign, name, around(thing), extra) for kind, sign, thing in marked]


def zendesk() -> Iterator[Marker]:
    comment, page = test_zendesk_tickets.comment, {**test_zendesk_tickets.PAGE, "meta": None}

    def around(thing: Any) -> Made:
        return {**page, "comments": [comment(1, 10, SAID), thing]}

    yield from many(
        "a.json",
        around,
        ("note", "`public: false`", comment(2, 20, BLAMED, public=False)),
        ("note", "`public: false` on a customer's id", comment(2, 10, BLAMED, public=False)),
        ("bot", "`via.channel: rule`", comment(2, 20, BLAMED, via={"channel": "rule"})),
        ("bot", "`via.channel: answer_bot…`", comment(2, 20, BLAMED, via={"channel": "answer_bot_for_web_widget"})),
        ("bot", "`author_id: -1`", comment(2, -1, BLAMED)),
        ("event", "a VoiceComment without a transcription", comment(2, 20, BLAMED, type="VoiceComment", data={})),
    )
    audit = {"id": 1, "ticket_id": 7, "author_id": 10, "created_at": "2026-03-02T10:00:00Z"}
    told = {"type": "Comment", "id": 1, "body": SAID, "public": True}
    yield from many(
        "audits.json",
        lambda thing: {
            "audits": [{**audit, "events": [told]}, {**audit, "id": 2, "author_id": 20, "events": [thing]}],
            "users": test_zendesk_tickets.USERS,
        },
        ("note", "`public: false` in an audit", {"type": "Comment", "id": 2, "body": BLAMED, "public": False}),
        ("event", "an audit's event that is no Comment", {"type": "Notification", "id": 2, "body": BLAMED}),
    )


def zendesk_chat() -> Iterator[Marker]:
    event = test_zendesk_chat.event
    yield from many(
        "a.json",
        lambda thing: {**test_zendesk_chat.CHAT, "history": [event(1, name="Lee", msg=SAID), thing]},
        ("bot", "`nick: agent:trigger`", event(2, name="Router", nick="agent:trigger", msg=BLAMED)),
        ("bot", "`nick: agent:system`", event(2, name="Router", nick="agent:system", msg=BLAMED)),
        ("bot", "`sender_type: Trigger`", event(2, name="Router", sender_type="Trigger", msg=BLAMED)),
        ("event", "a `type` that is not `chat.msg`", event(2, type="chat.memberjoin", name="Dana", msg=BLAMED)),
    )


def sunshine() -> Iterator[Marker]:
    message, dana = test_sunshine.message, test_sunshine.DANA
    yield from many(
        "a.json",
        lambda thing: {"messages": [message(1, test_sunshine.LEE, SAID), thing]},
        ("bot", "`author.subtypes: [AI]`", message(2, {**dana, "subtypes": ["AI"]}, BLAMED)),
        ("bot", "`source.type: zd:answerBot`", message(2, dana, BLAMED, source={"type": "zd:answerBot"})),
        ("event", "`activity`", message(2, dana, BLAMED, activity={"type": "ticket:closed"})),
        ("event", "`deleted: true`", message(2, dana, BLAMED, deleted=True)),
        ("event", "a form", {**message(2, dana, None, "form"), "fields": BLAMED}),
    )


def intercom() -> Iterator[Marker]:
    part, dana, talk = test_intercom.part, test_intercom.DANA, test_intercom.conversation
    source = {"type": "conversation", "delivered_as": "customer_initiated", "body": SAID, "author": test_intercom.LEE}
    yield from many(
        "a.json",
        lambda thing: talk(thing, source=source),
        ("note", "`part_type: note`", part(1, dana, BLAMED, "note")),
        ("note", "`part_type: note_and_reopen`", part(1, dana, BLAMED, "note_and_reopen")),
        ("bot", "`author.type: bot`", part(1, test_intercom.FIN, BLAMED)),
        ("bot", "`author.from_ai_agent`", part(1, {**dana, "from_ai_agent": True}, BLAMED)),
        ("bot", "`author.is_ai_answer`", part(1, {**dana, "is_ai_answer": True}, BLAMED)),
        ("event", "any other `part_type`", part(1, dana, BLAMED, "conversation_attribute_updated_by_admin")),
        ("event", "`redacted: true`", part(1, dana, BLAMED, redacted=True)),
    )
    for how in ("automated", "operator_initiated", "campaigns_initiated"):
        sent = {**source, "delivered_as": how, "body": BLAMED, "author": dana}
        answer = part(1, test_intercom.LEE, SAID)
        yield Marker("bot", f"`source.delivered_as: {how}`", "a.json", talk(answer, source=sent))


def freshdesk() -> Iterator[Marker]:
    entry = test_freshdesk.entry
    ticket = {**test_freshdesk.TICKET, "description": f"<div>{SAID}</div>", "description_text": SAID}
    yield from many(
        "a.json",
        lambda thing: {"ticket": ticket, "conversations": [thing]},
        ("note", "`private: true`", entry(1, 20, BLAMED, private=True)),
        ("note", "`source: 8` (forwarded)", entry(1, 20, BLAMED, source=8)),
        ("bot", "`user_id: null`, going out", entry(1, None, BLAMED, incoming=False)),
        ("event", "`source: 6` (a survey)", entry(1, 10, BLAMED, source=6)),
        ("event", "`deleted: true`", entry(1, 20, BLAMED, deleted=True)),
    )


def help_scout() -> Iterator[Marker]:
    thread, dana = test_help_scout.thread, test_help_scout.DANA
    yield from many(
        "a.json",
        lambda thing: test_help_scout.conversation(thread(1, "customer", test_help_scout.LEE, SAID), thing),
        ("note", "`type: note`", thread(2, "note", dana, BLAMED)),
        ("note", "`type: forwardparent`", thread(2, "forwardparent", dana, BLAMED)),
        ("note", "`type: forwardchild`", thread(2, "forwardchild", dana, BLAMED)),
        ("bot", "`createdBy.type: system_user`", thread(2, "message", {"id": 1, "type": "system_user"}, BLAMED)),
        ("event", "`type: lineitem`", thread(2, "lineitem", dana, BLAMED)),
        ("event", "`state` draft, hidden or in review", thread(2, "message", dana, BLAMED, state="draft")),
    )


def front() -> Iterator[Marker]:
    message = test_front.message
    comment = {"id": "com_1", "author": test_front.DANA, "body": BLAMED, "posted_at": 1772446599.0}
    beside = {"messages": [message(1, True, SAID)], "comments": [comment]}
    yield Marker("note", "`comments`, or `posted_at` without `is_inbound`", "a.json", beside)
    yield from many(
        "a.json",
        lambda thing: {"_results": [message(1, True, SAID), thing]},
        ("bot", "`author: null`, going out", message(2, False, BLAMED, author=None)),
        ("event", "`is_draft: true`", message(2, False, BLAMED, is_draft=True)),
        ("event", "`draft_mode`", message(2, False, BLAMED, draft_mode="shared")),
    )


def livechat() -> Iterator[Marker]:
    event, dana = test_livechat.event, "dana@example.org"
    yield from many(
        "a.json",
        lambda thing: test_livechat.chat(event(1, "u1", SAID), thing),
        ("note", "`visibility: agents`", event(2, dana, BLAMED, visibility="agents")),
        ("note", "`recipients: agents`", {**event(2, dana, BLAMED, recipients="agents"), "visibility": None}),
        ("bot", "an agent's id of 32 hexadecimal digits", event(2, test_livechat.BOT, BLAMED)),
        ("event", "`type: system_message`", event(2, dana, BLAMED, "system_message")),
        ("event", "`type: file`", event(2, dana, BLAMED, "file")),
        ("event", "`type: filled_form`", event(2, dana, BLAMED, "filled_form")),
    )
    older = {"author_name": "Lee", "text": SAID, "user_type": "visitor", "timestamp": 1, "type": "message"}
    yield from many(
        "older.json",
        lambda thing: {"id": "M", "visitor": {"name": "Lee"}, "events": [older, thing]},
        ("note", "`user_type: supervisor`", {**older, "author_name": "Kim", "text": BLAMED, "user_type": "supervisor"}),
        ("event", "`type: event`", {**older, "text": BLAMED, "type": "event"}),
    )


def chatwoot() -> Iterator[Marker]:
    message = test_chatwoot.message
    yield from many(
        "a.json",
        lambda thing: {"payload": [message(1, 0, SAID, "Contact"), thing]},
        ("note", "`private: true`", message(2, 1, BLAMED, "User", private=True)),
        ("bot", "`message_type: 3` (template)", message(2, 3, BLAMED)),
        ("bot", "`sender_type: AgentBot`", message(2, 1, BLAMED, "AgentBot")),
        ("bot", "`sender.type: agent_bot`", {**message(2, 1, BLAMED), "sender": {"name": "R", "type": "agent_bot"}}),
        ("bot", "`sender_type: Captain::Assistant`", message(2, 1, BLAMED, "Captain::Assistant")),
        ("bot", "`automation_rule_id`", message(2, 1, BLAMED, content_attributes={"automation_rule_id": 3})),
        ("bot", "`campaign_id`", message(2, 1, BLAMED, additional_attributes={"campaign_id": 3})),
        ("event", "`message_type: 2` (activity)", message(2, 2, BLAMED)),
        ("event", "`deleted`", message(2, 1, BLAMED, content_attributes={"deleted": True})),
    )


def tawk() -> Iterator[Marker]:
    message = test_tawk.message
    yield from many(
        "a.json",
        lambda thing: test_tawk.webhook(message(1, test_tawk.LEE, SAID), thing),
        ("bot", "`sender.t: s`", message(2, test_tawk.SYSTEM, BLAMED)),
        ("event", "a `type` that is not `msg`", message(2, test_tawk.DANA, BLAMED, "webrtc-call")),
    )


def crisp() -> Iterator[Marker]:
    message = test_crisp.message
    yield from many(
        "a.json",
        lambda thing: {"data": [message(1, "user", SAID), thing]},
        ("note", "`type: note`", message(2, "operator", BLAMED, "note")),
        ("bot", "`automated: true`", message(2, "operator", BLAMED, automated=True)),
        ("event", "`type: event`", message(2, "operator", {"namespace": BLAMED}, "event")),
    )


def salesforce() -> Iterator[Marker]:
    yield from many(
        "a.html",
        lambda thing: f"{test_salesforce_chat.HEAD}( 1s ) Lee Moss: {SAID}<br>{thing}",
        ("bot", "a name that says bot", f"( 2s ) Support Bot: {BLAMED}<br>"),
        ("event", "a centred heading", f'<p align="center">Agent Dana I left. {BLAMED}</p>'),
        ("event", "a stamp without a name", f"( 2s ) {BLAMED}<br>"),
    )


def amazon(more: dict[str, Any]) -> Iterator[Marker]:
    item = test_contact_lens.item
    event = "application/vnd.amazonaws.connect.event.transfer.succeeded"
    yield from many(
        "a.json",
        lambda thing: {"Participants": [], "Transcript": [item("p1", "CUSTOMER", SAID, 1), thing], **more},
        ("bot", "`ParticipantRole: SYSTEM`", item("p2", "SYSTEM", BLAMED, 2)),
        ("bot", "`DisplayName: BOT` of SYSTEM", item("p2", "SYSTEM", BLAMED, 2, DisplayName="BOT")),
        ("bot", "`ParticipantRole: CUSTOM_BOT`", item("p2", "CUSTOM_BOT", BLAMED, 2)),
        ("event", "`Type: EVENT`", item("p2", "AGENT", BLAMED, 2, Type="EVENT")),
        ("event", "`ContentType: …connect.event…`", item("p2", "AGENT", BLAMED, 2, ContentType=event)),
        ("event", "`Type: ATTACHMENT`", item("p2", "AGENT", BLAMED, 2, Type="ATTACHMENT")),
    )


def google() -> Iterator[Marker]:
    entry, segment = test_google_insights.entry, test_google_insights.segment
    upload = test_google_insights.upload(entry("CUSTOMER", SAID, 1), entry("AUTOMATED_AGENT", BLAMED, 2, 2))
    rest = test_google_insights.resource(segment(SAID, "END_USER"), segment(BLAMED, "AUTOMATED_AGENT"))
    yield Marker("bot", "`role: AUTOMATED_AGENT`", "a.json", upload)
    yield Marker("bot", "`segmentParticipant.role: AUTOMATED_AGENT`", "a.json", rest)


def azure() -> Iterator[Marker]:
    item, talk = test_azure_conversations.item, test_azure_conversations.conversation
    yield from many(
        "a.json",
        lambda thing: test_azure_conversations.analysis(talk(item("c", SAID, role="Customer"), thing)),
        ("bot", "`role: Bot`", item("b", BLAMED, role="Bot")),
        ("bot", "a `participantId` that says bot", item("Bot_1", BLAMED)),
    )


def genesys() -> Iterator[Marker]:
    present, phrase = test_genesys.present, test_genesys.phrase
    for purpose in ("ivr", "acd", "bot", "voicemail", "workflow"):
        people = [present("customer", 0, 9), present("agent", 5, 9, userId="u"), present(purpose, 0, 4)]
        told = (phrase("external", 1, SAID), phrase("internal", 2, BLAMED))
        talk = test_genesys.conversation(people, *told)
        yield Marker("bot", f"`participantPurpose: {purpose}` while it speaks", "a.json", talk)


def twilio() -> Iterator[Marker]:
    message = test_twilio_conversations.message
    yield from many(
        "a.json",
        lambda thing: test_twilio_conversations.page(message("+15550100", SAID, 1), message("Dana", "Hi.", 3), thing),
        ("bot", "`author: system`", message("system", BLAMED, 2)),
        ("event", "media without a body", message("Dana", None, 2, media=[{"filename": BLAMED}])),
    )


def openai() -> Iterator[Marker]:
    yield from many(
        "a.jsonl",
        lambda thing: json.dumps({"messages": [{"role": "user", "content": SAID}, thing]}) + "\n",
        ("bot", "`role: system`", {"role": "system", "content": BLAMED}),
        ("bot", "`role: developer`", {"role": "developer", "content": BLAMED}),
        ("event", "`role: tool`", {"role": "tool", "content": BLAMED}),
        ("event", "`role: function`", {"role": "function", "content": BLAMED}),
    )


def sharegpt() -> Iterator[Marker]:
    yield from many(
        "a.json",
        lambda thing: {"conversations": [{"from": "human", "value": SAID}, thing]},
        ("bot", "`from: system`", {"from": "system", "value": BLAMED}),
        ("event", "`from: function_call`", {"from": "function_call", "value": BLAMED}),
        ("event", "`from: observation`", {"from": "observation", "value": BLAMED}),
    )


def telegram() -> Iterator[Marker]:
    first = {"id": 1, "type": "message", "date": "2026-03-02T10:15:00", "from": "Lee", "from_id": "u1", "text": SAID}
    last = {**first, "id": 2, "from": "Shop", "from_id": "u2", "text": BLAMED}
    chat = {**test_telegram.CHAT, "name": "Shop"}
    yield Marker("bot", "`type: bot_chat`", "a.json", {**chat, "type": "bot_chat", "messages": [first, last]})
    yield Marker("event", "`type: service`", "a.json", {**chat, "messages": [first, {**last, "type": "service"}]})


def signal() -> Iterator[Marker]:
    exported, kept = test_signal.exported, test_signal.kept
    yield from many(
        "data.json",
        lambda thing: lines([exported("Lee", SAID, 1), thing]),
        ("event", "`deleted: true`", exported("Dana", BLAMED, 2, deleted=True)),
        ("event", "`call: true`", exported("Dana", BLAMED, 2, call=True)),
    )
    yield from many(
        "a.json",
        lambda thing: [kept("incoming", SAID, 1, source="Lee"), thing],
        ("event", "a `type` that is not incoming or outgoing", kept("profile-change", BLAMED, 2)),
        ("event", "`deletedForEveryone`", kept("outgoing", BLAMED, 2, deletedForEveryone=True)),
    )
    receipt = {"envelope": {"source": "+1", "timestamp": 2, "receiptMessage": {"isRead": True, "note": BLAMED}}}
    told = lines([test_signal.received(SAID, 1), receipt])
    yield Marker("event", "an envelope without a message", "a.jsonl", told)


def mail() -> Iterator[Marker]:
    signs: tuple[tuple[str, dict[str, str]], ...] = (
        ("`Auto-Submitted: auto-replied`", {"Auto_Submitted": "auto-replied"}),
        ("`Precedence: auto_reply`", {"Precedence": "auto_reply"}),
        ("`X-Autoreply: yes`", {"X_Autoreply": "yes"}),
        ("`Return-Path: <>`", {"Return_Path": "<>"}),
        ("from MAILER-DAEMON", {"From": "Mail Delivery <MAILER-DAEMON@home.example>"}),
        ("`multipart/report`", {"Content_Type": "multipart/report; report-type=delivery-status"}),
    )
    for sign, fields in signs:
        given = {"Message_ID": "<7@x>", "References": "<1@home.example>", "From": "dana@shop.example", **fields}
        box = test_mail.mailbox(test_mail.mail(SAID), test_mail.mail(BLAMED, **given))
        yield Marker("event", sign, "a.mbox", box, "mailparser_reply")


def slack() -> Iterator[Marker]:
    message = test_slack.message
    yield from many(
        "a.zip",
        lambda thing: test_slack.export(
            **{"support/2026-03-02.json": [message("1772446500.000100", "U2", SAID), thing]}
        ),
        ("bot", "`bot_id`", message("1772446501.000100", None, BLAMED, bot_id="B1")),
        ("bot", "`subtype: bot_message`", message("1772446501.000100", None, BLAMED, subtype="bot_message")),
        ("bot", "a user with `is_bot`", message("1772446501.000100", "U3", BLAMED)),
        ("event", "any other `subtype`", message("1772446501.000100", "U1", BLAMED, subtype="channel_join")),
        ("event", "`hidden: true`", message("1772446501.000100", "U1", BLAMED, hidden=True)),
    )


def whatsapp(archived: bool) -> Iterator[Marker]:
    def around(thing: Any) -> Made:
        chat = f"13/03/2026, 10:15 - Lee: {SAID}\n13/03/2026, 10:16 - {thing}\n"
        return test_whatsapp.archive(**{"_chat.txt": chat}) if archived else chat

    yield from many(
        "a.zip" if archived else "a.txt",
        around,
        ("event", "a line without a name", BLAMED),
        ("event", "`<Media omitted>`", f"Dana: <Media omitted>\n13/03/2026, 10:17 - {BLAMED}"),
        ("event", "This message was deleted", f"Dana: This message was deleted\n13/03/2026, 10:17 - {BLAMED}"),
    )


def rows(name: str, made: Callable[[list[str], list[list[str]]], Made], extra: str = "") -> Iterator[Marker]:
    """Long tables: the columns of documents.py, one of them renamed to the column that marks."""
    columns = {
        "internal": ("internal", "yes"),
        "private": ("private", "true"),
        "is_note": ("is_note", "1"),
        "public": ("public", "no"),
        "visibility": ("visibility", "internal"),
    }
    told = ["a", "Lee", "customer", "2026-03-02 10:15", "", SAID]
    for column, value in columns.values():
        head = [column if c == "internal" else c for c in LONG]
        public = {"public": "yes", "visibility": "public"}.get(column, "")
        marked = ["a", "Dana", "agent", "2026-03-02 10:16", value, BLAMED]
        content = made(head, [[public if c == "" else c for c in told], marked])
        yield Marker("note", f"column `{column}`: {value}", name, content, extra)
    kinds: tuple[tuple[Kind, str], ...] = (("note", "internal note"), ("bot", "bot"), ("bot", "ivr"), ("bot", "system"))
    for kind, role in kinds:
        content = made(LONG, [told, ["a", "X", role, "2026-03-02 10:16", "", BLAMED]])
        yield Marker(kind, f"role `{role}`", name, content, extra)


def labels(name: str, made: Callable[[str], Made], extra: str = "") -> Iterator[Marker]:
    """Labelled text, alone or in a cell."""
    yield from many(
        name,
        lambda thing: made(f"Customer: {SAID}\n{thing}\nAgent: Hello.\nCustomer: Well?"),
        ("note", "label `Internal note`", f"Internal note (Dana): {BLAMED}"),
        ("note", "label `Private comment`", f"Private comment: {BLAMED}"),
        ("bot", "label `Bot`", f"Bot: {BLAMED}"),
        ("bot", "label `IVR`", f"IVR: {BLAMED}"),
        ("bot", "label `System`", f"System: {BLAMED}"),
        ("event", "a line in brackets", f"[{BLAMED.rstrip('.')}]"),
        extra=extra,
    )


def captions(name: str, head: str, time: str) -> Iterator[Marker]:
    said = [f"Customer: {SAID}", "@", "Agent: Hello."]
    for kind, sign, thing in (
        ("bot", "label `Bot`", f"Bot: {BLAMED}"),
        ("bot", "label `IVR`", f"IVR: {BLAMED}"),
        ("note", "label `Internal note`", f"Internal note: {BLAMED}"),
        ("event", "a caption in brackets", f"[{BLAMED.rstrip('.')}]"),
    ):
        cues = "".join(f"{time.format(n, n + 1)}\n{text.replace('@', thing)}\n\n" for n, text in enumerate(said))
        yield Marker(kind, sign, name, head + cues)  # type: ignore[arg-type]


def vcon() -> Iterator[Marker]:
    text = test_vcon.text
    for sign, party in (
        ("a party of type `bot`", {"name": "Bo", "type": "bot", "role": "agent"}),
        ("a party with `meta.agent_session`", {"name": "Bo", "role": "agent", "meta": {"agent_session": {"id": 1}}}),
    ):
        parties = [party, test_vcon.CUSTOMER]
        yield Marker("bot", sign, "a.json", test_vcon.vcon(text(SAID, 1, 1), text(BLAMED, 0, 2), parties=parties))
    moved = {"type": "transfer", "start": "2026-03-02T10:02:00Z", "parties": [0], "body": BLAMED}
    yield Marker("event", "a dialog of another type", "a.json", test_vcon.vcon(text(SAID, 1, 1), moved))


def rasa() -> Iterator[Marker]:
    event = test_rasa.event
    yield from many(
        "a.json",
        lambda thing: {"sender_id": "u", "events": [event("user", 1, text=SAID), thing]},
        ("bot", "`event: bot`", event("bot", 2, text=BLAMED)),
        ("bot", "`action_text`, without bot events", event("action", 2, name=None, action_text=BLAMED)),
        ("event", "any other `event`", event("slot", 2, name="a", value=BLAMED)),
    )


def native() -> Iterator[Marker]:
    yield from many(
        "a.json",
        lambda thing: {"turns": [{"role": "customer", "text": SAID}, thing]},
        ("note", "`visibility: internal`", {"role": "agent", "text": BLAMED, "visibility": "internal"}),
        ("bot", "`role: bot`", {"role": "bot", "text": BLAMED}),
        ("bot", "`role: system`", {"role": "system", "text": BLAMED}),
    )


ABCD = {**test_dialogue_sets.ABCD, "original": [["customer", SAID], ["action", BLAMED]], "delexed": []}
MARKERS: dict[str, list[Marker]] = {
    "native": list(native()),
    "zendesk": list(zendesk()),
    "zendesk-chat": list(zendesk_chat()),
    "sunshine": list(sunshine()),
    "intercom": list(intercom()),
    "freshdesk": list(freshdesk()),
    "help-scout": list(help_scout()),
    "front": list(front()),
    "livechat": list(livechat()),
    "chatwoot": list(chatwoot()),
    "tawk": list(tawk()),
    "crisp": list(crisp()),
    "salesforce-chat": list(salesforce()),
    "contact-lens": list(amazon({"Channel": "CHAT"})),
    "connect-chat": list(amazon({"ContactId": "c-1"})),
    "google-insights": list(google()),
    "azure-conversations": list(azure()),
    "genesys": list(genesys()),
    "twilio-conversations": list(twilio()),
    "openai": list(openai()),
    "telegram": list(telegram()),
    "signal": list(signal()),
    "email": list(mail()),
    "slack": list(slack()),
    "whatsapp-zip": list(whatsapp(archived=True)),
    "excel": [
        *rows("long.xlsx", workbook, "openpyxl"),
        *labels("wide.xlsx", lambda text: workbook(WIDE, [["1", "a", text], ["2", "a", text]]), "openpyxl"),
    ],
    "parquet": [
        *rows("long.parquet", parquet, "pyarrow"),
        *labels("wide.parquet", lambda text: parquet(WIDE, [["1", "a", text], ["2", "a", text]]), "pyarrow"),
    ],
    "sharegpt": list(sharegpt()),
    "vcon": list(vcon()),
    "rasa": list(rasa()),
    "abcd": [Marker("event", "an entry by `action`", "a.json", [ABCD])],
    "webvtt": [
        *captions("a.vtt", "WEBVTT\n\n", "00:0{}.000 --> 00:0{}.000"),
        *captions("b.vtt", f"WEBVTT\n\nNOTE {BLAMED}\n\n", "00:0{}.000 --> 00:0{}.000"),
    ][:5],
    "srt": list(captions("a.srt", "", "1\n00:00:0{},000 --> 00:00:0{},000")),
    "whatsapp": list(whatsapp(archived=False)),
    "wide-table": list(labels("wide.csv", lambda text: written(WIDE, [["1", "a", text], ["2", "a", text]]))),
    "table": list(rows("long.csv", written)),
    "text": list(labels("a.txt", lambda text: text + "\n")),
}
HEARD = "what was heard on a recording, by speaker"
TWO = "two sides of a dialogue, nothing else"
NONE: dict[str, str] = {
    **dict.fromkeys(
        (
            "call-analytics",
            "post-call-analytics",
            "amazon-transcribe",
            "bedrock-audio",
            "google-speech",
            "azure-speech",
        ),
        HEARD,
    ),
    **dict.fromkeys(
        ("twilio-intelligence", "gong", "deepgram", "assemblyai", "revai", "speechmatics", "whisper"), HEARD
    ),
    **dict.fromkeys(("taskmaster", "sgd", "convokit"), TWO),
}
EVERY = [(name, marker) for name, markers in MARKERS.items() for marker in markers]


def table() -> str:
    """The markers by format, as the page shows them."""
    rows = []
    for reader in READERS:
        signs = [
            "; ".join(dict.fromkeys(m.sign for m in MARKERS.get(reader.name, ()) if m.kind == kind))
            for kind in ("note", "bot", "event")
        ]
        reason = NONE.get(reader.name, "")
        rows.append(f"| `{reader.name}` | {' | '.join(signs) if not reason else f'none: {reason} | | '} |\n")
    return f"| format | internal note | machine | event |\n|---|---|---|---|\n{''.join(rows)}"


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    return Auditor(load(str(SMALL)))


def test_every_reader_states_its_markers_or_that_it_has_none() -> None:
    assert not MARKERS.keys() & NONE.keys()
    assert MARKERS.keys() | NONE.keys() == {reader.name for reader in READERS}
    assert all(MARKERS.values())


@pytest.mark.parametrize(("name", "marker"), EVERY, ids=[f"{n}-{m.kind}-{m.sign}" for n, m in EVERY])
def test_what_is_marked_is_never_judged(auditor: Auditor, name: str, marker: Marker) -> None:
    needs(Document(name, marker.name, lambda *_: "", extra=marker.extra))
    reading = read(
        marker.source(), speakers=Speakers(agents=("Dana", "Shop"), customers=("Lee", "Lee Moss", "Lee Chan"))
    )
    transcript = next(iter(reading))
    assert isinstance(transcript, Transcript)
    assert reading.format == name
    marked = [(i, t) for i, t in enumerate(transcript.turns) if BLAMED.rstrip(".") in t.text]
    assert any(t.role == "customer" and SAID in t.text for t in transcript.turns)
    if marker.kind == "event":
        assert not marked
        assert list(reading) or reading.counts.left_out
    else:
        ((index, turn),) = marked
        assert turn.visibility == ("internal" if marker.kind == "note" else "public")
        assert marker.kind == "note" or turn.role in ("bot", "system")
        audit = auditor.audit(transcript)
        judged = audit.turns[index]
        assert (judged.tags, judged.response, judged.opportunity) == ((), None, None)
        assert all(index not in (f.turn, f.reply_turn) for f in audit.findings)
        assert all(t.opportunity is None or t.opportunity.answered_by != index for t in audit.turns)


def test_without_its_mark_the_same_words_are_charged(auditor: Auditor) -> None:
    turns = [{"role": "customer", "text": SAID}, {"role": "agent", "text": BLAMED}]
    (transcript,) = read(Source("a.json", data=json.dumps({"turns": turns}).encode()))
    assert isinstance(transcript, Transcript)
    assert any(1 in (f.turn, f.reply_turn) for f in auditor.audit(transcript).findings)


def test_the_page_shows_them_all() -> None:
    page = (Path(__file__).parents[2] / "docs" / "transcripts.md").read_text(encoding="utf-8")
    assert f"<!-- markers -->\n{table()}" in page


if __name__ == "__main__":
    print(table(), end="")
