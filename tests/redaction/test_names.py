"""Names: by the words around them and by the list of given names; ordinary words stay."""

from __future__ import annotations

import pytest
from empathy_audit.redaction.names import names

from tests.redaction.build import shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi, my name is jane okafor and", "Hi, my name is [NAME] and"),
        ("Hello Jane!", "Hello [NAME]!"),
        ("Thank you Dana, bye", "Thank you [NAME], bye"),
        ("Thanks Dana", "Thanks [NAME]"),
        ("my husband Tom will", "my husband [NAME] will"),
        ("this is Rose from billing", "this is [NAME] from billing"),
        ("Kind regards,\nSiobhán O'Neil", "Kind regards,\n[NAME]"),
        ("Mr van der Berg called", "Mr [NAME] called"),
        ("Dr. Nguyễn", "Dr. [NAME]"),
        ("spoke to Grace yesterday", "spoke to [NAME] yesterday"),
        ("J-A-N-E", "[NAME]"),
        ("@jane_o hello", "[NAME] hello"),
        ("Maria-José Fernández de la Cruz here", "[NAME] here"),
        ("speaking with Mark", "speaking with [NAME]"),
        ("my daughter Hope is", "my daughter [NAME] is"),
    ],
)
def test_what_is_masked(text: str, expected: str) -> None:
    assert shown(text, names(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hi there",
        "I will be here in May",
        "a rose by any other",
        "by the grace of",
        "I hope so. Will you?",
        "St. Thomas Hospital",
        "King Charles Street",
        "Best Buy",
        "mark it as done",
    ],
)
def test_what_stays(text: str) -> None:
    assert list(names(text)) == []
