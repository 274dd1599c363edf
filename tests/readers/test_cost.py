"""Reading costs less than judging, whatever the format: `python -m tests.readers.test_cost` prints the profile.

Files of two hundred conversations, and every document of documents.py again and again: there opening the file counts, too,
which is most of what a workbook of one conversation costs.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec

import pytest
from empathy_audit.audit import Auditor
from empathy_audit.model.transcript import Transcript
from empathy_audit.readers import Source, Speakers, read
from empathy_audit.rubric import load

from tests.readers.documents import DOCUMENTS, LONG, parquet, workbook
from tests.readers.test_round_trip import told_of

CONVERSATIONS = 200
TEXTS = (
    "I ordered the lamp three weeks ago and it still hasn't come. I'm fed up.",
    "Three weeks is far too long, I'm sorry. May I have your order number?",
    "It's 4711. I have called twice already, and nobody rang me back.",
    "Thank you. I'll ask the depot now and call you before five today.",
)
ROLES = ("customer", "agent", "customer", "agent")


def as_table() -> str:
    rows = ["conversation_id,role,speaker,created_at,text\n"]
    for number in range(CONVERSATIONS):
        for turn, (role, text) in enumerate(zip(ROLES, TEXTS, strict=True)):
            rows.append(f'c{number},{role},{role[:3]},2026-03-02T10:15:{turn:02d}Z,"{text}"\n')
    return "".join(rows)


def apart() -> str:
    head, *rows = as_table().splitlines(keepends=True)
    return head + "".join(rows[turn::4][n] for turn in range(4) for n in range(CONVERSATIONS))


def as_lines() -> str:
    turns = [{"role": role, "text": text} for role, text in zip(ROLES, TEXTS, strict=True)]
    return "".join(json.dumps({"id": f"c{n}", "turns": turns}) + "\n" for n in range(CONVERSATIONS))


def as_text() -> str:
    turns = "".join(f"[00:00:0{n}] {r.upper()}: {t}\n" for n, (r, t) in enumerate(zip(ROLES, TEXTS, strict=True)))
    return "".join(f"## Call {n}\n\n{turns}\n" for n in range(CONVERSATIONS))


def unlabelled() -> str:
    """The dearest case: roles have to be found by wording."""
    return as_text().replace("AGENT", "Speaker 1").replace("CUSTOMER", "Speaker 2")


def files() -> dict[str, Source]:
    """Many conversations in one file."""
    written = {
        "table, rows together": ("a.csv", as_table()),
        "table, rows apart": ("a.csv", apart()),
        "native, JSON lines": ("a.jsonl", as_lines()),
        "text": ("a.md", as_text()),
        "text, roles by wording": ("a.md", unlabelled()),
    }
    found = {name: Source(file, data=content.encode()) for name, (file, content) in written.items()}
    rows = [
        [f"c{n}", r[:3], r, "2026-03-02 10:15", "", t]
        for n in range(CONVERSATIONS)
        for r, t in zip(ROLES, TEXTS, strict=True)
    ]
    if find_spec("openpyxl"):
        found["excel"] = Source("a.xlsx", data=workbook(LONG, rows))
    if find_spec("pyarrow"):
        found["parquet"] = Source("a.parquet", data=parquet(LONG, rows))
    return found


def judging(auditor: Auditor) -> float:
    """Milliseconds that a conversation like those takes to judge. No two sentences are alike: what comes twice is judged once."""
    found = [t for t in read(files()["native, JSON lines"]) if isinstance(t, Transcript)]
    other = [
        replace(t, turns=tuple(replace(turn, text=re.sub(r"([.?,])", rf" {n}\1", turn.text)) for turn in t.turns))
        for n, t in enumerate(found)
    ]
    start = time.process_time()
    for transcript in other:
        auditor.audit(transcript)
    return (time.process_time() - start) * 1000 / len(other)


def reading(source: Source, speakers: Speakers, times: int) -> float:
    """Milliseconds a conversation for reading; the source is read so many times, and holds at least one."""
    least = float("inf")
    for _ in range(3):
        start = time.process_time()
        found = sum(isinstance(t, Transcript) for _ in range(times) for t in read(source, speakers=speakers))
        least = min(least, (time.process_time() - start) * 1000 / found)
    return least


def profile() -> Iterator[tuple[str, float]]:
    """What is read, and milliseconds a conversation."""
    for name, source in files().items():
        yield name, reading(source, Speakers(), 1)
    for document in DOCUMENTS:
        if not document.extra or find_spec(document.extra):
            cost = reading(document.saying(*TEXTS), told_of(document), 20)
            yield f"`{document.format}`, {document.name} by itself", cost


@pytest.mark.slow
def test_reading_costs_less_than_judging() -> None:
    bound = judging(Auditor(load("empathy")))
    costs = dict(profile())
    assert {name: costs[name] for name in files() if costs[name] >= bound} == {}, bound
    # A file of four turns may cost more to open and unpack than they do to judge, and never much.
    assert {name: cost for name, cost in costs.items() if cost >= 5 * bound} == {}, bound


if __name__ == "__main__":
    print(f"| what is read | ms a conversation |\n|---|---:|\n| judging it | {judging(Auditor(load('empathy'))):.1f} |")
    for name, cost in profile():
        print(f"| {name} | {cost:.2f} |")
