from __future__ import annotations

from empathy_audit.batch.sample import sample
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript
from hypothesis import given
from hypothesis import strategies as st

from tests.build import transcript

MANY = [transcript(id=f"c-{n}", source=f"f{n % 7}.json") for n in range(60)]
BROKEN = Failure("broken.json", "unreadable", "no JSON")


def ids(items: object) -> list[str]:
    return [t.id for t in items if isinstance(t, Transcript)]  # type: ignore[attr-defined]


def test_the_draw_is_known() -> None:
    assert ids(sample(MANY, 5, seed=0)) == ids(sample(MANY, 5, seed=0))
    assert ids(sample(MANY, 5, seed=0)) != ids(sample(MANY, 5, seed=1))


def test_failures_are_all_kept_in_their_places() -> None:
    items = [BROKEN, *MANY[:2], BROKEN, *MANY[2:4], BROKEN]
    assert list(sample(items, 100, seed=0)) == items


def test_transcripts_of_the_same_name_are_all_drawn_when_there_is_room() -> None:
    same = [transcript("customer: a"), transcript("customer: b")]
    assert list(sample(same, 2, seed=0)) == same


def test_a_lone_surrogate_in_an_id_is_no_trouble() -> None:
    assert ids(sample([transcript(id="\ud800")], 1, seed=0)) == ["\ud800"]


@given(st.permutations(MANY), st.integers(1, 70), st.integers())
def test_the_same_ones_are_drawn_in_whatever_order_they_come(order: list[Transcript], size: int, seed: int) -> None:
    drawn = ids(sample(order, size, seed))
    assert set(drawn) == set(ids(sample(MANY, size, seed)))
    assert len(drawn) == min(size, len(MANY))
    assert drawn == [t.id for t in order if t.id in drawn]


@given(st.integers(1, 59), st.integers())
def test_a_larger_sample_holds_the_smaller_one(size: int, seed: int) -> None:
    assert set(ids(sample(MANY, size, seed))) < set(ids(sample(MANY, size + 1, seed)))
