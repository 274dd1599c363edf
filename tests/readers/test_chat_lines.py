"""A chat in the body of one message."""

from __future__ import annotations

import time

import pytest
from empathy_audit.readers.base import Tally
from empathy_audit.readers.chat_lines import ChatLine, chat_lines, turns_in

CHAT = "(10:04:33) Lee: Hello?\n(10:04:40) *** Dana joined the chat ***\n(10:05:02) Dana: Hi: Lee.\nGo on.\n"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "It never came.",
        "(10:04:33) Lee: only one line",
        "I called (10:04) and (10:05) again.",
        "Times: (10:04:33) and (10:05:02)",
        "(10:04:33) nobody speaks here\n(10:04:35) nor here",
    ],
)
def test_other_bodies_are_no_chats(body: str) -> None:
    tally = Tally()
    assert turns_in(body, "#/x", "public", tally) == []
    assert tally.left_out == {}


def test_lines_with_a_time_and_a_name_are_messages() -> None:
    tally = Tally()
    assert chat_lines("Chat started: today\n\n" + CHAT, tally) == [
        ChatLine("Lee", "Hello?", 0),
        ChatLine("Dana", "Hi: Lee.\nGo on.", 29_000),
    ]
    assert tally.left_out == {"events": 1}


def test_twelve_hour_clocks_midnight_and_lost_line_ends() -> None:
    body = "(11:59:50 PM) Lee: a\n(12:00:10 AM) Dana: b\n(1:05 AM) Lee: c"
    expected = [ChatLine("Lee", "a", 0), ChatLine("Dana", "b", 20_000), ChatLine("Lee", "c", 3_910_000)]
    assert chat_lines(body) == expected
    assert chat_lines(body.replace("\n", " ")) == expected


def test_names_that_say_a_role() -> None:
    names = ("Visitor 75731", "Web User 5f2a", "Answer Bot", "Virtual Assistant", "Agent Kim", "Robert")
    body = "\n".join(f"(10:00:0{n}) {name}: text" for n, name in enumerate(names))
    assert [t.role for t in turns_in(body, "#/x", "internal", Tally())] == [
        "customer",
        "customer",
        "bot",
        "bot",
        "agent",
        "unknown",
    ]


@pytest.mark.parametrize("piece", ["(10:04:33) a", "(10:04:33) a: b ", "(10:04:33)", "( ", "(1:00) *** ", "\n(1:00) "])
def test_time_grows_no_faster_than_the_body(piece: str) -> None:
    begun = time.process_time()
    chat_lines(piece * (400_000 // len(piece)))
    assert time.process_time() - begun < 4
