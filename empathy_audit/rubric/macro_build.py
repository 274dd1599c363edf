"""The checked tree of a `macros:` section → the values of model/macro_rules.py."""

from __future__ import annotations

from typing import Any

from empathy_audit.model import macro_rules as model
from empathy_audit.rubric.building import (
    convert_all,
    count,
    flag,
    given,
    guards,
    number,
    patterns,
    text,
    text_or_none,
    texts,
    wordings,
)
from empathy_audit.rubric.tree import Node, mapping, sequence


def macro_rules(node: Node | None) -> model.MacroRules | None:
    """The section's rules; None when the rubric has none."""
    fields = mapping(node)
    if not fields:
        return None
    return model.MacroRules(
        **given(node, threshold=number, minimum_words=count),
        situations=convert_all(fields.get("situations"), _situation),
        needs=convert_all(fields.get("needs"), _need),
        checks=convert_all(fields.get("checks"), _check),
    )


def _sign(node: Node) -> model.Sign:
    return model.Sign(**given(node, where=texts, any=patterns, unless=guards, confidence=number))


def _must(node: Node) -> model.Must:
    return model.Must(**given(node, need=text, severity=text_or_none, suggestion=text))


def _situation(node: Node) -> model.MacroSituation:
    fields = given(
        node,
        id=text,
        title=text,
        emotion=text_or_none,
        names=texts,
        signs=lambda signs: convert_all(signs, _sign),
        must=lambda musts: convert_all(musts, _must),
        why=text,
        examples=_examples,
    )
    return model.MacroSituation(**fields, place=node.place)


def _words(node: Node) -> dict[str, Any]:
    return given(
        node,
        id=text,
        any=patterns,
        unless=guards,
        confidence=number,
        why=text,
        severity=text,
        message=text,
        examples=_examples,
    )


def _need(node: Node) -> model.Need:
    return model.Need(
        **_words(node),
        **given(node, tags=texts, not_within=texts, blank_may_hold=flag, suggestions=wordings),
        place=node.place,
    )


def _check(node: Node) -> model.MacroCheck:
    fields = given(
        node,
        uses=texts,
        suggestion=text,
        redeemed_by=texts,
        inside=texts,
        outside=texts,
        told_by=texts,
        tells=texts,
        density=lambda part: None if part.value is None else model.Density(**given(part, hits=count, share=number)),
        reading_ease=lambda part: (
            None if part.value is None else model.ReadingEase(**given(part, below=number, words=count))
        ),
        fix=lambda part: convert_all(part, lambda one: model.Rewrite(**given(one, find=text, put=text))),
        safe=flag,
    )
    return model.MacroCheck(**_words(node), **fields, place=node.place)


def _example(node: Node) -> model.MacroExample:
    if isinstance(node.value, dict):
        fields = given(node, text=text, title=text, situation=text_or_none, emotion=text_or_none, tags=texts)
        return model.MacroExample(**fields, place=node.place)
    return model.MacroExample(text(node), place=node.place)


def _examples(node: Node) -> model.MacroExamples:
    def convert(list_: Node) -> tuple[model.MacroExample, ...]:
        return tuple(_example(item) for item in sequence(list_))

    return model.MacroExamples(**given(node, hits=convert, misses=convert, known_gaps=convert))
