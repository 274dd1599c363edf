"""vCon: text dialogs, recordings with transcripts of many vendors, signed and encrypted ones."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.readers import Unrecognised
from empathy_audit.readers.vcon_content import from_html

from tests.readers.build import Speakers, failed, lines, one, outcomes, reading, said, short

AGENT = {"name": "Dana", "mailto": "dana@example.com", "role": "agent"}
CUSTOMER = {"tel": "+15550100", "role": "contact"}


def packed(value: Any) -> str:
    """base64url without padding."""
    data = value if isinstance(value, bytes) else (value if isinstance(value, str) else json.dumps(value)).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def text(body: Any, who: int, minute: int, **more: Any) -> dict[str, Any]:
    base = {"type": "text", "start": f"2026-03-02T10:{minute:02}:00Z", "parties": [who], "originator": who}
    return {**base, "mediatype": "text/plain", "encoding": "none", "body": body, **more}


def recording(minute: int = 0, **more: Any) -> dict[str, Any]:
    return {"type": "recording", "start": f"2026-03-02T10:{minute:02}:00Z", "parties": [1, 0], "url": "x", **more}


def transcript(body: Any, **more: Any) -> dict[str, Any]:
    return {"type": "transcript", "dialog": 0, "vendor": "v", "encoding": "json", "body": body, **more}


def vcon(*dialog: Any, analysis: list[Any] | None = None, version: str = "0.4.0", **more: Any) -> dict[str, Any]:
    base = {"vcon": version, "uuid": "018c-1", "created_at": "2026-03-02T11:00:00Z", "parties": [AGENT, CUSTOMER]}
    return {**base, "dialog": list(dialog), "analysis": analysis or [], "attachments": [], **more}


CHAT = (text("My parcel never came.", 1, 15), text("Oh no. What is its number?", 0, 16))
SHORT = [("customer", "+15550100", "My parcel never came."), ("agent", "Dana", "Oh no. What is its number?")]
DEEPGRAM = {
    "results": {
        "channels": [{"alternatives": [{"transcript": "Hello. Hi."}]}],
        "utterances": [
            {"transcript": "Hello.", "start": 0.5, "end": 1, "speaker": 0, "channel": 0},
            {"transcript": "Hi.", "start": 1.5, "end": 2, "speaker": 1, "channel": 0},
        ],
    }
}


# --- broken ones -------------------------------------------------------------------------------------------------


def test_an_encrypted_vcon_is_refused_with_what_to_do() -> None:
    content = {"unprotected": {"uuid": "018c-1"}, "recipients": [{}], "iv": "x", "ciphertext": "x", "tag": "x"}
    expected = "the vCon is encrypted (JWE); expected a plain or signed one; decrypt it with your key first"
    assert failed(json.dumps(content), "a.json") == ("a.json", "malformed", expected)
    signed = {"payload": packed(content), "signatures": [{"protected": "x", "signature": "x"}]}
    assert failed(json.dumps(signed), "a.vcon", format="vcon") == ("a.vcon", "malformed", expected)
    del content["unprotected"]
    assert failed(json.dumps(content), "a.vcon.json")[2] == expected
    with pytest.raises(Unrecognised):
        reading(json.dumps(content), "secret.json")


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        ("%%%", "the payload of the signed vCon is no base64url; expected letters, digits, - and _; export it again"),
        (packed("{"), "the payload of the signed vCon holds no JSON; expected a vCon under the base64url"),
        (packed(b"\xff\xfe{"), "the payload of the signed vCon holds no JSON; expected a vCon under the base64url"),
    ],
)
def test_a_payload_that_is_none_is_located(payload: str, message: str) -> None:
    content = json.dumps({"payload": payload, "signatures": []})
    assert failed(content, "a.vcon.json") == ("a.vcon.json#/payload", "malformed", message)


def test_bodies_that_cannot_be_decoded_are_located() -> None:
    broken = vcon(text("?!", 1, 1, encoding="base64url"))
    expected = "the body of the dialog is no base64url; expected letters, digits, - and _; export it again"
    assert failed(json.dumps(broken), "a.json") == ("a.json#/dialog/0/body", "malformed", expected)
    binary = vcon(recording(), analysis=[transcript(packed(b"\xff\xff"), encoding="base64url")])
    expected = "the body of the transcript is no text; expected UTF-8 under the base64url"
    assert failed(json.dumps([binary]), "a.json") == ("a.json#/0/analysis/0/body", "malformed", expected)
    found = outcomes(lines([broken, vcon(*CHAT)]), "a.jsonl")
    assert isinstance(found[0], Failure)
    assert (found[0].source, short(found[1])) == ("a.jsonl:1", SHORT)


def test_nothing_to_read_tells_what_is_missing() -> None:
    after = "expected dialogs of type text with a body, or an analysis of type transcript; transcribe it first"
    calls = json.dumps(vcon(recording(), recording()))
    assert failed(calls, "a.json")[2] == f"the vCon holds 2 recordings and no transcript; {after}"
    assert failed(json.dumps(vcon(text(None, 0, 1))), "a.json")[2] == f"the vCon holds no text; {after}"
    assert failed('{"vcon": "0.4.0"}', "a.json", format="vcon")[2] == (
        "no dialog; expected a vCon with parties and dialog"
    )


def test_an_extension_that_changes_the_meaning_is_refused() -> None:
    for key in ("critical", "must_support"):
        assert failed(json.dumps(vcon(*CHAT, **{key: ["CC", "upside_down"]})), "a.json")[2] == (
            'the vCon may only be read by who knows its extension "upside_down" (critical); convert it to one without'
        )
    assert said(json.dumps(vcon(*CHAT, critical=["CC", "wtf_transcription"])), "a.json") == SHORT


# --- text --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["0.0.1", "0.0.2", "0.3.0", "0.4.0"])
def test_text_dialogs_of_all_versions(version: str) -> None:
    later, first = ({k.replace("mediatype", "mimetype"): v for k, v in d.items()} for d in reversed(CHAT))
    content = vcon(later, first, {"type": "transfer", "transferor": 0}, version=version, subject="Parcel")
    found = reading(json.dumps(content), "a.vcon.json")
    assert list(found) == [
        Transcript(
            id="018c-1",
            turns=(
                Turn("customer", SHORT[0][2], "+15550100", at="2026-03-02T10:15:00Z", source=("#/dialog/1",)),
                Turn("agent", SHORT[1][2], "Dana", at="2026-03-02T10:16:00Z", source=("#/dialog/0",)),
            ),
            source="a.vcon.json",
            format="vcon",
            channel="chat",
            started_at="2026-03-02T10:15:00Z",
            meta={"subject": "Parcel"},
        )
    ]
    assert (found.why, found.counts.left_out) == ("a vCon", {"events": 1})


def test_without_a_version_and_in_a_list() -> None:
    content = [{k: v for k, v in vcon(*CHAT).items() if k != "vcon"}, vcon(*CHAT, uuid="018c-2")]
    first, second = outcomes(json.dumps(content), "a.json")
    assert isinstance(second, Transcript)
    assert (short(first), short(second), second.id, second.source) == (SHORT, SHORT, "018c-2", "a.json#/1")
    assert second.turns[0].source == ("#/1/dialog/0",)


def test_roles_from_every_place_and_a_bot_is_no_agent() -> None:
    parties = [
        {"name": "Bo", "type": "bot", "role": "agent"},
        {"name": "Model", "role": "agent", "meta": {"agent_session": {"id": 1}}},
        {"name": "Dana", "meta": {"role": "agent"}},
        {"name": "Kim"},
        {"name": "Lee"},
        {"name": "Ada", "role": "thirdparty"},
        {},
    ]
    named = {"type": "generation_info", "encoding": "none", "body": {"agent_name": "Kim", "customer_name": "lee"}}
    dialog = [text(f"{n}", n, n) for n in range(len(parties))]
    content = vcon(*dialog, parties=parties, attachments=[named, {"encoding": "base64url", "body": "?"}])
    assert said(json.dumps(content), "a.json") == [
        ("bot", "Bo", "0"),
        ("bot", "Model", "1"),
        ("agent", "Dana", "2"),
        ("agent", "Kim", "3"),
        ("customer", "Lee", "4"),
        ("unknown", "Ada", "5"),
        ("unknown", "Party 6", "6"),
    ]


def test_who_writes_is_the_originator_or_the_first_of_the_parties() -> None:
    dialog = [
        {**text("originator", 0, 1), "parties": [0, 1], "originator": 1},
        {**text("first", 0, 2, originator=None), "parties": [1, 0]},
        {**text("number", 0, 3, originator=None), "parties": 0},
        {**text("nested", 0, 4, originator=None), "parties": [[1], [0]]},
        {**text("nobody", 0, 5, originator=9), "parties": []},
    ]
    assert [(s, t) for _, s, t in said(json.dumps(vcon(*dialog)), "a.json")] == [
        ("+15550100", "originator"),
        ("+15550100", "first"),
        ("Dana", "number"),
        ("+15550100", "nested"),
        (None, "nobody"),
    ]


def test_bodies_in_every_encoding_html_mail_and_messages_that_are_there_twice() -> None:
    mail = "Subject: Parcel\nContent-Type: text/plain; charset=utf-8\n\nWhere is it?\n"
    parts = "--b\nContent-Type: text/plain\n\nStill here?\n--b\nContent-Type: text/html\n\n<p>Still here?</p>\n--b--\n"
    dialog = [
        text(packed("Grüße"), 1, 1, encoding="base64url"),
        text({"text": "as JSON"}, 0, 2, encoding="json"),
        text("<p>One &amp; two</p><p>three</p><style>x</style>", 1, 3, mediatype="text/html; charset=utf-8"),
        text(mail, 1, 4, mediatype="message/rfc822", message_id="m-1"),
        text(mail, 1, 4, mediatype="message/rfc822", message_id="m-1"),
        text(parts, 1, 5, mediatype="multipart/alternative; boundary=b"),
    ]
    found = reading(json.dumps(vcon(*dialog)), "a.json")
    (transcribed,) = found
    assert isinstance(transcribed, Transcript)
    assert [t.text for t in transcribed.turns] == [
        "Grüße",
        "as JSON",
        "One & two\nthree",
        "Where is it?",
        "Still here?",
    ]
    assert found.counts.left_out == {"messages that are there twice": 1}
    assert one(json.dumps(vcon(dialog[3])), "a.json").channel == "email"


def test_html_that_the_parser_does_not_know_is_kept() -> None:
    assert from_html("a<br>b<script>x</script><div>c  d</div>") == "a\nb\nc d"
    assert "x" in from_html("<![x[")


# --- recordings --------------------------------------------------------------------------------------------------

SPOKEN = [("unknown", "Speaker 0", "Hello."), ("unknown", "Speaker 1", "Hi.")]
BODIES: dict[str, tuple[Any, list[tuple[str, str | None, str]]]] = {
    "deepgram": (DEEPGRAM, SPOKEN),
    "deepgram results": (DEEPGRAM["results"], SPOKEN),
    "deepgram alternative": (
        {
            "transcript": "Hello. Hi.",
            "words": [
                {"word": "hello", "punctuated_word": "Hello.", "start": 0, "speaker": 0},
                {"word": "hi", "punctuated_word": "Hi.", "start": 1, "speaker": 1},
            ],
        },
        SPOKEN,
    ),
    "whisper": (
        {
            "segments": [
                {"start": 0, "end": 1, "text": " Hello.", "speaker": "SPEAKER_00"},
                {"start": 1, "end": 2, "text": " Hi.", "speaker": "SPEAKER_01"},
            ]
        },
        [("unknown", "SPEAKER_00", "Hello."), ("unknown", "SPEAKER_01", "Hi.")],
    ),
    "assemblyai": (
        {
            "audio_duration": 2,
            "utterances": [
                {"speaker": "A", "text": "Hello.", "start": 0, "end": 1},
                {"speaker": "B", "text": "Hi.", "start": 1, "end": 2},
            ],
        },
        [("unknown", "A", "Hello."), ("unknown", "B", "Hi.")],
    ),
    "revai": (
        {
            "monologues": [
                {"speaker": 0, "elements": [{"type": "text", "value": "Hello.", "ts": 0}]},
                {"speaker": 1, "elements": [{"type": "text", "value": "Hi.", "ts": 1}]},
            ]
        },
        SPOKEN,
    ),
    "messages": (
        [{"speaker": "Agent", "message": "Hello."}, {"speaker": "Customer", "message": "Hi."}],
        [("agent", "Dana", "Hello."), ("customer", "+15550100", "Hi.")],
    ),
    "messages inside": (
        {"conversation": [{"speaker": "dana@example.com", "message": "Hello."}, {"speaker": "Kim", "message": "Hi."}]},
        [("agent", "Dana", "Hello."), ("customer", "Kim", "Hi.")],
    ),
    "paragraphs": (
        {"transcript": "Hello.\n\nHi.", "confidence": 1},
        [("unknown", None, "Hello."), ("unknown", None, "Hi.")],
    ),
    "labels": (
        {"transcript": "Agent: Hello.\nCustomer: Hi."},
        [("agent", "Dana", "Hello."), ("customer", "+15550100", "Hi.")],
    ),
    "text": ("Hello.", [("unknown", None, "Hello.")]),
}


@pytest.mark.parametrize("name", sorted(BODIES))
@pytest.mark.parametrize("form", ["object", "text", "none", "base64url"])
def test_a_recording_is_read_from_its_transcript(name: str, form: str) -> None:
    body, expected = BODIES[name]
    written = body if isinstance(body, str) else json.dumps(body)
    analysis = {
        "object": transcript(body),
        "text": transcript(written),
        "none": transcript(written, encoding="none"),
        "base64url": transcript(packed(written), encoding="base64url"),
    }[form]
    other = {"type": "summary", "dialog": 0, "encoding": "none", "body": "They met."}
    assert said(json.dumps(vcon(recording(), analysis=[other, analysis])), "a.json") == expected


def test_a_transcript_keeps_its_times_and_points_into_its_body() -> None:
    found = one(
        json.dumps(vcon(recording(), analysis=[transcript(DEEPGRAM)])), "a.json", speakers=Speakers(("speaker 0",))
    )
    place = "#/analysis/0/body/results/utterances/"
    assert found.turns == (
        Turn("agent", "Hello.", "Speaker 0", start_ms=500, end_ms=1000, source=(place + "0",)),
        Turn("customer", "Hi.", "Speaker 1", start_ms=1500, end_ms=2000, source=(place + "1",)),
    )
    assert (found.channel, found.started_at) == ("phone", "2026-03-02T10:00:00Z")


def test_channels_are_the_parties_of_the_recording() -> None:
    body = {
        "channels": [{"alternatives": [{"transcript": "x"}]}] * 2,
        "utterances": [
            {"transcript": "Hello.", "start": 0, "channel": 1},
            {"transcript": "Hi.", "start": 1, "channel": 0},
        ],
    }
    expected = [("agent", "Dana", "Hello."), ("customer", "+15550100", "Hi.")]
    for parties in ([1, 0], [[1], [0]]):
        content = vcon(recording(parties=parties), analysis=[transcript(body)])
        assert said(json.dumps(content), "a.json") == expected


def test_a_recording_of_one_party_is_all_theirs() -> None:
    content = vcon(recording(parties=[1]), analysis=[transcript("Please call me back.")])
    assert said(json.dumps(content), "a.json") == [("customer", "+15550100", "Please call me back.")]


def test_of_several_transcripts_the_one_with_speakers_is_read() -> None:
    analyses = [transcript("Hello. Hi."), transcript(BODIES["messages"][0]), transcript(DEEPGRAM, dialog=[0])]
    found = reading(json.dumps(vcon(recording(), analysis=analyses)), "a.json")
    assert [short(t) for t in found] == [BODIES["messages"][1]]
    assert found.counts.left_out == {"further transcripts of the same dialog": 2}


def test_a_transcript_of_a_chat_says_nothing_twice() -> None:
    found = reading(
        json.dumps(vcon(*CHAT, analysis=[transcript("My parcel never came."), transcript("x", dialog=None)])), "a.json"
    )
    assert [short(t) for t in found] == [SHORT]
    assert found.counts.left_out == {"further transcripts of the same dialog": 2}


def test_chat_and_calls_in_order_of_time() -> None:
    later = transcript(DEEPGRAM, dialog=2)
    without = {**recording(30), "type": "incomplete", "disposition": "busy"}
    content = vcon(recording(20), *CHAT[:1], recording(10), without, analysis=[transcript(DEEPGRAM), later])
    found = reading(json.dumps(content), "a.json")
    (together,) = found
    assert isinstance(together, Transcript)
    assert [(t.text, t.start_ms, t.at) for t in together.turns] == [
        ("Hello.", 500, None),
        ("Hi.", 1500, None),
        ("My parcel never came.", None, "2026-03-02T10:15:00Z"),
        ("Hello.", 600_500, None),
        ("Hi.", 601_500, None),
    ]
    assert (together.channel, found.counts.left_out) == (None, {"events": 1})


def test_the_world_transcription_format_in_an_analysis_or_an_attachment() -> None:
    body = {
        "transcript": {"text": "Hello.", "language": "en-US"},
        "segments": [{"id": 0, "start": 0.5, "end": 1, "text": "Hello.", "speaker": 0, "words": [0]}],
        "words": [{"id": 0, "text": "Hello."}],
        "speakers": {"0": {"id": 0, "label": "Dana"}},
        "metadata": {"provider": "whisper"},
    }
    analysis = transcript(body, type="wtf_transcription")
    attachment = {"purpose": "wtf_transcription", "dialog": 0, "encoding": "json", "body": body}
    for content in (vcon(recording(), analysis=[analysis]), vcon(recording(), attachments=[attachment])):
        assert said(json.dumps(content), "a.json") == [("agent", "Dana", "Hello.")]


# --- signed ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wraps", [1, 2])
@pytest.mark.parametrize("flat", [False, True])
def test_a_signed_vcon_is_unwrapped_and_the_signature_is_not_checked(flat: bool, wraps: int) -> None:
    content: Any = vcon(*CHAT)
    for _ in range(wraps):
        rest = {"protected": "x", "signature": "x"} if flat else {"signatures": [{"protected": "x", "signature": "x"}]}
        content = {"payload": packed(content), **rest}
    found = reading(json.dumps(content), "a.json")
    (unwrapped,) = found
    assert isinstance(unwrapped, Transcript)
    assert short(unwrapped) == SHORT
    assert unwrapped.turns[0].source == ("#" + "/payload" * wraps + "/dialog/0",)
    assert (found.why, found.notes) == ("a signed vCon", ("a.json: the vCon is signed; the signature was not checked",))


def test_signed_too_many_times_over_and_other_signed_things() -> None:
    content: Any = vcon(*CHAT)
    for _ in range(6):
        content = {"payload": packed(content), "signature": "x"}
    assert failed(json.dumps(content), "a.json", format="vcon")[2] == (
        "signed more than 5 times over; expected a vCon inside"
    )
    with pytest.raises(Unrecognised):
        reading(json.dumps({"payload": packed({"sub": "me"}), "signature": "x"}), "a.json")
