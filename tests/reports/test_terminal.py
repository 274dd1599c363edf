"""The page for people: whole pages against goldens, and what must hold for any page."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from empathy_audit.model.audit import AgentScore, Failure, OutcomeCounts
from empathy_audit.reports import View, report
from empathy_audit.reports.terminal.conversation import best_moments
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.build import audit, batch, finding, opportunity
from tests.reports.cases import BROKEN, EVIL_FAILURE, PRINCIPLES, broadband, hostile, unscored
from tests.reports.elsewhere import with_figures

FULL = report("full")
MIXED = batch(broadband(), unscored(), BROKEN, skipped=1, notes=["2 turns were left out: events"])
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def many(count):
    """`count` conversations with as many agents, the later the better, each with a note of its own."""
    return [
        audit(
            "customer: I waited for weeks.",
            f"agent A{at}: Please hold.",
            id=f"c-{at:02}",
            source=f"c-{at:02}.json",
            overall=float(at),
            principles={"validation": float(at)},
            opportunities={0: opportunity("implicit", "frustration", 0.5, "weeks", outcome="missed", answered_by=1)},
            responses={1: (0, 0, "ignore")},
            agents=[AgentScore(f"A{at}", float(at), {"validation": float(at)}, OutcomeCounts(missed=1))],
        )
        for at in range(count)
    ]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_page(golden, width):
    golden(f"full_{width}.txt", FULL.render(MIXED, View(width)))


def test_a_page_for_screen_readers(golden):
    golden("full_80_plain.txt", FULL.render(MIXED, View(80, plain=True)))


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_plain_page_is_words_alone(width):
    page = FULL.render(batch(*many(23), broadband(), BROKEN), View(width, plain=True, verbose=1))
    assert not re.search("[█░▒▁▂▃▄▅▆▇─]", page)


def test_a_page_in_colour(golden):
    golden("full_80_color.txt", FULL.render(MIXED, View(80, color=True)))


def test_a_hostile_page(golden):
    golden("full_hostile_80.txt", FULL.render(batch(hostile(), EVIL_FAILURE), View(80)))


def test_many_conversations_show_the_lowest_and_say_how_to_see_all(golden):
    golden("full_many_80.txt", FULL.render(batch(*many(23)), View(80)))


def test_the_habits_stand_before_the_tables():
    audits = many(6)
    whole = with_figures(batch(*audits))
    page = FULL.render(whole, View(80))
    assert page.index("── Summary") < page.index("  1 Passes by what the customer shows\n") < page.index("By principle")
    assert FULL.render(whole, View(40)).count("What would change most") == 1


def test_verbose_shows_every_conversation_agent_and_failure():
    failures = [Failure(f"f-{at}.json", "unreadable", "no") for at in range(30)]
    text = FULL.render(batch(*many(23), *failures), View(80, verbose=1))
    assert [f"── c-{at:02} " in text for at in range(23)] == [True] * 23
    assert [f"f-{at}.json" in text for at in range(30)] == [True] * 30
    assert "-v shows" not in text
    assert "and 10 more; -v shows all" in FULL.render(batch(*failures), View(80))


def test_a_page_wider_than_a_book_is_not_used():
    assert FULL.render(MIXED, View(300)) == FULL.render(MIXED, View(120))


def test_colour_adds_nothing_but_colour():
    assert ANSI.sub("", FULL.render(MIXED, View(80, color=True))) == FULL.render(MIXED, View(80))


def test_the_environment_does_not_matter(monkeypatch):
    before = FULL.render(MIXED, View(80)), FULL.render(MIXED, View(80, color=True))
    for name, value in {
        "NO_COLOR": "1",
        "FORCE_COLOR": "1",
        "COLUMNS": "33",
        "TERM": "dumb",
        "TTY_COMPATIBLE": "1",
    }.items():
        monkeypatch.setenv(name, value)
        assert (FULL.render(MIXED, View(80)), FULL.render(MIXED, View(80, color=True))) == before


def test_nobody_judged_is_said():
    assert FULL.render(batch(), View(40)) == (
        "No conversation was judged.\n\n  empathy-audit 0.1.0 · rubric empathy\n  1.0.0\n"
    )


def test_more_than_three_suggestions_are_counted():
    lines = [line for at in range(5) for line in (f"customer: Thanks {at}!", "agent: Bye.")]
    found = [finding("delight", 2 * at, 2 * at + 1, severity="suggestion") for at in range(5)]
    page = FULL.render(batch(audit(*lines, findings=found)), View(80))
    assert page.count("· delight") == 3
    assert "2 more suggestions: -v shows all" in page
    assert FULL.render(batch(audit(*lines, findings=found)), View(80, verbose=1)).count("· delight") == 5


def test_a_finding_without_an_answer_says_so():
    page = FULL.render(batch(audit("customer: I am sad.", findings=[finding("distress", 0)])), View(80))
    assert "    Agent       did not answer\n" in page


def test_the_best_moments_are_the_best_answered_then_the_strongest_and_never_pleasant_before_others():
    told = {
        0: opportunity("explicit", "anger", 0.9, outcome="met", answered_by=1),
        2: opportunity("explicit", "joy", 1.0, outcome="met", answered_by=3),
        4: opportunity("implicit", "anxiety", 0.3, outcome="met", answered_by=5),
        6: opportunity("implicit", "sadness", 0.6, outcome="met", answered_by=7),
        8: opportunity("explicit", "anger", 1.0, outcome="delayed", answered_by=9),
    }
    levels = {1: (0, 3, "ack"), 3: (2, 5, "ack"), 5: (4, 5, "ack"), 7: (6, 3, "ack"), 9: (8, 5, "ack")}
    one = audit(*["customer: x", "agent: y"] * 5, opportunities=told, responses=levels)
    assert best_moments(one) == [(0, 1, 3), (4, 5, 5), (6, 7, 3)]
    assert best_moments(one, 1) == [(4, 5, 5)]


texts = st.text(st.one_of(st.characters(exclude_categories=()), st.sampled_from("[]/\x1b\n 漢👍🏽")), max_size=60)


@settings(max_examples=60)
@given(texts, texts, texts, st.integers(20, 130), st.booleans())
def test_no_line_is_wider_than_the_page_and_nothing_but_colour_is_sent(name, said, message, width, color):
    one = audit(
        f"customer: {said}",
        f"agent: {said * 9}",
        id=name,
        source=name,
        principles={**PRINCIPLES, name: 1.0},
        opportunities={0: opportunity(outcome="missed", answered_by=1)},
        responses={1: (0, 0, "ignore")},
        findings=[finding(name, 0, 1, message=message, suggestion=message)],
        agents=[AgentScore(name, 1.0, {}, OutcomeCounts(missed=1)), AgentScore("Lee", None, {}, OutcomeCounts())],
    )
    named = replace(one, turns=(one.turns[0], replace(one.turns[1], turn=replace(one.turns[1].turn, speaker=name))))
    text = ANSI.sub("", FULL.render(batch(named, unscored(), Failure(name, name, message)), View(width, color)))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    assert [line for line in text.split("\n") if cell_len(line) > width] == []
    assert [line for line in text.split("\n") if line != line.rstrip(" ")] == []


def test_many_conversations_without_a_score_show_the_summary_alone():
    assert FULL.render(batch(*[unscored()] * 21), View(80)) == (
        "21 conversations: the summary; -v shows every one.\n"
        "\n"
        "── Summary " + "─" * 69 + "\n"
        "  21 conversations · 0 scored\n"
        "  Findings: 0 errors, 0 warnings, 0 suggestions\n"
        "\n"
        "  Not enough evidence for a score  21\n"
        "     21  nothing the customer said called for empathy\n"
        "\n"
        "  empathy-audit 0.1.0 · rubric empathy 1.0.0\n"
    )


def test_a_long_conversation_says_what_a_column_holds():
    lines = ["customer: I waited for weeks.", "agent: Hm."] * 100
    told = {at: opportunity("implicit", "frustration", 0.5, "weeks", outcome="missed") for at in range(0, 200, 2)}
    page = FULL.render(batch(audit(*lines, opportunities=told)), View(80))
    assert (
        "  The customer's intensity  ▁ low to █ high, by turn; a column holds up to 2\n"
        "  customer turns: the highest and the worst of them\n" + f"    {'▅' * 50}\n    {'○' * 50}\n    0    20   40"
    ) in page


def test_a_long_name_is_cut_to_its_first_word():
    def labels(name):
        found = [finding("calm-down", 0, words={0: "calm"})]
        page = FULL.render(batch(audit(f"agent {name}: Be calm.", findings=found)), View(80))
        return [line for line in page.splitlines() if "Be calm" in line]

    assert [labels("Dana Smith"), labels("Sarah Mitchell"), labels("Wolfeschlegelstein")] == [
        ["    Dana Smith  “Be calm.”"],
        ["    Sarah       “Be calm.”"],
        ["    Wolfeschl…  “Be calm.”"],
    ]
