"""Frames that are broken, frames that are whole, and that nothing of either gets lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest
from empathy_audit import load_rubric
from empathy_audit.batch import standing
from empathy_audit.errors import InputError, RubricError
from empathy_audit.frames import ROWS_OF_FRAMES, audit_batches, ddl, schema

from tests.cli.conftest import MET, MISSED, SMALL, native
from tests.frames.cases import JSON, turns

RUBRIC = load_rubric(SMALL)


def audited(*columns: dict[str, list[Any]], **options: Any) -> list[dict[str, Any]]:
    batches = [pa.RecordBatch.from_pydict(one) for one in columns]
    out = list(audit_batches(iter(batches), RUBRIC, **options))
    assert all(type(batch) is pa.RecordBatch for batch in out)
    assert {batch.schema for batch in out} == {schema(options.get("rows", "conversations"))}
    return pa.Table.from_batches(out).to_pylist()


def scores(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(row["conversation"], row["overall"]) for row in rows if row["record"] == "conversation"]


def failures(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(row["source"], row["message"].split(":")[0]) for row in rows if row["record"] == "failure"]


# --- what is no frame, or none of ours ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "options", "message"),
    [
        (pa.table(JSON), {}, r"one frame was given; expected an iterator of them; put it into a list"),
        ([JSON], {}, r"builtins\.dict is no frame that is known; expected Arrow's RecordBatch or Table"),
        ([pa.table({"a": [1], "b": [2]})], {}, r"no column transcript .*there are a, b; rename them"),
        ([pa.table(JSON)], {"column": "chat"}, r"no column chat; expected one .*there are transcript"),
        ([pa.table({})], {}, r"there are none"),
        ([pa.table(JSON)], {"rows": "agents"}, r"no rows agents .*expected findings, turns, conversations"),
    ],
)
def test_what_cannot_be_judged_at_all_is_raised(given: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        list(audit_batches(given, RUBRIC, **options))


def test_mistakes_in_the_rubric_are_raised_before_anything_is_read() -> None:
    with pytest.raises(RubricError):
        audit_batches(iter(()), "no-such-rubric")


def test_cells_that_hold_no_conversation_are_rows_too() -> None:
    rows = audited(JSON)
    assert [row["record"] for row in rows] == ["conversation", "failure", "failure", "conversation"]
    assert scores(rows) == [("met", 100.0), ("missed", 0.0)]
    assert failures(rows) == [("rows:2", "malformed"), ("rows:3:1:2", "malformed")]


def test_a_defect_costs_its_conversation_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import empathy_audit

    Auditor = empathy_audit.Auditor  # noqa: N806

    def broken(self: Any, transcript: Any) -> Any:
        if transcript.id == "met":
            raise ZeroDivisionError
        return judge(self, transcript)

    judge = Auditor.audit
    monkeypatch.setattr(Auditor, "audit", broken)
    rows = audited(JSON)
    assert scores(rows) == [("missed", 0.0)]
    assert failures(rows)[0] == ("rows:1", "internal")


def test_rows_that_stand_apart_are_told_and_not_judged_in_halves() -> None:
    met = turns(("met", MET))
    rows = audited(turns(("met", MET[:1]), ("missed", MISSED)), {k: v[1:] for k, v in met.items()})
    assert [id_ for id_, _ in scores(rows)] == ["met", "missed"]
    assert failures(rows) == [("rows:4", "rows-apart")]
    assert f"{len(MET) - 1} of them here" in rows[-1]["message"]


def test_rows_without_an_id_are_told() -> None:
    rows = audited(turns(("met", MET), ("", MISSED)))
    assert scores(rows) == [("met", 100.0)]
    assert failures(rows) == [(f"rows:{len(MET) + 1}", "malformed")]


def test_a_conversation_that_is_too_large_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from empathy_audit.frames import auditing, rows
    from empathy_audit.readers import Limits

    small = lambda *given: rows.HowToRead(*given, limits=Limits(turns=3))  # noqa: E731
    monkeypatch.setattr(auditing, "HowToRead", small)
    found = audited(turns(("long", MISSED * 4), ("missed", MISSED[:2])))
    assert [kind for _, kind in failures(found)] == ["too-large"]
    assert [id_ for id_, _ in scores(found)] == ["missed"]


# --- what comes out -------------------------------------------------------------------------------------------------


def test_a_conversation_goes_on_in_the_next_frame() -> None:
    whole = turns(("met", MET), ("missed", MISSED))
    one_by_one = [{name: [cells[at]] for name, cells in whole.items()} for at in range(len(whole["text"]))]
    assert audited(*one_by_one) == audited(whole)
    assert scores(audited(whole)) == [("met", 100.0), ("missed", 0.0)]


def test_turns_and_cells_are_judged_alike() -> None:
    cells, rows = audited(JSON), audited(turns(("met", MET), ("missed", MISSED)))
    assert scores(cells) == scores(rows)


def test_a_cell_may_hold_another_format_and_may_be_named() -> None:
    text = "\n".join(MET).title()
    rows = audited({"chat": [text], "source": ["day-1/chat-7"]}, column="chat", format=None)
    assert [(row["format"], row["source"].partition(":")[0]) for row in rows] == [("text", "day-1/chat-7")]


def test_a_column_of_structures_is_read_as_json() -> None:
    rows = audited({"transcript": [json.loads(native("met", *MET))]})
    assert scores(rows) == [("met", 100.0)]


def test_no_rows_still_have_their_columns() -> None:
    assert audited({"transcript": []}) == []
    assert list(audit_batches(iter(()), RUBRIC)) == []


@pytest.mark.parametrize("rows", ROWS_OF_FRAMES)
def test_every_kind_of_rows_has_its_columns_in_arrow_and_in_sql(rows: Any) -> None:
    audited(JSON, rows=rows)
    assert [part.split()[0] for part in ddl(rows).split(", ")] == schema(rows).names


def test_results_come_while_frames_go_in() -> None:
    given = []

    def frames() -> Iterator[pa.Table]:
        for number in range(5):
            given.append(number)
            yield pa.table({"transcript": [native(f"n{number}", *MET)]})

    out = audit_batches(frames(), RUBRIC)
    assert next(out).column("conversation").to_pylist() == ["n0"]
    assert len(given) == 2


def test_names_and_masks_are_taken() -> None:
    columns = {"conversation_id": ["a", "a"], "speaker": ["Ann", "Bo"], "text": ["My parcel never came.", "Oh no."]}
    assert [r["reason"] for r in audited(columns)] == ["unknown-roles"]
    assert [r["reason"] for r in audited(columns, agents=["Bo"])] == ["no-opportunity"]
    told = {"transcript": [native("m", "customer: My mail is lee@example.com.", MET[1])]}
    assert "lee@example.com" not in str(audited(told, rows="turns", redact="built-in"))


def test_what_judges_is_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    built = []

    class Counted(standing.Judge):
        def __init__(self, bench: Any) -> None:
            built.append(bench)
            super().__init__(bench)

    monkeypatch.setattr(standing, "Judge", Counted)
    standing._standing.cache_clear()
    for _ in range(3):
        audited(JSON)
    assert len(built) == 1
    standing._standing.cache_clear()
