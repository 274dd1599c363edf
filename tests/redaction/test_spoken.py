"""What is said letter by letter, and what is merely said."""

from __future__ import annotations

import pytest
from empathy_audit.redaction.spoken import spoken

from tests.redaction.build import shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it's w o j c i e c h o w s k a and the first name", "it's [NAME] and the first name"),
        ("o k a f o r i can spell it again", "[NAME] i can spell it again"),
        ("b r o p h y dash n a k a m u r a", "[NAME]"),
        ("four one one two three four", "[NUMBER]"),
        ("oh seven seven double oh nine hundred one four two", "[NUMBER]"),
        ("yeah it's bravo seven seven kilo nine two", "yeah it's [NUMBER]"),
        ("l s eight two q f", "[NUMBER]"),
        ("born the nineteenth of february nineteen eighty four", "born [DATE]"),
        ("may fifth two thousand and six", "[DATE]"),
        ("it is jane dot okafor at gmail dot com thanks", "it is [EMAIL] thanks"),
        ("fatima dot al mansouri at outlook dot i e all small", "[EMAIL] all small"),
    ],
)
def test_what_is_masked(text: str, expected: str) -> None:
    assert shown(text, spoken(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one or two of them",
        "read me the i m e i please",
        "four point one percent over thirty years",
        "it was twenty five thirty pounds",
        "the fifth of june at half past nine",
        "track it at www.royalmail.com",
        "look at example.com",
        "i am at a loss",
    ],
)
def test_what_stays(text: str) -> None:
    assert list(spoken(text)) == []
