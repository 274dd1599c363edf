"""A macro's ways back: from a branch to the original, and from the original to the file."""

from __future__ import annotations

from empathy_audit.model.macro import Branch, Macro, Spot, Stretch

# "Hi {{name}}, we{# x #} are" → "Hi Alex, we are"
BRANCH = Branch(
    "Hi Alex, we are", (Stretch(0, 0, 3), Stretch(3, 3, 11, stand_in=True), Stretch(7, 11, 15), Stretch(11, 22, 26))
)


def test_copied_words_lead_to_themselves() -> None:
    assert BRANCH.original(0, 2) == (0, 2)
    assert BRANCH.original(9, 11) == (13, 15)
    assert BRANCH.original(12, 15) == (23, 26)


def test_whatever_touches_a_stand_in_covers_the_placeholder() -> None:
    assert BRANCH.original(4, 5) == (3, 11)
    assert BRANCH.original(0, 4) == (0, 11)
    assert BRANCH.original(6, 8) == (3, 12)
    assert BRANCH.stand_ins() == ((3, 7),)


def test_words_around_what_was_dropped_cover_it() -> None:
    assert BRANCH.original(9, 15) == (13, 26)


def test_an_empty_branch_leads_to_the_beginning() -> None:
    assert Branch("", ()).original(0, 0) == (0, 0)
    assert Branch("", ()).stand_ins() == ()


def test_places_go_on_from_the_spot_before() -> None:
    macro = Macro("a", "A", "Hi there,\nyou", (Spot(0, 4, 7), Spot(3, 4, 15), Spot(10, 5, 7)), ())
    assert [macro.place(offset) for offset in (0, 2, 3, 8, 10, 12)] == [
        (4, 7),
        (4, 9),
        (4, 15),
        (4, 20),
        (5, 7),
        (5, 9),
    ]
    assert Macro("a", "A", "", (), ()).place(0) == (1, 1)
