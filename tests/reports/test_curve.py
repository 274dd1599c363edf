"""The chart of the customer's intensity."""

from __future__ import annotations

from empathy_audit.model.audit import OUTCOMES
from empathy_audit.reports.curve import Curve, curve
from hypothesis import given
from hypothesis import strategies as st

from tests.build import audit, opportunity
from tests.reports.cases import broadband


def talk(intensities, outcomes=None):
    lines, found = [], {}
    for at, intensity in enumerate(intensities):
        lines += ["customer: x", "agent: y"]
        if intensity is not None:
            outcome = outcomes[at] if outcomes else "missed"
            found[2 * at] = opportunity("explicit", "anger", intensity, outcome=outcome, answered_by=2 * at + 1)
    return audit(*lines, opportunities=found)


def test_every_turn_has_its_number_where_there_is_room():
    assert curve(broadband(), 76) == Curve("▄▄ ██ ██ ▅▅ ++ ▂▂", "●  ◐  ○  ◑     ·", "1  3  5  8  10 12", 1)


def test_a_turn_without_a_cue_has_no_bar_and_no_mark():
    assert curve(talk([0.0, None, 1.0]), 40) == Curve("▁   █", "○   ○", "0 2 4", 1)


def test_a_longer_conversation_has_fewer_numbers():
    assert curve(talk([0.5] * 12), 27) == Curve("▅ " * 11 + "▅", "○ " * 11 + "○", "0   4   8   12  16  20", 1)


def test_many_turns_share_a_column_that_shows_the_highest_and_the_worst():
    drawn = curve(talk([0.1, 0.9, None, 0.3] * 6, ["missed", "met", None, "partial"] * 6), 14)
    assert drawn == Curve("█▃" * 6, "○◐" * 6, "0    20   40", 2)


def test_no_feeling_no_chart():
    assert curve(talk([None, None]), 76) is None
    assert curve(audit("agent: hello"), 76) is None


@given(st.lists(st.none() | st.floats(0, 1), max_size=150), st.integers(10, 120), st.data())
def test_no_row_is_wider_than_the_room(intensities, room, data):
    outcomes = data.draw(st.lists(st.sampled_from(OUTCOMES), min_size=len(intensities), max_size=len(intensities)))
    drawn = curve(talk(intensities, outcomes), room)
    if drawn is None:
        assert all(intensity is None for intensity in intensities)
    else:
        assert max(len(drawn.bars), len(drawn.marks), len(drawn.turns)) <= room
