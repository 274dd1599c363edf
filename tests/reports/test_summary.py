"""The summary page: whole pages against goldens, and what must hold for any width."""

from __future__ import annotations

import re

import pytest
from empathy_audit.model.audit import Audit, Failure
from empathy_audit.model.figures import Estimate
from empathy_audit.reports import View, report
from empathy_audit.reports.terminal.figures import strip
from rich.cells import cell_len

from tests.build import batch
from tests.reports.cases import BROKEN, EVIL_FAILURE, broadband, hostile, unscored
from tests.reports.elsewhere import with_figures
from tests.statistics.build import talk, team

SUMMARY = report("summary")


def page(*outcomes: Audit | Failure, view: View | None = None) -> str:
    assert SUMMARY is not None
    text = SUMMARY.render(with_figures(batch(*outcomes)), view or View())
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_page(golden, width):  # type: ignore[no-untyped-def]
    golden(f"summary_{width}.txt", page(*team(), broadband(), unscored(), BROKEN, view=View(width)))


@pytest.mark.parametrize("width", range(20, 201, 9))
def test_no_line_is_wider_than_the_page(width: int) -> None:
    made = page(*team(), hostile(), EVIL_FAILURE, view=View(width))
    assert max(cell_len(line) for line in made.splitlines()) <= width


def test_colour_adds_nothing_but_colour_and_hidden_characters_are_shown() -> None:
    outcomes = *team(), hostile(), EVIL_FAILURE
    plain = page(*outcomes)
    assert re.sub(r"\x1b\[[0-9;]*m", "", page(*outcomes, view=View(color=True))) == plain
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", plain)


def test_nothing_is_ranked_or_shown_on_too_little() -> None:
    made = page(*(talk(at, 50.0, agent=f"A{at}") for at in range(3)))
    assert "  Mean score   –  not enough data\n" in made
    assert "    not enough data for any of 3: none has more than 1 conversation with a score\n" in made.replace(
        "a\n    score", "a score"
    )
    assert "rank" not in made.split("An agent has a rank")[0]


def test_many_weeks_show_the_latest() -> None:
    days = [f"2025-{month:02}-{day:02}" for month in range(1, 9) for day in (3, 10, 17, 24)]
    made = page(*(talk(f"{day}-{at}", 50.0, day=day) for day in days for at in range(6)))
    assert "By week  the latest 20 of 32; -v shows all" in made
    weeks = re.findall(r"^    (2025-W\d\d) ", made, re.MULTILINE)
    assert (weeks, len(weeks)) == (sorted(weeks), 20)
    assert weeks[-1] == "2025-W34"


def test_a_plain_page_draws_no_bars() -> None:
    made = page(*team(), view=View(plain=True))
    assert made.startswith("Summary\n  62 conversations")
    assert not re.search("[█░▒─]", made)


def test_without_conversations_it_tells_what_failed() -> None:
    made = page(BROKEN)
    assert "0 conversations · 0 scored · 1 failure" in made
    assert "✗ chats/broken.json:3:1: unreadable:" in made


def test_many_agents_show_the_lowest_and_verbose_all() -> None:
    crowd = [talk(f"{name}-{at}", 40.0 + name + at, agent=f"Agent {name}") for name in range(25) for at in range(6)]
    cut = page(*crowd)
    assert "By agent  20 of 25, those with the lowest scores; -v shows all" in cut
    shown = re.findall(r"    (Agent \d+) ", cut)
    assert shown == sorted(f"Agent {n}" for n in range(20))
    assert [f"    Agent {n} " in cut for n in (0, 19, 20, 24)] == [True, True, False, False]
    assert page(*crowd, view=View(verbose=1)).count("    Agent ") >= 25


@pytest.mark.parametrize(
    ("estimate", "drawn"),
    [
        (Estimate(None, None, None, 0), ""),
        (Estimate(50.0, None, None, 2), ""),
        (Estimate(0.0, 0.0, 9.9, 5), "█▒░░░░░░░░░░░░░░░░░░"),
        (Estimate(100.0, 76.0, 100.0, 5), "░░░░░░░░░░░░░░░▒▒▒▒█"),
        (Estimate(50.0, 40.0, 60.0, 5), "░░░░░░░░▒▒█▒▒░░░░░░░"),
    ],
)
def test_the_scale(estimate: Estimate, drawn: str) -> None:
    assert strip(estimate) == drawn
