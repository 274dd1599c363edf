from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import empathy_audit
import pytest
from empathy_audit.errors import RubricError
from empathy_audit.rubric import load, shipped, starter
from empathy_audit.rubric import shipped as shipped_function
from empathy_audit.shipped import folder


def test_the_shipped_rubrics_are_listed_by_name() -> None:
    assert shipped() == ("empathy", "healthcare")


@pytest.mark.parametrize("name", shipped_function())
def test_each_loads_under_its_own_name(name: str) -> None:
    loaded = load(name)
    assert (loaded.id, loaded.language, loaded.principles != ()) == (name, "en", True)
    assert {entry.place.file for entry in loaded.entries} <= {f"rubrics/{known}.yaml" for known in shipped()}


def test_healthcare_adds_changes_and_turns_off() -> None:
    ours, theirs = load("healthcare"), load("empathy")
    added = {entry.id for entry in ours.entries} - {entry.id for entry in theirs.entries}
    gone = {entry.id for entry in theirs.entries} - {entry.id for entry in ours.entries}
    weights = {p.id: p.weight for p in ours.principles if p != theirs.principle(p.id)}
    assert (added, gone, weights) == (
        {"asks-how-it-feels", "says-what-comes-next", "in-pain", "fears-for-health", "waits-for-a-result"},
        {"hides-behind-policy"},
        {"genuine-interest": 2.0},
    )


def test_every_new_entry_of_healthcare_proves_itself() -> None:
    for entry in load("healthcare").entries:
        if entry.place.file == "rubrics/healthcare.yaml":
            assert len(entry.examples.hits) >= 4, entry.id
            assert len(entry.examples.misses) >= 4, entry.id


def test_an_installed_package_has_them_inside(tmp_path: Path) -> None:
    package = tmp_path / "empathy_audit"
    source = Path(empathy_audit.__file__).parent
    for name in ("__init__.py", "errors.py"):
        (package / name).parent.mkdir(exist_ok=True)
        (package / name).write_text("")
    (package / "shipped.py").write_bytes((source / "shipped.py").read_bytes())
    (tmp_path / "rubrics").mkdir()
    code = "from empathy_audit.shipped import folder; print(folder())"

    def found() -> str:
        run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
        return run.stdout.strip()

    beside = found()
    (package / "rubrics").mkdir()
    assert (beside, found()) == (str(tmp_path / "rubrics"), str(package / "rubrics"))


def test_the_folder_holds_nothing_but_rubrics() -> None:
    assert sorted(path.name for path in folder().iterdir()) == [f"{name}.yaml" for name in shipped()]


def test_the_starter_loads_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "our-team.yaml"
    path.write_text(starter("our-team"), encoding="utf-8")
    loaded = load(str(path))
    new = [entry.id for entry in loaded.entries if entry.place.file == str(path)]
    assert (loaded.id, loaded.version, new) == ("our-team", "0.1.0", ["stays-in-touch", "says-worried"])
    assert loaded.words["worried"] == ("worr*", "nervous", "on edge")


def test_the_commented_part_of_the_starter_is_right_too(tmp_path: Path) -> None:
    text = starter("ours")
    head, _, commented = text.partition("# counter:\n")
    text = head + "counter:\n" + commented.replace("# ", "").replace("calm-down", "tells-how-to-feel")
    path = tmp_path / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    assert "tells-how-to-feel" not in {entry.id for entry in load(str(path)).entries}


@pytest.mark.parametrize("name", ["Our Team", "", "x/y", "1st", "a--b"])
def test_a_starter_needs_a_name_that_a_rubric_can_have(name: str) -> None:
    with pytest.raises(RubricError, match="cannot name a rubric; expected lower-case letters") as raised:
        starter(name)
    assert len(raised.value.problems) == 1


def test_the_room_is_cheap_to_enter() -> None:
    code = (
        "import sys, empathy_audit.rubric; print([m for m in ('pydantic', 'spacy', 'yaml', 're2') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
