"""Reading costs less than judging, whatever the format: `python -m tests.readers.test_cost` prints the profile."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator

import pytest
from empathy_audit.audit import Auditor
from empathy_audit.model.transcript import Transcript
from empathy_audit.readers import Source, read
from empathy_audit.rubric import load

CONVERSATIONS = 200
TURNS = (
    ("customer", "I ordered the lamp three weeks ago and it still hasn't come. I'm fed up."),
    ("agent", "Three weeks is far too long, I'm sorry. May I have your order number?"),
    ("customer", "It's 4711. I have called twice already, and nobody rang me back."),
    ("agent", "Thank you. I'll ask the depot now and call you before five today."),
)

Written = Callable[[], str]


def as_table() -> str:
    rows = ["conversation_id,role,speaker,created_at,text\n"]
    for number in range(CONVERSATIONS):
        for turn, (role, text) in enumerate(TURNS):
            rows.append(f'c{number},{role},{role[:3]},2026-03-02T10:15:{turn:02d}Z,"{text}"\n')
    return "".join(rows)


def apart() -> str:
    head, *rows = as_table().splitlines(keepends=True)
    return head + "".join(rows[turn::4][n] for turn in range(4) for n in range(CONVERSATIONS))


def as_lines() -> str:
    turns = [{"role": role, "text": text} for role, text in TURNS]
    return "".join(json.dumps({"id": f"c{n}", "turns": turns}) + "\n" for n in range(CONVERSATIONS))


def as_text() -> str:
    turns = "".join(f"[00:00:0{n}] {role.upper()}: {text}\n" for n, (role, text) in enumerate(TURNS))
    return "".join(f"## Call {n}\n\n{turns}\n" for n in range(CONVERSATIONS))


def unlabelled() -> str:
    """The dearest case: roles have to be found by wording."""
    return as_text().replace("AGENT", "Speaker 1").replace("CUSTOMER", "Speaker 2")


FILES: dict[str, tuple[str, Written]] = {
    "CSV": ("a.csv", as_table),
    "CSV, rows apart": ("a.csv", apart),
    "JSON lines": ("a.jsonl", as_lines),
    "text": ("a.md", as_text),
    "text without roles": ("a.md", unlabelled),
}


def profile() -> Iterator[tuple[str, float, float]]:
    """Format, then milliseconds a conversation for reading and for judging."""
    auditor = Auditor(load("empathy"))
    for name, (file, written) in FILES.items():
        source = Source(file, data=written().encode())
        start = time.process_time()
        found = [t for t in read(source) if isinstance(t, Transcript)]
        between = time.process_time()
        for transcript in found:
            auditor.audit(transcript)
        end = time.process_time()
        assert len(found) == CONVERSATIONS
        yield name, (between - start) * 1000 / CONVERSATIONS, (end - between) * 1000 / CONVERSATIONS


@pytest.mark.slow
def test_reading_costs_less_than_judging() -> None:
    costs = list(profile())
    assert {name: reading < judging for name, reading, judging in costs} == dict.fromkeys(FILES, True), costs


if __name__ == "__main__":
    print(f"{'ms a conversation':20}{'reading':>9}{'judging':>9}")
    for name, reading, judging in profile():
        print(f"{name:20}{reading:9.2f}{judging:9.2f}")
