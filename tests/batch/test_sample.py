from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from empathy_audit.batch.sample import STRATA, sample
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


# --- strata -----------------------------------------------------------------------------------------------------------

OF = {"Dana": 40, "Bo": 3, "Ann": 12, "": 5}
SPREAD = [
    transcript(f"agent {name}: a".replace("agent :", "customer:"), id=f"{name}-{n}", source="f.json")
    for name, count in OF.items()
    for n in range(count)
]


@pytest.mark.parametrize(
    ("size", "counts"),
    [
        (4, {"Dana": 1, "Bo": 1, "Ann": 1, "": 1}),
        (12, {"Dana": 3, "Bo": 3, "Ann": 3, "": 3}),
        (20, {"Dana": 6, "Bo": 3, "Ann": 6, "": 5}),
        (50, {"Dana": 30, "Bo": 3, "Ann": 12, "": 5}),
        (99, OF),
    ],
)
def test_every_agent_gives_as_many_as_the_others_while_they_have_some(size: int, counts: dict[str, int]) -> None:
    drawn = sample(SPREAD, size, 0, STRATA["agent"])
    assert Counter(t.id.rpartition("-")[0] for t in drawn if isinstance(t, Transcript)) == counts


@given(st.permutations(SPREAD), st.integers(1, 65), st.integers())
def test_a_spread_sample_does_not_depend_on_the_order(order: list[Transcript], size: int, seed: int) -> None:
    drawn = ids(sample(order, size, seed, STRATA["agent"]))
    assert set(drawn) == set(ids(sample(SPREAD, size, seed, STRATA["agent"])))
    assert len(drawn) == min(size, len(SPREAD))
    counts = Counter(id_.rpartition("-")[0] for id_ in drawn)
    most = max(counts.values())
    assert all(counts[name] >= min(OF[name], most - 1) for name in OF)


def test_channels_are_strata_too() -> None:
    items = [replace(t, channel=(None, "chat", "email")[n % 3]) for n, t in enumerate(MANY)]
    drawn = [t for t in sample(items, 9, 3, STRATA["channel"]) if isinstance(t, Transcript)]
    assert Counter(t.channel for t in drawn) == {None: 3, "chat": 3, "email": 3}


def test_what_was_dropped_takes_no_room() -> None:
    from empathy_audit.batch.sample import _Urn

    urn = _Urn(0)
    for place, item in enumerate(SPREAD * 50):
        urn.put(STRATA["agent"](item), place, item)
        if len(urn) > 8:
            urn.drop()
    assert len(urn._noted) == len(urn._largest) < 40
