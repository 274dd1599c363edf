"""Conditions give branches: broken ones first, then each syntax, then how many there may be."""

from __future__ import annotations

import pytest
from empathy_audit.macros import understand
from empathy_audit.macros.conditions import DEEPEST, MOST_BRANCHES


def branches(original: str) -> dict[str, tuple[str, ...]]:
    """Text → decisions of each branch."""
    understood = understand(original)
    assert understood.problems == ()
    return {branch.text: branch.when for branch in understood.branches}


BROKEN = {
    "A{% if a %}B": (["AB"], ["{% if a %}"]),
    "A{% endif %}B": (["AB"], ["{% endif %}"]),
    "A{% else %}B": (["AB"], ["{% else %}"]),
    "A{{/if}}B": (["AB"], ["{{/if}}"]),
    "A{{#if a}}B{{/unless}}": (["AB"], ["{{#if a}}", "{{/unless}}"]),
    "A{{#if a}}B{% endif %}": (["AB"], ["{{#if a}}", "{% endif %}"]),
    "A{% if a %}B{% else %}C{% else %}D{% endif %}": (["AB", "ACD"], ["{% else %}"]),
    "A{% if a %}B{% if b %}C{% endif %}": (["ABC", "AB"], ["{% if a %}"]),
    "A{n, plural, one {B": (["A3, plural, one this item"], ["{n", "{B"]),
}


@pytest.mark.parametrize("original", sorted(BROKEN))
def test_an_unbalanced_condition_is_a_problem_and_its_text_is_shown(original: str) -> None:
    understood = understand(original)
    texts, wrong = BROKEN[original]
    assert [branch.text for branch in understood.branches] == texts
    assert [original[p.start : p.end] for p in understood.problems] == wrong
    assert {p.code for p in understood.problems} == {"unbalanced-placeholder"}


def test_conditions_that_are_nested_too_deep_are_a_problem() -> None:
    deep = DEEPEST + 5
    understood = understand("{% if a %}" * deep + "A" + "{% endif %}" * deep)
    assert [problem.start for problem in understood.problems] == [DEEPEST * 10]
    assert understood.branches[0].text == "A"


@pytest.mark.parametrize(
    "original",
    [
        "A{% if a %}B{% else %}C{% endif %}D",
        "A{%- if a -%}B{%- else -%}C{%- endif -%}D",
        "A{{#if a}}B{{else}}C{{/if}}D",
        "A{{~#if a~}}B{{^}}C{{/if}}D",
        "A{{ if a }}B{{ else }}C{{ end }}D",
        "A{{#a}}B{{/a}}{{^a}}C{{/a}}D",
        "A{% if a %}B{% endif %}{% unless a %}C{% endunless %}D",
        "A{{#if a}}B{{/if}}{{#unless a}}C{{/unless}}D",
    ],
)
def test_both_sides_of_a_condition_in_every_syntax(original: str) -> None:
    assert list(branches(original)) == ["ABD", "ACD"]


def test_decisions_are_named_outermost_first() -> None:
    assert branches("{% if a %}A{% if b %}B{% endif %}{% elsif c %}C{% else %}D{% endif %}") == {
        "AB": ("a", "b"),
        "A": ("a", "not b"),
        "C": ("c",),
        "D": ("otherwise",),
    }


def test_what_is_not_decided_has_no_decisions() -> None:
    assert branches("A{{#each items}}B{{/each}}") == {"AB": ()}


def test_unless_is_shown_first() -> None:
    assert branches("{{#unless a}}A{{else}}B{{/unless}}") == {"A": ("not a",), "B": ("a",)}


def test_cases() -> None:
    found = branches("{% case a %} {% when 1 %}A{% when 2 %}B{% else %}C{% endcase %}")
    assert found == {"A": ("a is 1",), "B": ("a is 2",), "C": ("otherwise",)}


def test_choices_by_number_and_word() -> None:
    assert branches("{n, plural, =0 {Nothing for {name}} other {# parcels}}.") == {
        "Nothing for Alex.": ("n is =0",),
        "3 parcels.": ("n is other",),
    }
    assert list(branches("{x, select, yes {A{y, select, q {Q} other {R}}} other {B}}")) == ["AQ", "AR", "B"]


def test_few_conditions_are_tried_in_all_ways() -> None:
    assert list(branches("{% if a %}A{% endif %}{% if b %}B{% else %}C{% endif %}")) == ["AB", "AC", "B", "C"]


def test_the_same_question_is_answered_alike() -> None:
    assert list(branches("{% if a %}A{% endif %}-{% if a %}B{% endif %}")) == ["A-B", "-"]


def test_of_many_conditions_each_side_is_shown_at_least_once() -> None:
    original = "".join(f"{{% if c{n} %}}<y{n}>{{% else %}}<n{n}>{{% endif %}}" for n in range(40))
    found = list(branches(original))
    assert len(found) == MOST_BRANCHES
    assert found[0] == "".join(f"<y{n}>" for n in range(40))
    for n in range(40):
        assert any(f"<n{n}>" in text for text in found)


def test_the_way_back_leads_over_a_condition() -> None:
    original = "Hi {{name}}, {% if late %}sorry{% else %}great{% endif %} news"
    second = understand(original).branches[1]
    at = second.text.index("great")
    assert original[slice(*second.original(at, at + 5))] == "great"
    assert original[slice(*second.original(0, 5))] == "Hi {{name}}"
