"""Whatever stands in a macro: it is understood without an exception, and every way back leads to what was written."""

from __future__ import annotations

from empathy_audit.macros import understand
from empathy_audit.macros.conditions import MOST_BRANCHES
from hypothesis import given, settings
from hypothesis import strategies as st

PIECES = st.sampled_from(
    '{{ }} {{{ }}} {% %} { } {! %{ ${ #{ } %( )s << >> [ ] « » <!-- --> {# #} {{!-- --}} <attribute key="a.b"/> <attribute '
    "{{name}} {{#if|a}} {{#unless|b}} {{#each|c}} {{#d}} {{^d}} {{else}} {{/if}} {{/unless}} {{/each}} {{/d}} {{|if|.X}} "
    "{{|end|}} {%|if|a|%} {%|elsif|b|%} {%|else|%} {%|endif|%} {%|unless|a|%} {%|endunless|%} {%|case|a|%} {%|when|1|%} "
    "{%|endcase|%} {%|raw|%} {%|endraw|%} {%|comment|%} {%|endcomment|%} {n,|plural,|one|{#} other|{ {x,|select,|a|{ {d,|date}"
    " [DATE] @visitor %NAME% sorry Hi , . \n".replace("\n", "NEWLINE").split(" ")
).map(lambda piece: piece.replace("|", " ").replace("NEWLINE", "\n"))
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=40).map("".join))


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_every_copied_stretch_equals_the_original(text: str) -> None:
    for branch in understand(text).branches:
        ends = (*(stretch.start for stretch in branch.stretches[1:]), len(branch.text))
        assert not branch.stretches or branch.stretches[0].start == 0
        for stretch, end in zip(branch.stretches, ends, strict=True):
            if not stretch.stand_in:
                assert branch.text[stretch.start : end] == text[stretch.original_start : stretch.original_end]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_ranges_only_move_on_and_stay_inside(text: str) -> None:
    understood = understand(text)
    for branch in understood.branches:
        before = 0
        for stretch in branch.stretches:
            assert before <= stretch.original_start <= stretch.original_end <= len(text)
            before = stretch.original_end
        for at in range(len(branch.text)):
            start, end = branch.original(at, at + 1)
            assert 0 <= start < end <= len(text)
    before = 0
    for placeholder in understood.placeholders:
        assert before <= placeholder.start < placeholder.end <= len(text)
        assert placeholder.source == text[placeholder.start : placeholder.end]
        before = placeholder.end


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_there_are_few_branches_all_different_and_problems_have_places(text: str) -> None:
    understood = understand(text)
    assert 1 <= len(understood.branches) <= MOST_BRANCHES
    assert len({branch.text for branch in understood.branches}) == len(understood.branches)
    for problem in understood.problems:
        assert problem.code == "unbalanced-placeholder"
        assert 0 <= problem.start < problem.end <= len(text)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abc XYZ.,!?'\n", max_size=60))
def test_text_without_signs_is_one_branch_as_it_is(text: str) -> None:
    understood = understand(text)
    assert [branch.text for branch in understood.branches] == [text]
    assert not understood.placeholders
    assert not understood.problems
