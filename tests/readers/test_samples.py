"""The conversations that come with the project: each is read whole, and the page beside them tells the truth."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from empathy_audit.model.transcript import Transcript
from empathy_audit.readers import READERS, Source, Unrecognised, read

FOLDER = Path(__file__).parents[2] / "sample_transcripts"

# file: (format, turns of each conversation)
EXPECTED = {
    "airline-family-emergency.json": ("native", [14]),
    "assistant-chats.jsonl": ("openai", [5, 4]),
    "bank-and-insurance-calls.md": ("text", [13, 12, 10]),
    "clinic-appointment.vtt": ("webvtt", [8]),
    "delivery-voicebot.srt": ("srt", [13]),
    "energy-emails.tsv": ("table", [4, 4]),
    "hotel-cancellation-chat.txt": ("text", [12]),
    "marketplace-chats.jsonl": ("native", [8, 8, 4]),
    "pharmacy-unpunctuated-call.txt": ("text", [17]),
    "rail-public-thread.json": ("native", [8]),
    "retail-week.csv": ("wide-table", [4, 8, 3]),
    "router-setup-long-call.txt": ("text", [38]),
    "saas-support.csv": ("table", [8, 7]),
    "telecom-outage-call.txt": ("text", [18]),
}


def test_the_page_beside_the_samples_is_no_transcript() -> None:
    with pytest.raises(Unrecognised):
        read(Source("README.md", FOLDER / "README.md"))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_sample_is_read_whole(name: str) -> None:
    found = read(Source(name, FOLDER / name))
    transcripts = list(found)
    assert all(isinstance(t, Transcript) for t in transcripts)
    assert (found.format, [len(t.turns) for t in transcripts if isinstance(t, Transcript)]) == EXPECTED[name]
    assert found.counts.turns["unknown"] == 0
    assert found.counts.turns["agent"] > 0
    assert found.counts.turns["customer"] > 0
    assert not [n for n in found.notes if "unknown" in n]


def test_every_sample_is_listed() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = {m[1]: int(m[2]) for m in re.finditer(r"^\| `([^`]+)` \|[^|]+\| (\d+) \|", page, re.MULTILINE)}
    assert sorted(rows) == sorted(p.name for p in FOLDER.iterdir() if p.name != "README.md") == sorted(EXPECTED)
    assert rows == {name: len(turns) for name, (_, turns) in EXPECTED.items()}
    assert {format_ for format_, _ in EXPECTED.values()} <= {r.name for r in READERS}
    assert page.split()[3] == "Twenty-three"
    assert sum(rows.values()) == 23
