"""Cards, accounts, telephone numbers and numbers of contracts: what is masked, and what is an amount, a model or a year."""

from __future__ import annotations

import pytest
from empathy_audit.redaction.numbers import numbers

from tests.redaction.build import shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("card 4111 1111 1111 1111 please", "card [CARD] please"),
        ("4111111111111112", "[NUMBER]"),
        ("card ending in 4242", "card ending in [CARD]"),
        ("**** **** **** 4242", "[CARD]"),
        ("GB82 WEST 1234 5698 7654 32", "[ACCOUNT]"),
        ("sort code 20-00-00, account number 55779911", "sort code [ACCOUNT], account number [ACCOUNT]"),
        ("+44 7700 900123", "[PHONE]"),
        ("call me on 07700 900123", "call me on [PHONE]"),
        ("(415) 555-0123", "[PHONE]"),
        ("order 40771-22", "order [NUMBER]"),
        ("order number is AB12-9", "order number is [NUMBER]"),
        ("my ssn 078-05-1120", "my ssn [NUMBER]"),
        ("AB123456C", "[NUMBER]"),
        ("#12345", "#[NUMBER]"),
        ("tracking 1Z999AA10123456784", "tracking [NUMBER]"),
    ],
)
def test_what_is_masked(text: str, expected: str) -> None:
    assert shown(text, numbers(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "it cost £1200000",
        "in 2019-2021",
        "Boeing 737-800",
        "WH-1000XM4 and iPhone 15",
        "error 0x80070057",
        "it took 10000 steps",
        "25,000,000 people",
        "24/7",
        "windows 11",
    ],
)
def test_what_stays(text: str) -> None:
    assert list(numbers(text)) == []
