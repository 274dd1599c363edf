"""Broken, hostile and enormous input, whatever the format: a clear located message, and the rest is read."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
from empathy_audit.errors import TranscriptError
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript
from empathy_audit.readers import READERS, Limits, Source, UnknownFormat, Unrecognised, read
from empathy_audit.readers.base import listed
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readers.build import failed, lines, one, outcomes, reading, said, short, talk


@pytest.mark.parametrize("content", [b"", b"  \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_told(content: bytes) -> None:
    with pytest.raises(Unrecognised) as caught:
        reading(content, "folder/a.json")
    assert str(caught.value) == (
        "folder/a.json: the file is empty; expected text; export the transcript as text, CSV, JSON or captions"
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (bytes(range(256)) * 40, "the file is binary (it holds NUL bytes)"),
        (b"\x01\x02\x03\x04agent", "the file is binary (a tenth of it are control characters)"),
        (b"PK\x03\x04\x14\x00\x06\x00", "the zip archive is damaged or cut off; expected a whole one"),
        (b"PK\x05\x06" + bytes(18), "the file is binary (it holds NUL bytes)"),
        (b"%PDF-1.7\n\x00\x01", "the file is a PDF"),
        (b"\x81\x8d\x8f\x90\x9d", "the file is binary (a tenth of it are control characters)"),
    ],
)
def test_binary_junk_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(Unrecognised) as caught:
        reading(content, format="text")
    assert caught.value.message.startswith(reason)


def test_a_nul_byte_far_down_is_located() -> None:
    content = "Agent: hello there\nCustomer: hi\n" * 4000 + "Agent: x\x00y\n"
    assert failed(content) == (
        "a.txt:8001",
        "malformed",
        "a NUL byte; expected text; export the transcript as text, CSV, JSON or captions",
    )


def test_a_file_that_is_not_there_or_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(TranscriptError) as caught:
            read(Source("shown.json", path))
        assert not isinstance(caught.value, Unrecognised)
        assert caught.value.place == "shown.json"
        assert "check the path and its permissions" in caught.value.message


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    import os
    import threading

    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(b"conversation_id,speaker,text\na,agent,Hi\n",))
    writer.start()
    (found,) = read(Source("pipe", path))
    writer.join()
    assert short(found) == [("agent", None, "Hi")]


def test_a_format_that_nobody_has_names_the_nearest() -> None:
    with pytest.raises(UnknownFormat) as caught:
        reading("x", format="webvt")
    assert str(caught.value) == (
        '--input-format: no reader is called "webvt"; '
        f"expected {listed([r.name for r in READERS])}; did you mean webvtt?"
    )


def test_errors_travel_between_processes() -> None:
    for error in (Unrecognised("m", "p"), UnknownFormat("m", "p")):
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again)) == (type(error), "p: m")


def test_json_that_is_nobodys_and_broken_tells_where() -> None:
    with pytest.raises(Unrecognised) as caught:
        reading('{"a": 1,\n "b" 2}', "a.json")
    assert str(caught.value) == (
        "a.json:2:6: not valid JSON: expecting ':' delimiter; expected a complete JSON value; export it again or "
        "mend it here"
    )


def test_truncated_json_tells_line_and_column() -> None:
    content = json.dumps(talk("Hello.", "Hi there."), indent=1)
    cut = content[: content.index("there")]
    assert failed(cut, "c.json") == (
        "c.json:9:12",
        "malformed",
        "the JSON ends too early; expected a complete JSON value; export it again or mend it here",
    )


@pytest.mark.parametrize("at", [0, 500, 999])
def test_one_malformed_conversation_among_a_thousand(at: int) -> None:
    rows = [json.dumps(talk("Hello.", id=f"c{i}")) for i in range(1000)]
    rows[at] = rows[at][: rows[at].index("[")]
    found = outcomes("\n".join(rows), "many.jsonl")
    (failure,) = (o for o in found if isinstance(o, Failure))
    assert failure == Failure(
        f"many.jsonl:{at + 1}:{len(rows[at].rstrip()) + 1}",
        "malformed",
        "the JSON ends too early; expected a complete JSON value; export it again or mend it here",
    )
    assert [o.id for o in found if isinstance(o, Transcript)] == [f"c{i}" for i in range(1000) if i != at]


def test_deep_nesting_is_a_failure() -> None:
    deep = "[" * 200_000 + "]" * 200_000
    bad = '{"turns": ' + deep + "}"
    first, second = outcomes(bad + "\n" + json.dumps(talk("Hello.")) + "\n", "d.jsonl")
    assert first == Failure("d.jsonl:1", "malformed", "not valid JSON: nested too deeply to be read")
    assert short(second) == [("customer", None, "Hello.")]


# --- encodings ----------------------------------------------------------------------------------------------------

CAFE = "Agent: Grüße aus dem Café – “gern”\nCustomer: Merci, 20 € 😀\n"


@pytest.mark.parametrize(
    "content",
    [
        CAFE.encode(),
        CAFE.encode("utf-8-sig"),
        CAFE.encode("utf-16"),
        CAFE.encode("utf-16-le"),
        CAFE.encode("utf-16-be"),
        b"\xfe\xff" + CAFE.encode("utf-16-be"),
        CAFE.encode("utf-32"),
        CAFE.replace("\n", "\r\n").encode("utf-16"),
        CAFE.replace("\n", "\r").encode(),
    ],
)
def test_encodings_and_line_ends(content: bytes) -> None:
    assert said(content) == [("agent", None, "Grüße aus dem Café – “gern”"), ("customer", None, "Merci, 20 € 😀")]


def test_windows_1252_and_mixed_encodings() -> None:
    western = "Agent: Grüße – “gern” für 20 €\n".encode("cp1252")
    assert said(western + "Customer: déjà vu 😀\n".encode()) == [
        ("agent", None, "Grüße – “gern” für 20 €"),
        ("customer", None, "déjà vu 😀"),
    ]


def test_encodings_hold_in_formats_that_are_streamed() -> None:
    native = json.dumps(talk("Grüße", "ça va"), ensure_ascii=False)
    table = "id;conversation_id;speaker;text\r1;c;agent;Grüße\r2;c;client;ça va\r"
    for content, name in ((native, "a.jsonl"), (native, "a.json"), (table, "a.csv")):
        for encoding in ("utf-8-sig", "utf-16", "cp1252"):
            assert [t[2] for t in said(content.encode(encoding), name)] == ["Grüße", "ça va"]


# --- sizes ----------------------------------------------------------------------------------------------------------

HUGE = "x" * 1_000_001
TOO_LONG = "a turn of 1,000,001 characters; expected at most 1,000,000; split or shorten it"


@pytest.mark.parametrize(
    ("content", "name", "source"),
    [
        (json.dumps(talk("Hello.", HUGE)), "a.json", "a.json#/turns/1"),
        (json.dumps([talk("Hello.", HUGE)]), "a.json", "a.json#/0/turns/1"),
        (json.dumps(talk("Hello.", HUGE)) + "\n", "a.jsonl", "a.jsonl:1"),
        (f"Agent: Hello.\nCustomer: Hi.\nAgent: {HUGE}\n", "a.txt", "a.txt:3"),
        (f"conversation_id,speaker,text\nc,agent,Hello.\nc,client,{HUGE}\n", "a.csv", "a.csv:3"),
        (f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Dana>{HUGE}\n", "a.vtt", "a.vtt:3"),
        (f"1\n00:00:01,000 --> 00:00:02,000\nAgent: {HUGE}\n", "a.srt", "a.srt:2"),
    ],
)
def test_a_huge_turn_is_a_located_failure(content: str, name: str, source: str) -> None:
    kind = None if name != "a.txt" else "text"  # most of the head is one turn, which is no reason to call it text
    assert failed(content, name, format=kind) == (source, "too-large", TOO_LONG)


def test_a_huge_turn_does_not_stop_the_rest() -> None:
    content = lines([talk("Hello.", HUGE), talk("Bye.")])
    first, second = outcomes(content, "a.jsonl")
    assert first == Failure("a.jsonl:1", "too-large", TOO_LONG)
    assert short(second) == [("customer", None, "Bye.")]


def test_too_many_turns_and_too_many_bytes() -> None:
    content = json.dumps(talk("a", "b", "c"))
    assert failed(content, "a.json", limits=Limits(turns=2)) == (
        "a.json",
        "too-large",
        "3 turns; expected at most 2; split the conversation",
    )
    assert failed(content, "a.json", limits=Limits(characters=2))[1:] == (
        "too-large",
        "3 characters; expected at most 2; split the conversation",
    )
    assert len(outcomes(content, "a.json", limits=Limits(characters=3))) == 1
    source, kind, message = failed("Agent: hello\nCustomer: hi\n", limits=Limits(file_bytes=10))
    assert (source, kind) == ("a.txt", "malformed")
    assert message.startswith("the file is larger than 10 bytes")
    source, _, message = failed(content + "\n" + content, "a.jsonl", limits=Limits(file_bytes=10))
    assert source == "a.jsonl:1"
    assert message.startswith("a line of more than 10 characters; expected less of what is held in memory at once")
    assert message.endswith("write its conversations as a JSON list or JSON lines, which may be of any size")


def test_a_pipe_is_never_cut() -> None:
    import io

    from empathy_audit.readers.decoding import from_pipe

    assert from_pipe(io.BytesIO(b"0123456789"), "-", Limits(file_bytes=10)) == b"0123456789"
    with pytest.raises(TranscriptError) as caught:
        from_pipe(io.BytesIO(b"0123456789x"), "-", Limits(file_bytes=10))
    assert str(caught.value) == (
        "-: more than 10 bytes came out of the pipe; expected less, as it is held in memory; save it in a file, which "
        "may be of any size, and name that"
    )


def test_a_hundred_thousand_turns_are_read() -> None:
    content = json.dumps({"turns": [{"role": "agent", "text": "a"}] * 100_000})
    assert len(one(content, "a.json").turns) == 100_000


# --- anything at all --------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["a.txt", "a.md", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.vtt", "a.srt", "a"])
STARTS = st.sampled_from(
    [
        b"",
        b"WEBVTT\n\n",
        b"1\n00:00:01,000 --> 00:00:02,000\n",
        b"00:01.000 --> 00:02.000\n<v A>",
        b'{"turns": [{"role": "agent", "text": ',
        b'{"messages": [{"role": "user", "content": ',
        b'[{"turns": [',
        b"conversation_id,speaker,text\nc,agent,",
        b'case_id,transcript\n1,"Agent: hello\nCustomer: hi',
        b"Agent: hello\nCustomer: ",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
    ]
)
PIECES = st.lists(
    st.one_of(
        st.binary(max_size=20),
        st.text(max_size=20).map(lambda t: t.encode("utf-8", "surrogatepass")),
        st.sampled_from(
            [
                b"\n",
                b"\r",
                b'"',
                b",",
                b"Agent: ",
                b"[",
                b"]",
                b"{",
                b"}",
                b"-->",
                b"```",
                b"---",
                b"# ",
                b"\\ud800",
                b":",
                b"<v ",
                b"null",
            ]
        ),
    ),
    max_size=12,
).map(b"".join)


@settings(max_examples=400, deadline=None)
@given(name=NAMES, start=STARTS, rest=PIECES, format_=st.sampled_from([None, *(r.name for r in READERS)]))
def test_arbitrary_bytes_never_raise_anything_but_a_transcript_error(
    name: str, start: bytes, rest: bytes, format_: str | None
) -> None:
    try:
        found = reading(start + rest, name, format=format_)
    except TranscriptError:
        return
    for outcome in found:  # trouble inside the file is a value
        assert isinstance(outcome, Transcript | Failure)
        assert outcome.source.startswith(name)
        if isinstance(outcome, Transcript):
            str(outcome).encode()  # no lone surrogates
