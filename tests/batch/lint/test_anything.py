"""Files with anything in them: nothing breaks, and a rewrite changes its words and no others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from empathy_audit.batch.discover import Input
from empathy_audit.batch.lint.fixing import fixed
from empathy_audit.batch.lint.run import FolderSettings, Options, Run
from empathy_audit.batch.lint.values import from_values, to_values
from empathy_audit.errors import TranscriptError
from empathy_audit.model.lint import Edit, LintBatch, LintedFile
from empathy_audit.reports.base import View
from empathy_audit.reports.lint import LINT_REPORTS
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.batch.lint.build import RUBRIC, linted
from tests.batch.lint.test_fixing import _read

NAMES = ("a.yaml", "a.json", "a.txt", "a.md", "a.csv", "domain.yml", "a.jsonl")
PIECES = (
    "macros:\n", "  - id: a\n", "    text: ", "  - {id: b, text: ", "title: x\n", "---\n", "id,title,text\n", "responses:\n", "  utter_a:\n",
    '{"macros": [{"id": "a", "text": "', '"}]}', '"', "'", "''", "\\n", "\\u0041", "\\", ",", "}", "|\n      ", ">\n      ",
    "Kindly wait. ", "utilize ", "in lieu of ", "As per our policy ", "kindly", "it's", "# empathy-audit: allow policy-wall because x",
    "\n", "\r\n", "\r", "\t", "\ufeff", "\u2028", "\x85", "\0", "é", "😀", "{{name}}", "{% if a %}", "<p>", "&amp;", "<!-- x -->", ": ", "- ",
)  # fmt: skip
contents = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=40)
FRAMES = (
    ("a.yaml", "macros:\n  - id: a\n    text: {}\n    title: Kindly\n  - id: b\n    text: {}\n"),
    ("a.yaml", "macros:\n  - id: a\n    text: '{}'\n  - id: b\n    text: \"{}\"\n"),
    ("a.yaml", "macros:\n  - {{id: a, text: '{}'}}\n  - id: b\n    text: >-\n      {}\n      More.\n"),
    ("a.json", '{{"macros": [{{"id": "a", "text": "{}"}}, {{"id": "b", "text": "{}"}}]}}'),
    ("a.csv", 'id,title,text\na,x,"{}"\nb,y,{}\n'),
    ("a.md", "---\nid: a\ntitle: Kindly\n---\n{}\n\n{}\n"),
    ("domain.yml", "version: '3.1'\nresponses:\n  utter_a:\n  - text: \"{}\"\n  - text: '{}'\n"),
    (
        "z.json",
        '{{"macros": [{{"id": 1, "title": "x", "actions": [{{"field": "comment_value_html", "value": "<p>{}</p><p>{}</p>"}}]}}]}}',
    ),
)
slots = st.lists(st.sampled_from([*PIECES[22:], *PIECES[26:30] * 4]), min_size=1, max_size=6).map("".join)
files = st.tuples(contents, st.sampled_from(NAMES)) | st.builds(
    lambda frame, one, two, end: (frame[1].format(one, two).replace("\n", end), frame[0]),
    st.sampled_from(FRAMES), slots, slots, st.sampled_from(["\n", "\r\n"]),
)  # fmt: skip


def read(data: bytes, name: str) -> LintedFile | None:
    try:
        return linted(data, name)
    except TranscriptError:
        return None


def may_be(text: str, edits: list[Edit]) -> Iterator[str]:
    """The text with any of the edits put in, at any place where their words stand, in their order."""
    for count in range(len(edits) + 1):
        for chosen in combinations(edits, count):
            yield from _put(text, list(chosen))


def _put(text: str, edits: list[Edit]) -> Iterator[str]:
    if not edits:
        yield text
        return
    first, *rest = edits
    at = text.find(first.words)
    while at >= 0:
        for tail in _put(text[at + len(first.words) :], rest):
            yield text[:at] + first.text + tail
        at = text.find(first.words, at + 1)


@settings(max_examples=600)
@given(files, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_rewrites_change_their_words_and_no_others(given_: tuple[str, str], encoding: str) -> None:
    content, name = given_
    data = content.encode(encoding, "replace")
    file = read(data, name)
    if file is None:
        return
    assert from_values(json.loads(json.dumps(to_values(file)))) == file
    result = fixed(file, data)
    safe = [f for f in file.findings if f.edit is not None and f.edit.safe]
    assert result.applied + result.refused <= len(safe)
    assert (result.data == data) or result.applied
    before, after = _read(data, name), _read(result.data, name)
    assert [id_ for id_, _ in before] == [id_ for id_, _ in after]
    for (id_, was), (_, now) in zip(before, after, strict=True):
        edits = sorted((f.edit for f in safe if f.macro == id_ and f.edit is not None), key=lambda edit: edit.span)
        assert now in may_be(was, edits)


@settings(max_examples=150)
@given(st.binary(max_size=60) | contents.map(str.encode), st.sampled_from(NAMES))
def test_a_run_over_anything_has_no_defect_and_every_report_draws_it(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(data)
    run = Run(Options(lambda path: FolderSettings(str(RUBRIC)), "1", path.parent / "cache"))
    batch = run.lint([Input(name, path)])
    assert "internal" not in {failure.kind for failure in (*batch.failures, *_failures(batch))}
    again = Run(run.options).lint([Input(name, path)])
    for report in LINT_REPORTS:
        assert report.render(batch, View()) == report.render(again, View())


def _failures(batch: LintBatch) -> list[object]:
    return [failure for file in batch.files for failure in file.failures]


def test_names_of_any_bytes_are_names(tmp_path: Path) -> None:
    path = tmp_path / "a\udcff\n\u202e.txt"
    try:
        path.write_text("Calm down.")
    except OSError:
        pytest.skip("this file system takes no such name")
    for _ in range(2):
        batch = Run(Options(lambda path: FolderSettings(str(RUBRIC)), "1", tmp_path / "cache")).lint(
            [Input(path.name, path)]
        )
        assert [(name, found.code) for name, found in batch.findings] == [(path.name, "calm-down")]
        for report in LINT_REPORTS:
            assert report.render(batch, View())
