"""What `convert` writes is judged as the original is, whatever the format and whatever was said.

Covered are native, openai, webvtt, srt, table, wide-table and text; no other reader is. Another one joins with one line in `DOCUMENTS`: a small document in which `@@0` to
`@@3` stand for what is said, and how a text is written there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from empathy_audit.audit import Auditor
from empathy_audit.errors import TranscriptError
from empathy_audit.model.audit import Audit
from empathy_audit.model.transcript import Transcript
from empathy_audit.readers import READERS, Source, Speakers, read, write_native
from empathy_audit.rubric import load
from hypothesis import given, settings
from hypothesis import strategies as st

SMALL = Path(__file__).parents[1] / "cli" / "small.yaml"
DANA = Speakers(agents=("Dana",))


class Document(NamedTuple):
    """A file of one format. `written`: how it writes a text."""

    name: str
    content: str
    written: Callable[[str], str]

    def saying(self, *texts: str) -> Source:
        """The file with these texts in it."""
        content = self.content
        for number, text in enumerate(texts):
            content = content.replace(f"@@{number}", self.written(text))
        return Source(self.name, data=content.encode("utf-8", "surrogatepass"))


def in_json(text: str) -> str:
    return json.dumps(text)[1:-1]


def in_csv(text: str) -> str:
    return text.replace('"', '""')


def in_a_line(text: str) -> str:
    return " ".join(text.split())


NATIVE = (
    '[{"id": "a", "channel": "chat", "meta": {"n": [1]}, "turns": [{"role": "customer", "text": "@@0", "at": "2026-03-02"},'
    ' {"role": "agent", "text": "@@1", "speaker": "Dana"}, {"role": "agent", "text": "@@2", "visibility": "internal"},'
    ' {"role": "unknown", "text": "@@3", "speaker": "Lee"}]}, {"turns": [{"role": "agent", "text": "@@0"},'
    ' {"role": "unknown", "text": "@@1"}]}]'
)
VTT = "WEBVTT\n\n" + "".join(f"00:0{n}.000 --> 00:0{n + 2}.000\n@v{n}@@{n}\n\n" for n in range(4))
VOICES = VTT.replace("@v0", "<v Lee>").replace("@v1", "<v Dana>").replace("@v2", "<v Dana>").replace("@v3", "")
NOBODY = VTT.replace("@v0", "<v Dana>").replace("@v1", "").replace("@v2", "<v Dana>").replace("@v3", "")
SRT = "".join(
    f"{n + 1}\n00:00:0{n},000 --> 00:00:0{n + 2},000\n{label}@@{n}\n\n"
    for n, label in enumerate(("Lee: ", "Dana: ", "Lee: ", "Dana: "))
)
WIDE = (
    'ticket_id,queue,transcript\nT1,a,"Customer: @@0\nAgent (Dana): @@1\nInternal note: @@2\nCustomer: @@3"\n'
    'T2,b,"Customer: @@0\n[typing]\nAgent: @@1"\n'
)
TABLE = (
    'conversation_id,speaker,created_at,internal,text\nb,Lee,2026-03-02 10:15,,"@@0"\na,Dana,1700000000,,"@@1"\n'
    'b,Dana,2026-03-02 10:14,yes,"@@2"\na,Lee,1700000001,,"@@3"\n'
)
THREADS = (
    'tweet_id,author_id,inbound,text,in_response_to_tweet_id\n3,Dana,False,"@@1",2\n2,7,True,"@@0",\n4,7,True,"@@2",3\n'
)
TEXT = "Case ID: 7\nLee: @@0\nDana: @@1\n[hold music]\nLee: @@2\nDana: @@3\n"
OPENAI = (
    '{"messages": [{"role": "system", "content": "@@0"}, {"role": "user", "content": "@@1"}, {"role": "assistant",'
    ' "content": [{"type": "text", "text": "@@2"}]}, {"role": "tool", "content": "x"}]}\n'
)

DOCUMENTS: tuple[tuple[str, Document], ...] = (
    ("native", Document("a.json", NATIVE, in_json)),
    ("openai", Document("a.jsonl", OPENAI, in_json)),
    ("webvtt", Document("a.vtt", VOICES, in_a_line)),
    ("webvtt", Document("b.vtt", NOBODY, in_a_line)),
    ("srt", Document("a.srt", SRT, in_a_line)),
    ("wide-table", Document("a.csv", WIDE, in_csv)),
    ("table", Document("a.csv", TABLE, in_csv)),
    ("table", Document("b.csv", THREADS, in_csv)),
    ("text", Document("a.txt", TEXT, in_a_line)),
)

SAID = st.sampled_from(
    [
        "I am furious about my parcel.",
        "That must be upsetting. Let me look into it for you.",
        "Please calm down and wait for the parcel to come.",
        "Thank you for calling Northline, how can I help?",
        "",
    ]
) | st.text(max_size=30)
TEXTS = st.tuples(SAID, SAID, SAID, SAID)


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    return Auditor(load(str(SMALL)))


def transcripts(source: Source, format_: str, speakers: Speakers) -> list[Transcript]:
    try:
        return [t for t in read(source, format=format_, speakers=speakers) if isinstance(t, Transcript)]
    except TranscriptError:
        return []


def judged(auditor: Auditor, transcript: Transcript) -> Audit:
    audit = auditor.audit(transcript)
    return replace(audit, transcript=replace(audit.transcript, source="", format=""))


def converted(found: list[Transcript]) -> list[Transcript]:
    written = "".join(json.dumps(write_native(t), ensure_ascii=False) + "\n" for t in found)
    return transcripts(Source("native.jsonl", data=written.encode()), "native", Speakers()) if found else []


def test_every_document_is_taken_by_its_reader() -> None:
    assert {name for name, _ in DOCUMENTS} <= {reader.name for reader in READERS}
    for name, document in DOCUMENTS:
        found = read(document.saying("I am furious.", "I see.", "Well.", "Yes."), speakers=DANA)
        assert (found.format, bool(list(found)), found.counts.failures) == (name, True, 0)


@pytest.mark.parametrize(("name", "document"), DOCUMENTS, ids=[f"{name}-{d.name}" for name, d in DOCUMENTS])
@settings(max_examples=25)
@given(texts=TEXTS, told=st.booleans())
def test_convert_and_score_is_score(
    auditor: Auditor, name: str, document: Document, texts: tuple[str, ...], told: bool
) -> None:
    found = transcripts(document.saying(*texts), name, DANA if told else Speakers())
    again = converted(found)
    assert [judged(auditor, t) for t in again] == [judged(auditor, t) for t in found]
