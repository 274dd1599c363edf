"""A document of every format in which four given texts are said: what holds for all readers is tested on these.

The first and last text are the customer's, the second the agent's, the third somebody's behind the scenes where the
format knows such a thing. They are built with what the tests of each reader build theirs with. A reader without a
document here fails test_round_trip.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from empathy_audit.readers import Source

from tests.readers import (
    test_amazon_transcribe,
    test_assemblyai,
    test_azure_conversations,
    test_azure_speech,
    test_bedrock_audio,
    test_call_analytics,
    test_chatwoot,
    test_connect_chat,
    test_contact_lens,
    test_convokit,
    test_crisp,
    test_deepgram,
    test_dialogue_sets,
    test_excel,
    test_freshdesk,
    test_front,
    test_genesys,
    test_gong,
    test_google_insights,
    test_google_speech,
    test_help_scout,
    test_intercom,
    test_livechat,
    test_mail,
    test_parquet,
    test_post_call_analytics,
    test_rasa,
    test_salesforce_chat,
    test_signal,
    test_slack,
    test_speechmatics,
    test_sunshine,
    test_tawk,
    test_twilio_conversations,
    test_twilio_intelligence,
    test_vcon,
    test_whatsapp,
    test_whisper,
    test_zendesk_chat,
    test_zendesk_tickets,
)
from tests.readers.build import lines

Made = str | bytes | dict[str, Any] | list[Any]


class Document(NamedTuple):
    """A file of one format. `made` puts four texts into it; what is neither text nor bytes is written as JSON.

    `agent`: what the agent is called, where nothing in the file says who that is. `extra`: the package it takes.
    """

    format: str
    name: str
    made: Callable[[str, str, str, str], Made]
    agent: str = "Dana"
    extra: str = ""

    def saying(self, *texts: str) -> Source:
        """The file with these texts in it."""
        a, b, c, d = texts
        content = self.made(a, b, c, d)
        if not isinstance(content, str | bytes):
            content = json.dumps(content)
        data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        return Source(self.name, data=data)


def _line(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _native(a: str, b: str, c: str, d: str) -> Made:
    turns = [
        {"role": "customer", "text": a, "at": "2026-03-02"},
        {"role": "agent", "text": b, "speaker": "Dana"},
        {"role": "agent", "text": c, "visibility": "internal"},
        {"role": "unknown", "text": d, "speaker": "Lee"},
    ]
    short = [{"role": "agent", "text": a}, {"role": "unknown", "text": b}]
    return [{"id": "a", "channel": "chat", "meta": {"n": [1]}, "turns": turns}, {"turns": short}]


def _audits(a: str, b: str, c: str, d: str) -> Made:
    event = {"type": "Comment", "public": True}
    told = [(10, a, True), (20, b, True), (20, c, False), (10, d, True)]
    return {
        "audits": [
            {
                "id": number,
                "ticket_id": 7,
                "author_id": author,
                "created_at": f"2026-03-02T10:0{number}:00Z",
                "events": [{**event, "id": number, "body": text, "public": public}],
            }
            for number, (author, text, public) in enumerate(told)
        ],
        "users": test_zendesk_tickets.USERS,
    }


def _tickets(a: str, b: str, c: str, d: str) -> Made:
    comment = test_zendesk_tickets.comment
    comments = [comment(4, 10, d), comment(1, 10, a), comment(2, 20, b), comment(3, 20, c, public=False)]
    return lines(
        [
            {"id": 7, "requester_id": 10, "comments": comments},
            {"id": 8, "requester_id": 11, "comments": [comment(1, 11, d)]},
        ]
    )


def _zendesk_chat(a: str, b: str, c: str, d: str) -> Made:
    event = test_zendesk_chat.event
    history = [
        event(0, type="chat.memberjoin", name="Lee"),
        event(1, name="Lee", msg=a),
        event(2, name="Dana", msg=b),
        event(3, name="Router", nick="agent:trigger", msg=c),
        event(4, name="Lee", msg=d),
    ]
    return {**test_zendesk_chat.CHAT, "history": history}


def _sunshine(a: str, b: str, c: str, d: str) -> Made:
    message, lee, dana = test_sunshine.message, test_sunshine.LEE, test_sunshine.DANA
    bot = {**dana, "displayName": "Robo", "subtypes": ["AI"]}
    return {"messages": [message(1, lee, a), message(2, dana, b), message(3, bot, c), message(4, lee, d)]}


def _intercom(a: str, b: str, c: str, d: str) -> Made:
    part, lee, dana = test_intercom.part, test_intercom.LEE, test_intercom.DANA
    source = {"type": "conversation", "delivered_as": "customer_initiated", "body": a, "author": lee}
    return test_intercom.conversation(part(3, lee, d), part(1, dana, b), part(2, dana, c, "note"), source=source)


def _freshdesk(a: str, b: str, c: str, d: str) -> Made:
    entry = test_freshdesk.entry
    ticket = {**test_freshdesk.TICKET, "description": f"<div>{a}</div>", "description_text": a}
    return {"ticket": ticket, "conversations": [entry(3, 10, d), entry(1, 20, b), entry(2, 20, c, private=True)]}


def _help_scout(a: str, b: str, c: str, d: str) -> Made:
    thread, lee, dana = test_help_scout.thread, test_help_scout.LEE, test_help_scout.DANA
    return test_help_scout.conversation(
        thread(4, "customer", lee, d),
        thread(3, "note", dana, c),
        thread(2, "message", dana, b),
        thread(1, "customer", lee, a),
    )


def _front(a: str, b: str, c: str, d: str) -> Made:
    message = test_front.message
    comment = {"id": "com_1", "posted_at": 1772446503.5, "body": c, "author": test_front.DANA}
    return {
        "messages": {"_results": [message(4, True, d), message(2, False, b), message(1, True, a)]},
        "comments": {"_results": [comment]},
    }


def _livechat(a: str, b: str, c: str, d: str) -> Made:
    event = test_livechat.event
    dana = "dana@example.org"
    told = [event(1, "u1", a), event(2, dana, b), event(3, dana, c, visibility="agents"), event(4, "u1", d)]
    return {"chats": [test_livechat.chat(*told)]}


def _chatwoot(a: str, b: str, c: str, d: str) -> Made:
    message = test_chatwoot.message
    note = message(3, 1, c, "User", private=True)
    return {"payload": [message(4, 0, d, "Contact"), note, message(2, 1, b, "User"), message(1, 0, a, "Contact")]}


def _tawk(a: str, b: str, c: str, d: str) -> Made:
    message, lee, dana = test_tawk.message, test_tawk.LEE, test_tawk.DANA
    told = [message(1, lee, a), message(2, dana, b), message(3, test_tawk.SYSTEM, c), message(4, lee, d)]
    return test_tawk.webhook(*told)


def _crisp(a: str, b: str, c: str, d: str) -> Made:
    message = test_crisp.message
    note = message(3, "operator", c, "note")
    return {"data": [message(4, "user", d), note, message(2, "operator", b), message(1, "user", a)]}


def _salesforce(a: str, b: str, c: str, d: str) -> Made:
    told = [("Lee Moss", a), ("Dana I", b), ("Support Bot", c), ("Lee Moss", d)]
    said = "".join(f"( {n}s ) {name}: {text}<br>\n" for n, (name, text) in enumerate(told, 1))
    return test_salesforce_chat.HEAD + said


def _connect(a: str, b: str, c: str, d: str) -> list[dict[str, Any]]:
    item = test_contact_lens.item
    return [
        item("p1", "CUSTOMER", a, 1, DisplayName="Lee"),
        item("p2", "AGENT", b, 2, DisplayName="Dana"),
        item("p3", "SYSTEM", c, 3, DisplayName="BOT"),
        item("p1", "CUSTOMER", d, 4, DisplayName="Lee"),
        item("p1", "CUSTOMER", None, 5, Type="EVENT", ContentType="application/vnd.amazonaws.connect.event.typing"),
    ]


def _contact_call(a: str, b: str, c: str, d: str) -> Made:
    told = [("p2", a, 1), ("p1", b, 2), ("p1", c, 3), ("p2", d, 4)]
    items = [{"ParticipantId": who, "Content": text, "BeginOffsetMillis": at * 1000} for who, text, at in told]
    return {**test_contact_lens.CALL, "Transcript": items}


def _analytics(a: str, b: str, c: str, d: str) -> Made:
    spoken = test_call_analytics.spoken
    told = [spoken("CUSTOMER", a, 1), spoken("AGENT", b, 2), spoken("AGENT", c, 3), spoken("CUSTOMER", d, 4)]
    return {**test_call_analytics.CALL, "Transcript": told}


def _pca(a: str, b: str, c: str, d: str) -> Made:
    whole: dict[str, Any] = json.loads(
        test_post_call_analytics.call([("spk_0", "Agent"), ("spk_1", "Customer")], Agent="Dana")
    )
    told = [("spk_1", a), ("spk_0", b), ("spk_0", c), ("spk_1", d)]
    whole["SpeechSegments"] = [
        {"SegmentSpeaker": who, "SegmentStartTime": n, "SegmentEndTime": n + 0.5, "DisplayText": text}
        for n, (who, text) in enumerate(told)
    ]
    return whole


def _spoken(*texts: str) -> list[tuple[int, str, float]]:
    """Each word with who says it (the agent is 0) and when it begins, two to a second."""
    words = [(0 if n in (1, 2) else 1, word) for n, text in enumerate(texts) for word in text.split()]
    return [(who, word, n / 2) for n, (who, word) in enumerate(words)]


def _transcribe(a: str, b: str, c: str, d: str) -> Made:
    word = test_amazon_transcribe.word
    items = [word(said, at, speaker_label=f"spk_{who}") for who, said, at in _spoken(a, b, c, d)]
    return test_amazon_transcribe.job(items=items, speaker_labels={"speakers": 2, "segments": []})


def _transcribe_channels(a: str, b: str, c: str, d: str) -> Made:
    word = test_amazon_transcribe.word
    sides = [
        {"channel_label": f"ch_{side}", "items": [word(w, at) for who, w, at in _spoken(a, b, c, d) if who == side]}
        for side in (0, 1)
    ]
    return test_amazon_transcribe.job(channel_labels={"channels": sides, "number_of_channels": 2})


def _bedrock(a: str, b: str, c: str, d: str) -> Made:
    segment = test_bedrock_audio.segment
    told = [segment(d, 4000, "spk_1"), segment(a, 1000, "spk_1"), segment(b, 2000, "spk_0"), segment(c, 3000, "spk_0")]
    return test_bedrock_audio.recording(*told)


def _uploaded(a: str, b: str, c: str, d: str) -> Made:
    entry = test_google_insights.entry
    told = [
        entry("CUSTOMER", d, 4),
        entry("CUSTOMER", a, 1),
        entry("AGENT", b, 2, 2),
        entry("AUTOMATED_AGENT", c, 3, 3),
    ]
    return test_google_insights.upload(*told)


def _resource(a: str, b: str, c: str, d: str) -> Made:
    segment = test_google_insights.segment
    told = [
        segment(a, "END_USER", "1s"),
        segment(b, "HUMAN_AGENT", "2s"),
        segment(c, "AUTOMATED_AGENT", "3s"),
        segment(d, "END_USER", "4s"),
    ]
    return {"conversations": [test_google_insights.resource(*told)]}


def _google_speech(a: str, b: str, c: str, d: str) -> Made:
    rest = test_google_speech.rest
    said = _spoken(a, b, c, d)
    plain = test_google_speech.result([rest(word, at) for _, word, at in said])
    return {"results": [plain, test_google_speech.result([rest(word, at, who + 1) for who, word, at in said])]}


def _azure_speech(a: str, b: str, c: str, d: str) -> Made:
    phrase = test_azure_speech.phrase
    told = [(a, 1, 1), (b, 2, 0), (c, 3, 0), (d, 4, 1)]
    return {"recognizedPhrases": [phrase(text, at * 1e7, channel=side) for text, at, side in told if text.strip()]}


def _azure(a: str, b: str, c: str, d: str) -> Made:
    item = test_azure_conversations.item
    told = [item("c", a, role="Customer"), item("a", b, role="Agent"), item("a", c), item("c", d)]
    return test_azure_conversations.analysis(test_azure_conversations.conversation(*told))


def _genesys(a: str, b: str, c: str, d: str) -> Made:
    present, phrase = test_genesys.present, test_genesys.phrase
    people = [present("customer", 0, 9), present("agent", 2, 9, userId="u", name="Dana"), present("ivr", 0, 2)]
    told = [phrase("external", 4, a), phrase("internal", 5, b), phrase("internal", 1, c), phrase("external", 6, d)]
    return test_genesys.conversation(people, *told)


def _twilio(a: str, b: str, c: str, d: str) -> Made:
    message = test_twilio_conversations.message
    lee = "+15550100"
    return test_twilio_conversations.page(
        message("Dana", b, 2), message("system", c, 3), message(lee, d, 4), message(lee, a, 1)
    )


def _sentences(a: str, b: str, c: str, d: str) -> Made:
    sentence = test_twilio_intelligence.sentence
    told = [sentence(1, 2, a, 1), sentence(2, 1, b, 2), sentence(3, 1, c, 3), sentence(4, 2, d, 4)]
    return test_twilio_intelligence.page(*told)


def _gong(a: str, b: str, c: str, d: str) -> Made:
    monologue = test_gong.monologue
    told = [
        monologue("s2", (4000, 4500, d)),
        monologue("s2", (1000, 1500, a)),
        monologue("s1", (2000, 2500, b), (3000, 3500, c)),
    ]
    return {"callTranscripts": [test_gong.call(transcript=told)], "calls": [test_gong.parties()]}


def _openai(a: str, b: str, c: str, d: str) -> Made:
    messages = [
        {"role": "system", "content": c},
        {"role": "user", "content": a},
        {"role": "assistant", "content": [{"type": "text", "text": b}]},
        {"role": "tool", "content": "x"},
        {"role": "user", "content": d},
    ]
    return lines([{"messages": messages}])


def _telegram(a: str, b: str, c: str, d: str) -> Made:
    messages: list[dict[str, Any]] = [
        {"id": n, "type": "message", "date": f"2026-03-02T10:15:0{n}", "from": name, "from_id": name, "text": text}
        for n, (name, text) in enumerate((("Lee", a), ("Dana", b), ("Lee", [d, {"type": "bold", "text": "!"}])))
    ]
    service = {"id": 9, "type": "service", "date": "2026-03-02T10:15:09", "action": "phone_call", "text": c}
    return {"name": "Lee", "type": "personal_chat", "id": 4711, "messages": [*messages, service]}


def _signal(a: str, b: str, c: str, d: str) -> Made:
    exported = test_signal.exported
    call = exported("Lee", c, 3, call=True)
    return lines([exported("Lee", a, 1), exported("Dana", b, 2), call, exported("Lee", d, 4)])


def _signal_kept(a: str, b: str, c: str, d: str) -> Made:
    kept = test_signal.kept
    return [kept("incoming", d, 4), kept("keychange", c, 3), kept("outgoing", b, 2), kept("incoming", a, 1)]


def _signal_cli(a: str, b: str, c: str, d: str) -> Made:
    received, sent = test_signal.received, test_signal.sent
    return lines([received(a, 1), sent(b, 2), sent(c, 3), received(d, 4)])


def _mailbox(a: str, b: str, c: str, d: str) -> Made:
    mail, asked = test_mail.mail, "<1@home.example>"
    desk = {"From": "Dana <dana@shop.example>", "To": "lee@home.example", "Subject": "Re: Parcel"}
    times = [f"Mon, 2 Mar 2026 10:1{n}:00 +0000" for n in range(6, 9)]
    return test_mail.mailbox(
        mail(_line(a)),
        mail(_line(b), Message_ID="<2@shop.example>", In_Reply_To=asked, References=asked, Date=times[0], **desk),
        mail(_line(c), Message_ID="<3@a.example>", References=asked, Date=times[1], Auto_Submitted="auto-replied"),
        mail(_line(d), Message_ID="<4@home.example>", References=asked, Date=times[2], Subject="Re: Parcel"),
    )


def _slack(a: str, b: str, c: str, d: str) -> Made:
    told = [("U2", a), ("U1", b), ("U3", c), ("U2", d)]
    first = "1772446500.000100"
    day = [
        test_slack.message(f"177244650{n}.000100", user, text, thread_ts=first) for n, (user, text) in enumerate(told)
    ]
    return test_slack.export(**{"support/2026-03-02.json": day})


def _whatsapp(a: str, b: str, c: str, d: str) -> str:
    told = [("Lee", a), ("Dana", b), ("Lee", d)]
    said = "".join(f"13/03/2026, 10:1{n} - {name}: {_line(text)}\n" for n, (name, text) in enumerate(told))
    return f"13/03/2026, 10:09 - Messages and calls are end-to-end encrypted. {_line(c)}\n{said}"


LONG = ["conversation_id", "speaker", "role", "created_at", "internal", "text"]


def _rows(a: str, b: str, c: str, d: str) -> list[list[str]]:
    """Rows of two conversations that stand apart, out of order."""
    return [
        ["b", "Lee", "customer", "2026-03-02 10:15", "", a],
        ["a", "Dana", "agent", "2026-03-02 09:15", "", b],
        ["b", "Dana", "agent", "2026-03-02 10:16", "", b],
        ["b", "Dana", "agent", "2026-03-02 10:17", "yes", c],
        ["a", "Lee", "customer", "2026-03-02 09:14", "", d],
        ["b", "Lee", "customer", "2026-03-02 10:18", "", d],
    ]


LINKED = ["tweet_id", "author_id", "inbound", "created_at", "text", "in_response_to_tweet_id"]


def _links(a: str, b: str, c: str, d: str) -> list[list[str]]:
    """A thread by links, newest first, and another one."""
    return [
        ["5", "7", "True", "Tue Oct 31 22:18:00 +0000 2017", d, "4"],
        ["4", "Dana", "False", "Tue Oct 31 22:17:00 +0000 2017", c, "3"],
        ["3", "Dana", "False", "Tue Oct 31 22:16:00 +0000 2017", b, "2"],
        ["9", "8", "True", "Tue Oct 31 22:16:00 +0000 2017", a, ""],
        ["2", "7", "True", "Tue Oct 31 22:15:00 +0000 2017", a, ""],
    ]


def _labelled(a: str, b: str, c: str, d: str) -> str:
    told = [("Customer", a), ("Agent (Dana)", b), ("Internal note", c), ("Customer", d)]
    return "\n".join(f"{who}: {_line(text)}" for who, text in told)


WIDE = ["ticket_id", "queue", "transcript"]


def _wide(a: str, b: str, c: str, d: str) -> list[list[str]]:
    return [["T1", "a", _labelled(a, b, c, d)], ["T2", "b", f"Customer: {_line(d)}\n[typing]\nAgent: {_line(b)}"]]


def written(head: list[str], rows: list[list[str]]) -> str:
    return "".join(",".join(_cell(cell) for cell in row) + "\n" for row in (head, *rows))


def workbook(head: list[str], rows: list[list[str]]) -> bytes:
    return test_excel.workbook(Notes=[["of Monday"]], Chats=[head, *([_sheet(c) for c in row] for row in rows)])


def _sheet(text: str) -> str:
    """The text without the signs that no workbook can hold; a formula is none."""
    kept = "".join(c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c < "\ufffe"))
    return f" {kept}" if kept.startswith("=") else kept


def parquet(head: list[str], rows: list[list[str]]) -> bytes:
    columns = zip(*rows, strict=True)
    clean = ([c.encode("utf-8", "replace").decode() for c in column] for column in columns)
    return test_parquet.table(**dict(zip(head, clean, strict=True)))


def _sharegpt(a: str, b: str, c: str, d: str) -> Made:
    told = [("system", c), ("human", a), ("gpt", b), ("observation", "x"), ("human", d)]
    return [{"id": "a-1", "conversations": [{"from": who, "value": text} for who, text in told]}]


def _vcon(a: str, b: str, c: str, d: str) -> Made:
    text = test_vcon.text
    parties = [test_vcon.AGENT, test_vcon.CUSTOMER, {"name": "Bo", "type": "bot"}]
    return test_vcon.vcon(text(a, 1, 15), text(b, 0, 16), text(c, 2, 17), text(d, 1, 18), parties=parties)


def _vcon_call(a: str, b: str, c: str, d: str) -> Made:
    heard = {"results": {**test_vcon.DEEPGRAM["results"], "utterances": _utterances(a, b, c, d)}}
    return test_vcon.vcon(test_vcon.recording(), analysis=[test_vcon.transcript(heard)])


def _utterances(a: str, b: str, c: str, d: str) -> list[dict[str, Any]]:
    utterance = test_deepgram.utterance
    told = [(a, 1), (b, 0), (c, 0), (d, 1)]
    return [utterance(text, n, n + 0.5, who) for n, (text, who) in enumerate(told)]


def _deepgram(a: str, b: str, c: str, d: str) -> Made:
    return test_deepgram.response([], utterances=_utterances(a, b, c, d))


def _deepgram_words(a: str, b: str, c: str, d: str) -> Made:
    words = [
        {"word": word, "punctuated_word": word, "start": at, "end": at + 0.4, "speaker": who}
        for who, word, at in _spoken(a, b, c, d)
    ]
    return test_deepgram.response(words)


def _assemblyai(a: str, b: str, c: str, d: str) -> Made:
    told = [("B", d, 4000), ("B", a, 1000), ("A", b, 2000), ("A", c, 3000)]
    said = [{"speaker": who, "text": text, "start": at, "end": at + 500} for who, text, at in told]
    return test_assemblyai.transcript(utterances=said)


def _revai(a: str, b: str, c: str, d: str) -> Made:
    told = [(1, a), (0, b), (0, c), (1, d)]
    return {
        "monologues": [
            {"speaker": who, "elements": [{"type": "text", "value": text, "ts": n, "end_ts": n + 0.5}]}
            for n, (who, text) in enumerate(told)
        ]
    }


def _speechmatics(a: str, b: str, c: str, d: str) -> Made:
    words = _spoken(a, b, c, d)
    results = [test_speechmatics.result(word, at, f"S{who + 1}", type="word") for who, word, at in words]
    return test_speechmatics.transcript(*results)


def _whisper(a: str, b: str, c: str, d: str) -> Made:
    segment = test_whisper.segment
    told = [(a, 1), (b, 0), (c, 0), (d, 1)]
    said = [segment(f" {text}", n, n + 0.5, speaker=f"SPEAKER_0{who}") for n, (text, who) in enumerate(told)]
    return {"segments": said, "word_segments": [], "language": "en"}


def _rasa(a: str, b: str, c: str, d: str) -> Made:
    event = test_rasa.event
    told = [event("user", 1, text=a), event("bot", 2, text=b), event("slot", 3, name=c), event("user", 4, text=d)]
    return {"sender_id": "u-7", "slots": {}, "events": told}


def _abcd(a: str, b: str, c: str, d: str) -> Made:
    original = [["customer", a], ["agent", b], ["action", c], ["customer", d]]
    return [{**test_dialogue_sets.ABCD, "original": original, "delexed": []}]


def _taskmaster(a: str, b: str, c: str, d: str) -> Made:
    told = [(3, "USER", d), (0, "USER", a), (1, "ASSISTANT", b), (2, "ASSISTANT", c)]
    said = [{"index": n, "speaker": who, "text": text, "segments": []} for n, who, text in told]
    return [{**test_dialogue_sets.TASKMASTER, "utterances": said}]


def _sgd(a: str, b: str, c: str, d: str) -> Made:
    told = [("USER", a), ("SYSTEM", b), ("SYSTEM", c), ("USER", d)]
    turns = [{"speaker": who, "utterance": text, "frames": [], "turn_id": str(n)} for n, (who, text) in enumerate(told)]
    return [{**test_dialogue_sets.SGD, "turns": turns}]


def _convokit(a: str, b: str, c: str, d: str) -> Made:
    utterance = test_convokit.utterance
    return lines(
        [
            utterance("u3", "u2", "dana", c),
            utterance("u1", None, "lee", a),
            utterance("u4", "u3", "lee", d),
            utterance("u2", "u1", "dana", b),
        ]
    )


def _vtt(*heads: str) -> Callable[[str, str, str, str], Made]:
    def made(*texts: str) -> str:
        told = enumerate(zip(heads, texts, strict=True))
        return "WEBVTT\n\n" + "".join(f"00:0{n}.000 --> 00:0{n + 2}.000\n{h}{_line(t)}\n\n" for n, (h, t) in told)

    return made


def _srt(a: str, b: str, c: str, d: str) -> Made:
    told = enumerate((("Lee: ", a), ("Dana: ", b), ("Dana: ", c), ("Lee: ", d)))
    return "".join(f"{n + 1}\n00:00:0{n},000 --> 00:00:0{n + 2},000\n{h}{_line(t)}\n\n" for n, (h, t) in told)


def _text(a: str, b: str, c: str, d: str) -> Made:
    return f"Case ID: 7\nLee: {_line(a)}\nDana: {_line(b)}\n[hold music]\nDana: {_line(c)}\nLee: {_line(d)}\n"


DOCUMENTS: tuple[Document, ...] = (
    Document("native", "a.json", _native),
    Document("zendesk", "audits.json", _audits),
    Document("zendesk", "tickets.jsonl", _tickets),
    Document("zendesk-chat", "a.json", _zendesk_chat),
    Document("sunshine", "a.json", _sunshine),
    Document("intercom", "a.json", _intercom),
    Document("freshdesk", "a.json", _freshdesk),
    Document("help-scout", "a.json", _help_scout),
    Document("front", "a.json", _front),
    Document("livechat", "a.json", _livechat),
    Document("chatwoot", "a.json", _chatwoot),
    Document("tawk", "a.json", _tawk),
    Document("crisp", "a.json", _crisp),
    Document("salesforce-chat", "a.html", _salesforce),
    Document("salesforce-chat", "a.json", lambda *texts: {"records": [{"Id": "1", "Body": _salesforce(*texts)}]}),
    Document("call-analytics", "a.json", _analytics),
    Document("contact-lens", "call.json", _contact_call),
    Document(
        "contact-lens",
        "chat.json",
        lambda *texts: {"Channel": "CHAT", "Participants": [], "Transcript": _connect(*texts)},
    ),
    Document("connect-chat", "a.json", lambda *texts: {**test_connect_chat.STORED, "Transcript": _connect(*texts)}),
    Document("post-call-analytics", "a.json", _pca),
    Document("amazon-transcribe", "speakers.json", _transcribe, "spk_0"),
    Document("amazon-transcribe", "channels.json", _transcribe_channels, "ch_0"),
    Document("bedrock-audio", "a.json", _bedrock, "spk_0"),
    Document("google-insights", "upload.json", _uploaded),
    Document("google-insights", "rest.json", _resource),
    Document("google-speech", "a.json", _google_speech, "Speaker 1"),
    Document("azure-speech", "a.json", _azure_speech, "channel 0"),
    Document("azure-conversations", "a.json", _azure),
    Document("genesys", "a.json", _genesys),
    Document("twilio-conversations", "a.json", _twilio),
    Document("twilio-intelligence", "a.json", _sentences, "channel 1"),
    Document("gong", "a.json", _gong),
    Document("openai", "a.jsonl", _openai),
    Document("telegram", "a.json", _telegram),
    Document("signal", "data.jsonl", _signal),
    Document("signal", "Lee.json", _signal_kept, "Me"),
    Document("signal", "received.jsonl", _signal_cli, "Me"),
    Document("email", "a.mbox", _mailbox, extra="mailparser_reply"),
    Document("slack", "a.zip", _slack),
    Document("whatsapp-zip", "a.zip", lambda *texts: test_whatsapp.archive(**{"_chat.txt": _whatsapp(*texts)})),
    Document("excel", "long.xlsx", lambda *texts: workbook(LONG, _rows(*texts)), extra="openpyxl"),
    Document("excel", "links.xlsx", lambda *texts: workbook(LINKED, _links(*texts)), extra="openpyxl"),
    Document("excel", "wide.xlsx", lambda *texts: workbook(WIDE, _wide(*texts)), extra="openpyxl"),
    Document("parquet", "long.parquet", lambda *texts: parquet(LONG, _rows(*texts)), extra="pyarrow"),
    Document("parquet", "links.parquet", lambda *texts: parquet(LINKED, _links(*texts)), extra="pyarrow"),
    Document("parquet", "wide.parquet", lambda *texts: parquet(WIDE, _wide(*texts)), extra="pyarrow"),
    Document("sharegpt", "a.json", _sharegpt),
    Document("vcon", "chat.json", _vcon),
    Document("vcon", "call.json", _vcon_call, "Speaker 0"),
    Document("deepgram", "utterances.json", _deepgram, "Speaker 0"),
    Document("deepgram", "words.json", _deepgram_words, "Speaker 0"),
    Document("assemblyai", "a.json", _assemblyai, "A"),
    Document("revai", "a.json", _revai, "Speaker 0"),
    Document("speechmatics", "a.json", _speechmatics, "S1"),
    Document("whisper", "a.json", _whisper, "SPEAKER_00"),
    Document("rasa", "a.json", _rasa),
    Document("abcd", "a.json", _abcd),
    Document("taskmaster", "a.json", _taskmaster),
    Document("sgd", "a.json", _sgd),
    Document("convokit", "utterances.jsonl", _convokit, "dana"),
    Document("webvtt", "voices.vtt", _vtt("<v Lee>", "<v Dana>", "<v Dana>", "")),
    Document("webvtt", "nobody.vtt", _vtt("<v Lee>", "", "<v Dana>", "")),
    Document("srt", "a.srt", _srt),
    Document("whatsapp", "a.txt", _whatsapp),
    Document("wide-table", "wide.csv", lambda *texts: written(WIDE, _wide(*texts))),
    Document("table", "long.csv", lambda *texts: written(LONG, _rows(*texts))),
    Document("table", "links.csv", lambda *texts: written(LINKED, _links(*texts))),
    Document("text", "names.txt", _text),
    Document("text", "roles.txt", _labelled),
)
