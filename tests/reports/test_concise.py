"""A line a finding, and nothing else."""

from __future__ import annotations

from empathy_audit.reports import View
from empathy_audit.reports.concise import CONCISE

from tests.build import batch
from tests.reports.cases import BROKEN, EVIL_FAILURE, broadband, hostile, unscored


def test_findings_in_order_then_failures():
    assert CONCISE.render(batch(broadband(), unscored(), BROKEN), View(width=20, color=True)) == (
        "chats/broadband.json#/turns/3: distress-partial "
        "anger was stated, and the answer goes straight to the procedure\n"
        "chats/broadband.json#/turns/5: distress-missed frustration was stated and was waved away\n"
        "chats/broadband.json#/turns/6: calm-down tells the customer how to feel\n"
        "chats/broadband.json#/turns/10: delight-missed gratitude was met with a formula\n"
        "chats/broken.json:3:1: unreadable not JSON: a value was expected; mend the file or leave it out\n"
    )


def test_nothing_found_nothing_written():
    assert CONCISE.render(batch(unscored()), View()) == ""


def test_whatever_is_in_it_a_finding_is_one_line_of_text():
    attack = (
        r"\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07link\x1b]8;;\x07 "
        "[bold red]markup[/] [link=https://evil.example]x[/link]"
    )
    assert CONCISE.render(batch(hostile(), EVIL_FAILURE), View()) == (
        rf"chats/[red]evil[/red]\x1b[2K.json#/turns/0: [x] {attack}\nsecond line" + "\n"
        r"[red]\x1b[2J.txt: unreadable line\nbreak \x1b]0;title\x07 [bold]" + "\n"
    )
