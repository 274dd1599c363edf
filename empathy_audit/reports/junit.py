"""JUnit XML, which every CI server shows as tests: a conversation is a suite, an opportunity a test that it was met.

    <testsuites name="empathy-audit" tests="2" failures="1" errors="0" time="0">
      <testsuite name="chats/broadband.txt" ...>
        <testcase classname="chats/broadband.txt" name="turn 1: implicit frustration" time="0"/>
        <testcase classname="chats/broadband.txt" name="turn 5: explicit anger" time="0">
          <failure message="shown anger was ..." type="emotion-missed">...both sides, a better wording...</failure>
        </testcase>
      </testsuite>
    </testsuites>

A finding of severity error or warning fails its test; a suggestion is told in the output of one that passes.
Counter-empathic words are a failing test of their own. A conversation without a score is one skipped test that says
why, and a failure is one with an error. No clock or host enters: times are 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from empathy_audit.model.audit import Audit, Batch, Failure, Finding
from empathy_audit.reports import wording
from empathy_audit.reports.base import Report, View
from empathy_audit.reports.visible import harmless, valid_in_xml, visible

FAILING = ("error", "warning")


@dataclass(frozen=True, slots=True)
class Case:
    """A test: `outcome` is `failure`, `error`, `skipped`, or empty where it passes. `detail` is its text in a failure, its output in a passing test."""

    name: str
    outcome: str = ""
    kind: str = ""
    message: str = ""
    detail: str = ""


def render(batch: Batch, view: View) -> str:
    """The document."""
    suites = [
        Suite(_name(a.transcript.source, a.transcript.id), a.transcript.source, [*_cases(a)]) for a in batch.audits
    ]
    suites += [Suite(failure.source, failure.source, [_of_failure(failure)]) for failure in batch.failures]
    return document(batch.tool, suites)


@dataclass(frozen=True, slots=True)
class Suite:
    """Tests of one file; `classname` is what each of them carries."""

    name: str
    classname: str
    cases: list[Case]


def document(tool: str, suites: Sequence[Suite]) -> str:
    """The whole of it."""
    every = [case for suite in suites for case in suite.cases]
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    # Without a count of skipped ones: the schema that Jenkins checks has none on the root.
    out.append(f"<testsuites name={_attribute(tool)} {_counts(every, 'failures', 'errors')}>\n")
    out += map(_suite, suites)
    out.append("</testsuites>\n")
    return "".join(out)


def _name(source: str, id_: str) -> str:
    return source if not id_ or source.endswith(id_) else f"{source} ({id_})"


def _cases(audit: Audit) -> Iterator[Case]:
    findings: dict[int, list[Finding]] = {}
    for finding in audit.findings:
        findings.setdefault(finding.turn, []).append(finding)
    empty = True
    for index, judged in enumerate(audit.turns):
        here = findings.pop(index, [])
        found = judged.opportunity
        if here:
            yield from (_of_finding(audit, finding) for finding in here)
        elif found is None or not found.counted:
            continue
        else:
            yield Case(f"turn {index}: {wording.feeling(found)}")
        empty = False
    if empty:
        reason = audit.scores.reason
        told = f"{reason}: {wording.reason(reason)}" if reason else "no opportunity was answered"
        yield Case("conversation", "skipped", message=told)


def _of_finding(audit: Audit, finding: Finding) -> Case:
    found = audit.turns[finding.turn].opportunity
    name = f"turn {finding.turn}: {wording.feeling(found) if found else wording.spaced(finding.code)}"
    turns = dict.fromkeys(turn for turn in (finding.turn, finding.reply_turn) if turn is not None)
    detail = "".join(f"{_who(audit, turn)}: {audit.turns[turn].turn.text}\n" for turn in turns)
    if finding.suggestion:
        detail += f"suggestion: {finding.suggestion}\n"
    if finding.severity in FAILING:
        return Case(name, "failure", finding.code, finding.message, detail)
    return Case(name, detail=f"{finding.code}: {finding.message}\n{detail}")


def _who(audit: Audit, index: int) -> str:
    turn = audit.turns[index].turn
    return f"{turn.role} {turn.speaker}" if turn.speaker else turn.role


def _of_failure(failure: Failure) -> Case:
    return Case("conversation", "error", failure.kind, failure.message, f"{failure.source}: {failure.message}\n")


def _suite(suite: Suite) -> str:
    inside = "".join(_case(suite.classname, case) for case in suite.cases)
    counts = _counts(suite.cases, "failures", "errors", "skipped")
    return f"  <testsuite name={_attribute(suite.name)} {counts}>\n{inside}  </testsuite>\n"


def _counts(cases: list[Case], *kinds: str) -> str:
    told = [f'tests="{len(cases)}"']
    for kind, name in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        if name in kinds:
            told.append(f'{name}="{sum(case.outcome == kind for case in cases)}"')
    return " ".join((*told, 'time="0"'))


def _case(source: str, case: Case) -> str:
    head = f'    <testcase classname={_attribute(source)} name={_attribute(case.name)} time="0"'
    if not case.outcome and not case.detail:
        return f"{head}/>\n"
    if not case.outcome:
        return f"{head}>\n      <system-out>{_text(case.detail)}</system-out>\n    </testcase>\n"
    if case.outcome == "skipped":
        return f"{head}>\n      <skipped message={_attribute(case.message)}/>\n    </testcase>\n"
    told = f"message={_attribute(case.message)} type={_attribute(case.kind)}"
    return f"{head}>\n      <{case.outcome} {told}>{_text(case.detail)}</{case.outcome}>\n    </testcase>\n"


def _attribute(text: str) -> str:
    from xml.sax.saxutils import quoteattr  # it loads what opens URLs, and most runs write no XML

    return quoteattr(valid_in_xml(visible(text)))


def _text(text: str) -> str:
    from xml.sax.saxutils import escape

    return escape(valid_in_xml(harmless(text)))


JUNIT = Report(
    name="junit",
    suffix=".xml",
    about="JUnit XML for CI servers: an opportunity is a test that it was met",
    render=render,
)
