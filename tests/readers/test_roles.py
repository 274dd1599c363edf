"""Who is the agent and who the customer."""

from __future__ import annotations

import pytest
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Speakers
from empathy_audit.readers.roles import settle
from empathy_audit.readers.speakers import Label, read_label, role_of


def turns(*lines: str) -> list[Turn]:
    """`name: text`, `role=name: text`, `(internal) name: text`."""
    made = []
    for line in lines:
        internal = line.startswith("(internal) ")
        label, _, text = line.removeprefix("(internal) ").partition(": ")
        role, _, name = label.partition("=") if "=" in label else ("unknown", "", label)
        made.append(Turn(role, text, name or None, visibility="internal" if internal else "public"))  # type: ignore[arg-type]
    return made


def roles(*lines: str, speakers: Speakers = Speakers(), exact: bool = False, **known: Role) -> list[Role]:  # noqa: B008
    return [t.role for t in settle(turns(*lines), speakers, known, exact).turns]


def test_nobody_is_guessed_without_a_reason() -> None:
    assert roles("Dana: hello", "Lee: hi") == ["unknown", "unknown"]
    assert roles("Dana: How can I help?", "Lee: How can I help?") == ["unknown", "unknown"]


def test_the_label_holds_against_the_option_and_the_option_against_the_configuration() -> None:
    told = Speakers(agents=("Lee",), otherwise=Speakers(customers=("Lee", "Kim"), origin="configuration"))
    found = settle(turns("customer=Lee: hi", "Lee: hello", "Kim: yes", "Sam: no"), told, {})
    assert [t.role for t in found.turns] == ["customer", "agent", "customer", "unknown"]
    assert found.ways == {"label": 1, "option": 1, "configuration": 1, "unknown": 1}


def test_what_the_file_says_elsewhere_counts_as_a_label() -> None:
    found = settle(turns("Sarah: hello", "John: hi"), Speakers(), {"Sarah Mitchell": "agent"})
    assert ([t.role for t in found.turns], found.ways) == (["agent", "customer"], {"label": 1, "opposite": 1})


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("agent=Dana: hello", "Lee: hi"), ["agent", "customer"]),
        (("customer=: hello", "Lee: hi"), ["customer", "agent"]),
        (("agent=Dana: hello", "Lee: hi", "Kim: hi"), ["agent", "unknown", "unknown"]),
        (("agent=Dana: hello", "agent=Sam: hello", "Lee: hi"), ["agent", "agent", "unknown"]),
        (("bot=: welcome", "agent=Dana: hello", "system=: joined", "Lee: hi"), ["bot", "agent", "system", "customer"]),
        (("agent=Dana: hello", "Lee: hi", "(internal) Kim: careful"), ["agent", "customer", "unknown"]),
        (("agent=Dana: hello", ": hi"), ["agent", "unknown"]),
        (("bot=: welcome", "Lee: hi"), ["bot", "unknown"]),
    ],
)
def test_of_two_public_speakers_one_known_the_other_is_the_opposite(
    lines: tuple[str, ...], expected: list[Role]
) -> None:
    assert roles(*lines) == expected


def test_where_roles_are_stated_nothing_is_guessed_and_no_name_is_one_person() -> None:
    assert roles("Dana: How can I help you today?", "Lee: hi", exact=True) == ["unknown", "unknown"]
    assert roles("agent=: hello", ": hi", exact=True) == ["agent", "customer"]


def test_wording_of_the_first_turns_with_its_confidence() -> None:
    lines = (
        "Speaker 1: thank you for calling northline how can i help",
        "Speaker 2: hi i'm calling about my order",
        "Speaker 1: may i have your order number please",
    )
    found = settle(turns(*lines), Speakers(), {})
    assert [t.role for t in found.turns] == ["agent", "customer", "agent"]
    assert found.guessed == {"Speaker 1": ("agent", 0.99), "Speaker 2": ("customer", 0.99)}
    assert found.ways == {"cues": 3}


def test_of_three_speakers_only_those_who_sound_like_it_are_guessed() -> None:
    lines = ("A: thanks for calling, how may I help?", "B: mm-hm", "C: yes")
    assert roles(*lines) == ["agent", "unknown", "unknown"]


def test_one_wording_alone_decides_nothing() -> None:
    assert roles("A: thank you for calling northline", "B: hello") == ["unknown", "unknown"]
    assert roles("A: hello", "B: my parcel is late") == ["unknown", "unknown"]
    # Two people who complain to each other: nobody speaks as an agent does.
    assert roles("A: it is what it is", "B: my phone, my son took it and I haven't a clue") == ["unknown", "unknown"]
    assert roles("A: thank you for calling me back", "B: it is nothing, how can I help?") == ["unknown", "unknown"]


def test_a_formula_and_one_word_of_the_other_side_are_enough() -> None:
    assert roles("A: How can I help?", "B: My box is broken.") == ["agent", "customer"]


def test_manners_alone_must_weigh_more_than_a_formula() -> None:
    assert roles("A: Your parcel, and for you?", "B: hello") == ["unknown", "unknown"]
    assert roles("A: Your parcel, and for you? Sorry about that.", "B: hello") == ["agent", "customer"]
    said = ("A: You're right, it's for you. Have you got your card with you?", "B: My card, my phone, I want a refund.")
    assert settle(turns(*said), Speakers(), {}).guessed == {"A": ("agent", 0.99), "B": ("customer", 0.99)}


def test_each_agent_of_a_transfer_is_heard_and_keeps_the_name() -> None:
    lines = (
        "spk_0: Thank you for calling Northline, this is Ann from sales. How can I help?",
        "spk_1: Hi, I'm calling about my bill. I've been charged twice and I want a refund.",
        *("spk_0: One moment please.", "spk_1: Okay.") * 8,
        "spk_2: Thanks for holding, this is Sam in billing. How can I help? May I have your account number?",
        "spk_1: 4711 22.",
    )
    found = settle(turns(*lines), Speakers(), {})
    assert {(t.speaker, t.role) for t in found.turns} == {
        ("spk_0", "agent"),
        ("spk_1", "customer"),
        ("spk_2", "agent"),
    }
    assert found.guessed == {"spk_0": ("agent", 0.99), "spk_1": ("customer", 0.99), "spk_2": ("agent", 0.99)}


def test_colleagues_who_all_speak_as_agents_are_left_unknown() -> None:
    said = "Thank you for calling, how can I help?"
    assert roles(f"A: {said}", f"B: {said}", f"C: {said}") == ["unknown"] * 3
    mine = "I'm trying to find my order and I want a refund."
    assert roles(f"A: {mine}", f"B: {mine}", "C: yes") == ["unknown"] * 3


def test_politeness_among_colleagues_makes_nobody_an_agent() -> None:
    lines = ("A: It's been our pleasure working with you.", "B: It is open.", "C: Thank you.")
    assert roles(*lines) == ["unknown"] * 3


def test_settled_roles_change_only_when_the_user_tells_more() -> None:
    lines = ("agent=: hello", "Lee: hi")
    assert [t.role for t in settle(turns(*lines), Speakers(), {}, True, settled=True).turns] == ["agent", "unknown"]
    told = Speakers(customers=("Lee",))
    assert [t.role for t in settle(turns(*lines), told, {}, True, settled=True).turns] == ["agent", "customer"]


def test_an_agent_who_is_known_keeps_others_from_being_guessed_as_one() -> None:
    assert roles("agent=Dana: hello", "Lee: how can I help you?", "Kim: hi") == ["agent", "unknown", "unknown"]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Agent", Label("agent", None)),
        ("AGENT (Dana)", Label("agent", "Dana")),
        ("Dana (Support)", Label("agent", "Dana")),
        ("csr_12", Label("agent", "csr_12")),
        ("Agent 2", Label("agent", "Agent 2")),
        ("Agent Dana", Label("agent", "Dana")),
        ("Customer Service", Label("agent", None)),
        ("Customer Service Rep Lee Chan", Label("agent", "Lee Chan")),
        ("end-user", Label("customer", None)),
        ("Virtual Agent", Label("bot", None)),
        ("System Bot", Label("bot", None)),
        ("**Customer**", Label("customer", None)),
        ("[Agent]", Label("agent", None)),
        ("Internal note (Dana)", Label("agent", "Dana", "internal")),
        ("Note", Label("system", None, weak=True)),
        ("Dana", Label(None, "Dana")),
        ("Dana (Berlin)", Label(None, "Dana (Berlin)")),
        ("agentic", Label(None, "agentic")),
        ("", Label(None, None)),
    ],
)
def test_labels(label: str, expected: Label) -> None:
    assert read_label(label) == expected
    assert role_of(label) == expected.role


def test_likely_roles_hold_unless_the_user_tells() -> None:
    three = turns("Lee: hi", "Kim: hello", "Sam: yes")
    likely: dict[str, Role] = {"Lee": "customer", "Kim": "agent"}
    found = settle(three, Speakers(), {}, likely=likely)
    assert ([t.role for t in found.turns], found.ways) == (["customer", "agent", "unknown"], {"order": 2, "unknown": 1})
    told = settle(three, Speakers(agents=("Sam",)), {}, likely=likely)
    assert [t.role for t in told.turns] == ["customer", "unknown", "agent"]
    swapped = settle(turns("Lee: hi", "Kim: hello"), Speakers(agents=("Lee",)), {}, likely={"Lee": "customer"})
    assert ([t.role for t in swapped.turns], swapped.ways) == (["agent", "customer"], {"option": 1, "opposite": 1})


def test_a_speaker_is_told_by_what_else_they_go_by() -> None:
    found = settle(
        turns("Lee: hi", "Kim: hello"), Speakers(agents=("U7",)), {}, aliases={"Kim": ("kim@x.example", "U7")}
    )
    assert [t.role for t in found.turns] == ["customer", "agent"]
