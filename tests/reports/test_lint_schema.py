"""The published schema of `lint -f json` fits what is written, and refuses what is not."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from empathy_audit.batch.discover import discover
from empathy_audit.batch.lint.run import FolderSettings, Options, Run
from empathy_audit.batch.lint.waiving import Waivers
from empathy_audit.model.lint import LintBatch
from empathy_audit.reports import View
from empathy_audit.reports.lint.results import JSON
from empathy_audit.reports.lint.schema import lint_schema
from empathy_audit.settings.waivers import Waiver
from jsonschema import Draft202012Validator

SAMPLES = Path(__file__).parent.parent.parent / "sample_macros"
VALIDATOR = Draft202012Validator(lint_schema())


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The samples, a file that cannot be read, a macro in another language, and a waiver that nothing needs."""
    folder = tmp_path_factory.mktemp("macros")
    (folder / "broken.yaml").write_text("macros:\n  - id: a\n    text: [", encoding="utf-8")
    (folder / "german.txt").write_text(
        "Wir haben Ihre Bestellung leider nicht gefunden und suchen nun weiter.\n" * 3, encoding="utf-8"
    )
    (folder / "noted.md").write_text(
        "<!-- empathy-audit: allow policy-wall because none -->\nI have moved your booking to Friday, as you asked.\n",
        "utf-8",
    )
    unused = Waiver("policy-wall", "none", "nobody", None, None, "waivers.yaml", 2)
    options = Options(lambda path: FolderSettings(), "1.2.3", waivers=Waivers((unused,), date(2026, 1, 1)))
    batch = Run(options).lint(discover((str(SAMPLES), str(folder))))
    return json.loads(JSON.render(batch, View()))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(lint_schema())


def test_what_is_written_fits(document: Any) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(document)] == []
    findings = [finding for file in document["files"] for finding in file["findings"]]
    assert len(findings) > 20
    assert {finding["fix"] is None for finding in findings} == {True, False}
    macros = [macro for file in document["files"] for macro in file["macros"]]
    assert {macro["situation"] is None for macro in macros} == {True, False}
    assert {macro["unjudged"] for macro in macros} == {None, "language"}
    assert document["notes"][0]["code"] == "unused-waiver"
    assert document["summary"]["failures"] == 1


def test_nothing_fits_too() -> None:
    VALIDATOR.validate(json.loads(JSON.render(LintBatch((), tool_version="1"), View())))


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.pop("notes"),
        lambda d: d.update(more=1),
        lambda d: d["files"][0]["findings"][0].update(line=0),
        lambda d: d["files"][0]["findings"][0].update(severity="grave"),
        lambda d: d["files"][0]["findings"][0].pop("macro"),
        lambda d: d["files"][0]["macros"][0].update(unjudged="lazy"),
        lambda d: d["files"][0]["macros"][0]["situation"].update(confidence=1.5),
        lambda d: d["summary"].update(errors=-1),
    ],
)
def test_what_is_never_written_is_refused(document: Any, change: Callable[[Any], object]) -> None:
    broken = copy.deepcopy(document)
    change(broken)
    assert not VALIDATOR.is_valid(broken)
