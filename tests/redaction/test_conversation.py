"""A conversation masked: the same person has the same stand-in, turn for turn."""

from __future__ import annotations

from empathy_audit.model.transcript import Role
from empathy_audit.redaction.audits import redact_transcript
from empathy_audit.redaction.conversation import agent_stand_in, redact_turns
from empathy_audit.redaction.spans import Span
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.redaction.build import transcript

CHAT: tuple[tuple[Role, str | None, str], ...] = (
    ("customer", "Jane Okafor", "Hi, I'm Jane. My order 40771-22 never came."),
    ("agent", "Dana Smith", "Hello Jane, Dana here. What is your surname?"),
    ("customer", "Jane Okafor", "okafor. My husband Tom spoke to dana yesterday. Ring 07700 900123."),
    ("bot", "Bot", "Ticket 88123 was opened for JANE OKAFOR."),
)


def test_every_turn_is_masked_and_people_are_told_apart() -> None:
    redacted = redact_turns(transcript(*CHAT))
    dana = agent_stand_in("Dana Smith")
    assert [masked.text for masked in redacted.texts] == [
        "Hi, I'm [NAME-1]. My order [NUMBER-1] never came.",
        f"Hello [NAME-1], {dana} here. What is your surname?",
        f"[NAME-1]. My husband [NAME-2] spoke to {dana} yesterday. Ring [PHONE-1].",
        "Ticket [NUMBER-2] was opened for [NAME-1].",
    ]
    assert redacted.speakers == ("[NAME-1]", dana, "[NAME-1]", "Bot")


def test_an_agent_has_the_same_stand_in_in_every_conversation() -> None:
    assert agent_stand_in("Dana  SMITH") == agent_stand_in("dana smith")
    assert agent_stand_in("Dana Smith") != agent_stand_in("Dana Jones")
    assert agent_stand_in("Agent 2") == "Agent 2"


def test_another_finder_adds_to_the_built_in_rules() -> None:
    text = "I bought it at Globex with Jane."
    one = transcript(("customer", None, text))

    def globex(words: str) -> list[Span]:
        at = words.find("Globex")
        return [Span(at, at + 6, "NAME")] if at >= 0 else []

    assert redact_turns(one).texts[0].text == "I bought it at Globex with [NAME-1]."
    assert redact_turns(one, globex).texts[0].text == "I bought it at [NAME-1] with [NAME-2]."


def test_what_was_masked_before_is_left_and_its_numbers_are_not_given_again() -> None:
    before = transcript(("customer", "[NAME-4]", "I am [NAME-4], my son Tom and [EMAIL-1]; a@example.com too"))
    redacted = redact_turns(before)
    assert redacted.texts[0].text == "I am [NAME-4], my son [NAME-5] and [EMAIL-1]; [EMAIL-2] too"
    assert redacted.speakers == ("[NAME-4]",)


WORDS = st.sampled_from(
    [
        *[
            "Jane",
            "jane",
            "Okafor",
            "Dana",
            "Tom",
            "my",
            "name",
            "is",
            "Hi",
            "hello,",
            "I'm",
            "order",
            "40771",
            "a@example.com",
            "07700",
            "900123",
            "Will",
            "May",
            "the",
        ],
        *("4111 1111 1111 1111", "[NAME-1]", "[NAME-", "\u2189", "\u202e", "ﬁ", "İ", "ß", "\n", ".", "?"),
    ]
)
TURNS = st.lists(
    st.tuples(st.sampled_from(["customer", "agent"]), st.lists(WORDS, max_size=12).map(" ".join)), max_size=6
)


@settings(max_examples=150, deadline=None)
@given(TURNS)
def test_masking_twice_is_masking_once(turns: list[tuple[Role, str]]) -> None:
    once = redact_transcript(transcript(*((role, None, text) for role, text in turns)))
    assert redact_transcript(once) == once


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_no_text_is_too_strange_and_words_outside_the_spans_stay(text: str) -> None:
    masked = redact_turns(transcript(("customer", None, text))).texts[0]
    kept, at = [], 0
    for span in masked.spans:
        kept.append(text[at : span.start])
        at = span.end
    kept.append(text[at:])
    assert all(part in masked.text for part in kept)


def test_a_hostile_text_takes_no_longer_than_its_length_asks() -> None:
    import time

    def seconds(text: str) -> float:
        started = time.process_time()
        redact_turns(transcript(("customer", None, text)))
        return time.process_time() - started

    for piece in (
        "a.b@",
        "1-",
        "1 ",
        "my name is ",
        "A as in B, ",
        "Hi Jane, ",
        "four ",
        "12 Aa ",
        "x@x.",
        "::1",
        "dot ",
    ):
        small, large = seconds(piece * 500), seconds(piece * 4000)
        assert large < max(1.0, 40 * small), piece
