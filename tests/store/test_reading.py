"""What comes back out of a store: the results as they were, the newest of each conversation, and the numbers of trends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from empathy_audit.model.audit import AgentScore, Audit, Failure, OutcomeCounts, RubricStamp
from empathy_audit.store import Entry, entries, results

from tests.build import STAMP, audit, finding, opportunity, tag
from tests.store.build import conversation, keep


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "audits.duckdb"


def read(store: Path) -> list[Audit | Failure]:
    return [item.value for item in results(store, "audits.duckdb")]  # type: ignore[misc]


def told(entry: Entry) -> tuple[object, ...]:
    return entry.agent, entry.overall, dict(entry.principles), entry.opportunities


def test_results_come_back_as_they_were(store: Path) -> None:
    angry = opportunity("explicit", "anger", 0.8, "furious", outcome="met", answered_by=1)
    rich = audit(
        "customer: I am furious \ud800.",
        "agent Dana: That must be upsetting.",
        channel="chat", started_at="2026-03-02", meta={"queue": "parcels"},
        opportunities={0: angry}, responses={1: (0, 3, "ack")},
        tags={1: (tag("emotional-acknowledgement", "upsetting"),)},
        findings=[finding("missed-anger", 0, 1)], principles={"validation": 50.0},
        agents=[AgentScore("Dana", 75.5, {"validation": 50.0}, OutcomeCounts(met=1))],
    )  # fmt: skip
    failure = Failure("broken.json", "unreadable", "not JSON")
    keep(store, failure, rich, conversation("b"))
    back = read(store)
    assert [b if isinstance(b, Failure) else b.transcript.id for b in back] == ["c-1", "b", failure]
    first = back[0]
    assert isinstance(first, Audit)
    plain = replace(
        first, transcript=rich.transcript, turns=rich.turns, tool_version=None
    )  # places come back as lists do
    assert plain == rich
    assert [j.turn.text for j in first.turns] == [j.turn.text for j in rich.turns]


def test_many_results_keep_their_order(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("empathy_audit.store.reading._AT_ONCE", 7)
    names = [f"c-{n}" for n in range(30)]
    keep(store, *(conversation(name) for name in names))
    keep(store, conversation("c-3"))
    found = [one.transcript.id for one in read(store) if isinstance(one, Audit)]
    assert found == [*(name for name in names if name != "c-3"), "c-3"]


def test_a_result_that_was_broken_by_hand_is_a_failure_in_its_place(store: Path) -> None:
    import duckdb

    keep(store, conversation("a"), conversation("b"))
    with duckdb.connect(str(store)) as connection:
        connection.execute("UPDATE audits SET result = '{' WHERE id = 'a'")
    first, second = results(store, "audits.duckdb")
    assert isinstance(first.value, Failure)
    assert (first.place, second.place) == ("audits.duckdb#audits/1", "audits.duckdb#audits/2")


def test_a_failure_is_told_until_a_later_run_brings_the_same_file(store: Path) -> None:
    broken = Failure("chats/one.json", "unreadable", "not JSON")
    keep(store, broken)
    keep(store, conversation("b", source="chats/two.json"))
    assert broken in read(store)
    keep(store, conversation("a"))  # of chats/one.json
    assert broken not in read(store)


def test_entries_are_the_newest_of_each_conversation(store: Path) -> None:
    keep(store, conversation("a", overall=10.0, principles={"validation": 5.0}), conversation("b", reason="no-agent"))
    keep(store, conversation("a", overall=30.0, principles={"validation": 50.0, "ownership": None}))
    found = sorted(map(told, entries(store)), key=str)
    nothing = OutcomeCounts()
    assert found == [(None, 30.0, {"ownership": None, "validation": 50.0}, nothing), (None, None, {}, nothing)]


def test_entries_of_agents(store: Path) -> None:
    agents = (
        AgentScore("Dana", 75.5, {"validation": 50.0}, OutcomeCounts(met=1)),
        AgentScore("Bo", None, {"validation": None}, OutcomeCounts()),
    )
    keep(store, conversation("a", agents=agents, channel="chat", started_at="2026-03-02"), conversation("b"))
    found = sorted(entries(store, agents=True), key=lambda entry: str(entry.agent))
    assert [told(entry) for entry in found] == [
        ("Bo", None, {"validation": None}, OutcomeCounts()), ("Dana", 75.5, {"validation": 50.0}, OutcomeCounts(met=1)),
    ]  # fmt: skip
    assert {(e.channel, e.week, e.day, e.judged.rubric) for e in found} == {("chat", "2026-W10", "2026-03-02", STAMP)}


def test_a_rubric_that_was_superseded_can_be_asked_for(store: Path) -> None:
    newer = RubricStamp("empathy", "2.0.0", "beef")
    keep(store, conversation("a", overall=10.0))
    keep(store, conversation("a", overall=30.0), rubric=newer)
    assert [entry.overall for entry in entries(store)] == [30.0]
    assert [entry.overall for entry in entries(store, rubric=lambda stamp: stamp.version == "1.0.0")] == [10.0]
    assert list(entries(store, rubric=lambda stamp: False)) == []
