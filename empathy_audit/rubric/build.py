"""A checked tree → the values of model/rubric.py. What the file leaves out gets the default written there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar, cast

from empathy_audit.model import rubric as model
from empathy_audit.rubric.fingerprint import content_hash
from empathy_audit.rubric.names import DEFAULT_CREDITS
from empathy_audit.rubric.tree import Node, mapping, plain, sequence

_Made = TypeVar("_Made")
_Convert = Callable[[Node], Any]


def build(root: Node) -> model.Rubric:
    """The rubric that a tree without problems stands for, with its content hash."""
    fields = mapping(root)
    rubric = model.Rubric(
        id=_text(fields["rubric"]),
        version=_text(fields["version"]),
        language=_text(fields["language"]),
        title=_text(fields["title"]),
        why=_text(fields["why"]) if "why" in fields else "",
        hash="",
        principles=_all(fields, "principles", _principle),
        markers=_all(fields, "markers", _marker),
        cues=_all(fields, "cues", _cue),
        counter=_all(fields, "counter", _counter),
        replies=_all(fields, "replies", _reply),
        opportunities=_all(fields, "opportunities", _rule),
        scoring=_scoring(fields.get("scoring")),
        words={name: _texts(items) for name, items in mapping(fields.get("words")).items()},
    )
    return replace(rubric, hash=content_hash(rubric))


def _all(fields: Mapping[str, Node], key: str, make: Callable[[Node], _Made]) -> tuple[_Made, ...]:
    return tuple(make(node) for node in sequence(fields.get(key)))


def _given(node: Node | None, **converters: _Convert) -> dict[str, Any]:
    """The fields that the file gives, converted; the others are left to the defaults."""
    fields = mapping(node)
    return {key: convert(fields[key]) for key, convert in converters.items() if key in fields}


def _text(node: Node) -> str:
    return str(node.value)


def _text_or_none(node: Node) -> str | None:
    return None if node.value is None else str(node.value)


def _texts(node: Node) -> tuple[str, ...]:
    return tuple(str(item.value) for item in sequence(node))


def _number(node: Node) -> float:
    return float(cast(float, node.value))


def _count(node: Node) -> int:
    return cast(int, node.value)


def _flag(node: Node) -> bool:
    return node.value is True


def _severity(node: Node) -> str | None:
    return None if node.value in ("off", False) else str(node.value)


def _pattern(node: Node) -> model.Pattern:
    fields = mapping(node)
    if "phrases" in fields:
        return model.Phrases(**_given(node, phrases=_texts, inflect=_flag, case=_flag))
    if "regex" in fields:
        return model.Regex(_text(fields["regex"]), **_given(node, case=_flag, across=_flag))
    if "tokens" in fields:
        return model.Tokens(tuple(plain(fields["tokens"])))
    if "dependency" in fields:
        return model.Dependency(tuple(plain(fields["dependency"])))
    if "echo" in fields:
        return model.Echo(**_given(fields["echo"], words=_count, about_customer=_flag))
    return model.SignalUse(**_given(node, signal=_text, at_least=_number, below=_number))


def _patterns(node: Node) -> tuple[model.Pattern, ...]:
    return tuple(_pattern(item) for item in sequence(node))


def _guards(node: Node) -> tuple[str | model.Pattern, ...]:
    return tuple(item.value if isinstance(item.value, str) else _pattern(item) for item in sequence(node))


def _example(node: Node) -> model.Example:
    if isinstance(node.value, dict):
        return model.Example(_text(node.value["agent"]), _text(node.value["customer"]), node.place)
    return model.Example(_text(node), None, node.place)


def _example_list(node: Node) -> tuple[model.Example, ...]:
    return tuple(_example(item) for item in sequence(node))


def _examples(node: Node) -> model.Examples:
    return model.Examples(**_given(node, hits=_example_list, misses=_example_list, known_gaps=_example_list))


def _entry(node: Node, **more: _Convert) -> dict[str, Any]:
    shared = _given(node, id=_text, any=_patterns, unless=_guards, confidence=_number, why=_text, examples=_examples)
    return {**shared, **_given(node, **more), "place": node.place}


def _marker(node: Node) -> model.Marker:
    return model.Marker(**_entry(node, tag=_text, principle=_text_or_none, implies=_texts, yields_to=_texts))


def _cue(node: Node) -> model.Cue:
    return model.Cue(**_entry(node, kind=_text, emotion=_text_or_none, intensity=_number, opens=_flag))


def _counter(node: Node) -> model.Counter:
    return model.Counter(**_entry(node, points=_number, severity=_text, message=_text, better=_text))


def _reply(node: Node) -> model.ReplyMark:
    return model.ReplyMark(**_entry(node, aspect=_text))


def _principle(node: Node) -> model.Principle:
    given = _given(node, id=_text, title=_text, weight=_number, why=_text, score=_text, target=_number)
    return model.Principle(**given, place=node.place)


def _rule(node: Node) -> model.OpportunityRule:
    given = _given(
        node,
        id=_text,
        kind=_text,
        pleasant=_flag,
        window=_count,
        missed=_severity,
        partial=_severity,
        messages=lambda value: {reply: _text(message) for reply, message in mapping(value).items()},
        suggestions=lambda value: {emotion: _texts(wordings) for emotion, wordings in mapping(value).items()},
        why=_text,
    )
    return model.OpportunityRule(**given, place=node.place)


def _scoring(node: Node | None) -> model.Scoring:
    fields = mapping(node)
    given = _given(node, explicit_weight=_number, outcomes_share=_number, neutral=_number, counter_cap=_number)
    least = _given(fields.get("minimum"), words=_count, opportunities=_count, conversations=_count)
    if "bands" in fields:
        given["bands"] = tuple((name, _number(lowest)) for name, lowest in mapping(fields["bands"]).items())
    credits_ = {**DEFAULT_CREDITS, **{name: _number(value) for name, value in mapping(fields.get("credits")).items()}}
    return model.Scoring(
        credits=cast(Any, credits_), **given, **{f"minimum_{name}": value for name, value in least.items()}
    )
