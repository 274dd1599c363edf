"""An answer to a question for something personal is masked, however plain it looks."""

from __future__ import annotations

import pytest
from empathy_audit.redaction.answers import answered, asked

from tests.redaction.build import shown


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("What is your date of birth?", ("DATE",)),
        ("Can I take your surname and postcode please?", ("POSTCODE", "WHO", "NAME")),
        ("Who am I speaking with?", ("WHO", "NAME")),
        ("May I have the order number?", ("NUMBER",)),
        ("What's your address?", ("ADDRESS",)),
        ("Your name is on the account.", ("WHO",)),
        ("How are you?", ()),
        ("", ()),
    ],
)
def test_what_a_question_asks_for(question: str, kinds: tuple[str, ...]) -> None:
    assert asked(question) == kinds


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("What is your surname?", "okafor", "[NAME]"),
        ("What is your name?", "yes it's jane okafor and my husband is here", "yes it's [NAME] and my husband is here"),
        ("What is your date of birth?", "3rd of May 1985", "[DATE]"),
        ("What is the order number?", "it's 4077", "it's [NUMBER]"),
        ("What is the order number?", "I've waited 14 days", "I've waited 14 days"),
        ("And the zip code?", "sw1a 1aa", "[POSTCODE]"),
        ("What is your address?", "12 the old mill, Leeds", "[ADDRESS]"),
        ("What is your name?", "why do you ask", "why do you ask"),
        ("How are you?", "jane okafor", "[NAME]"),
        ("How are you?", "really flabbergasted", "really flabbergasted"),
        ("I sent a code to that number.", "seven one nine four", "[SECRET]"),
        ("What is the memorable word?", "um I think it's buttercup", "um I think it's [SECRET]"),
        ("What is the date of birth?", "third of the sixth sixty two", "[DATE]"),
        ("Where do you live?", "The Old Forge, Church Hill, Much Wenlock.", "[ADDRESS]."),
    ],
)
def test_what_an_answer_gives(question: str, answer: str, expected: str) -> None:
    assert shown(answer, answered(answer, asked(question))) == expected


def test_a_long_turn_is_no_mere_answer() -> None:
    assert list(answered("okafor, " + "and another thing " * 10, ("NAME",))) == []
