"""ConvoKit's utterances, put together by conversation."""

from __future__ import annotations

from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import Speakers, lines, outcomes, said, short


def utterance(id_: str, to: str | None, speaker: str, text: str, **more: Any) -> dict[str, Any]:
    base = {"id": id_, "conversation_id": "u1", "reply-to": to, "speaker": speaker, "text": text, "timestamp": None}
    return {**base, "meta": {}, "vectors": [], **more}


def test_a_line_without_text_is_told_and_the_rest_goes_on() -> None:
    rows = [utterance("u1", None, "lee", "Help!"), {"id": "u2"}]
    first, second = outcomes(lines(rows), "utterances.jsonl")
    assert first == Failure(
        "utterances.jsonl:2",
        "malformed",
        "no text; expected an utterance with id, conversation_id, speaker and text",
    )
    assert short(second) == [("unknown", "lee", "Help!")]


def test_threads_by_conversation_in_time_with_roles_from_the_user() -> None:
    rows = [
        utterance("u1", None, "lee", "Help!", timestamp=1_700_000_000),
        utterance("v1", None, "ada", "Alone.", conversation_id="v1", timestamp="1700000500"),
        utterance("u3", "u1", "lee", "Anybody?", timestamp=1_700_000_120),
        utterance("u2", "u1", "dana", "What is it?", timestamp=1_700_000_060),
    ]
    first, second = outcomes(lines(rows), "utterances.jsonl", speakers=Speakers(agents=("dana",)))
    assert first == Transcript(
        id="u1",
        turns=(
            Turn("customer", "Help!", "lee", at="2023-11-14T22:13:20+00:00", source=(":1",)),
            Turn("agent", "What is it?", "dana", at="2023-11-14T22:14:20+00:00", source=(":4",)),
            Turn("customer", "Anybody?", "lee", at="2023-11-14T22:15:20+00:00", source=(":3",)),
        ),
        source="utterances.jsonl:1",
        format="convokit",
        started_at="2023-11-14T22:13:20+00:00",
    )
    assert isinstance(second, Transcript)
    assert (second.id, second.source, second.turns[0].at) == ("v1", "utterances.jsonl:2", "2023-11-14T22:21:40+00:00")


def test_without_times_a_reply_follows_what_it_replies_to() -> None:
    rows = [
        utterance("u3", "u2", "lee", "third"),
        utterance("u2", "u1", "dana", "second"),
        utterance("u1", None, "lee", "first"),
        utterance("u4", "gone", "lee", "of somebody who is not here"),
    ]
    assert [text for _, _, text in said(lines(rows), "utterances.jsonl")] == [
        "first",
        "second",
        "third",
        "of somebody who is not here",
    ]


def test_replies_that_go_round_in_a_circle_are_all_there() -> None:
    rows = [
        utterance("a", "b", "lee", "1"),
        utterance("b", "a", "dana", "2"),
        utterance("c", "c", "lee", "3"),
        utterance("a", "a", "lee", "4"),
    ]
    assert sorted(text for _, _, text in said(lines(rows), "utterances.jsonl")) == ["1", "2", "3", "4"]


def test_older_keys_roles_in_meta_and_times_that_are_no_dates() -> None:
    rows = [
        {
            "id": "2",
            "root": "1",
            "reply_to": "1",
            "user": "dana",
            "text": "Oh.",
            "timestamp": 7,
            "meta": {"role": "CSR"},
        },
        {"id": "1", "root": "1", "reply_to": None, "user": "lee", "text": "Hi.", "timestamp": 5, "meta": None},
    ]
    (found,) = outcomes(lines(rows), "utterances.jsonl")
    assert isinstance(found, Transcript)
    assert found.turns == (
        Turn("customer", "Hi.", "lee", source=(":2",)),
        Turn("agent", "Oh.", "dana", source=(":1",)),
    )
