"""Figures of a batch: groups, ranks, weeks, places and findings; nothing depends on the order."""

from __future__ import annotations

import random
from dataclasses import replace

from empathy_audit.model.audit import Audit, OutcomeCounts
from empathy_audit.model.figures import Reference
from empathy_audit.statistics import figures
from empathy_audit.statistics.cases import case

from tests.build import audit, finding, opportunity
from tests.reports.cases import broadband, hostile, unscored
from tests.rubrics import DESK
from tests.statistics.build import talk, team


def test_groups_count_what_is_theirs():
    found = figures(team())
    assert [(g.name, g.conversations, g.score.n, g.opportunities.missed) for g in found.agents] == [
        ("Al", 20, 20, 20), ("Bo", 20, 20, 0), ("Cy", 20, 20, 0), ("Di", 2, 2, 0),
    ]  # fmt: skip
    assert (found.overall.name, found.overall.conversations, found.overall.score.n) == ("", 62, 62)
    assert (found.overall.missed.value, found.overall.met.value) == (0.323, 0.677)
    assert [(p.id, p.score) for p in found.principles] == [("validation", found.overall.score)]
    assert [(g.name, g.conversations) for g in found.weeks] == [("2026-W10", 60)]
    assert found.undated == 2


def test_no_rank_where_intervals_overlap_or_data_is_short():
    assert [g.rank for g in figures(team()).agents] == [3, None, None, None]


def test_ranks_where_all_lie_apart():
    batch = [talk(f"{name}{at}", score, agent=name) for name, score in (("Al", 20.0), ("Bo", 90.0)) for at in range(40)]
    assert [(g.name, g.rank) for g in figures(batch).agents] == [("Al", 2), ("Bo", 1)]
    assert [g.rank for g in figures(batch[:40]).agents] == [None]  # nobody to be ranked among


def test_too_few_conversations_are_not_enough_data():
    found = figures(team())
    assert not found.agents[3].score.enough
    assert (found.minimum, found.weighed) == (5, False)
    assert figures(team(), minimum=2).agents[3].score.enough
    strict = replace(DESK, scoring=replace(DESK.scoring, minimum_conversations=21))
    assert [g.score.enough for g in figures(team(), strict).agents] == [False] * 4
    assert (figures(team(), strict).minimum, figures(team(), strict).weighed) == (21, True)


def test_the_order_of_the_batch_does_not_matter():
    batch = [*team(), broadband(), unscored(), hostile()]
    shuffled = list(batch)
    random.Random(3).shuffle(shuffled)
    first, second = figures(batch, DESK), figures(shuffled, DESK)
    assert replace(first, principles=()) == replace(second, principles=())
    assert {p.id: p.score for p in first.principles} == {p.id: p.score for p in second.principles}


def test_nothing_has_no_figures():
    found = figures([])
    assert (found.agents, found.principles, found.weeks, found.habits, found.places, found.findings) == ((),) * 6
    assert found.overall.score.value is None


def test_conversations_without_a_score_are_counted_by_reason():
    assert figures([unscored(), broadband()]).unscored == {"no-opportunity": 1}


def test_places_in_the_conversation():
    lines = ["customer: I am furious.", "agent: Hm."] * 5
    told = {
        at: opportunity("explicit", "anger", 0.8, "furious", outcome=outcome, answered_by=at + 1)
        for at, outcome in ((0, "met"), (2, "missed"), (4, "missed"), (8, "open"))
    }
    places = figures([audit(*lines, opportunities=told)] * 5).places
    assert [(p.start, p.end, p.opportunities) for p in places] == [
        (0.0, 0.2, OutcomeCounts(met=5)),
        (0.2, 0.4, OutcomeCounts(missed=5)),
        (0.4, 0.6, OutcomeCounts(missed=5)),
        (0.6, 0.8, OutcomeCounts()),
        (0.8, 1.0, OutcomeCounts()),
    ]
    assert [(p.met.value, p.missed.value, p.missed.n) for p in places] == [
        (1.0, 0.0, 5), (0.0, 1.0, 5), (0.0, 1.0, 5), (None, None, 0), (None, None, 0),
    ]  # fmt: skip


def test_findings_by_frequency():
    often = [finding("slow", 0, 1, message="m2", suggestion="s2", confidence=c) for c in (0.5, 0.9)]
    rare = finding("rude", 1, 1, severity="error", message="m", suggestion="s")
    batch = [
        talk(1, 10.0, findings=[*often, rare]),
        talk(2, 10.0, findings=[replace(often[0], severity="error", message="m1")]),
        *(talk(at, 100.0) for at in range(3, 7)),
    ]
    slow, rude = figures(batch).findings
    assert (slow.code, slow.severity, slow.count, slow.conversations) == ("slow", "error", 3, 2)
    assert (slow.message, slow.suggestion, slow.example) == ("m2", "s2", Reference("1.json", "c-1", 0))
    assert (slow.share.value, slow.share.n) == (0.333, 6)
    assert (rude.code, rude.count, rude.share.value) == ("rude", 1, 0.167)


def test_what_a_case_keeps():
    kept = case(broadband())
    assert [(m.turn, m.kind, m.outcome, m.treated) for m in kept.moments] == [
        (1, "implicit", "met", None),
        (3, "explicit", "partial", "solve"),
        (5, "explicit", "missed", "dismiss"),
        (8, "implicit", "delayed", "late"),
    ]  # the thanks of turn 10 are pleasant and never count
    assert [(w.code, w.turn) for w in kept.words] == [("calm-down", 6)]
    assert 0 == kept.moments[0].at < kept.moments[-1].at < 1


def test_words_of_one_block_are_charged_once():
    lines = ["customer: Hi.", "agent Dana: Calm down.", "bot: ...", "agent Dana: Policy.", "agent Lee: Calm down."]
    one: Audit = audit(*lines, findings=[finding("a", 1, 1), finding("b", 3, 3), finding("a", 4, 4)])
    blocks = [w.block for w in case(one).words]
    assert blocks[0] == blocks[1] != blocks[2]
