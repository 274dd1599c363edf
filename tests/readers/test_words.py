"""Words to turns, lengths of time, names of participants, values out of JSON that may hold anything."""

from __future__ import annotations

import pytest
from empathy_audit.model.transcript import Turn
from empathy_audit.readers.durations import duration
from empathy_audit.readers.json_fields import as_millis, both, inside, label, number, objects, text
from empathy_audit.readers.people import Person, real_name, shown_as
from empathy_audit.readers.spoken import Word, by_channel, by_speaker


def row(speaker: str, said: str, start: int, step: int = 300) -> list[Word]:
    """Words of one speaker without a pause; a sign at a word's end is a token of its own."""
    words: list[Word] = []
    for number_, token in enumerate(said.split()):
        begin = start + number_ * step
        bare = token.rstrip(".?!,")
        words.append(Word(bare, speaker, f"#/{speaker}/{len(words)}", begin, begin + step))
        if bare != token:
            words.append(Word(token[len(bare) :], speaker, f"#/{speaker}/{len(words)}", joint=""))
    return words


def test_a_run_of_words_of_one_speaker_is_a_turn_with_punctuation_attached() -> None:
    words = [*row("a", "She fell, really.", 0), *row("b", "Who?", 2000), *row("a", "She.", 3000)]
    assert by_speaker(words) == [
        Turn("unknown", "She fell, really.", "a", start_ms=0, end_ms=900, source=("#/a/0",)),
        Turn("unknown", "Who?", "b", start_ms=2000, end_ms=2300, source=("#/b/0",)),
        Turn("unknown", "She.", "a", start_ms=3000, end_ms=3300, source=("#/a/0",)),
    ]


def test_a_channel_goes_on_while_the_other_one_murmurs_into_it() -> None:
    """Cut from word to word this would be five turns of one or two words."""
    turns = by_channel([row("a", "My parcel is still not here", 0), row("b", "mhm", 700)])
    assert [(t.speaker, t.text, t.start_ms) for t in turns] == [
        ("a", "My parcel is still not here", 0),
        ("b", "mhm", 700),
    ]


@pytest.mark.parametrize(
    ("first", "pause", "texts"),
    [
        ("Your name?", 300, ["Your name?", "Lee", "Thanks"]),  # a sentence had ended
        ("Your name", 600, ["Your name", "Lee", "Thanks"]),  # half a second of silence
        ("Your name", 300, ["Your name Thanks", "Lee"]),  # neither: they speak into each other
    ],
)
def test_a_channel_breaks_in_a_pause_in_which_the_other_one_begins(first: str, pause: int, texts: list[str]) -> None:
    words = [*row("a", first, 0), *row("a", "Thanks", 600 + pause)]
    assert [t.text for t in by_channel([words, row("b", "Lee", 610, 200)])] == texts


def test_a_pause_in_which_nobody_else_speaks_breaks_nothing() -> None:
    turns = by_channel([[*row("a", "Wait.", 0), *row("a", "Found it.", 60_000)], []])
    assert [(t.text, t.start_ms, t.end_ms) for t in turns] == [("Wait. Found it.", 0, 60_600)]


def test_words_without_times_stay_in_the_order_of_the_file() -> None:
    words = [Word("no", "a", "#/0"), Word("times", "a", "#/1")]
    assert by_channel([words, row("b", "yes", 100)]) == [
        Turn("unknown", "no times", "a", source=("#/0",)),
        Turn("unknown", "yes", "b", start_ms=100, end_ms=400, source=("#/b/0",)),
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1.300s", 1300),
        ("0s", 0),
        (1.3, 1300),
        ({"seconds": "1", "nanos": 300_000_000}, 1300),
        ({"nanos": 700_000_000}, 700),
        ({}, 0),
        ("PT0.07S", 70),
        ("PT1H2M3.5S", 3_723_500),
        ("PT", None),
        ("soon", None),
        ("", None),
        (None, None),
        (True, None),
        ([1], None),
        ("9" * 400, None),
        (1e300, None),
    ],
)
def test_lengths_of_time(written: object, expected: int | None) -> None:
    assert duration(written) == expected


@pytest.mark.parametrize("name", ["[PII]", "[FIRST_NAME]", "***", "{{PII}}", "<NAME>", "  ", None])
def test_a_mark_of_redaction_is_no_name(name: str | None) -> None:
    assert real_name(name) is None


def test_an_id_stands_for_a_name_only_where_it_tells_people_apart() -> None:
    people = {
        "1": Person("agent"),
        "2": Person("agent", "Dana"),
        "3": Person("customer"),
        "4": Person("unknown"),
        "5": Person("agent", "Sam"),
    }
    assert shown_as(people, "1234") == {"1": "1", "2": "Dana", "3": None, "4": "4"}
    assert shown_as(people, "13") == {"1": None, "3": None}
    assert shown_as(people, "9") == {"9": "9"}


def test_values_that_are_not_what_they_should_be_are_nothing() -> None:
    row_ = {"a": " ", "b": ["x"], "c": "x ", "d": 7, "e": True, "f": 10**300, "g": "1e999", "h": "2.5"}
    assert [text(row_, key) for key in "abcdz"] == [None, None, "x ", None, None]
    assert [label(row_, key) for key in "abcdefz"] == [None, None, "x", "7", None, None, None]
    assert [number(row_, key) for key in "acdefghz"] == [None, None, 7.0, None, 1e300, None, 2.5, None]
    assert as_millis(1e300) is None
    assert text(row_, "a", "c") == "x "
    assert (text(None, "a"), label([], "a"), number("x", "a"), inside({"a": []}, "a", "b")) == (None,) * 4
    assert (objects([{"a": 1}, 2, {}]), objects({"a": 1})) == ([(0, {"a": 1}), (2, {})], [])
    assert both("startTime", "word") == ("startTime", "start_time", "word")
