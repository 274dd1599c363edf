from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from empathy_audit.errors import RubricError
from empathy_audit.model.rubric import (
    Counter,
    Cue,
    Dependency,
    Echo,
    Example,
    Examples,
    Marker,
    OpportunityRule,
    Phrases,
    Place,
    Principle,
    Regex,
    ReplyMark,
    Rubric,
    Scoring,
    SignalUse,
    Tokens,
)
from empathy_audit.rubric import load, shipped

from tests.rubric.helpers import HERE, WHOLE, child, problems_of

EXPECTED = Rubric(
    id="whole",
    version="1.2.0",
    language="en",
    title="A whole rubric",
    why="Made for tests.",
    hash="",
    words={"feeling": ("frustrat*", "upset", "at your wits' end"), "degree": ("so", "very")},
    principles=(
        Principle("acknowledgement", "Acknowledgement", 3.0, "Tuning in to what this customer feels.", "opportunities"),
        Principle("ownership", "Ownership", 1.0, "One person sees it through.", "use", 0.4),
    ),
    markers=(
        Marker(
            id="names-the-feeling",
            tag="emotional-acknowledgement",
            principle="acknowledgement",
            confidence=0.9,
            why="Names what the customer feels.",
            any=(
                Phrases(("must be <feeling>", "how <feeling> that is"), inflect=True),
                Regex("\\bi (?:can|do) see why you(?: are|['’]re) <feeling>"),
            ),
            unless=("negated", "quoted", Phrases(("but our policy",))),
            examples=Examples(
                hits=(
                    Example("That must be upsetting."),
                    Example("Late again, how frustrating that is.", "My parcel is late again"),
                ),
                misses=(Example("That must be the parcel."),),
                known_gaps=(Example("Oof."),),
            ),
        ),
        Marker(
            id="takes-it-on",
            tag="ownership",
            principle="ownership",
            any=(
                Tokens(({"LOWER": "i"}, {"LEMMA": {"IN": ["check", "look"]}, "OP": "+"})),
                Dependency(
                    (
                        {"RIGHT_ID": "verb", "RIGHT_ATTRS": {"LEMMA": "call"}},
                        {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "who", "RIGHT_ATTRS": {"DEP": "nsubj"}},
                    )
                ),
                SignalUse("ownership", 0.6),
            ),
        ),
        Marker(
            id="gives-it-back",
            tag="reflective-response",
            principle="acknowledgement",
            implies=("ownership",),
            yields_to=("emotional-acknowledgement",),
            any=(Echo(3, about_customer=False),),
        ),
    ),
    cues=(
        Cue(
            id="names-anger",
            kind="explicit",
            emotion="anger",
            intensity=0.8,
            any=(Phrases(("i am <degree> angry",), case=True),),
            examples=Examples(hits=(Example("I am so angry."),), misses=(Example("She was angry."),)),
        ),
        Cue(id="shouts", kind="explicit", opens=False, any=(Regex("!!+"),)),
    ),
    counter=(
        Counter(
            id="calm-down",
            points=15.0,
            severity="error",
            message="tells the customer how to feel",
            better="I can see why you are upset.",
            any=(Phrases(("calm down",)),),
        ),
    ),
    replies=(ReplyMark(id="hold", aspect="hold", any=(Phrases(("one moment",)),)),),
    opportunities=(
        OpportunityRule(
            id="distress-shown",
            kind="explicit",
            window=3,
            missed="error",
            partial="warning",
            messages={
                "ignore": "does not respond to the customer's {emotion}",
                "dismiss": "dismisses it",
                "solve": "goes straight to the solution",
                "ask": "only asks",
            },
            suggestions={
                "anger": ("You are right to be angry about {words}.",),
                "any": ("I hear how hard this is.",),
            },
        ),
        OpportunityRule(
            id="trouble-told",
            kind="implicit",
            messages={"ignore": "does not respond", "dismiss": "dismisses it"},
            suggestions={"any": ("That is a long wait.",)},
        ),
        OpportunityRule(id="delight-shown", kind="explicit", pleasant=True, missed=None),
    ),
    scoring=Scoring(
        credits={"missed": 0.0, "partial": 0.5, "delayed": 0.6, "met": 1.0},
        explicit_weight=2.0,
        minimum_words=5,
        bands=(("good", 60.0), ("poor", 0.0)),
    ),
)


def test_a_whole_rubric_becomes_this_value() -> None:
    from dataclasses import replace

    loaded = load(str(WHOLE))
    assert len(loaded.hash) == 64
    assert loaded == replace(EXPECTED, hash=loaded.hash)


def test_entries_and_examples_keep_their_place() -> None:
    marker = load("whole.yaml", base=HERE).markers[0]
    file = str(HERE / "whole.yaml")
    places = (marker.place, *(example.place for example in marker.examples.hits))
    assert places == (Place(file, 22, 5), Place(file, 33, 14), Place(file, 33, 41))


def test_a_rubric_travels_between_processes() -> None:
    loaded = load(str(WHOLE))
    assert pickle.loads(pickle.dumps(loaded)) == loaded


def test_its_error_travels_too() -> None:
    error = RubricError(("a.yaml:1:1: one", "a.yaml:2:1: two"))
    again = pickle.loads(pickle.dumps(error))
    assert (again.problems, str(again)) == (error.problems, "a.yaml:1:1: one\na.yaml:2:1: two")


def test_a_path_starts_at_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child(tmp_path, "")
    monkeypatch.chdir(tmp_path)
    assert load("child.yaml").markers[0].place.file == str(WHOLE)


def test_a_parent_is_looked_for_beside_its_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deep").mkdir()
    child(tmp_path, "title: In between\n", name="middle.yaml")
    path = child(tmp_path / "deep", "", extends="../middle.yaml")
    monkeypatch.chdir(HERE)
    assert load(path).title == "In between"


@pytest.mark.parametrize("name", ["whole", "empathy", "empathy.yaml"])
def test_a_name_and_a_file_of_that_name_are_two_things(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_bytes(WHOLE.read_bytes())
    monkeypatch.chdir(tmp_path)
    expected = "empathy" if name == "empathy" else "whole"  # a shipped name comes first; ./empathy means the file
    assert (load(name).id, load(f"./{name}").id) == (expected, "whole")


def test_a_pin_takes_the_version_that_is_shipped() -> None:
    version = load("empathy").version
    major, minor, _ = version.split(".")
    pins = (major, f"{major}.{minor}", version)
    assert [load(f"empathy@{pin}").version for pin in pins] == [version] * 3


@pytest.mark.parametrize("pin", ["0", "99", "1.99", "1.0.99", "latest"])
def test_another_version_is_refused_with_the_one_that_is_shipped(pin: str) -> None:
    version = load("empathy").version
    assert problems_of(f"empathy@{pin}") == (
        f"'empathy@{pin}' is not shipped; expected version {version}, the one that is; "
        f"write empathy@{version}, or install the empathy-audit that ships the other",
    )


def test_a_pinned_parent_is_told_at_its_line(tmp_path: Path) -> None:
    path = child(tmp_path, "", extends="empathy@99")
    version = load("empathy").version
    assert problems_of(path) == (
        f"{path}:3:10: 'empathy@99' is not shipped; expected version {version}, the one that is; "
        f"write empathy@{version}, or install the empathy-audit that ships the other",
    )


def test_a_name_that_is_not_shipped_is_told_with_the_nearest() -> None:
    assert problems_of("empaty") == (
        f"unknown rubric 'empaty'; expected a file or a shipped rubric: {', '.join(shipped())}; "
        "did you mean 'empathy'?",
    )


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    names = ", ".join(shipped())
    missing, folder = tmp_path / "none.yaml", tmp_path
    assert problems_of(str(missing)) + problems_of(str(folder)) == (
        f"no such file: '{missing}'; expected a rubric file or a shipped rubric: {names}",
        f"'{folder}' is a folder; expected a rubric file or one of {names}",
    )


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = child(tmp_path, "")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert problems_of(path) == (f"cannot read '{path}': Permission denied; expected a rubric file",)


@pytest.mark.parametrize("name", ["", "\0", "a\0b.yaml", "@", "empathy@", "x" * 5000, "../", "*"])
def test_no_name_is_too_odd_for_a_complaint(name: str) -> None:
    assert len(problems_of(name)) == 1
