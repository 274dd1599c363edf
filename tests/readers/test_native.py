"""The project's own format: one to one, strict, and every mistake in its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.readers import write_native
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readers.build import Speakers, failed, lines, one, outcomes, reading, said, short, talk


def with_turn(**turn: Any) -> str:
    return json.dumps({"turns": [{"role": "agent", "text": "Hi."}, turn]})


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (
            with_turn(role="client", text="x"),
            "#/turns/1/role",
            'the role "client" is not known; expected customer, agent, bot or system; did you mean customer?',
        ),
        (
            with_turn(role="Agnet", text="x"),
            "#/turns/1/role",
            'the role "Agnet" is not known; expected customer, agent, bot or system; did you mean agent?',
        ),
        (
            with_turn(role="zzz", text="x"),
            "#/turns/1/role",
            'the role "zzz" is not known; expected customer, agent, bot or system',
        ),
        (with_turn(text="x"), "#/turns/1/role", "a turn has no role; expected customer, agent, bot or system"),
        (
            with_turn(role=["agent"], text="x"),
            "#/turns/1/role",
            "role is a list; expected customer, agent, bot or system",
        ),
        (
            with_turn(role="agent"),
            "#/turns/1/text",
            "text is missing; expected a text, empty if nothing was said",
        ),
        (
            with_turn(role="agent", text=5),
            "#/turns/1/text",
            "text is a number; expected a text, empty if nothing was said",
        ),
        (with_turn(role="agent", text="x", speaker=4), "#/turns/1/speaker", "speaker is a number; expected a text"),
        (
            with_turn(role="agent", text="x", start_ms=True),
            "#/turns/1/start_ms",
            "start_ms is a yes or no; expected a whole number of milliseconds",
        ),
        (
            with_turn(role="agent", text="x", visibility="private"),
            "#/turns/1/visibility",
            'visibility is "private"; expected public or internal',
        ),
        (
            with_turn(role="agent", text="x", visiblity="internal"),
            "#/turns/1/visiblity",
            'the key "visiblity" is not known; did you mean visibility?',
        ),
        (
            '{"turns": [{"role": "agent", "text": "x"}, 7]}',
            "#/turns/1",
            "a turn is a number; expected an object with role and text",
        ),
        ('{"id": [], "turns": [{"role": "agent", "text": "x"}]}', "#/id", "id is a list; expected a text"),
        ('{"meta": 1, "turns": [{"role": "agent", "text": "x"}]}', "#/meta", "meta is a number; expected an object"),
        (
            '{"turns": {"role": "agent", "text": "x"}}',
            "",
            "the conversation has turns that are an object; expected a list of objects with role and text",
        ),
        ('{"text": "x"}', "", "the conversation has no turns; expected a list of objects with role and text"),
        ('"text"', "", "a conversation is a text; expected an object with turns"),
    ],
)
def test_mistakes_are_told_with_their_place(content: str, place: str, message: str) -> None:
    assert failed(content, "c.json", format="native") == ("c.json" + place, "malformed", message)


def test_in_json_lines_the_line_is_the_place() -> None:
    content = lines([talk("Hi."), {"turns": [{"role": "rep", "text": "x"}]}])
    assert outcomes(content, "c.jsonl")[1] == Failure(
        "c.jsonl:2",
        "malformed",
        'the role "rep" is not known; expected customer, agent, bot or system; did you mean agent? (at #/turns/0/role)',
    )


def test_a_key_that_stands_twice_is_a_failure() -> None:
    content = '{"turns": [{"role": "agent", "role": "customer", "text": "x"}]}\n'
    assert failed(content, "c.jsonl") == (
        "c.jsonl:1",
        "malformed",
        'not valid JSON: the key "role" stands twice in one object; expected it once; remove one of them',
    )


def test_numbers_that_json_does_not_have() -> None:
    content = '{"meta": {"x": NaN}, "turns": [{"role": "agent", "text": "x"}]}'
    assert failed(content, "c.json") == (
        "c.json:1",
        "malformed",
        "not valid JSON: NaN is not JSON; expected a number or null",
    )


def test_a_second_id_is_a_failure_and_the_rest_goes_on() -> None:
    found = outcomes(lines([talk("a", id="x"), talk("b", id="x"), talk("c")]), "c.jsonl")
    assert found[1] == Failure(
        "c.jsonl:2",
        "duplicate-id",
        'the id "x" has been used before in this file; expected unique ids; give this one another',
    )
    assert [o.id for o in found if isinstance(o, Transcript)] == ["x", "c.jsonl:3"]


def test_a_list_is_read_up_to_its_mistake() -> None:
    good = json.dumps(talk("a"))
    first, second, failure = outcomes(f"[{good},\n {good} {good}]", "c.json")
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert (first.id, first.source, first.turns[0].source) == ("c.json:1", "c.json#/0", ("#/0/turns/0",))
    assert (second.id, second.source, second.turns[0].source) == ("c.json:2", "c.json#/1", ("#/1/turns/0",))
    assert failure == Failure(
        f"c.json:2:{len(good) + 3}",
        "malformed",
        "not valid JSON: expecting ',' delimiter; expected a complete JSON value; export it again or mend it here",
    )


def test_conversations_of_a_list_on_one_line_have_ids_of_their_own() -> None:
    found = outcomes(json.dumps([talk("a"), talk("b"), talk("c")]), "dir/c.json")
    assert [o.id for o in found if isinstance(o, Transcript)] == ["c.json:1", "c.json#/1", "c.json#/2"]


WHOLE = {
    "id": "c-17",
    "channel": "chat",
    "started_at": "2026-03-02T10:15:00Z",
    "language": "en",
    "turns": [
        {"role": "bot", "text": "Welcome!"},
        {"role": "customer", "text": "  My parcel\u2028is late ", "speaker": "Lee", "at": "2026-03-02T10:15:00Z"},
        {"role": "agent", "text": "asked depot", "speaker": "Dana", "visibility": "internal", "source": ":7 :9"},
        {"role": "agent", "text": "", "start_ms": 5, "end_ms": 6},
        {"role": "system", "text": "closed"},
        {"role": "unknown", "text": "?"},
    ],
    "meta": {"csat": 2},
}


def test_every_turn_comes_back_unchanged() -> None:
    assert one(json.dumps(WHOLE), "c.json") == Transcript(
        id="c-17",
        turns=(
            Turn("bot", "Welcome!", source=("#/turns/0",)),
            Turn("customer", "  My parcel\u2028is late ", "Lee", at="2026-03-02T10:15:00Z", source=("#/turns/1",)),
            Turn("agent", "asked depot", "Dana", visibility="internal", source=(":7", ":9")),
            Turn("agent", "", start_ms=5, end_ms=6, source=("#/turns/3",)),
            Turn("system", "closed", source=("#/turns/4",)),
            Turn("unknown", "?", source=("#/turns/5",)),
        ),
        source="c.json",
        channel="chat",
        started_at="2026-03-02T10:15:00Z",
        language="en",
        meta={"csat": 2},
    )


def test_writing_gives_back_what_was_read() -> None:
    written = write_native(one(json.dumps(WHOLE), "c.json"))
    expected = json.loads(json.dumps(WHOLE))
    for index, turn in enumerate(expected["turns"]):
        turn.setdefault("source", f"#/turns/{index}")
    assert written == expected


def test_what_would_become_another_role_is_written_as_settled() -> None:
    captions = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Dana>Hello\n\n00:03.000 --> 00:04.000\nHi\n"
    written = write_native(one(captions, "a.vtt", speakers=Speakers(agents=("Dana",))))
    assert written["settled"] is True
    assert [t.role for t in one(json.dumps(written), "a.json").turns] == ["agent", "unknown"]
    assert failed(json.dumps({**written, "settled": "yes"}), "a.json")[::2] == (
        "a.json#/settled",
        "settled is a text; expected true or false",
    )


def test_an_object_without_turns_said_is_a_transcript() -> None:
    assert one('{"turns": []}', "c.json").turns == ()


def test_keys_of_others_are_passed_over_and_numbers_may_be_ids() -> None:
    content = {"id": 17, "gold": 1, "turns": [{"role": "agent", "text": "x", "gold": {}}]}
    assert (one(json.dumps(content), "c.json").id, said(json.dumps(content), "c.json")) == (
        "17",
        [("agent", None, "x")],
    )


def test_half_of_an_emoji_becomes_a_replacement_character() -> None:
    assert said('{"turns": [{"role": "agent", "text": "a\\ud83d\\ude00b\\ud83dc"}]}', "c.json") == [
        ("agent", None, "a😀b\ufffdc")
    ]


def test_unknown_roles_follow_options_and_the_other_speaker() -> None:
    turns = [
        {"role": "unknown", "text": "Thank you for calling, how can I help?", "speaker": "Dana"},
        {"role": "unknown", "text": "It broke.", "speaker": "Lee"},
    ]
    content = json.dumps({"turns": turns})
    assert [t[0] for t in said(content, "c.json")] == [
        "unknown",
        "unknown",
    ]  # stated, so nothing is guessed from wording
    assert [t[0] for t in said(content, "c.json", speakers=Speakers(agents=("Dana",)))] == ["agent", "customer"]


def test_the_other_of_two_is_the_opposite_even_without_names() -> None:
    content = json.dumps({"turns": [{"role": "agent", "text": "Hello."}, {"role": "unknown", "text": "Hi."}]})
    assert [t[0] for t in said(content, "c.json")] == ["agent", "customer"]


def test_json_lines_are_read_one_by_one() -> None:
    good = json.dumps(talk("a")) + "\n"
    found = iter(reading(good * 3 + "{", "c.jsonl"))
    assert [short(next(found)) for _ in range(3)] == [[("customer", None, "a")]] * 3
    assert isinstance(next(found), Failure)


def test_a_first_line_longer_than_the_head_is_still_json_lines() -> None:
    content = lines([talk("a" * 70_000), talk("b")])
    assert [short(o)[0][2][:1] for o in outcomes(content, "-")] == ["a", "b"]


def test_counts() -> None:
    found = reading(json.dumps(WHOLE), "c.json")
    list(found)
    counts = found.counts
    assert (counts.conversations, counts.failures, counts.internal) == (1, 0, 1)
    assert counts.turns == {"customer": 1, "agent": 2, "bot": 1, "system": 1, "unknown": 1}
    assert (counts.left_out, counts.roles) == ({}, {"label": 5, "unknown": 1})


# --- the round trip ---------------------------------------------------------------------------------------------------

WORDS = st.text(min_size=1, max_size=20)
PLACES = st.lists(st.from_regex(r"[:#][a-z0-9/]{1,8}", fullmatch=True), min_size=1, max_size=3).map(tuple)
TURNS = st.builds(
    Turn,
    role=st.sampled_from(["customer", "agent", "bot", "system"]),
    text=st.text(max_size=60),
    speaker=st.none() | WORDS,
    at=st.none() | WORDS,
    start_ms=st.none() | st.integers(-5, 10**9),
    end_ms=st.none() | st.integers(-5, 10**9),
    visibility=st.sampled_from(["public", "internal"]),
    source=PLACES,
)
TRANSCRIPTS = st.builds(
    Transcript,
    id=WORDS,
    turns=st.lists(TURNS, max_size=6).map(tuple),
    source=st.just("c.json"),
    channel=st.none() | WORDS,
    started_at=st.none() | WORDS,
    language=st.none() | WORDS,
    meta=st.dictionaries(WORDS, st.none() | st.integers() | WORDS | st.lists(st.booleans(), max_size=2), max_size=3),
)


@settings(max_examples=150, deadline=None)
@given(TRANSCRIPTS, st.booleans(), st.sampled_from([None, 2]))
def test_reading_what_was_written_gives_the_same_transcript(
    transcript: Transcript, ascii_: bool, indent: int | None
) -> None:
    content = json.dumps(write_native(transcript), ensure_ascii=ascii_, indent=indent)
    assert one(content, "c.json", format="native") == transcript
