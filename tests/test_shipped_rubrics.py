"""Every example inside every shipped rubric, run as `empathy-audit rubric test` runs them."""

from __future__ import annotations

import pytest
from empathy_audit.examples import ExampleOutcome, check_examples
from empathy_audit.model.audit import OUTCOMES
from empathy_audit.model.rubric import COUNTER_TAG, TAGS, Rubric
from empathy_audit.rubric import load, shipped

PRINCIPLES = (
    "active-listening",
    "open-questions",
    "emotional-acknowledgement",
    "reflective-response",
    "validation",
    "ownership",
    "genuine-interest",
)
LEAST = 8
"""How many hits and misses prove a marker, a cue or a counter entry of the shipped rubric."""


@pytest.fixture(scope="module", params=shipped())
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def rubric(name: str) -> Rubric:
    return load(name)


@pytest.fixture(scope="module")
def outcomes(rubric: Rubric) -> tuple[ExampleOutcome, ...]:
    return check_examples(rubric)


def test_every_example_does_what_the_rubric_says(outcomes: tuple[ExampleOutcome, ...]) -> None:
    assert [f"{o.place}: {o.entry}: {o.list}: {o.text!r} {o.message}" for o in outcomes if not o.ok] == []


def test_every_example_was_run(rubric: Rubric, outcomes: tuple[ExampleOutcome, ...]) -> None:
    assert rubric.macros is not None
    written = [
        (entry.id, list_, example.text)
        for entry in (*rubric.entries, *rubric.macros.entries)
        for list_ in ("hits", "misses", "known_gaps")
        for example in getattr(entry.examples, list_)
    ]
    assert [(o.entry, o.list, o.text) for o in outcomes] == written


def test_an_example_that_is_wrong_is_noticed(rubric: Rubric) -> None:
    """The proof can fail: hits and misses swapped, everything is wrong."""
    from dataclasses import replace

    def swapped(entry):  # type: ignore[no-untyped-def]
        examples = replace(entry.examples, hits=entry.examples.misses, misses=entry.examples.hits, known_gaps=())
        return replace(entry, examples=examples)

    wrong = replace(rubric, counter=tuple(map(swapped, rubric.counter)), markers=(), cues=(), replies=(), macros=None)
    checked = check_examples(wrong)
    assert checked
    assert not any(o.ok for o in checked)


def test_an_example_of_a_macro_that_is_wrong_is_noticed() -> None:
    from dataclasses import replace

    empathy = load("empathy")
    assert empathy.macros is not None
    needs = tuple(
        replace(need, examples=replace(need.examples, hits=need.examples.misses, misses=need.examples.hits))
        for need in empathy.macros.needs
    )
    wrong = replace(empathy, macros=replace(empathy.macros, needs=needs))
    ids = {need.id for need in needs}
    checked = [outcome for outcome in check_examples(wrong) if outcome.entry in ids]
    assert len(checked) > 30
    assert not any(outcome.ok for outcome in checked)


def test_every_entry_says_why_and_has_examples_of_both_sorts(rubric: Rubric) -> None:
    assert rubric.macros is not None
    entries = (*rubric.entries, *rubric.macros.entries)
    bare = [e.id for e in entries if not (e.why and e.examples.hits and e.examples.misses)]
    assert bare == []


def test_markers_cues_and_counter_entries_of_the_shipped_rubric_are_well_proven() -> None:
    empathy = load("empathy")
    entries = [*empathy.markers, *(c for c in empathy.cues if c.opens), *empathy.counter]
    thin = {e.id: (len(e.examples.hits), len(e.examples.misses)) for e in entries}
    assert {id_: sizes for id_, sizes in thin.items() if min(sizes) < LEAST} == {}


def test_the_names_that_results_promise_are_there() -> None:
    empathy = load("empathy")
    given = {tag for marker in empathy.markers for tag in (marker.tag, *marker.implies)}
    assert set(TAGS) - {COUNTER_TAG} <= given
    assert tuple(p.id for p in empathy.principles if p.id in PRINCIPLES) == tuple(p.id for p in empathy.principles)
    assert {p.id for p in empathy.principles} == set(PRINCIPLES)


def test_what_each_outcome_is_worth() -> None:
    assert load("empathy").scoring.credits == {"met": 1.0, "delayed": 0.6, "partial": 0.4, "missed": 0.0}
    assert set(load("empathy").scoring.credits) == set(OUTCOMES) - {"open"}


def test_the_default_rubric_needs_no_model() -> None:
    from empathy_audit.language.pipeline import pipes_needed

    needs = {e.id: pipes for e in load("empathy").entries if (pipes := pipes_needed(e))}
    assert needs == {}
