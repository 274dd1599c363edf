"""WebVTT and SubRip captions."""

from __future__ import annotations

import pytest
from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import Speakers, failed, one, reading, said

VTT = "WEBVTT\n\n"
BAD_TIMES = "a caption whose times cannot be read; expected `00:00:0{}000 --> 00:00:0{}000`; mend or remove it"


def vtt(*captions: str) -> str:
    return VTT + "".join(f"00:00:{i:02d}.000 --> 00:00:{i + 1:02d}.000\n{c}\n\n" for i, c in enumerate(captions))


# --- broken -----------------------------------------------------------------------------------------------------------


def test_a_file_without_its_first_line() -> None:
    assert failed("00:01.000 --> 00:02.000\nHi\n", "a.vtt") == (
        "a.vtt:1",
        "malformed",
        "the first line is not WEBVTT; expected WEBVTT, an empty line, then captions; export the captions again",
    )


def test_a_file_without_captions() -> None:
    assert failed("WEBVTT - a title\n\nNOTE nothing\n", "a.vtt") == (
        "a.vtt",
        "malformed",
        "no captions; expected at least one; check the export",
    )


@pytest.mark.parametrize("times", ["00:00:05.000 --> soon", "x --> y", "00:00:05 --> 00:00:06"])
def test_times_that_cannot_be_read(times: str) -> None:
    message = BAD_TIMES.format("1.", "2.")
    assert failed(vtt("Hi") + f"{times}\nYes\n", "a.vtt") == ("a.vtt:6", "malformed", message)


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ("1\n00:00:01,000 --> soon\nHi\n", ":2", BAD_TIMES.format("1,", "2,")),
        ("1\n00:00:01,000 --> 00:00:02,000\nHi\n\n2\n--> x\nYes\n", ":6", BAD_TIMES.format("1,", "2,")),
        (
            "Title\n1\n00:00:01,000 --> 00:00:02,000\nHi\n",
            ":1",
            "text before the first caption; expected a caption number; remove it",
        ),
    ],
)
def test_broken_subrip(content: str, place: str, message: str) -> None:
    assert failed(content, "a.srt") == ("a.srt" + place, "malformed", message)


def test_text_asked_for_as_subrip() -> None:
    assert failed("1\n", "a.srt", format="srt") == (
        "a.srt",
        "malformed",
        "no captions; expected a number, times and text for each; check the export",
    )


# --- who speaks -------------------------------------------------------------------------------------------------------

TWO = [("agent", "Dana", "Hello there."), ("customer", "Lee", "Hi.")]
DANA = Speakers(agents=("Dana",))


@pytest.mark.parametrize(
    "captions",
    [
        ("<v Dana>Hello</v>", "<v Dana>there.</v>", "<v Lee>Hi.</v>"),
        ("<v.loud Dana>Hello\nthere.", "<v Lee>Hi."),
        ("<v Dana><i>Hello</i> <c.red>there.</c></v> <v Lee>Hi.</v>",),
        ("Dana: Hello", "Dana: there.", "Lee: Hi."),
        ("Dana: Hello\nthere.\nLee: Hi.",),
        ("(Dana)\nHello", "(Dana)\nthere.\n-\n \n(Lee)\nHi."),
        ("[Dana]: Hello there.", "[Lee]: Hi."),
        (">> Dana: Hello\nthere.", "&gt;&gt; Lee: Hi."),
    ],
)
def test_ways_to_name_the_speaker(captions: tuple[str, ...]) -> None:
    assert said(vtt(*captions), "a.vtt", speakers=DANA) == TWO


def test_captions_of_one_speaker_are_merged_with_their_places() -> None:
    content = vtt("<v Dana>Thank you for calling,", "<v Dana>how can I help?", "<v Lee>It broke &amp; smells.")
    assert one(content, "call.vtt") == Transcript(
        id="call.vtt:1",
        turns=(
            Turn(
                "agent", "Thank you for calling, how can I help?", "Dana", start_ms=0, end_ms=2000, source=(":3", ":6")
            ),
            Turn("customer", "It broke & smells.", "Lee", start_ms=2000, end_ms=3000, source=(":9",)),
        ),
        source="call.vtt",
        format="webvtt",
        meta={
            "guessed_roles": {
                "Dana": {"role": "agent", "confidence": 0.97},
                "Lee": {"role": "customer", "confidence": 0.97},
            }
        },
    )


def test_role_words_and_nobody() -> None:
    found = reading(vtt("Agent: Hello.", "Agent: Bye.", "[Music]", "Customer: Hi.", "- Yes.\n>> No.", "  "), "a.vtt")
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert [(t.role, t.speaker, t.text) for t in transcript.turns] == [
        ("agent", None, "Hello. Bye."),
        ("customer", None, "Hi."),
        ("unknown", None, "Yes."),
        ("unknown", None, "No."),
    ]
    assert found.counts.left_out == {"empty turns": 1, "sounds and stage directions": 1}


def test_colons_inside_a_text_name_nobody() -> None:
    assert said(
        vtt("Dana: Hello.", "The answer is: no.", "Dana: Ten: four.", "Lee: Hi.", "Lee: Yes."),
        "a.vtt",
        speakers=Speakers(("Dana",), ("Lee",)),
    ) == [
        ("agent", "Dana", "Hello."),
        ("unknown", None, "The answer is: no."),
        ("agent", "Dana", "Ten: four."),
        ("customer", "Lee", "Hi. Yes."),
    ]


def test_a_caption_of_nobody_keeps_the_other_of_two_unknown() -> None:
    assert [t[0] for t in said(vtt("Dana: Hello.", "who knows", "Lee: Hi."), "a.vtt", speakers=DANA)] == [
        "agent",
        "unknown",
        "unknown",
    ]


def test_what_teams_and_others_write() -> None:
    content = (
        "\ufeffWEBVTT\r\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\r\n\r\nNOTE made by a machine\r\n\r\n"
        "guid/12-0\r\n0:0:3.210 --> 0:0:4.130 align:start\r\n<v Lee>Second</v>\r\n\r\n"
        "guid/12-1\r\n0:0:1.5 --> 0:0:9.000\r\n<v Dana>First\u2028still</v>\r\n"
    )
    assert [(t.speaker, t.text, t.start_ms, t.end_ms, t.source) for t in one(content, "a.vtt").turns] == [
        ("Dana", "First\u2028still", 1500, 9000, (":11",)),
        ("Lee", "Second", 3210, 4130, (":7",)),
    ]


SRT = (
    "1\n00:00:00,500 --> 00:00:02,000\n[Agent] Hello\n\n2\n00:00:02,000 --> 00:00:03.500\n- Agent: there.\n"
    "3\n00:00:04,000 --> 00:00:05,000\nCustomer: {}\n"
)


def test_subrip() -> None:
    assert one(SRT.format("<i>Hi.</i>"), "a.srt") == Transcript(
        id="a.srt:1",
        turns=(
            Turn("agent", "Hello there.", start_ms=500, end_ms=3500, source=(":2", ":6")),
            Turn("customer", "Hi.", start_ms=4000, end_ms=5000, source=(":9",)),
        ),
        source="a.srt",
        format="srt",
    )


def test_subrip_without_numbers_keeps_numbers_that_were_said() -> None:
    content = (
        "00:00:01,000 --> 00:00:02,000\nAgent: Your code?\n\n00:00:02,000 --> 00:00:03,000\nCustomer:\n4711\n\n"
        "00:00:04,000 --> 00:00:05,000\nAgent: Thanks.\n"
    )
    assert [t[2] for t in said(content, "a.srt")] == ["Your code?", "4711", "Thanks."]


def test_people_who_speak_at_once_keep_their_turns_and_times() -> None:
    content = VTT + (
        "00:00.000 --> 00:09.000\n<v Dana>Let me explain</v>\n\n"
        "00:02.000 --> 00:03.000\n<v Lee>No!</v>\n\n"
        "00:02.000 --> 00:04.000\n<v Dana>how it</v> <v Lee>I said no.</v>\n\n"
        "00:08.000 --> 00:10.000\n<v Lee>Bye.</v>\n"
    )
    assert [(t.speaker, t.text, t.start_ms, t.end_ms, t.source) for t in one(content, "a.vtt").turns] == [
        ("Dana", "Let me explain", 0, 9000, (":3",)),
        ("Lee", "No!", 2000, 3000, (":6",)),
        ("Dana", "how it", 2000, 4000, (":9",)),
        ("Lee", "I said no. Bye.", 2000, 10000, (":9", ":12")),
    ]
