"""Groups by any dimensions: each member stands in one group, and figures are those of `summary`."""

from __future__ import annotations

import random

from empathy_audit.model.audit import OutcomeCounts
from empathy_audit.model.trends import Dimension
from empathy_audit.statistics import Member, Trending, figures

from tests.statistics.build import talk


def member(score: float | None, met: int = 0, missed: int = 0, **principles: float | None) -> Member:
    return Member(score, principles, OutcomeCounts(met=met, missed=missed))


def trending(*members: tuple[dict[Dimension, str | None], Member], by: tuple[Dimension, ...]) -> Trending:
    found = Trending(by)
    for known, one in members:
        found.add(known, one)
    return found


def test_nothing_gives_no_groups() -> None:
    assert Trending(("week",)).groups() == ()


def test_a_group_has_the_figures_that_a_batch_would_have() -> None:
    batch = [talk(f"c{n}", float(40 + n)) for n in range(12)]
    found = Trending(("week",))
    for one in batch:
        found.add({"week": "2026-W10"}, Member(one.scores.overall, one.scores.principles, one.scores.opportunities))
    ((group),) = found.groups()
    whole = figures(batch).overall
    assert (group.key, group.conversations) == (("2026-W10",), 12)
    assert (group.score, group.met, group.missed) == (whole.score, whole.met, whole.missed)


def test_keys_stand_in_order_and_what_is_not_known_is_empty() -> None:
    members = [
        ({"agent": who, "week": week}, member(50.0)) for who in ("Bo", "Al", None) for week in ("2026-W11", "2026-W10")
    ]
    random.Random(3).shuffle(members)
    found = trending(*members, by=("agent", "week")).groups()  # type: ignore[arg-type]
    assert [one.key for one in found] == [
        ("", "2026-W10"), ("", "2026-W11"), ("Al", "2026-W10"), ("Al", "2026-W11"), ("Bo", "2026-W10"), ("Bo", "2026-W11"),
    ]  # fmt: skip


def test_below_the_minimum_there_is_no_interval() -> None:
    members = [({"week": "2026-W10"}, member(50.0, met=1))] * 4
    (few,) = trending(*members, by=("week",)).groups(5)  # type: ignore[arg-type]
    (enough,) = trending(*members, by=("week",)).groups(4)  # type: ignore[arg-type]
    assert (few.score.enough, few.score.n, enough.score.enough) == (False, 4, True)


def test_principles_are_groups_of_their_own_without_opportunities() -> None:
    members = [
        ({"channel": "chat"}, member(50.0, met=1, validation=20.0, ownership=None)),
        ({"channel": "chat"}, member(70.0, missed=1, validation=40.0)),
    ]
    found = trending(*members, by=("principle", "channel")).groups(2)  # type: ignore[arg-type]
    told = [(one.key, one.conversations, one.score.n, one.score.value, one.met, one.missed) for one in found]
    assert told == [
        (("ownership", "chat"), 1, 0, None, None, None), (("validation", "chat"), 2, 2, 30.0, None, None),
    ]  # fmt: skip
