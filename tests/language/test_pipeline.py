"""The spaCy pipeline: none where a rubric has no structures, blank where they are lexical, else the small model's pipes."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
import spacy.util
from empathy_audit.errors import MissingPackageError
from empathy_audit.language.pipeline import build, needs_spacy, pipes_needed
from empathy_audit.language.reader import Reader
from empathy_audit.model.rubric import Dependency, Pattern, Tokens

from tests.build import transcript
from tests.rubrics import DESK, marker, rubric

LEXICAL = Tokens(({"LOWER": "so"}, {"IS_ALPHA": True, "OP": "+"}))
LEMMA = Tokens(({"LEMMA": "apologise"},))
NESTED = Tokens(({"TEXT": {"REGEX": "^w"}}, {"POS": {"IN": ["ADJ"]}}))
CALLS = Dependency(
    (
        {"RIGHT_ID": "verb", "RIGHT_ATTRS": {"LEMMA": "call"}},
        {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "who", "RIGHT_ATTRS": {"DEP": "nsubj", "LOWER": "i"}},
    )
)


@pytest.mark.parametrize(
    ("pattern", "pipes"),
    [
        ("words", ()),
        (LEXICAL, ()),
        (LEMMA, ("attribute_ruler", "lemmatizer", "tagger", "tok2vec")),
        (NESTED, ("attribute_ruler", "tagger", "tok2vec")),
        (Tokens(({"TAG": "VBD"},)), ("tagger", "tok2vec")),
        (Tokens(({"ENT_TYPE": "DATE"},)), ("ner",)),
        (CALLS, ("attribute_ruler", "lemmatizer", "parser", "tagger", "tok2vec")),
    ],
)
def test_pipes_that_a_pattern_needs(pattern: str | Pattern, pipes: tuple[str, ...]) -> None:
    assert pipes_needed(marker("m", pattern, tag="t")) == pipes


def test_spacy_is_needed_for_structures_alone() -> None:
    assert not needs_spacy(DESK.entries)
    assert needs_spacy([*DESK.entries, marker("m", LEXICAL, tag="t")])


def test_a_rubric_of_words_never_imports_spacy() -> None:
    program = (
        "import sys; from tests.rubrics import DESK; from empathy_audit.language.reader import Reader; Reader(DESK);"
        "print('spacy' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout == "False\n"


def test_lexical_patterns_get_the_blank_pipeline() -> None:
    assert build("en", [marker("m", LEXICAL, tag="t")]).pipe_names == []


@pytest.mark.parametrize(
    ("pattern", "pipes"),
    [
        (NESTED, ["tok2vec", "tagger", "attribute_ruler"]),
        (CALLS, ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"]),
        (Tokens(({"ENT_TYPE": "DATE"},)), ["ner"]),
    ],
)
def test_the_model_is_loaded_with_the_pipes_that_are_needed(pattern: Pattern, pipes: list[str]) -> None:
    assert build("en", [marker("m", pattern, tag="t")]).pipe_names == pipes


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        (LEMMA, "We apologised to you.", ["apologised"]),
        (LEMMA, "We thanked you.", []),
        (NESTED, "what wonderful news", ["what wonderful"]),
        (CALLS, "Tomorrow I will call you.", ["I will call"]),
        (CALLS, "Tomorrow you can call me.", []),
    ],
)
def test_what_trained_pipes_find(pattern: Pattern, text: str, words: list[str]) -> None:
    reader = Reader(rubric(markers=[marker("m", pattern, tag="t")]))
    (reading,) = reader.read(transcript(f"agent: {text}"))
    assert [text[h.start : h.end] for h in reading.hits] == words


@pytest.mark.parametrize("pattern", [LEMMA, CALLS])
def test_without_the_model_the_entry_the_need_and_the_command_are_named(
    pattern: Pattern, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(name: str) -> bool:
        return False

    monkeypatch.setattr(spacy.util, "is_package", nothing)
    with pytest.raises(MissingPackageError) as raised:
        Reader(rubric(markers=[marker("plain", LEXICAL, tag="t"), marker("deep", pattern, tag="t")]))
    message = str(raised.value)
    assert "entry 'deep' needs attribute_ruler, lemmatizer" in message
    assert "python -m spacy download en_core_web_sm" in message
    assert "plain" not in message


def test_without_the_model_lexical_patterns_still_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(name: str) -> bool:
        return False

    monkeypatch.setattr(spacy.util, "is_package", nothing)
    reader = Reader(rubric(markers=[marker("m", LEXICAL, tag="t")]))
    (reading,) = reader.read(transcript("agent: so very late"))
    assert {h.entry for h in reading.hits} == {"m"}


def test_the_whole_model_is_taken_where_it_is_installed_under_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def note(name: str, **_: Any) -> Any:
        asked.append(name)
        return spacy.blank("en")

    def all_there(name: str) -> bool:
        return True

    monkeypatch.setattr(spacy.util, "is_package", all_there)
    monkeypatch.setattr(spacy, "load", note)
    build("en", [marker("m", LEMMA, tag="t")])
    assert asked == ["en_core_web_sm"]
