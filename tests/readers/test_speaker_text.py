"""Labelled text and Markdown."""

from __future__ import annotations

import textwrap

import pytest
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.readers import Unrecognised

from tests.readers.build import Speakers, failed, one, outcomes, reading, said, short


def text(block: str) -> str:
    return textwrap.dedent(block).lstrip("\n")


# --- what is no transcript ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "prose",
    [
        "Just some words about nothing in particular.\n",
        "# Manual\n\nNote: read this first.\nWarning: it is long.\n\nNote: really.\nWarning: yes.\n",
        "| file | shows |\n|---|---|\n| a.json | an angry customer |\n| b.txt | Agent: calm |\n",
        "Ask the agent to say this:\n\n    Agent: hello\n\nand the customer will answer as customers do, at "
        "great length.\n",
        "http://example.org: a page\nhttps://example.org: another\nhttp://example.org: a page\n"
        "https://example.org: another\n",
        "Subject: hello\nDate: today\nFrom: me\nTo: you\n\nSee you there.\n",
        "Files: *\nCopyright: 2009 Dana\nLicense: MIT\n\nFiles: debian/*\nCopyright: 2010 Lee\nLicense: GPL\n",
        "main: 3.0-\n_operator: 3.4-\nos: 3.0-\npathlib: 3.1-\noperator: 3.4-\nre: 3.0-\nast: 3.0-\n",
        "Step one: open the lid. Press the button.\nStep two: close the lid.\n",
    ],
)
def test_prose_is_not_taken_for_a_transcript(prose: str) -> None:
    with pytest.raises(Unrecognised):
        reading(prose, "notes.md")


def test_settings_that_look_like_labels_are_not_taken() -> None:
    with pytest.raises(Unrecognised):
        reading("user: root\ncustomer: acme\nagent: smith\n", "compose.yaml")


def test_text_asked_for_as_text_but_without_labels_is_a_failure() -> None:
    assert failed("No labels here.\nNone at all.\n", format="text") == (
        "a.txt",
        "malformed",
        "no line begins with a speaker label; expected such as `Agent: ...` and `Customer: ...`; add them",
    )


# --- the variants of a line -----------------------------------------------------------------------------------------

HELLO = [("agent", None, "Hello there."), ("customer", None, "My parcel is late.")]


@pytest.mark.parametrize(
    "content",
    [
        "Agent: Hello there.\nCustomer: My parcel is late.\n",
        "AGENT:Hello there.\r\nCUSTOMER:My parcel is late.\r\n",
        "Agent: Hello there.\rCustomer: My parcel is late.\r",
        "[00:00:03] AGENT: Hello there.\n\n[00:00:09] CUSTOMER: My parcel is late.\n",
        "00:01:23 Agent: Hello there.\n00:01:40 Customer: My parcel is late.\n",
        "[Agent] Hello there.\n[Customer] My parcel is late.\n",
        "[Agent]: Hello there.\n[Customer]: My parcel is late.\n",
        "**Agent**: Hello there.\n\n**Customer**: My parcel is late.\n",
        "**Agent:** Hello there.\n\n**Customer:** My parcel is late.\n",
        "*Agent:* Hello there.\n*Customer:* My parcel is late.\n",
        "> Agent: Hello there.\n>\n> Customer: My parcel is late.\n",
        "- Agent: Hello there.\n- Customer: My parcel is late.\n",
        "1. Agent: Hello there.\n2. Customer: My parcel is late.\n",
        "Agent - Hello there.\nCustomer – My parcel is late.\n",
        "Agent：Hello there.\nCustomer：My parcel is late.\n",
        "Agent (10:15): Hello there.\nCustomer (10:16): My parcel is late.\n",
        "Agent 10:15: Hello there.\nCustomer 10:16 AM: My parcel is late.\n",
        'CSR:\n\n"Hello there."\n\nCALLER:\n\n"My parcel is late."\n',
        "00:03\nAgent: Hello there.\n00:09\nCustomer: My parcel is late.\n",
        "**Agent**\nHello there.\n\n**Customer**\nMy parcel is late.\n",
        "```\nAgent: Hello there.\nCustomer: My parcel is late.\n```\n",
        "rep: Hello there.\nend_user: My parcel is late.\n",
        "Customer Service Representative: Hello there.\nClient: My parcel is late.\n",
    ],
)
def test_variants_of_labels(content: str) -> None:
    assert said(content) == HELLO


def test_names_beside_role_words_are_kept() -> None:
    content = (
        "Agent (Dana): Hello.\nLee (Customer): Hi.\nAgent Sam: I take over.\nDana [Support]: Bye.\nIVR: Press one.\n"
    )
    assert said(content) == [
        ("agent", "Dana", "Hello."),
        ("customer", "Lee", "Hi."),
        ("agent", "Sam", "I take over."),
        ("agent", "Dana", "Bye."),
        ("bot", None, "Press one."),
    ]


def test_times_become_offsets_or_instants() -> None:
    content = "[00:00:03] Agent: a\n[1:02:03.5] Customer: b\n[2026-03-02 10:15:04] Agent: c\n"
    assert [(t.start_ms, t.at) for t in one(content).turns] == [
        (3000, None),
        (3723500, None),
        (None, "2026-03-02T10:15:04"),
    ]


def test_only_the_first_label_of_a_line_counts() -> None:
    content = "[00:00] SYSTEM: Call connected. Customer: John\n[00:03] AGENT: Hello.\n[00:05] CUSTOMER: Hi.\n"
    assert said(content)[0] == ("system", None, "Call connected. Customer: John")


def test_in_a_text_with_times_a_label_without_one_is_text() -> None:
    content = (
        "[00:03] AGENT: I have the note here.\nCustomer: will call back. Is that right?\n[00:05] CUSTOMER: Yes.\n"
        "[00:07] AGENT: Fine.\n"
    )
    assert said(content)[0] == ("agent", None, "I have the note here. Customer: will call back. Is that right?")


def test_a_label_seen_once_that_is_no_role_word_is_text() -> None:
    content = (
        "Agent: Please read this.\nNote: it takes a week.\nRe: your claim.\nCustomer: See http://a.example: no.\n"
        "thanks: bye\n"
    )
    assert said(content, format="text") == [
        ("agent", None, "Please read this. Note: it takes a week. Re: your claim."),
        ("customer", None, "See http://a.example: no. thanks: bye"),
    ]


def test_names_get_roles_from_options_and_from_each_other() -> None:
    content = "Dana Cole: Hello.\nLee: Hi.\nDana Cole: What happened?\nLee: It broke.\n"
    agent, customer = ("agent", "Dana Cole"), ("customer", "Lee")
    expected = [(*agent, "Hello."), (*customer, "Hi."), (*agent, "What happened?"), (*customer, "It broke.")]
    assert said(content, speakers=Speakers(agents=("dana  cole",))) == expected
    assert said(content, speakers=Speakers(customers=("LEE",))) == expected


def test_names_without_any_hint_stay_unknown() -> None:
    content = "Dana: Hello.\nLee: Hi.\nDana: What happened?\nLee: It broke.\n"
    assert [t.role for t in one(content).turns] == ["unknown"] * 4


def test_handles_of_a_public_thread() -> None:
    content = (
        "@mara_k: still no train @NorthRail\n@NorthRail: Which line? ^JM\n@mara_k: the red one\n@NorthRail: "
        "Thanks. ^JM\n"
    )
    assert said(content, speakers=Speakers(agents=("@northrail",)))[:2] == [
        ("customer", "@mara_k", "still no train @NorthRail"),
        ("agent", "@NorthRail", "Which line? ^JM"),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("User: Hi.\nAssistant: Hello.\n", ["customer", "agent"]),
        ("Guest: Hi.\nAgent: Hello.\n", ["customer", "agent"]),
        ("**Guest**\nHi.\n\n**Support**\nHello.\n", ["customer", "agent"]),
        ("Agent: For whom?\nCustomer: Us.\nGuest: two.\nAgent: Fine.\n", ["agent", "customer", "agent"]),
    ],
)
def test_words_that_are_as_likely_text_as_labels(content: str, expected: list[str]) -> None:
    assert [t[0] for t in said(content)] == expected


# --- what continues a turn, and what belongs to none ------------------------------------------------------------------


def test_hard_wrapped_lines_paragraphs_and_lists() -> None:
    content = text("""
        Agent: This is Sarah. How can I
        help you today?

        Take your time.
        - first
        - second
        Customer: Hi.
    """)
    assert said(content) == [
        ("agent", None, "This is Sarah. How can I help you today?\nTake your time.\n- first\n- second"),
        ("customer", None, "Hi."),
    ]


def test_stage_directions_are_left_out_and_counted() -> None:
    found = reading("Agent: One moment.\n[Hold music for 2 minutes]\n(pause)\nCustomer: Hello?\n[NAME]\n")
    assert short(next(iter(found))) == [("agent", None, "One moment."), ("customer", None, "Hello? [NAME]")]
    assert found.counts.left_out == {"stage directions": 2}


def test_line_separators_inside_a_text_do_not_end_a_line() -> None:
    assert said("Agent: one\u2028two\x0bthree\x85four\nCustomer: ok\n")[0] == (
        "agent",
        None,
        "one\u2028two\x0bthree\x85four",
    )


def test_terminal_sequences_and_markup_come_through_unchanged() -> None:
    assert said("Agent: \x1b[31mred\x1b[0m [bold]x[/bold]\nCustomer: ok\n")[0][2] == "\x1b[31mred\x1b[0m [bold]x[/bold]"


def test_internal_notes_are_kept_as_internal() -> None:
    turns = one("Customer: Hi.\nInternal note (Dana): angry, be careful\nAgent: Hello.\n").turns
    assert [(t.role, t.speaker, t.visibility) for t in turns] == [
        ("customer", None, "public"),
        ("agent", "Dana", "internal"),
        ("agent", None, "public"),
    ]


def test_a_head_with_fields_is_no_turn_and_names_the_agent() -> None:
    content = text("""
        Call ID: 88-1
        Date: 2026-03-02
        Agent: Sarah Mitchell
        Customer: John Smith

        Agent: Hello, this is Sarah.
        Customer: Hi.
    """)
    assert one(content) == Transcript(
        id="88-1",
        turns=(
            Turn("agent", "Hello, this is Sarah.", "Sarah Mitchell", source=(":6",)),
            Turn("customer", "Hi.", "John Smith", source=(":7",)),
        ),
        source="a.txt",
        format="text",
        started_at="2026-03-02",
        meta={"date": "2026-03-02", "agent": "Sarah Mitchell", "customer": "John Smith"},
    )


def test_a_head_with_names_gives_the_names_their_roles() -> None:
    content = (
        "Date: 2026-03-02\nAgent: Sarah Mitchell\nCustomer: John Smith\n\nSarah: Hello.\nJohn: Hi.\nSarah: "
        "Well?\nJohn: Well.\n"
    )
    assert [t.role for t in one(content).turns] == ["agent", "customer"] * 2


# --- several conversations --------------------------------------------------------------------------------------------

SEVERAL = text("""
    # Calls of the week

    ## Call 1: late parcel

    **Agent:** Sarah
    **Date:** May 15

    ### Full transcript

    ```
    [00:00:03] AGENT: Hello.

    [00:00:05] CUSTOMER: My parcel is late
    again.
    ```

    ---

    ## Call 2: broken kettle

    ### Full transcript

    ```
    [00:00:01] AGENT: Good morning.
    [00:00:04] CUSTOMER: It broke.
    ```
""")


def test_several_conversations_in_one_markdown_file() -> None:
    first, second = outcomes(SEVERAL, "calls.md")
    assert first == Transcript(
        id="calls.md:11",
        turns=(
            Turn("agent", "Hello.", "Sarah", start_ms=3000, source=(":11",)),
            Turn("customer", "My parcel is late again.", start_ms=5000, source=(":13",)),
        ),
        source="calls.md:11",
        format="text",
        meta={"title": "Call 1: late parcel", "agent": "Sarah", "date": "May 15"},
    )
    assert isinstance(second, Transcript)
    assert (second.id, second.source, second.meta) == ("calls.md:24", "calls.md:24", {"title": "Call 2: broken kettle"})
    assert short(second) == [("agent", None, "Good morning."), ("customer", None, "It broke.")]


@pytest.mark.parametrize(
    ("over", "between"),
    [
        ("", "---"),
        ("", "***"),
        ("", "====="),
        ("", "## Second"),
        ("", "=== Call 2 ==="),
        ("Chat #1\n", "Chat #2"),
        ("Conversation ID: 11\n", "Conversation ID: 12"),
    ],
)
def test_what_parts_two_conversations(over: str, between: str) -> None:
    content = f"{over}Agent: Hello.\nCustomer: One.\n\n{between}\n\nAgent: Hello.\nCustomer: Two.\n"
    assert [[t[2] for t in short(c)] for c in outcomes(content)] == [["Hello.", "One."], ["Hello.", "Two."]]


def test_a_number_that_somebody_says_parts_nothing() -> None:
    assert said("Agent: Your number is\n\nCase 4711\n\nCustomer: Thanks.\n") == [
        ("agent", None, "Your number is\nCase 4711"),
        ("customer", None, "Thanks."),
    ]


def test_a_file_with_one_turn_is_read() -> None:
    assert said("Agent: Thank you for calling, how can I help?\n") == [
        ("agent", None, "Thank you for calling, how can I help?")
    ]
