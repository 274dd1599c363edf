"""Waivers at work: what each waives, and what is told about those that should not be there."""

from __future__ import annotations

from datetime import date

from empathy_audit.batch.lint.waiving import Waivers
from empathy_audit.model.lint import Allowed, LintedFile, LintedMacro
from empathy_audit.settings.waivers import Waiver
from hypothesis import given
from hypothesis import strategies as st

from tests.batch.lint.build import finding, linted_file

TODAY = date(2026, 6, 1)


def waiver(code: str = "policy-wall", line: int = 1, file: str = "waivers.yaml", **fields: object) -> Waiver:
    whole: dict[str, object] = {"macro": None, "path": None, "until": None} | fields
    return Waiver(code=code, reason="legal", file=file, line=line, **whole)  # type: ignore[arg-type]


def noted(notes: object) -> list[tuple[str, str, int, str]]:
    return [(name, note.code, note.span.line, note.message) for name, note in notes]  # type: ignore[attr-defined]


def kept(
    file: LintedFile, *entries: Waiver, today: date = TODAY
) -> tuple[list[str], int, list[tuple[str, str, int, str]]]:
    """The macros whose findings are left, how many were waived, and every remark."""
    waivers = Waivers(entries, today)
    left, count, remarks = waivers.apply(file)
    return [found.macro for found in left], count, noted([*remarks, *waivers.notes()])


# --- comments ---------------------------------------------------------------------------------------------------------


def commented(*allowed: Allowed) -> LintedFile:
    """Two macros, at lines 3 to 5 and 8 to 9, with a finding each."""
    macros = (LintedMacro("a", "a", 3, 5), LintedMacro("b", "b", 8, 9))
    return LintedFile("f.yaml", "macros", macros, (finding(macro="a"), finding(macro="b")), allowed=allowed)


def test_a_comment_speaks_for_the_macro_that_it_stands_in_or_above() -> None:
    for lines, left in (((1, 2, 3, 4, 5), ["b"]), ((6, 7, 8, 9), ["a"])):
        for line in lines:
            assert kept(commented(Allowed("policy-wall", "legal", line))) == (left, 1, [])


def test_a_comment_below_everything_waives_nothing() -> None:
    told = [("f.yaml", "unused-waiver", 10, "the waiver of policy-wall waives nothing")]
    assert kept(commented(Allowed("policy-wall", "legal", 10))) == (["a", "b"], 0, told)


def test_a_comment_for_another_code_waives_nothing() -> None:
    told = [("f.yaml", "unused-waiver", 4, "the waiver of calm-down waives nothing")]
    assert kept(commented(Allowed("calm-down", "legal", 4))) == (["a", "b"], 0, told)


def test_a_comment_without_a_reason_does_not_count() -> None:
    told = [("f.yaml", "waiver-without-reason", 4, "the waiver of policy-wall gives no reason, so it does not count")]
    assert kept(commented(Allowed("policy-wall", "", 4))) == (["a", "b"], 0, told)


def test_one_comment_waives_every_finding_of_its_code_in_the_macro() -> None:
    file = linted_file(*(finding(fingerprint=str(n)) for n in range(3)), allowed=(Allowed("policy-wall", "x", 1),))
    assert kept(file) == ([], 3, [])


def test_the_variants_that_begin_on_one_line_are_all_meant() -> None:
    macros = (LintedMacro("a", "a", 3, 3), LintedMacro("a#2", "a", 3, 3))
    found = (finding(macro="a"), finding(macro="a#2"))
    for line in (2, 3):
        file = LintedFile("f.json", "macros", macros, found, allowed=(Allowed("policy-wall", "x", line),))
        assert kept(file) == ([], 2, [])


def test_a_comment_above_variants_is_for_all_of_them_and_one_between_them_is_not() -> None:
    macros = (LintedMacro("a", "a", 3, 3), LintedMacro("a#2", "a", 5, 5), LintedMacro("ab#2", "ab", 7, 7))
    found = tuple(finding(macro=macro.id) for macro in macros)
    for line, left in ((2, ["ab#2"]), (4, ["a", "ab#2"]), (6, ["a", "a#2"])):
        file = LintedFile("f.yaml", "rasa", macros, found, allowed=(Allowed("policy-wall", "x", line),))
        assert kept(file)[0] == left


# --- the side-car file ------------------------------------------------------------------------------------------------


def test_a_waiver_by_macro_by_file_and_by_both() -> None:
    file = linted_file(finding(macro="a"), finding(macro="b"), name="exports/de/x.json")
    assert kept(file, waiver(macro="a")) == (["b"], 1, [])
    assert kept(file, waiver(path="exports/*.json")) == ([], 2, [])
    assert kept(file, waiver(path="exports/*.json", macro="b")) == (["a"], 1, [])
    told = [("waivers.yaml", "unused-waiver", 7, "the waiver of policy-wall waives nothing")]
    assert kept(file, waiver(path="*.yaml", macro="b", line=7)) == (["a", "b"], 0, told)


def test_a_glob_is_also_one_from_the_folder_of_the_file_that_names_it() -> None:
    entry = waiver(path="exports/*.json", file="../waivers.yaml")
    assert kept(linted_file(finding(), name="x.json"), entry)[:2] == (["m"], 0)
    beside = waiver(path="exports/*.json", file="team/waivers.yaml")
    assert kept(linted_file(finding(), name="team/exports/x.json"), beside) == ([], 1, [])
    assert kept(linted_file(finding(), name="other/exports/x.json"), beside)[:2] == (["m"], 0)


def test_a_waiver_holds_through_its_last_day() -> None:
    entry = waiver(macro="m", until=TODAY)
    assert kept(linted_file(finding()), entry) == ([], 1, [])
    told = [
        (
            "waivers.yaml",
            "expired-waiver",
            1,
            "the waiver of policy-wall expired on 2026-06-01; the findings count again",
        )
    ]
    assert kept(linted_file(finding()), entry, today=date(2026, 6, 2)) == (["m"], 0, told)
    assert kept(linted_file(), entry, today=date(2026, 6, 2)) == ([], 0, told)


def test_a_finding_that_is_waived_twice_uses_both() -> None:
    file = linted_file(finding(), allowed=(Allowed("policy-wall", "x", 1),))
    assert kept(file, waiver(macro="m")) == ([], 1, [])


def test_use_is_remembered_over_files() -> None:
    waivers = Waivers((waiver(macro="m"),), TODAY)
    for name in ("a", "b"):
        waivers.apply(linted_file(*([finding()] if name == "a" else []), name=name))
    assert list(waivers.notes()) == []


def test_remarks_are_findings_that_can_be_told_apart() -> None:
    entries = [waiver(macro=macro, line=line) for line, macro in enumerate("xyz", start=1)]
    notes = [note for _, note in Waivers(entries, TODAY).notes()]
    assert {(note.severity, note.confidence, note.macro) for note in notes} == {("warning", 1.0, "")}
    assert len({note.fingerprint for note in notes}) == 3


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("mn")), max_size=6),
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("mn")), max_size=4, unique=True),
)
def test_nothing_is_waived_but_what_is_named(found: list[tuple[str, str]], entries: list[tuple[str, str]]) -> None:
    file = linted_file(*(finding(code, macro) for code, macro in found))
    waivers = Waivers([waiver(code, macro=macro) for code, macro in entries], TODAY)
    left, count, _ = waivers.apply(file)
    assert [(f.code, f.macro) for f in left] == [each for each in found if each not in entries]
    assert count == len(found) - len(left)
    assert len(list(waivers.notes())) == len(set(entries) - set(found))
