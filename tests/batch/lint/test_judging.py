"""One file of macros: everything that was found at its place in the file, and what breaks left where it is."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from empathy_audit.batch.lint import judging
from empathy_audit.model.audit import Failure
from empathy_audit.model.lint import Edit, LintedFile, LintedMacro, LintFinding, Span
from empathy_audit.readers.base import UnknownFormat, Unrecognised

from tests.batch.lint.build import codes, linted, linter

WALL = "macros:\n  - id: a\n    text: As per our policy, kindly wait.\n"


def test_what_is_no_file_of_macros_is_told() -> None:
    for content, error in (("", Unrecognised), ("\x00\x01", Unrecognised), ("[1, 2", Unrecognised)):
        with pytest.raises(error):
            linted(content, "a.json")
    with pytest.raises(UnknownFormat):
        linted(WALL, format="zendeks")
    assert [failure.kind for failure in linted("macros: [\n").failures] == ["malformed"]


def test_a_broken_macro_is_a_failure_and_the_others_are_judged() -> None:
    file = linted("macros:\n  - id: a\n    text: ''\n  - id: b\n    text: Please calm down.\n")
    assert codes(file) == ["calm-down"]
    assert [failure.source for failure in file.failures] == ["a.yaml:2:5"]
    assert [macro.id for macro in file.macros] == ["b"]


def test_a_macro_that_breaks_the_judging_is_a_failure_and_the_others_are_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = linter()
    judge = one.lint
    monkeypatch.setattr(one, "lint", lambda macro: judge(macro) if macro.id != "a" else judge(None))
    file = judging.lint_file("a.yaml", (WALL + "  - id: b\n    text: Calm down.\n").encode(), one)
    assert codes(file) == ["calm-down"]
    assert [(f.source, f.kind) for f in file.failures] == [("a.yaml:3:11", "internal")]
    assert "this is a defect of the tool" in file.failures[0].message


def test_everything_of_a_file() -> None:
    file = linted(WALL.replace("  - id", "  # empathy-audit: allow policy-wall because legal\n  - id", 1))
    wall, stiff = file.findings
    span = Span(4, 30, 4, 36)
    assert file == LintedFile(
        "a.yaml",
        "macros",
        (LintedMacro("a", "a", 4, 4),),
        (
            LintFinding(
                "policy-wall", "warning", wall.confidence, "a", "puts a policy first: “As per our policy”",
                "Say what can be done.", Span(4, 11, 4, 28), wall.fingerprint,
            ),
            LintFinding(
                "stiff-words", "suggestion", stiff.confidence, "a", "says it stiffly: “kindly”", "Say it plainly.",
                span, stiff.fingerprint, Edit(span, "kindly", "please", safe=True),
            ),
        ),
        allowed=file.allowed,
    )  # fmt: skip
    assert [(a.code, a.reason, a.line) for a in file.allowed] == [("policy-wall", "legal", 2)]


def test_a_fingerprint_outlives_a_move() -> None:
    moved = linted("# one\n# more\n\n" + WALL, "elsewhere/b.yaml")
    assert [f.fingerprint for f in moved.findings] == [f.fingerprint for f in linted(WALL).findings]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_words_are_where_the_line_ends_of_the_file_say(end: str) -> None:
    text = WALL.replace("As per", "a\u2028b\x0cc As per").replace("\n", end)
    lines = text.split(end)
    for found in linted(text, "a.yaml").findings:
        words = lines[found.span.line - 1][found.span.column - 1 : found.span.end_column - 1]
        assert words in ("As per our policy", "kindly")


def test_words_with_an_escape_among_them_are_not_rewritten() -> None:
    escaped = json.dumps({"macros": [{"id": "a", "text": "in lieu of"}]}).replace("lieu", "l\\u0069eu")
    (found,) = linted(escaped, "a.json").findings
    assert (found.code, found.edit) == ("stiff-words", None)
    broken = "macros:\n  - id: a\n    text: >\n      in lieu\n      of it\n"
    (found,) = linted(broken).findings
    assert (found.code, found.edit) == ("stiff-words", None)


def test_failures_and_unjudged_macros_are_kept_apart() -> None:
    file = linted("macros:\n  - id: a\n    text: '12345'\n")
    assert [macro.unjudged for macro in file.macros] == ["no-words"]
    assert file == replace(file, findings=(), failures=())
    assert not any(isinstance(macro, Failure) for macro in file.macros)
