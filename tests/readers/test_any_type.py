"""Every field of a transcript by a machine may be missing or of another type: a turn less or a failure, never an exception."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript
from empathy_audit.readers import READERS
from empathy_audit.readers.base import Limits, Source
from empathy_audit.readers.decoding import Document

from tests.readers.build import outcomes

DEEP: Any = "x"
for _ in range(300):
    DEEP = [DEEP]

STRANGE: tuple[Any, ...] = (
    None,
    True,
    -7,
    1e300,
    float("nan"),
    10**30,
    "",
    "\ud800 \x00\x1b[31m",
    "a" + " " * 30_000 + "b",
    "999999999999999999:99:99",
    [],
    [[]],
    [None, 1, "x", {}],
    {},
    {"": {"": None}},
    DEEP,
)

WORD = {"word": "hi", "punctuated_word": "Hi.", "start": 0.1, "end": 0.4, "speaker": 0}
DEEPGRAM = {
    "metadata": {"request_id": "r", "channels": 1},
    "results": {
        "channels": [
            {
                "detected_language": "en",
                "alternatives": [
                    {
                        "transcript": "Hi.",
                        "words": [WORD],
                        "paragraphs": {"paragraphs": [{"speaker": 0, "start": 0, "sentences": [{"text": "Hi."}]}]},
                    }
                ],
            }
        ],
        "utterances": [{"start": 0.1, "end": 0.4, "channel": 0, "speaker": 0, "transcript": "Hi."}],
    },
}
WHISPER = {
    "language": "en",
    "segments": [
        {"start": 0, "end": 1, "text": "Hi.", "speaker": "A", "words": [WORD]},
        {"start": 1, "end": 2, "text": "Ho.", "words": [WORD]},
    ],
    "speakers": {"A": {"label": "Dana"}},
    "word_segments": [WORD],
}
UTTERANCE = {"speaker": "A", "channel": "1", "text": "Hi.", "start": 1, "end": 2}
ASSEMBLYAI = {
    "id": "t",
    "status": "completed",
    "audio_duration": 3,
    "text": "Hi.",
    "words": [UTTERANCE],
    "utterances": [UTTERANCE],
    "sentences": [UTTERANCE],
}
RESULT = {
    "type": "word",
    "channel": "Agent",
    "start_time": 0.1,
    "end_time": 0.2,
    "attaches_to": "previous",
    "alternatives": [{"content": "Hi", "speaker": "S1"}],
}
SPEECHMATICS = {
    "format": "2.9",
    "job": {"id": "j"},
    "metadata": {"language_pack_info": {"word_delimiter": " "}, "transcription_config": {"language": "en"}},
    "results": [RESULT, {**RESULT, "type": "entity", "alternatives": [], "written_form": [RESULT]}],
}
REVAI = {
    "speakers": [{"id": 0, "name": "Dana"}],
    "monologues": [{"speaker": 0, "elements": [{"type": "text", "value": "Hi", "ts": 0.1, "end_ts": 0.2}]}],
}
DIALOG = {
    "type": "text",
    "start": "2026-03-02T10:15:00Z",
    "parties": [[0], [1]],
    "originator": 1,
    "mediatype": "text/html",
    "encoding": "none",
    "message_id": "m",
    "body": "Hi",
}
VCON = {
    "vcon": "0.4.0",
    "uuid": "u",
    "subject": "s",
    "critical": ["CC"],
    "parties": [{"name": "Dana", "type": "person", "role": "agent", "meta": {"role": "agent"}}, {"tel": "+1"}],
    "dialog": [DIALOG, {**DIALOG, "type": "recording", "body": None}],
    "analysis": [{"type": "transcript", "dialog": [1], "vendor": "v", "encoding": "json", "body": DEEPGRAM}],
    "attachments": [{"type": "x", "encoding": "base64url", "body": "e30", "purpose": "y"}],
}
DOCUMENTS: dict[str, Any] = {
    "deepgram": DEEPGRAM,
    "assemblyai": ASSEMBLYAI,
    "revai": REVAI,
    "speechmatics": SPEECHMATICS,
    "whisper": WHISPER,
    "vcon": VCON,
    "rasa": {
        "sender_id": "s",
        "events": [
            {"event": "user", "text": "Hi", "timestamp": 1.5, "input_channel": "rest"},
            {
                "event": "bot",
                "text": "Hi",
                "timestamp": 1.6,
                "data": {"custom": {"text": "x"}, "buttons": [{"title": "t", "payload": "/p"}]},
            },
            {"event": "action", "name": None, "action_text": "Hi"},
        ],
    },
    "signal": [
        {
            "id": "m",
            "conversationId": "c",
            "type": "incoming",
            "body": "Hi",
            "sent_at": 1_772_446_500_000,
            "source": "+1",
            "sourceServiceId": "s",
            "deletedForEveryone": False,
        }
    ],
    "sharegpt": {"id": "i", "system": "s", "conversations": [{"from": "human", "value": "Hi"}]},
    "abcd": [
        {
            "convo_id": 1,
            "scenario": {"flow": "f"},
            "original": [["agent", "Hi"], ["action", "x"]],
            "delexed": [{"speaker": "agent", "text": "hi"}],
        }
    ],
    "taskmaster": {
        "conversation_id": "d",
        "instruction_id": "i",
        "utterances": [{"index": 0, "speaker": "USER", "text": "Hi"}],
    },
    "sgd": [{"dialogue_id": "1", "services": ["a"], "turns": [{"speaker": "USER", "utterance": "Hi", "frames": []}]}],
    "convokit": [
        {
            "id": "a",
            "conversation_id": "a",
            "reply-to": "b",
            "speaker": {"id": "s", "meta": {}},
            "timestamp": 1.7e9,
            "text": "Hi",
            "meta": {"role": "agent"},
        }
    ],
}


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_nobody_else_takes_the_file(name: str) -> None:
    for content in (json.dumps(DOCUMENTS[name]), json.dumps([DOCUMENTS[name]]), json.dumps(DOCUMENTS[name], indent=2)):
        document = Document(Source("a.json", data=content.encode()), Limits())
        takers = [reader.name for reader in READERS if reader.sniff(document)]
        assert takers == ([name] if not content.startswith("[[") else [])


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from paths(inner, (*path, key))


def altered(document: Any, path: tuple[Any, ...], strange: Any) -> Any:
    changed = copy.deepcopy(document)
    holder = changed
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = strange
    return changed


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_any_field_may_be_anything(name: str) -> None:
    document = DOCUMENTS[name]
    (whole,) = outcomes(json.dumps(document), "a.json")
    assert isinstance(whole, Transcript)
    assert whole.format == name
    for path in paths(document):
        for strange in STRANGE:
            found = outcomes(json.dumps(altered(document, path, strange)), "a.json", format=name)
            assert all(isinstance(o, Transcript | Failure) for o in found)
            assert all(o.source.startswith("a.json") and "\n" not in o.source for o in found)
            for turn in (t for o in found if isinstance(o, Transcript) for t in o.turns):
                assert turn.text.strip()
                assert all(ms is None or type(ms) is int for ms in (turn.start_ms, turn.end_ms))
                json.dumps([turn.text, turn.speaker, turn.at]).encode()
