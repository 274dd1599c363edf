"""A batch with everything in it that reports of lint draw, and one in which every word is hostile."""

from __future__ import annotations

from empathy_audit.model.audit import Failure, RubricStamp
from empathy_audit.model.lint import Edit, LintBatch, LintedFile, LintedMacro, LintFinding, Span
from empathy_audit.model.macro import Situation
from empathy_audit.reports.base import View
from empathy_audit.reports.lint import LINT_REPORTS

from tests.batch.lint.build import finding

LONG = "A long sentence about what can be done for somebody who waits. " * 4
EVIL = "\x1b[31m\x07\r\n::error file=x::y]]>&<b>\u202e%0A,\x00\ufffe\ud800"


def rendered(name: str, batch: LintBatch, view: View | None = None) -> str:
    (report,) = (report for report in LINT_REPORTS if report.name == name)
    return report.render(batch, view or View())


def everything() -> LintBatch:
    """Two files, one of them with a broken macro, one broken file, notes, waived and known findings."""
    shop = LintedFile(
        "macros/shop.yaml",
        "macros",
        (
            LintedMacro("refund", "Refund::Declined", 3, 6, Situation("refund-declined", 0.9, "its title has “Refund”")),
            LintedMacro("thanks", "Thanks", 9, 9, Situation("thanks", 1.0, "declared")),
            LintedMacro("numbers", "", 12, 12, unjudged="no-words"),
        ),
        (
            finding("policy-wall", "refund", 3, suggestion=LONG, confidence=0.84),
            finding(
                "stiff-words", "refund", 4, severity="suggestion",
                edit=Edit(Span(4, 2, 4, 8), "Kindly", "Please", safe=True),
            ),
            finding("calm-down", "refund", 5, severity="error", span=Span(5, 7, 6, 3), message="tells how to feel"),
            finding("policy-wall", "thanks", 9),
            finding("policy-wall", "thanks", 9, message="again"),
        ),
        (Failure("macros/shop.yaml:15:3", "malformed", "a macro without text; write it"),),
        left_out={"internal note": 2},
    )  # fmt: skip
    fine = LintedFile("macros/fine.txt", "text", (LintedMacro("fine", "fine", 1, 1),))
    return LintBatch(
        (shop, fine),
        (Failure("macros/none.yaml", "not-found", "no such file; check the path"),),
        (("waivers.yaml", finding("unused-waiver", "", 7, message="the waiver of x waives nothing")),),
        waived=2,
        known=3,
        rubrics=(RubricStamp("small", "1.2.0", "f" * 64),),
        why={
            "policy-wall": "A policy is no answer.",
            "calm-down": "It never helped.",
            "stiff-words": "Plain words help.",
        },
        tool_version="0.9",
    )


def hostile() -> LintBatch:
    """Nothing but control characters, markup and commands in everything that somebody else wrote."""
    macro = LintedMacro(EVIL, EVIL, 1, 1, Situation(EVIL, 0.5, EVIL))
    bad = LintFinding(
        "policy-wall", "error", 0.5, EVIL, EVIL, EVIL, Span(1, 1, 1, 2), "f" * 64, Edit(Span(1, 1, 1, 2), EVIL, EVIL)
    )
    file = LintedFile(EVIL, "macros", (macro,), (bad,), (Failure(EVIL, "malformed", EVIL),), left_out={EVIL: 1})
    return LintBatch(
        (file,), (Failure(EVIL, "not-found", EVIL),), ((EVIL, bad),), why={"policy-wall": EVIL}, tool_version="0.9"
    )
