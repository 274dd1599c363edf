"""The JSON Schema of rubric files, for editors: completion, descriptions and red underlines while one writes."""

from __future__ import annotations

import copy
from typing import Any

from empathy_audit.rubric.names import LISTS, MACRO_LISTS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NOTHING: tuple[object, ...] = (None, "", [], {})
_OFF = {
    "description": "true takes the entry of that id out of the rubric that this one extends",
    "title": "Off",
    "type": "boolean",
}


def json_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) as plain data.

    A file that extends another may give parts of entries, by id, and turn entries off; one that stands alone may not.
    What needs more than one look (references, regexes, word lists) is left to `load`.
    """
    from empathy_audit.rubric.schema import RubricModel

    schema = _cleaned(RubricModel.model_json_schema())
    definitions, properties = schema["$defs"], schema["properties"]
    properties["words"]["additionalProperties"] = False  # pydantic only says which names fit, not that others do not
    alone: dict[str, Any] = {"required": [*schema.pop("required")], "properties": {}}
    extending: dict[str, Any] = {"required": ["rubric", "version"], "properties": {}}
    properties["macros"] = {k: v for k, v in properties["macros"].items() if k != "$ref"}
    for name in LISTS:
        list_ = properties[name]
        full = list_.pop("items")["$ref"].rpartition("/")[2]
        definitions[f"{full} override"] = _override(definitions[full])
        least = {key: list_.pop(key) for key in ("minItems",) if key in list_}
        alone["properties"][name] = {"items": {"$ref": f"#/$defs/{full}"}, **least}
        extending["properties"][name] = {"items": {"$ref": f"#/$defs/{full} override"}}
    _macros(definitions, alone, extending)
    return {
        "$schema": _DIALECT,
        **{key: value for key, value in schema.items() if key != "$defs"},
        "title": "empathy-audit rubric",
        "if": {"required": ["extends"]},
        "then": extending,
        "else": alone,
        "$defs": definitions,
    }


def _macros(definitions: dict[str, Any], alone: dict[str, Any], extending: dict[str, Any]) -> None:
    """The section `macros:`, whole where a file stands alone, with parts of entries where it extends another."""
    section = definitions["MacrosModel"]
    over = definitions["MacrosModel override"] = copy.deepcopy(section)
    for name in MACRO_LISTS:
        full = section["properties"][name]["items"]["$ref"].rpartition("/")[2]
        definitions[f"{full} override"] = _override(definitions[full])
        over["properties"][name]["items"] = {"$ref": f"#/$defs/{full} override"}
    alone["properties"]["macros"] = {"$ref": "#/$defs/MacrosModel"}
    extending["properties"]["macros"] = {"$ref": "#/$defs/MacrosModel override"}


def _override(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry of which only the id must be given, and which may be turned off."""
    changed = copy.deepcopy(entry)
    changed["required"] = ["id"]
    changed["properties"]["off"] = dict(_OFF)
    return changed


def _cleaned(node: Any) -> Any:
    """Without defaults that only say that there is none, with a title everywhere and without the word Model in it."""
    if isinstance(node, list):
        return [_cleaned(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _cleaned(value) for key, value in node.items() if not (key == "default" and value in _NOTHING)}
    if isinstance(kept.get("title"), str):
        kept["title"] = kept["title"].removesuffix("Model")
    if kept.get("type") == "object":
        for key, value in kept.get("properties", {}).items():
            value.setdefault("title", key.replace("_", " ").capitalize())
    return kept
