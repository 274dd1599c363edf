"""Ids, file names, free fields and messages: what goes, and what has to stay so that a place is found again."""

from __future__ import annotations

import pytest
from empathy_audit.redaction.audits import redact_path
from empathy_audit.redaction.labels import masked_message, masked_meta, masked_moment


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("chats/2026-03-02.jsonl:17", "chats/2026-03-02.jsonl:17"),
        ("chats/88123.json#/turns/3", "chats/88123.json#/turns/3"),
        ("exports/jane@example.com.txt", "exports/[EMAIL-0]"),
        ("exports/Jane_Okafor.txt", "exports/[NAME-0].txt"),
        ("team-energy/march/call-3.vtt", "team-energy/march/call-3.vtt"),
    ],
)
def test_paths(path: str, expected: str) -> None:
    assert redact_path(path) == expected


def test_fields_that_sound_personal_are_masked_whole_and_others_as_any_text() -> None:
    meta = {
        "customer_name": "zed",
        "tags": ["refund", "call 07700 900123"],
        "priority": 2,
        "duration": 123456,
        "closed": True,
        "nested": {"email": {"value": "x"}, "note": "my name is jane"},
        "jane@example.com": 1,
        "updated_at": "2026-03-02T09:14:00Z",
        "phone": None,
    }
    assert masked_meta(meta, masked_message) == {
        "customer_name": "[TEXT]",
        "tags": ["refund", "call [PHONE]"],
        "priority": 2,
        "duration": "[NUMBER]",
        "closed": True,
        "nested": {"email": {"value": "[TEXT]"}, "note": "my name is [NAME]"},
        "[EMAIL]": 1,
        "updated_at": "2026-03-02T09:14:00Z",
        "phone": None,
    }


def test_a_moment_stays_and_anything_else_in_its_place_is_text() -> None:
    assert masked_moment("2026-03-02T09:14:00Z", str.upper) == "2026-03-02T09:14:00Z"
    assert masked_moment("when Jane wrote", str.upper) == "WHEN JANE WROTE"
    assert masked_moment(None, str.upper) is None


def test_what_a_message_quotes_of_a_file_goes() -> None:
    assert masked_message('line 3: role "jane okafor" is unknown; expected customer or agent') == (
        'line 3: role "[TEXT]" is unknown; expected customer or agent'
    )
    assert masked_message("it's 'jane' in jane@example.com, isn't it") == "it's \"[TEXT]\" in [EMAIL], isn't it"
