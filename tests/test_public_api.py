"""What `import empathy_audit` offers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import empathy_audit
import pytest
from empathy_audit import errors
from empathy_audit.model import audit as audit_model
from empathy_audit.model import rubric as rubric_model
from empathy_audit.model import transcript as transcript_model
from empathy_audit.version import __version__

from tests.cli.conftest import MET, SMALL, native


def test_every_public_name_is_what_it_says() -> None:
    import empathy_audit.api as api
    from empathy_audit.audit import Auditor

    public = {name: getattr(empathy_audit, name) for name in empathy_audit.__all__}
    assert public == {
        "Audit": audit_model.Audit,
        "Auditor": Auditor,
        "Failure": audit_model.Failure,
        "Finding": audit_model.Finding,
        "Rubric": rubric_model.Rubric,
        "Transcript": transcript_model.Transcript,
        "Turn": transcript_model.Turn,
        "__version__": __version__,
        "audit": api.audit,
        "load": api.load,
        "load_rubric": api.load_rubric,
    }
    assert set(empathy_audit.__all__) <= set(dir(empathy_audit))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'adit'"):
        _ = empathy_audit.adit  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "program",
    [
        "import empathy_audit, empathy_audit.audit; print(callable(empathy_audit.audit))",
        "from empathy_audit import audit, load; import empathy_audit.audit; print(callable(audit))",
        "from empathy_audit.audit import Auditor; from empathy_audit import audit; print(callable(audit))",
        "import empathy_audit, sys; print(not {'spacy', 'pydantic', 'rich', 'dataclasses'} & set(sys.modules))",
    ],
)
def test_the_function_is_not_hidden_by_its_module_and_importing_is_cheap(program: str) -> None:
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout == "True\n"


def test_a_file_is_loaded_and_audited(tmp_path: Path) -> None:
    file = tmp_path / "met.jsonl"
    file.write_text(native("met", *MET), encoding="utf-8")
    (transcript,) = empathy_audit.load(file)
    assert (transcript.id, transcript.source) == ("met", "met.jsonl:1")
    rubric = empathy_audit.load_rubric(SMALL)
    audit = empathy_audit.audit(transcript, rubric)
    assert audit.scores.overall == 100.0
    assert empathy_audit.audit(transcript, str(SMALL)) == audit
    assert empathy_audit.Auditor(rubric).audit(transcript) == audit


def test_a_broken_conversation_is_raised_or_handed_over(tmp_path: Path) -> None:
    file = tmp_path / "some.jsonl"
    file.write_text(native("met", *MET) + "{broken\n" + native("last", *MET), encoding="utf-8")
    with pytest.raises(errors.TranscriptError, match=r"some\.jsonl:2"):
        empathy_audit.load(file)
    failures: list[empathy_audit.Failure] = []
    assert [t.id for t in empathy_audit.load(file, on_failure=failures.append)] == ["met", "last"]
    assert [failure.source.split(":")[:2] for failure in failures] == [["some.jsonl", "2"]]
