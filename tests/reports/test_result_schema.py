"""The published schema fits what is written, and refuses what is not."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from empathy_audit.reports import View, result_schema
from empathy_audit.reports.json_document import JSON
from empathy_audit.reports.jsonl import JSONL
from empathy_audit.reports.lint import schema as lint_schema
from empathy_audit.reports.result_schema import document_schema, line_schema
from jsonschema import Draft202012Validator

from tests.build import batch
from tests.reports.cases import BROKEN, broadband, explained, hostile, unscored

EVERYTHING = batch(broadband(), explained(), hostile(), unscored(), BROKEN, skipped=1)


@pytest.mark.parametrize("schema", [line_schema(), document_schema()], ids=["line", "document"])
def test_the_schema_is_one(schema):
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("many", [EVERYTHING, batch()], ids=["everything", "nothing"])
def test_documents_fit(many):
    Draft202012Validator(document_schema()).validate(json.loads(JSON.render(many, View())))


def test_lines_fit():
    validator = Draft202012Validator(line_schema())
    for line in JSONL.render(EVERYTHING, View()).splitlines():
        validator.validate(json.loads(line))


def _broken(change):
    line = json.loads(JSONL.line(broadband()))
    value = copy.deepcopy(line)
    change(value)
    return value


@pytest.mark.parametrize(
    "change",
    [
        lambda v: v.pop("findings"),
        lambda v: v.update(more=1),
        lambda v: v["scores"].update(overall=101),
        lambda v: v["scores"].update(overall=None),
        lambda v: v["scores"].update(reason="language"),
        lambda v: v["turns"][1]["opportunity"].update(emotion="boredom"),
        lambda v: v["turns"][1].update(tags=[]),
        lambda v: v["turns"][2].pop("response"),
        lambda v: v["turns"][0].update(role="unheard-of"),
    ],
)
def test_what_is_never_written_is_refused(change):
    assert not Draft202012Validator(line_schema()).is_valid(_broken(change))


def test_the_published_files_are_what_the_code_makes():
    folder = Path(result_schema.__file__).parent / "schemas"
    made = result_schema.published() | lint_schema.published()
    assert {file.name: file.read_text("utf-8") for file in folder.iterdir()} == made
