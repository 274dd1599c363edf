"""What `convert` writes is judged as the original is, whatever the format and whatever was said.

Every reader is covered: one without a document in documents.py fails here.
"""

from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from pathlib import Path

import pytest
from empathy_audit.audit import Auditor
from empathy_audit.errors import TranscriptError
from empathy_audit.model.audit import Audit
from empathy_audit.model.transcript import Transcript
from empathy_audit.readers import READERS, Source, Speakers, read, write_native
from empathy_audit.rubric import load
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readers.documents import DOCUMENTS, Document

SMALL = Path(__file__).parents[1] / "cli" / "small.yaml"
BY_DOCUMENT = pytest.mark.parametrize("document", DOCUMENTS, ids=[f"{d.format}-{d.name}" for d in DOCUMENTS])

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


def told_of(document: Document) -> Speakers:
    return Speakers(agents=(document.agent,), customers=("Lee",))


def needs(document: Document) -> None:
    if document.extra and importlib.util.find_spec(document.extra) is None:
        pytest.skip(f"needs the package {document.extra}")


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


def test_every_reader_has_a_document() -> None:
    assert {document.format for document in DOCUMENTS} == {reader.name for reader in READERS}


@BY_DOCUMENT
def test_every_document_is_taken_by_its_reader_and_both_sides_speak(document: Document) -> None:
    needs(document)
    found = read(document.saying("I am furious.", "I see.", "Well.", "Yes."), speakers=told_of(document))
    first, *others = found
    assert (found.format, found.counts.failures) == (document.format, 0)
    assert isinstance(first, Transcript)
    assert {"customer", "bot" if document.format == "rasa" else "agent"} <= {t.role for t in first.turns}
    assert all(isinstance(o, Transcript) for o in others)


@BY_DOCUMENT
@settings(max_examples=25, deadline=None)
@given(texts=TEXTS, told=st.booleans())
def test_convert_and_score_is_score(
    auditor: Auditor, document: Document, texts: tuple[str, str, str, str], told: bool
) -> None:
    needs(document)
    found = transcripts(document.saying(*texts), document.format, told_of(document) if told else Speakers())
    again = converted(found)
    assert [judged(auditor, t) for t in again] == [judged(auditor, t) for t in found]
