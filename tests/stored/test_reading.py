"""Results read back: broken ones first, then that nothing is lost on the way."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from empathy_audit.model.audit import Audit, Failure, RubricStamp
from empathy_audit.reports import View, as_json, report
from empathy_audit.stored import Header, Item, NotResultsError, read

from tests.build import batch
from tests.reports.cases import broadband, hostile, unscored

ANEW = "write the results anew with `empathy-audit score -f jsonl`"
BROKEN = Failure("broken.json", "unreadable", "not JSON: line 1; repair the file")


def items(text: str | bytes, name: str = "r.jsonl") -> list[Item]:
    return list(read(name, io.BytesIO(text.encode() if isinstance(text, str) else text)))


def values(text: str | bytes) -> list[Audit | Failure | Header]:
    return [item.value for item in items(text)]


def rendered(name: str, *outcomes: Audit | Failure) -> str:
    found = report(name)
    assert found is not None
    text = found.render(batch(*outcomes), View())
    assert isinstance(text, str)
    return text


def changed(pointer: str, value: Any) -> str:
    """The line of a result with one value changed; a value of `...` takes the key away."""
    result: Any = json.loads(json.dumps(as_json(broadband())))
    *way, last = (int(step) if step.isdigit() else step for step in pointer.split("/")[1:])
    inner = result
    for step in way:
        inner = inner[step]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return json.dumps(result) + "\n"


def kept(audit: Audit) -> Audit:
    """What a result carries of an audit: no ids of cues, no ends of turns, no steps."""
    return replace(
        audit,
        transcript=replace(audit.transcript, turns=tuple(replace(t, end_ms=None) for t in audit.transcript.turns)),
        turns=tuple(
            replace(
                judged,
                turn=replace(judged.turn, end_ms=None),
                opportunity=judged.opportunity and replace(judged.opportunity, cues=()),
            )
            for judged in audit.turns
        ),
        steps=(),
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "r.jsonl: the file is empty, and results were expected; look whether the run that wrote it ended well"),
        (
            '{"id": "c-1", "turns": [{"role": "customer", "text": "Hi"}]}\n',
            "r.jsonl: no results: neither the JSON lines of `score` nor its JSON document; "
            "transcripts are judged first: empathy-audit score FILE -f jsonl",
        ),
        (
            "\n\n{]",
            "r.jsonl:3:2: not JSON: Expecting property name enclosed in double quotes; "
            f"results of `score` were expected; {ANEW}",
        ),
        (
            b"\xff\xfe[\x00]\x00",
            "r.jsonl: no JSON in UTF-8; results of `score` were expected; "
            "write them with -o FILE, as some shells change what they redirect",
        ),
        (
            '{"schema_version": 1, "tool": {"name": "empathy-audit"}, "transcripts": []}',
            f"r.jsonl#/tool/version: no result of ours: field required; {ANEW}",
        ),
        (
            '{"schema_version": 2, "tool": {"version": "9.0.0"}, "summary": {}, "transcripts": []}',
            "r.jsonl#/schema_version: schema version 2, and this version reads 1; "
            "read it with the empathy-audit that wrote it, or judge again",
        ),
    ],
)
def test_a_file_without_results_is_refused(text: str | bytes, complaint: str) -> None:
    with pytest.raises(NotResultsError) as refused:
        items(text)
    assert str(refused.value) == complaint


@pytest.mark.parametrize(
    ("pointer", "value", "complaint"),
    [
        ("/scores/overall", "high", f"/scores/overall: no result of ours: input should be a valid number; {ANEW}"),
        ("/scores/overall", 101, f"/scores/overall: 101.0 is no score from 0 to 100; {ANEW}"),
        (
            "/scores/agents/0/principles/validation",
            -1.0,
            f"/scores/agents/0/principles/validation: -1.0 is no score from 0 to 100; {ANEW}",
        ),
        ("/transcript/id", ..., f"/transcript/id: no result of ours: field required; {ANEW}"),
        (
            "/turns/1/opportunity/outcome",
            "lost",
            "/turns/1/opportunity/outcome: no result of ours: "
            f"input should be 'met', 'partial', 'missed', 'delayed' or 'open'; {ANEW}",
        ),
        (
            "/turns/1/opportunity/intensity",
            2,
            f"/turns/1/opportunity/intensity: 2.0 is no intensity from 0 to 1; {ANEW}",
        ),
        ("/turns/1/opportunity/answered_by", 99, f"/turns/1/opportunity/answered_by: there is no turn 99; {ANEW}"),
        ("/turns/2/response/to", -1, f"/turns/2/response/to: there is no turn -1; {ANEW}"),
        (
            "/turns/2/tags/0/evidence/0/end",
            5000,
            f"/turns/2/tags/0/evidence/0: 7 to 5000 lies outside of the turn's text; {ANEW}",
        ),
        ("/findings/0/turn", 13, f"/findings/0/turn: there is no turn 13; {ANEW}"),
        ("/findings/0/evidence/0/turn", 13, f"/findings/0/evidence/0/turn: there is no turn 13; {ANEW}"),
        (
            "/findings/0/evidence/0/start",
            500,
            f"/findings/0/evidence/0: 500 to 88 lies outside of the turn's text; {ANEW}",
        ),
        (
            "/schema_version",
            2,
            "/schema_version: schema version 2, and this version reads 1; "
            "read it with the empathy-audit that wrote it, or judge again",
        ),
    ],
)
def test_a_broken_result_is_a_failure_in_its_place(pointer: str, value: Any, complaint: str) -> None:
    text = rendered("jsonl", unscored()) + changed(pointer, value) + rendered("jsonl", BROKEN)
    assert values(text) == [unscored(), Failure("r.jsonl:2", "unreadable", complaint), BROKEN]


def test_a_line_that_was_cut_off_is_a_failure_wherever_it_stands() -> None:
    line = rendered("jsonl", unscored())
    whole, cut = values(line + line[:200])
    assert whole == unscored()
    assert isinstance(cut, Failure)
    assert (cut.source, cut.kind) == ("r.jsonl:2", "unreadable")
    assert cut.message.startswith("not JSON, or cut off: ")
    assert values(line[:200] + "\n" + line)[1] == unscored()


def test_lines_come_back_as_the_values_that_were_written() -> None:
    audits = [broadband(), hostile(), unscored()]
    text = rendered("jsonl", *audits, BROKEN)
    read_back = items(text)
    assert [item.value for item in read_back] == [*map(kept, audits), BROKEN]
    assert [item.place for item in read_back] == ["r.jsonl:1", "r.jsonl:2", "r.jsonl:3", "r.jsonl:4"]


def test_the_document_comes_back_with_what_it_says_of_the_batch() -> None:
    audits = [broadband(), unscored()]
    text = rendered("json", *audits, BROKEN)
    head, *others = items(text, "r.json")
    made = batch(*audits, BROKEN)
    assert head == Item(Header(made.summary.skipped, made.rubric, made.tool_version), "r.json")
    assert others == [
        Item(kept(audits[0]), "r.json#/transcripts/0"),
        Item(audits[1], "r.json#/transcripts/1"),
        Item(BROKEN, "r.json#/failures/0"),
    ]
    indented = json.dumps(json.loads(text), indent=2)
    assert items(indented, "r.json") == [head, *others]


def test_of_lines_one_at_a_time_is_read() -> None:
    line = rendered("jsonl", unscored()).encode()
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield line

    results = read("r.jsonl", endless())  # type: ignore[arg-type]
    assert [next(results).value for _ in range(3)] == [unscored()] * 3
    assert taken <= 4


def test_lone_surrogates_and_byte_order_marks_and_blank_lines_pass() -> None:
    audit = unscored()
    odd = replace(audit, transcript=replace(audit.transcript, meta={"note": "\ud83d"}))
    text = rendered("jsonl", odd).encode()
    assert values(b"\xef\xbb\xbf\n\n" + text + b"\n" + text) == [odd, odd]
    assert values(b"\xef\xbb\xbf" + text) == [odd]


def test_who_judged_stays_who_judged() -> None:
    text = changed("/tool/version", "0.0.9")
    [audit] = values(text)
    assert isinstance(audit, Audit)
    assert audit.tool_version == "0.0.9"
    assert as_json(audit)["tool"] == json.loads(text)["tool"]
    assert audit.rubric == RubricStamp("empathy", "1.0.0", "0123456789abcdef")
