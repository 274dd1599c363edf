"""One small set of rules, so that no test moves when the shipped rubric does; what is broken comes first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from empathy_audit.judgement.findings import digest
from empathy_audit.linting import Linter
from empathy_audit.model.macro import Branch, Fix, Macro, MacroFinding, MacroProblem, Situation, Spot, Stretch
from empathy_audit.model.macro_rules import (
    Density,
    MacroCheck,
    MacroRules,
    MacroSituation,
    Must,
    Need,
    ReadingEase,
    Rewrite,
    Sign,
)
from empathy_audit.model.rubric import Phrases, Regex

from tests.linting.build import branch, macro
from tests.rubrics import counter, marker, rubric

RULES = MacroRules(
    minimum_words=3,
    situations=(
        MacroSituation(
            "loss",
            "a lost parcel",
            "frustration",
            names=("parcel gone",),
            signs=(
                Sign(("title", "tags"), (Phrases(("lost parcel",)),), confidence=0.9),
                Sign(("text",), (Phrases(("we lost it",)),), confidence=0.6),
                Sign(("text",), (Phrases(("perhaps",)),), confidence=0.3),
            ),
            must=(Must("comfort"), Must("plan", "error", "Say what comes next.")),
        ),
        MacroSituation("hello", "a greeting", signs=(Sign(("title",), (Phrases(("hello",)),), confidence=0.7),)),
        MacroSituation("sad", "sadness", signs=(Sign(("emotion",), (Phrases(("sadness",)),)),), must=(Must("comfort"),)),
    ),
    needs=(
        Need(
            "comfort", (Phrases(("that hurts",)),), confidence=0.5, message="no comfort in {situation} for {emotion}",
            tags=("emotional-acknowledgement",), not_within=("sneers",),
            suggestions={"any": ("Comfort them.",), "frustration": ("Name it.", "Own it.")},
        ),
        Need("plan", (Regex(r"\bwe will \w+"),), severity="suggestion", message="no plan", suggestions={"any": ("Plan.",)}, blank_may_hold=True),
    ),
    checks=(
        MacroCheck("kindly", (Phrases(("kindly",)),), confidence=0.9, message="“{words}”", suggestion="Please.", fix=(Rewrite("kindly", "please"),), safe=True),
        MacroCheck("wall", uses=("rules",), message="a wall", suggestion="A door.", redeemed_by=("comfort",)),
        MacroCheck("joy", (Phrases(("hooray",)),), message="joy", suggestion="None.", inside=("loss",)),
        MacroCheck("dull", (Regex("dear sir"), Regex("yours truly")), message="{figure} times", suggestion="Less.", density=Density(2, 0.5), outside=("hello",)),
        MacroCheck("cold", (Phrases(("denied",)),), message="cold", suggestion="Warm.", told_by=("comfort",)),
        MacroCheck("shut", (Phrases(("the end",)),), message="shut", suggestion="Open.", tells=("plan",)),
        MacroCheck("hard", message="ease {figure}", suggestion="Easier.", severity="suggestion", reading_ease=ReadingEase(30.0, 6)),
    ),
)  # fmt: skip
RUBRIC = replace(
    rubric(
        markers=[marker("feels", "so painful", tag="emotional-acknowledgement"), marker("other", "noted", tag="noted")],
        counters=[
            counter("calm-down", "calm down", severity="error", confidence=0.95),
            counter("rules", "our rules"),
            counter("sneers", "so painful, boo hoo"),
        ],
    ),
    macros=RULES,
)
LINTER = Linter(RUBRIC)


def codes(m: Macro) -> list[str]:
    return [finding.code for finding in LINTER.lint(m).findings]


# --- broken and empty ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "  \n ", "12345", "👍", "<<Alex>>"[:0]])
def test_a_macro_without_words_is_not_judged(text: str) -> None:
    result = LINTER.lint(macro(text, title="Lost parcel"))
    assert (result.situation, result.findings, result.unjudged) == (None, (), "no-words")


def test_a_macro_without_branches_is_not_judged() -> None:
    assert LINTER.lint(Macro("m", "", "text", (), ())).unjudged == "no-words"


def test_half_a_surrogate_pair_breaks_nothing() -> None:
    assert codes(macro("Kindly \ud83d calm down.")) == ["kindly", "calm-down"]


def test_a_text_of_one_endless_line_is_judged() -> None:
    assert codes(macro("so it is " * 20_000 + "calm down")) == ["hard", "calm-down"]


def test_problems_of_the_reader_are_errors_even_where_nothing_is_judged() -> None:
    problem = MacroProblem("unbalanced-placeholder", 0, 2, "{{ is never closed", "Close it.")
    result = LINTER.lint(replace(macro("{{ 1"), problems=(problem,)))
    assert result.unjudged == "no-words"
    assert result.findings == (
        MacroFinding(
            "unbalanced-placeholder", "error", 1.0, "{{ is never closed", "Close it.", 0, 2, 1, 1, 1, 3,
            digest("unbalanced-placeholder", "m", "{{", "0"),
        ),
    )  # fmt: skip


def test_another_language_is_not_judged() -> None:
    text = (
        "Wir haben das Paket leider nicht gefunden und es tut uns sehr leid, dass Sie auf die Lieferung warten müssen."
    )
    assert LINTER.lint(macro(f"{text} Calm down.", title="Lost parcel")).unjudged == "language"
    assert LINTER.lint(macro("Calm down, we lost it.", language="de")).unjudged == "language"
    assert LINTER.lint(macro("Calm down, we lost it.", language="en-GB")).unjudged is None


def test_a_rubric_without_macros_still_knows_its_counter_entries() -> None:
    result = Linter(replace(RUBRIC, macros=None)).lint(macro("Calm down, it's our rules.", situation="loss"))
    assert [f.code for f in result.findings] == ["calm-down", "rules"]


# --- situations --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["loss", "Loss", "parcel gone", "parcel-gone", "Parcel_gone"])
def test_a_declared_situation_is_certain(name: str) -> None:
    result = LINTER.lint(macro("Nothing to see here.", title="Hello", situation=name))
    assert result.situation == Situation("loss", 1.0, "declared")


def test_signs_of_title_and_text_add_up() -> None:
    result = LINTER.lint(macro("We lost it. Perhaps.", title="Shipping::Lost_parcel"))
    why = "its title has “Shipping::Lost_parcel”, its text has “We lost it”, its text has “Perhaps”"
    assert result.situation == Situation("loss", 0.972, why)


def test_a_tag_that_names_the_situation_is_nearly_certain() -> None:
    assert LINTER.lint(macro("Nothing to see here.", tags=("vip", "parcel_gone"))).situation == Situation(
        "loss", 0.95, "a tag names it"
    )


def test_below_the_threshold_there_is_no_situation_and_nothing_is_missed() -> None:
    result = LINTER.lint(macro("Perhaps it will come, perhaps not."))
    assert (result.situation, result.findings) == (None, ())


def test_of_two_situations_the_surer_one_is_taken_and_the_first_of_equals() -> None:
    assert LINTER.lint(macro("We lost it somehow.", title="Hello")).situation == Situation(
        "hello", 0.7, "its title has “Hello”"
    )
    assert LINTER.lint(macro("It is what it was.", title="Lost parcel, hello", tags=("hello",))).situation == Situation(
        "hello", 0.985, "a tag names it, its title has “Lost parcel, hello”"
    )


def test_a_declared_emotion_is_a_sign() -> None:
    result = LINTER.lint(macro("Nothing to see here.", emotion="sadness"))
    assert result.situation == Situation("sad", 0.8, "its emotion is “sadness”")
    assert [(f.code, f.message) for f in result.findings] == [("missing-comfort", "no comfort in sadness for sadness")]


def test_unknown_names_are_told() -> None:
    found = LINTER.lint(macro("Nothing to see here.", situation="los", emotion="boredom")).findings
    assert [(f.code, f.severity, f.suggestion) for f in found] == [
        ("unknown-emotion", "suggestion", "Use one of anger, frustration, disappointment, anxiety, sadness, confusion, joy, gratitude, or add it to your rubric."),
        ("unknown-situation", "suggestion", "Did you mean 'loss'?"),
    ]  # fmt: skip


# --- needs ---------------------------------------------------------------------------------------------------------------


def test_what_is_missing_stands_at_the_first_line() -> None:
    found = LINTER.lint(macro("\n  Hi there,\nnothing to see.", situation="loss", emotion="Frustration ")).findings
    assert found == (
        MacroFinding(
            "missing-plan", "error", 0.8, "no plan", "Say what comes next.", 3, 12, 2, 3, 2, 12,
            digest("missing-plan", "m", "", "0"),
        ),
        MacroFinding(
            "missing-comfort", "warning", 0.5, "no comfort in a lost parcel for frustration", "Name it.", 3, 12, 2, 3, 2, 12,
            digest("missing-comfort", "m", "", "0"),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("words", ["That hurts.", "So painful."])
def test_words_or_a_tag_fulfil_a_need(words: str) -> None:
    assert codes(macro(f"{words} We will look.", situation="loss")) == []


def test_words_inside_those_of_another_entry_fulfil_nothing() -> None:
    assert codes(macro("So painful, boo hoo. We will look.", situation="loss")) == ["sneers", "missing-comfort"]


def test_a_placeholder_fulfils_nothing_and_is_no_word() -> None:
    assert codes(macro("<<That hurts>>. We will look.", situation="loss")) == ["missing-comfort"]
    assert (
        codes(macro("Look <<That hurts so much>> here.", situation="loss")) == []
    )  # two words: too few to miss anything


def test_words_beside_a_placeholder_are_evidence() -> None:
    assert codes(macro("That hurts. We will <<look>>.", situation="loss")) == []


def test_a_blank_of_its_own_may_hold_what_the_need_leaves_open() -> None:
    assert codes(macro("That hurts a lot. <<?item>>\nYours, Kim", situation="loss")) == []
    assert codes(macro("That hurts a lot, <<?item>>.\nYours, Kim", situation="loss")) == ["missing-plan"]
    assert codes(macro("That hurts a lot. Yours,\n<<?item>>", situation="loss")) == ["missing-plan"]


def test_a_lack_in_one_branch_is_told_with_its_condition() -> None:
    found = LINTER.lint(macro("That hurts. We will look.", "We will look.", situation="loss")).findings
    assert [(f.code, f.message) for f in found] == [
        ("missing-comfort", "no comfort in a lost parcel for frustration (when not 0)")
    ]


# --- checks ---------------------------------------------------------------------------------------------------------------


def test_a_finding_points_at_the_original_and_carries_a_fix() -> None:
    found = LINTER.lint(macro("Hi <<Alexandra>>,\nKindly wait.")).findings
    assert found == (
        MacroFinding(
            "kindly", "warning", 0.9, "“Kindly”", "Please.", 18, 24, 2, 1, 2, 7,
            digest("kindly", "m", "Kindly", "0"), Fix(18, 24, "Please", safe=True),
        ),
    )  # fmt: skip


def test_counter_entries_are_findings_with_the_rubrics_wording() -> None:
    found = LINTER.lint(macro("Calm <<down>>. Please calm down!")).findings
    assert [(f.code, f.severity, f.confidence, f.message, f.suggestion, f.start, f.end) for f in found] == [
        ("calm-down", "error", 0.95, "says it badly", "say it well", 0, 13),
        ("calm-down", "error", 0.95, "says it badly", "say it well", 22, 31),
    ]


def test_an_entry_that_a_check_uses_is_told_by_the_check_alone() -> None:
    assert codes(macro("It's our rules.")) == ["wall"]
    assert codes(macro("It's our rules, and that hurts.")) == []


def test_some_checks_hold_in_some_situations_only() -> None:
    assert codes(macro("Hooray for you and me.")) == []
    assert codes(macro("Hooray! That hurts. We will look.", situation="loss")) == ["joy"]
    formal = "Dear sir. Yours truly."
    assert codes(macro(formal)) == ["dull"]
    assert codes(macro(formal, title="Hello")) == []


def test_density_takes_places_and_a_share_of_the_words() -> None:
    assert [f.message for f in LINTER.lint(macro("Dear sir. Yours truly.")).findings] == ["2 times"]
    assert codes(macro("Dear sir. Dear sirs.")) == ["dull"]
    assert codes(macro("Dear sir. Here are all the many words that you asked me for. Yours truly.")) == []


def test_one_says_it_for_the_other() -> None:
    assert codes(macro("It is denied. We will look.", situation="loss")) == ["missing-comfort"]
    assert codes(macro("That hurts. It is denied. We will look.", situation="loss")) == ["cold"]
    assert codes(macro("That hurts. This is the end.", situation="loss")) == ["shut"]


def test_hard_reading_stands_at_the_longest_sentence() -> None:
    text = "Hi. Organisational reimbursement necessitates administrative verification procedures. Bye."
    found = LINTER.lint(macro(text)).findings
    assert [(f.code, f.message, text[f.start : f.end]) for f in found] == [
        ("hard", "ease -103", "Organisational reimbursement necessitates administrative verification procedures")
    ]
    assert codes(macro("Reimbursement necessitates verification procedures.")) == []  # too few words to tell


def test_a_wrapped_line_is_one_sentence() -> None:
    text = "Please, calm\ndown and\nkindly\nwait."
    found = LINTER.lint(macro(text)).findings
    assert [(f.code, f.line, f.column, f.end_line, f.end_column) for f in found] == [
        ("calm-down", 1, 9, 2, 5),
        ("kindly", 3, 1, 3, 7),
    ]
    assert codes(macro("Stay calm\nDown there it is.")) == []


# --- branches, order, fingerprints ---------------------------------------------------------------------------------------


def test_what_two_branches_share_is_told_once() -> None:
    assert codes(macro("Kindly wait. Calm down.", "Calm down.")) == ["kindly", "calm-down"]


def test_both_branches_are_judged() -> None:
    text = "kindly or calm down"
    both = (branch("kindly", 0, ("a",)), branch("calm down", text.index("calm"), ("not a",)))
    found = LINTER.lint(Macro("m", "", text, (Spot(0, 7, 3),), both)).findings
    assert [(f.code, f.line, f.column, f.end_line, f.end_column) for f in found] == [
        ("kindly", 7, 3, 7, 9),
        ("calm-down", 7, 13, 7, 22),
    ]


def test_fingerprints_outlive_moves_and_tell_repetitions_apart() -> None:
    first, second = LINTER.lint(macro("Kindly. Kindly.")).findings
    moved = LINTER.lint(replace(macro("Hi!\n\nKindly."), source="elsewhere.yaml", title="x")).findings[0]
    assert first.fingerprint == moved.fingerprint
    assert (
        len({first.fingerprint, second.fingerprint, LINTER.lint(macro("Kindly.", id="n")).findings[0].fingerprint}) == 3
    )


def test_the_same_macro_gives_the_same_result() -> None:
    one = macro("Kindly calm down, we lost it.", title="Lost parcel")
    assert LINTER.lint(one) == Linter(RUBRIC).lint(one) == LINTER.lint(one)


# --- fixes -----------------------------------------------------------------------------------------------------------------


def with_fix(find: str, put: str) -> Linter:
    check = MacroCheck("x", (Regex(find),), message="m", suggestion="s", fix=(Rewrite(find, put),))
    return Linter(replace(RUBRIC, macros=MacroRules(checks=(check,))))


@pytest.mark.parametrize(
    ("text", "find", "put", "expected"),
    [
        ("Should you have any idea", "should you (have any)", r"if you \1", "If you have any idea"),
        ("Please note that it rains", "please note that ", "", "It rains"),
        ("it rains, note that it", "note that ", "", "it rains, it"),
        ("Note that <<Alex>> left", "note that ", "", "<<Alex>> left"),
        ("Hi <<Alex>>, utilise <<it>>", "utili[sz]e", "use", "Hi <<Alex>>, use <<it>>"),
    ],
)
def test_a_rewrite_is_put_into_the_original(text: str, find: str, put: str, expected: str) -> None:
    (found,) = with_fix(find, put).lint(macro(text)).findings
    assert found.fix is not None
    fixed = text[: found.fix.start] + found.fix.text + text[found.fix.end :]
    assert (fixed, found.fix.safe) == (expected, False)


def test_words_that_a_placeholder_fills_are_not_rewritten() -> None:
    (found,) = with_fix("note <<|note alex", "x").lint(macro("Please note <<Alex>>.")).findings
    assert found.fix is None


def test_a_branch_of_nothing_but_a_placeholder_is_found_nowhere() -> None:
    only = Branch("calm down", (Stretch(0, 0, 6, stand_in=True),))
    assert LINTER.lint(Macro("m", "", "{{x}} ", (), (only,))).findings == ()
