"""Words for writing a JSON Schema (draft 2020-12): closed objects, lists, references, and values that recur."""

from __future__ import annotations

from typing import Any

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

STRING: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
PLACE: Schema = {"type": "integer", "minimum": 1}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}


def closed(**properties: Schema) -> Schema:
    """An object with exactly these keys."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def list_of(items: Schema) -> Schema:
    """A list of such things."""
    return {"type": "array", "items": items}


def ref(name: str) -> Schema:
    """What stands under that name in the schema's `$defs`."""
    return {"$ref": f"#/$defs/{name}"}
