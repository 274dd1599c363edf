"""A checked tree → the values of model/rubric.py. What the file leaves out gets the default written there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from empathy_audit.model import rubric as model
from empathy_audit.rubric.building import (
    Convert,
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
from empathy_audit.rubric.fingerprint import content_hash
from empathy_audit.rubric.macro_build import macro_rules
from empathy_audit.rubric.names import DEFAULT_CREDITS
from empathy_audit.rubric.tree import Node, mapping, sequence


def build(root: Node) -> model.Rubric:
    """The rubric that a tree without problems stands for, with its content hash."""
    fields = mapping(root)
    rubric = model.Rubric(
        id=text(fields["rubric"]),
        version=text(fields["version"]),
        language=text(fields["language"]),
        title=text(fields["title"]),
        why=text(fields["why"]) if "why" in fields else "",
        hash="",
        principles=convert_all(fields.get("principles"), _principle),
        markers=convert_all(fields.get("markers"), _marker),
        cues=convert_all(fields.get("cues"), _cue),
        counter=convert_all(fields.get("counter"), _counter),
        replies=convert_all(fields.get("replies"), _reply),
        opportunities=convert_all(fields.get("opportunities"), _rule),
        scoring=_scoring(fields.get("scoring")),
        macros=macro_rules(fields.get("macros")),
        words=wordings(fields["words"]) if "words" in fields else {},
    )
    return replace(rubric, hash=content_hash(rubric))


def _severity(node: Node) -> str | None:
    return None if node.value in ("off", False) else str(node.value)


def _example(node: Node) -> model.Example:
    if isinstance(node.value, dict):
        return model.Example(text(node.value["agent"]), text(node.value["customer"]), node.place)
    return model.Example(text(node), None, node.place)


def _example_list(node: Node) -> tuple[model.Example, ...]:
    return tuple(_example(item) for item in sequence(node))


def _examples(node: Node) -> model.Examples:
    return model.Examples(**given(node, hits=_example_list, misses=_example_list, known_gaps=_example_list))


def _entry(node: Node, **more: Convert) -> dict[str, Any]:
    shared = given(node, id=text, any=patterns, unless=guards, confidence=number, why=text, examples=_examples)
    return {**shared, **given(node, **more), "place": node.place}


def _marker(node: Node) -> model.Marker:
    return model.Marker(**_entry(node, tag=text, principle=text_or_none, implies=texts, yields_to=texts))


def _cue(node: Node) -> model.Cue:
    return model.Cue(**_entry(node, kind=text, emotion=text_or_none, intensity=number, opens=flag))


def _counter(node: Node) -> model.Counter:
    return model.Counter(**_entry(node, points=number, severity=text, message=text, better=text))


def _reply(node: Node) -> model.ReplyMark:
    return model.ReplyMark(**_entry(node, aspect=text))


def _principle(node: Node) -> model.Principle:
    made = given(node, id=text, title=text, weight=number, why=text, score=text, target=number)
    return model.Principle(**made, place=node.place)


def _rule(node: Node) -> model.OpportunityRule:
    made = given(
        node,
        id=text,
        kind=text,
        pleasant=flag,
        window=count,
        missed=_severity,
        partial=_severity,
        messages=lambda value: {reply: text(message) for reply, message in mapping(value).items()},
        suggestions=wordings,
        why=text,
    )
    return model.OpportunityRule(**made, place=node.place)


def _scoring(node: Node | None) -> model.Scoring:
    fields = mapping(node)
    made = given(node, explicit_weight=number, outcomes_share=number, neutral=number, counter_cap=number)
    least = given(fields.get("minimum"), words=count, opportunities=count, conversations=count)
    if "bands" in fields:
        made["bands"] = tuple((name, number(lowest)) for name, lowest in mapping(fields["bands"]).items())
    credits_ = {**DEFAULT_CREDITS, **{name: number(value) for name, value in mapping(fields.get("credits")).items()}}
    return model.Scoring(
        credits=cast(Any, credits_), **made, **{f"minimum_{name}": value for name, value in least.items()}
    )
