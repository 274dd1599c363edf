"""Runs in a store: versions, replacing, odd text, two writers at once, and a writer that is killed."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from empathy_audit.model.audit import AgentScore, Failure, OutcomeCounts, RubricStamp
from empathy_audit.store import TABLES
from empathy_audit.store.rows import fingerprint

from tests.build import audit, finding, opportunity, tag, transcript
from tests.store.build import LATER, NOON, conversation, keep, rows

ROOT = Path(__file__).parent.parent.parent
COUNTS = "SELECT {}".format(", ".join(f"(SELECT count(*) FROM {t.name})" for t in TABLES))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "audits.duckdb"


def test_a_run_as_duckdb_alone_reads_it(store: Path) -> None:
    failure = Failure("broken.json", "unreadable", "not JSON")
    assert keep(store, conversation("a"), failure) == 1
    assert rows(store, "FROM store") == [(1, "empathy-audit")]
    assert rows(store, "FROM runs") == [
        (1, NOON, LATER, "0.1.0", "empathy", "1.0.0", "0123456789abcdef", "version", "off", 1, 1)
    ]
    assert rows(store, "FROM failures") == [(1, "broken.json", "unreadable", "not JSON")]
    assert rows(store, "SELECT turn, role, speaker, text FROM turns ORDER BY turn") == [
        (0, "customer", None, "My parcel a has not come for two weeks."),
        (1, "agent", "Dana", "That must be upsetting."),
    ]
    assert list(store.parent.iterdir()) == [store]


def test_every_value_stands_where_its_column_says(store: Path) -> None:
    angry = opportunity("explicit", "anger", 0.8, "furious", outcome="met", answered_by=1)
    one = audit(
        "customer: I am furious about it.",
        "agent Dana: That must be upsetting.",
        id="c-9", source="chats.jsonl:9", channel="chat", language="en", started_at="2026-03-02T09:14:00Z",
        overall=75.5, principles={"validation": 50.0, "ownership": None},
        opportunities={0: angry}, responses={1: (0, 3, "ack")},
        tags={1: (tag("emotional-acknowledgement", "upsetting"),)},
        agents=[AgentScore("Dana", 75.5, {"validation": 50.0}, OutcomeCounts(met=1))],
        findings=[finding("missed-anger", 0, 1)],
    )  # fmt: skip
    keep(store, one)
    (row,) = rows(store, "SELECT * EXCLUDE (result, fingerprint) REPLACE (day::VARCHAR AS day) FROM audits")
    assert row == (
        1, 1, 1, 1, "c-9", "chats.jsonl:9", "native", "chat", "en", "2026-03-02T09:14:00Z", "2026-03-02", "2026-W10",
        75.5, None, 1, 0, 0, 0, 0, 2, ["Dana"], None,
    )  # fmt: skip
    assert rows(store, "FROM agents") == [(1, "Dana", 75.5, 1, 0, 0, 0, 0)]
    assert rows(store, "SELECT agent, principle, score FROM principles ORDER BY agent NULLS FIRST, principle") == [
        (None, "ownership", None), (None, "validation", 50.0), ("Dana", "validation", 50.0),
    ]  # fmt: skip
    assert rows(store, "SELECT * EXCLUDE (speaker, visibility, said_at, text) FROM turns ORDER BY turn") == [
        (1, 0, "customer", "explicit", "anger", 0.8, "met", 1, [], None, None, None),
        (1, 1, "agent", None, None, None, None, None, ["emotional-acknowledgement"], 0, "ack", 3),
    ]
    ((_, code, severity, *_),) = rows(store, "FROM findings")
    assert (code, severity) == ("missed-anger", "warning")


def test_the_columns_are_those_that_are_documented(store: Path) -> None:
    keep(store, conversation())
    found = rows(store, "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal")
    assert {one for one in found if one[0] != "latest"} == {(t.name, c.name, c.type) for t in TABLES for c in t.columns}


def test_judged_again_a_conversation_is_kept_in_versions(store: Path) -> None:
    keep(store, conversation("a", overall=10.0), conversation("b", overall=20.0))
    keep(store, conversation("a", overall=30.0))
    keep(store, conversation("a", overall=40.0))
    every = "SELECT run_id, id, version, overall FROM audits ORDER BY audit_id"
    assert rows(store, every) == [(1, "a", 1, 10.0), (1, "b", 1, 20.0), (2, "a", 2, 30.0), (3, "a", 3, 40.0)]
    assert rows(store, "SELECT id, overall FROM latest ORDER BY id") == [("a", 40.0), ("b", 20.0)]


def test_judged_again_a_conversation_is_replaced_on_request(store: Path) -> None:
    keep(store, conversation("a", overall=10.0), conversation("b", overall=20.0))
    keep(store, conversation("a", overall=30.0), mode="replace")
    assert rows(store, "SELECT run_id, id, version, overall FROM audits ORDER BY id") == [
        (2, "a", 1, 30.0), (1, "b", 1, 20.0),
    ]  # fmt: skip
    orphans = "SELECT count(*) FROM turns WHERE audit_id NOT IN (SELECT audit_id FROM audits)"
    assert rows(store, orphans) == [(0,)]
    assert rows(store, "SELECT run_id, mode, conversations FROM runs ORDER BY 1") == [
        (1, "version", 2),
        (2, "replace", 1),
    ]


def test_another_rubric_replaces_nothing_and_a_new_version_of_the_same_does(store: Path) -> None:
    keep(store, conversation("a"))
    other, newer = RubricStamp("healthcare", "1.0.0", "feed"), RubricStamp("empathy", "2.0.0", "beef")
    keep(store, conversation("a"), mode="replace", rubric=other)
    assert rows(store, "SELECT rubric_id, rubric_version FROM latest ORDER BY 1") == [
        ("empathy", "1.0.0"), ("healthcare", "1.0.0"),
    ]  # fmt: skip
    keep(store, conversation("a"), mode="replace", rubric=newer)
    assert rows(store, "SELECT rubric_id, rubric_version FROM latest ORDER BY 1") == [
        ("empathy", "2.0.0"), ("healthcare", "1.0.0"),
    ]  # fmt: skip


def test_two_of_the_same_fingerprint_in_one_run_are_two_conversations(store: Path) -> None:
    twice = conversation("a", source="x/a.json"), conversation("a", source="y/a.json")
    keep(store, *twice)
    keep(store, *twice)
    assert rows(store, "SELECT source, occurrence, version FROM audits ORDER BY audit_id") == [
        ("x/a.json", 1, 1), ("y/a.json", 2, 1), ("x/a.json", 1, 2), ("y/a.json", 2, 2),
    ]  # fmt: skip
    assert rows(store, "SELECT count(*) FROM latest") == [(2,)]


def test_what_tells_conversations_apart() -> None:
    known = fingerprint(transcript("customer: Hi", "agent: Hello", "customer: My parcel has not arrived."))
    grown = transcript("customer: Hi", "agent: Hello", "customer: My parcel has not arrived.", "customer: Well?")
    assert fingerprint(replace(grown, source="elsewhere/two.csv:7")) == known
    others = [
        transcript("customer: Hi", "agent: Hello", "customer: My invoice is wrong again."),
        replace(grown, id="c-2"),
        replace(grown, started_at="2026-03-02"),
        transcript("agent: Hello"),
        transcript("agent: Good evening"),
    ]
    assert len({known, *map(fingerprint, others)}) == 6


def test_odd_text_comes_through(store: Path) -> None:
    odd = audit(
        "customer: nul \0 emoji \U0001f600 lone \ud800 quote ' \"", "agent D\udfff: ; DROP TABLE runs", id="\udc00 'x"
    )
    keep(store, odd)
    assert rows(store, "SELECT text FROM turns ORDER BY turn") == [
        ("nul \0 emoji \U0001f600 lone \ufffd quote ' \"",), ("; DROP TABLE runs",),
    ]  # fmt: skip
    assert rows(store, "SELECT id, agents FROM audits") == [("\ufffd 'x", ["D\ufffd"])]


@pytest.mark.parametrize("day", ["2026-02-31", "yesterday", "0000-01-01", " 2026-03-02T10:00", None])
def test_a_day_that_is_none_stays_empty(store: Path, day: str | None) -> None:
    keep(store, conversation(started_at=day))
    found = rows(store, "SELECT day::VARCHAR, week, started_at FROM audits")
    assert found == [("2026-03-02", "2026-W10", day) if day and day.startswith(" ") else (None, None, day)]


def test_a_run_without_conversations_is_a_run(store: Path) -> None:
    keep(store, Failure("a", "unreadable", "no"))
    assert rows(store, "SELECT conversations, failures FROM runs") == [(0, 1)]


def test_many_chunks_are_one_run(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("empathy_audit.store.writing.CHUNK", 3)
    keep(store, *(conversation(f"c-{n}") for n in range(20)))
    assert rows(store, "SELECT list(id ORDER BY audit_id) FROM audits") == [([f"c-{n}" for n in range(20)],)]
    assert rows(store, "SELECT count(*), count(DISTINCT audit_id) FROM turns") == [(40, 20)]


# --- other processes ----------------------------------------------------------------------------------------------

WRITER = """
import sys
from pathlib import Path
from empathy_audit.reports.jsonl import line
from empathy_audit.store import Spool
from tests.store.build import conversation, run
path, name, count, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
outcomes = [conversation(f"{name}-{n}") for n in range(count)]
spool = Spool(path.parent)
for outcome in outcomes: spool.add(outcome, line(outcome))
print("ready", flush=True)
for _ in range(times):
    spool.keep(path, run(), wait=120)
    print("kept", flush=True)
"""


def writer(path: Path, name: str, count: int, times: int) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", WRITER, str(path), name, str(count), str(times)]
    return subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_two_processes_at_once_wait_for_each_other(store: Path) -> None:
    both = [writer(store, name, 50, 5) for name in ("left", "right")]
    assert [process.wait() for process in both if process.communicate()] == [0, 0]
    assert rows(store, "SELECT count(*), max(run_id), count(DISTINCT run_id) FROM runs") == [(10, 10, 10)]
    assert rows(store, "SELECT count(*), count(DISTINCT audit_id) FROM audits") == [(500, 500)]
    assert rows(store, "SELECT count(*), min(version), max(version) FROM latest") == [(100, 5, 5)]


def killed(store: Path, after: float) -> int:
    """How many runs a writer said that it had kept before it was killed."""
    with writer(store, "more", 150, 1000) as process:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(2)] == ["ready\n", "kept\n"]
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        return 1 + process.stdout.read().count("kept")


def check_whole(store: Path, least: int, most: int) -> int:
    """That the store holds whole runs alone, between `least` and `most`; how many."""
    found = rows(
        store, "SELECT run_id, count(DISTINCT audit_id), count(*) FROM audits JOIN turns USING (audit_id) GROUP BY 1"
    )
    assert least <= len(found) <= most
    assert {(audits, turns) for _, audits, turns in found} <= {(150, 300)}
    assert rows(store, "SELECT count(*) FROM runs") == [(len(found),)]
    return len(found)


FULL = """
import resource, sys
from pathlib import Path
from empathy_audit.errors import StoreError
from empathy_audit.reports.jsonl import line
from empathy_audit.store import Spool
from tests.store.build import conversation, run
def limit(most):
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
path, when = Path(sys.argv[1]), sys.argv[2]
spool = Spool(path.parent)
try:
    if when == "early":
        limit(50_000)
    for n in range(1000):
        outcome = conversation(f"c-{n}", f"customer: {n ** 90}")
        spool.add(outcome, line(outcome))
    spool._flush()
    spool._flush = lambda: None  # all of it is spooled
    limit(path.stat().st_size + 50_000)
    spool.keep(path, run())
except StoreError as error:
    print(error)
finally:
    spool.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits as Unix has them")
@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("early", "the run cannot be spooled here: File too large; make room, "),
        ("late", "audits.duckdb: DuckDB says: "),
    ],
)
def test_a_full_disk_leaves_the_last_run(store: Path, when: str, told: str) -> None:
    keep(store, conversation("a"))
    arguments = [sys.executable, "-c", FULL, str(store), when]
    ended = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert told in ended.stdout
    assert rows(store, "SELECT id, run_id FROM audits") == [("a", 1)]
    assert keep(store, conversation("b")) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")
@pytest.mark.parametrize("times", [4, pytest.param(40, marks=pytest.mark.slow)])
def test_killed_while_writing_it_leaves_the_last_run(store: Path, times: int) -> None:
    seconds, runs = random.Random(7), 0
    for _ in range(times):
        kept = killed(store, seconds.uniform(0, 0.5))
        runs = check_whole(store, runs + kept, runs + kept + 1)  # one may have been kept and not yet told
    assert keep(store, conversation("after")) == runs + 1
