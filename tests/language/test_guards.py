"""Guards: each drops a hit for its own reason, and leaves the same words alone elsewhere."""

from __future__ import annotations

import pytest
from empathy_audit.language.guards import GUARDS, Around
from empathy_audit.language.text import fold
from empathy_audit.model.rubric import GUARDS as NAMES


def around(text: str) -> Around:
    """The hit stands in [square brackets]; the segment is the whole text, or what stands between bars."""
    bare = text.replace("[", "").replace("]", "")
    start = text.replace("|", "").index("[")
    hit = text[text.index("[") + 1 : text.index("]")]
    left, _, rest = bare.partition("|")
    if not rest:
        return Around(fold(bare), 0, len(bare), start, start + len(hit))
    middle, _, right = rest.partition("|")
    return Around(fold(left + middle + right), len(left), len(left) + len(middle), start, start + len(hit))


def fired(text: str) -> set[str]:
    return {name for name, guard in GUARDS.items() if guard(around(text))}


def test_every_guard_of_the_rubric_has_a_function_and_the_other_way_round() -> None:
    assert sorted(GUARDS) == sorted(NAMES)


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("I'm not [angry] about it", "negated"),
        ("i am not at all [angry]", "negated"),
        ("she isn’t [angry]", "negated"),
        ("it was never a [problem]", "negated"),
        ("nobody was [angry]", "negated"),
        ("without being [rude]", "negated"),
        ('The button says "I am [angry] now" in red', "quoted"),
        ("the page is called “[Unhappy] customers”", "quoted"),
        ("if you are [unhappy] with it", "conditional"),
        ("Should you be [unhappy], call us", "conditional"),
        ("whenever you're [upset]", "conditional"),
        ("I [understand], but it cannot be done", "minimised"),
        ("I do [understand] how you feel. However, it's closed", "minimised"),
        ("[I'm sorry], unfortunately that is all", "minimised"),
        ("my husband was really [furious]", "third-party"),
        ("other customers are [happy]", "third-party"),
        ("she's [upset]", "third-party"),
        ("years ago I was [angry] about it", "past"),
        ("I used to be [scared]", "past"),
        ("are you [angry]?", "question"),
        ("so do you feel [upset]", "question"),
    ],
)
def test_a_guard_fires(text: str, guard: str) -> None:
    assert guard in fired(text)


@pytest.mark.parametrize(
    "text",
    [
        "I am [angry]",
        "I'm so [angry] and you do nothing",
        "I can't believe how [rude] he was to me, I said",  # "can't believe" denies nothing
        "no wonder I am [angry]",
        "not only [late] again",
        "nothing works and I am [angry]",
        'He said "hello" and I got [angry]',  # the quotation is over
        "I told my husband that I am [furious]",
        "you are right to be [upset]",
        "I [understand] that",
    ],
)
def test_no_guard_fires_without_its_reason(text: str) -> None:
    assert fired(text) == set()


def test_negation_and_condition_reach_no_further_than_their_segment() -> None:
    assert fired("It did not. |I am [angry]|") == set()
    assert fired("If so. |I am [angry]|") == set()


def test_negation_reaches_three_words() -> None:
    assert "negated" in fired("not one two three [angry]")
    assert "negated" not in fired("not one two three four [angry]")


def test_a_quotation_that_is_never_closed_is_none() -> None:
    assert fired('my screen is 15" and I am [angry]') == set()
