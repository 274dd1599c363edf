"""What `lint -f json` may hold, as JSON Schema (draft 2020-12): for those who read it, and for the tests.

It is published as a file, in `reports/schemas/`; after a change here, `python -m empathy_audit.reports.lint.schema` writes it
anew. Closed: a key that is not described is an error. New keys may come within a schema version; readers should ignore what
they do not know.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

from empathy_audit.model.audit import SEVERITIES
from empathy_audit.model.macro import Unjudged
from empathy_audit.reports.lint.results import SCHEMA_VERSION
from empathy_audit.reports.schema_words import (
    COUNT,
    DRAFT,
    PLACE,
    SHARE,
    STRING,
    TEXT_OR_NULL,
    Schema,
    closed,
    list_of,
    ref,
)

NAME = "lint-document.schema.json"
_PLACES: dict[str, Schema] = dict.fromkeys(("line", "column", "end_line", "end_column"), PLACE)


def lint_schema() -> Schema:
    """Of the document that `lint -f json` writes."""
    return {
        "$schema": DRAFT,
        "title": "empathy-audit lint document",
        **closed(
            schema_version={"const": SCHEMA_VERSION},
            tool=closed(name=STRING, version=STRING),
            rubrics=list_of(closed(id=STRING, version=STRING, hash=STRING)),
            files=list_of(ref("file")),
            notes=list_of(closed(file=STRING, **_finding())),
            failures=list_of(ref("failure")),
            summary=closed(
                **dict.fromkeys(
                    ("files", "macros", "errors", "warnings", "suggestions", "waived", "known", "failures"), COUNT
                )
            ),
        ),
        "$defs": {
            "file": closed(
                name=STRING,
                format=STRING,
                macros=list_of(ref("macro")),
                findings=list_of(closed(**_finding())),
                failures=list_of(ref("failure")),
                left_out={"type": "object", "additionalProperties": COUNT},
            ),
            "macro": closed(
                id=STRING,
                title=STRING,
                line=PLACE,
                end_line=PLACE,
                situation={"oneOf": [{"type": "null"}, closed(id=STRING, confidence=SHARE, why=STRING)]},
                unjudged={"enum": [*get_args(Unjudged), None]},
            ),
            "fix": closed(**_PLACES, words=STRING, text=STRING, safe={"type": "boolean"}),
            "failure": closed(source=STRING, kind=STRING, message=STRING),
        },
    }


def _finding() -> dict[str, Schema]:
    return {
        "code": STRING,
        "severity": {"enum": list(SEVERITIES)},
        "confidence": SHARE,
        "macro": TEXT_OR_NULL,
        **_PLACES,
        "message": STRING,
        "suggestion": STRING,
        "fix": {"oneOf": [{"type": "null"}, ref("fix")]},
        "fingerprint": STRING,
    }


def published() -> dict[str, str]:
    """The schema as it is published: file name and content."""
    return {NAME: json.dumps(lint_schema(), indent=2) + "\n"}


if __name__ == "__main__":
    for name, text in published().items():
        (Path(__file__).parent.parent / "schemas" / name).write_text(text, encoding="utf-8")
