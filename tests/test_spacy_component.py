"""The component in plain pipelines of spaCy: what it refuses, what it finds, and that it travels."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import spacy
from empathy_audit import Auditor, Transcript, Turn, load_rubric
from empathy_audit.errors import InputError, RubricError
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from tests.documents import blocks, names, table

SMALL = str(Path(__file__).parent / "cli" / "small.yaml")
TEXT = "Right. That must be upsetting, but please calm down. That must be upsetting!"


def pipeline(**config: Any) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("empathy_audit", config={"rubric": SMALL, **config})
    return nlp


def found(doc: Doc, key: str = "empathy") -> list[tuple[str, str, str]]:
    return [(span.text, span.label_, span.id_) for span in doc.spans[key]]


NLP = pipeline()

# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "config", [{"role": "bot"}, {"rubric": 3}, {"spans_key": None}, {"signals": 1}, {"unheard-of": 1}]
)
def test_settings_that_cannot_be_are_refused_by_spacy(config: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"Config (?:validation )?error"):
        pipeline(**config)


def test_a_rubric_that_is_none_is_refused() -> None:
    with pytest.raises(RubricError, match="unknown rubric 'nope'"):
        pipeline(rubric="nope")


def test_signals_that_are_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.signals: cannot read the signals"):
        pipeline(rubric="empathy", signals=str(tmp_path / "none.signals"))


def test_a_pipeline_for_another_language_is_refused() -> None:
    with pytest.raises(InputError, match="the rubric small is for 'en', the pipeline for 'de'"):
        spacy.blank("de").add_pipe("empathy_audit", config={"rubric": SMALL})


def test_a_pipeline_for_many_languages_will_do() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("empathy_audit", config={"rubric": SMALL})
    doc = nlp("calm down")
    assert found(doc) == [("calm down", "counter-empathy", "calm-down")]


# --- what is found ---------------------------------------------------------------------------------------------------


def test_the_whole_group_of_an_agents_turn() -> None:
    doc = NLP(TEXT)
    assert found(doc) == [
        ("That must be upsetting", "emotional-acknowledgement", "names-the-feeling"),
        ("calm down", "counter-empathy", "calm-down"),
        ("That must be upsetting", "emotional-acknowledgement", "names-the-feeling"),
    ]
    assert [span.start_char for span in doc.spans["empathy"]] == [7, 42, 53]
    assert doc.spans["empathy"].attrs == {"scores": [0.9, 0.8, 0.9]}


def test_a_customers_turn_has_its_cues() -> None:
    nlp = pipeline(role="customer", spans_key="cues")
    doc = nlp("I am furious. Furious!")
    assert found(doc, "cues") == [("furious", "anger", "says-furious"), ("Furious", "anger", "says-furious")]
    assert "empathy" not in doc.spans


def test_tags_are_those_of_an_audit() -> None:
    text = "I can see why you're upset about it. I'll call you back tomorrow at nine. What happened after that?"
    nlp = spacy.blank("en")
    nlp.add_pipe("empathy_audit")
    doc = nlp(text)
    audited = Auditor(load_rubric()).audit(Transcript("doc", (Turn("agent", text),))).turns[0].tags
    assert {(tag.tag, tag.marker) for tag in audited} == {(label, id_) for _, label, id_ in found(doc)}
    assert len(audited) > 3


def test_a_group_that_was_there_is_replaced() -> None:
    doc = spacy.blank("en").make_doc("calm down")
    doc.spans["empathy"] = [doc[0:1]]
    assert found(NLP.get_pipe("empathy_audit")(doc)) == [("calm down", "counter-empathy", "calm-down")]


def test_words_within_a_token_take_the_whole_token() -> None:
    doc = NLP("please calm downright")
    assert found(doc) == []
    glued = Doc(NLP.vocab, words=["calm", "down-please"])
    assert found(NLP.get_pipe("empathy_audit")(glued)) == [("calm down-please", "counter-empathy", "calm-down")]


@given(st.text(max_size=60))
def test_any_text_has_a_group_and_stays_as_it_is(text: str) -> None:
    doc = NLP(text)
    assert doc.text == text
    assert len(doc.spans["empathy"].attrs["scores"]) == len(doc.spans["empathy"])


# --- that it travels -------------------------------------------------------------------------------------------------


def test_spacy_finds_it_by_its_entry_point() -> None:
    (point,) = entry_points(group="spacy_factories", name="empathy_audit")
    assert point.value == "empathy_audit.spacy_component:create"
    program = "import spacy; print(spacy.blank('en').add_pipe('empathy_audit').rubric.id)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (ended.returncode, ended.stdout) == (0, "empathy\n"), ended.stderr


@pytest.mark.parametrize("processes", [1, 2])
def test_pipe_gives_what_calls_give(processes: int) -> None:
    texts = [TEXT, "", "calm down", "nothing here"] * 3
    piped = [found(doc) for doc in NLP.pipe(texts, n_process=processes, batch_size=2)]
    alone = []
    for text in texts:
        doc = NLP(text)
        alone.append(found(doc))
    assert piped == alone


def test_a_pipeline_travels_by_its_settings(tmp_path: Path) -> None:
    nlp = pipeline(spans_key="ours")
    nlp.to_disk(tmp_path)
    assert nlp.config["components"] == {
        "empathy_audit": {
            "factory": "empathy_audit",
            "rubric": SMALL,
            "role": "agent",
            "spans_key": "ours",
            "signals": None,
        }
    }
    assert not (tmp_path / "empathy_audit").exists()
    for other in (spacy.load(tmp_path), type(nlp).from_config(nlp.config).from_bytes(nlp.to_bytes())):
        doc = other("calm down")
        assert found(doc, "ours") == [("calm down", "counter-empathy", "calm-down")]


def test_a_doc_travels_with_its_spans() -> None:
    doc = NLP(TEXT)
    (home,) = DocBin().from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(NLP.vocab)
    assert found(home) == found(doc)
    assert home.spans["empathy"].attrs == doc.spans["empathy"].attrs


# --- its page --------------------------------------------------------------------------------------------------------


def test_the_programs_of_its_page_print_what_it_says(tmp_path: Path) -> None:
    shown = blocks("docs/spacy.md")
    programs = [block.text for block in shown if "program" in block.marks]
    prints = [block.text for block in shown if "prints" in block.marks]
    assert len(programs) == len(prints) == 2
    for program, output in zip(programs, prints, strict=True):
        ended = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True)
        assert (ended.returncode, ended.stdout) == (0, output), ended.stderr


def test_the_settings_of_its_page_are_the_factorys() -> None:
    given = Language.get_factory_meta("empathy_audit").default_config
    shown = {names(row[0])[0]: names(row[1])[0].strip('"') for row in table("docs/spacy.md", "settings")}
    assert shown == {name: str(value) for name, value in given.items()}
