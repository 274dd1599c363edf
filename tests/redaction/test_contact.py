"""Mail addresses, links, network addresses and secrets: what is masked, and what only looks like it."""

from __future__ import annotations

import pytest
from empathy_audit.redaction.contact import contact

from tests.redaction.build import shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to jane.o+x@mail.example.co.uk.", "write to [EMAIL]."),
        ("https://example.com/orders/88123?t=abc.", "[URL]."),
        ("from 192.168.10.24 today", "from [IP] today"),
        ("my password is Blue!Sky7", "my password is [SECRET]"),
        ("my PIN is 4821", "my PIN is [SECRET]"),
        ("token ghp_abcdefghijklmnopqrstuv123456", "token [SECRET]"),
        ("2001:db8::8a2e:370:7334", "[IP]"),
    ],
)
def test_what_is_masked(text: str, expected: str) -> None:
    assert shown(text, contact(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "see https://example.com/help for more",
        "version 10.0.19.1 is out",
        "the password is wrong",
        "at 10:30:45",
        "mail me @ home",
    ],
)
def test_what_stays(text: str) -> None:
    assert list(contact(text)) == []
