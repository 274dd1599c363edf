"""Vendors' JSON in which anything stands anywhere: every outcome is a transcript or a located failure, never a traceback.

Each document below is whole; one value after another is put in the place of each of its values, and each key is left
out once.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import ROLES, Transcript
from empathy_audit.readers import READERS, Unrecognised

from tests.readers import (
    test_amazon_transcribe,
    test_azure_conversations,
    test_azure_speech,
    test_bedrock_audio,
    test_call_analytics,
    test_connect_chat,
    test_contact_lens,
    test_genesys,
    test_gong,
    test_google_insights,
    test_google_speech,
    test_post_call_analytics,
    test_twilio_conversations,
    test_twilio_intelligence,
)
from tests.readers.build import reading

HOSTILE: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**300,
    1e308,
    "",
    "\u202ex\x1b[0m\ud800",
    "9" * 60,
    [],
    [None],
    {},
    {"a": []},
)


def documents() -> dict[str, tuple[str, Any]]:
    """Format and document by a name for each shape."""
    transcribe, insights, gong = test_amazon_transcribe, test_google_insights, test_gong
    channels = {"channels": [{"channel_label": "ch_0", "items": transcribe.ITEMS}]}
    audio = [{"transcript": "a", "speaker_label": "b", "start_time": "1", "end_time": "2"}]
    menu = json.dumps({"data": {"content": {"title": "a", "elements": [{"title": "b"}]}}})
    kind = "application/vnd.amazonaws.connect.message.interactive"
    people = [test_genesys.present("agent", 0, 9, userId="u"), test_genesys.present("ivr", 0, None)]
    bound = [{"sid": "MB1", "type": "agent", "messaging_binding": {"address": "+15550100"}}]
    said = test_twilio_conversations.message("+15550100", "a", 1, participant_sid="MB1")
    trends = {"spk_0": {"NameOverride": "Sam"}}
    texts = {
        "call": ("contact-lens", json.dumps(test_contact_lens.CALL)),
        "menu": (
            "contact-lens",
            test_contact_lens.chat(test_contact_lens.item("p", "SYSTEM", menu, 1, ContentType=kind)),
        ),
        "chat": ("connect-chat", json.dumps({**test_connect_chat.STORED, "NextToken": "n"})),
        "analytics": ("call-analytics", json.dumps(test_call_analytics.CALL)),
        "speakers": ("amazon-transcribe", transcribe.job(speaker_labels=transcribe.LABELS)),
        "channels": ("amazon-transcribe", transcribe.job(channel_labels=channels)),
        "audio": ("amazon-transcribe", transcribe.job(items=[], audio_segments=audio)),
        "pca": (
            "post-call-analytics",
            test_post_call_analytics.call([("spk_0", "Agent")], Agents=["Dana"], Cust="Lee", SentimentTrends=trends),
        ),
        "bda": ("bedrock-audio", test_bedrock_audio.recording(test_bedrock_audio.segment("a", 1, "spk_0", "ch_0"))),
        "upload": ("google-insights", insights.upload(insights.entry("AGENT", "a", 1))),
        "resource": (
            "google-insights",
            json.dumps(
                {
                    "conversations": [
                        insights.resource(
                            insights.segment("a", "HUMAN_AGENT", "1s", channelTag=1, messageTime="x"),
                            callMetadata={"agentChannel": 1, "customerChannel": 2},
                            qualityMetadata={"agentInfo": [{"displayName": "D"}]},
                        )
                    ]
                }
            ),
        ),
        "stt": ("google-speech", json.dumps({"response": {"results": test_google_speech.DIARIZED}})),
        "library": (
            "google-speech",
            json.dumps(
                {"results": [test_google_speech.result([test_google_speech.library("a", 1.5, 1)], channelTag=1)]}
            ),
        ),
        "batch": ("azure-speech", json.dumps({"recognizedPhrases": [test_azure_speech.phrase("a", 1, speaker=1)]})),
        "fast": (
            "azure-speech",
            json.dumps({"combinedPhrases": [], "phrases": [{"offset": 1, "duration": 2, "text": "a"}]}),
        ),
        "azure": (
            "azure-conversations",
            test_azure_conversations.analysis(
                test_azure_conversations.conversation(
                    test_azure_conversations.item("p", "a", role="Agent", audioTimings=[{"offset": 1}])
                )
            ),
        ),
        "genesys": (
            "genesys",
            test_genesys.conversation(people, test_genesys.phrase("internal", 1, "a", duration={"milliseconds": 1})),
        ),
        "messages": ("twilio-conversations", test_twilio_conversations.page(said, participants=bound)),
        "sentences": ("twilio-intelligence", test_twilio_intelligence.page(*test_twilio_intelligence.ROWS)),
        "gong": ("gong", json.dumps({"callTranscripts": [gong.call()], "calls": [gong.parties(duration=600)]})),
    }
    return {name: (format_, json.loads(text)) for name, (format_, text) in texts.items()}


DOCUMENTS = documents()


def places(value: Any, *before: str | int) -> Iterator[tuple[str | int, ...]]:
    """The way to every value inside."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*before, key)
        yield from places(inner, *before, key)


def spoilt(whole: Any) -> Iterator[Any]:
    for way in places(whole):
        for value in (*HOSTILE, ...):
            copied = copy.deepcopy(whole)
            inner = copied
            for key in way[:-1]:
                inner = inner[key]
            if value is ...:
                del inner[way[-1]]
            else:
                inner[way[-1]] = value
            yield copied


def sound(outcome: Transcript | Failure, name: str) -> bool:
    if isinstance(outcome, Failure):
        return outcome.source.startswith(name) and bool(outcome.message)
    json.dumps([t.text for t in outcome.turns], ensure_ascii=False).encode()
    times = [ms for t in outcome.turns for ms in (t.start_ms, t.end_ms) if ms is not None]
    return all(t.role in ROLES and t.text.strip() and t.source for t in outcome.turns) and all(
        type(t) is int for t in times
    )


def read_all(value: Any, **options: Any) -> list[Transcript | Failure]:
    return list(reading(json.dumps(value), "c.json", **options))


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_whatever_stands_in_place_of_a_value(name: str) -> None:
    format_, whole = DOCUMENTS[name]
    assert all(isinstance(o, Transcript) for o in read_all(whole))
    for value in spoilt(whole):
        for options in ({"format": format_}, {}):
            try:
                outcomes = read_all(value, **options)
            except Unrecognised:
                assert not options
                continue
            assert all(sound(o, "c.json") for o in outcomes), value


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_no_other_reader_takes_the_file_whatever_the_order_of_the_registry(name: str) -> None:
    from empathy_audit.readers import Limits, Source
    from empathy_audit.readers.decoding import Document

    format_, whole = DOCUMENTS[name]
    document = Document(Source("c.json", data=json.dumps(whole).encode()), Limits())
    assert [reader.name for reader in READERS if reader.sniff(document)] == [format_]


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_a_list_and_json_lines_of_the_same_are_read_one_by_one(name: str) -> None:
    format_, whole = DOCUMENTS[name]
    for content, file in ((json.dumps([whole, 5]), "c.json"), (json.dumps(whole) + "\n5\n", "c.jsonl")):
        first, *_, last = reading(content, file, format=format_)
        assert isinstance(first, Transcript)
        assert isinstance(last, Failure)
        assert last.source.startswith("c.json#/1" if file == "c.json" else "c.jsonl:2")
