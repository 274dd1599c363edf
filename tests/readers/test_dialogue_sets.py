"""Public sets of dialogues: ABCD, Taskmaster, Schema-Guided Dialogue and MultiWOZ 2.2."""

from __future__ import annotations

import json
from typing import Any

import pytest
from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, lines, outcomes, reading, said, short

ABCD: dict[str, Any] = {
    "convo_id": 3592,
    "scenario": {"personal": {"customer_name": "x"}, "flow": "product_defect", "subflow": "return_size"},
    "original": [["customer", "It broke."], ["agent", "Oh no!"], ["action", "Account has been pulled up."]],
    "delexed": [{"speaker": "customer", "text": "it broke."}, {"speaker": "agent", "text": "oh no!"}],
}
TASKMASTER: dict[str, Any] = {
    "conversation_id": "dlg-1",
    "instruction_id": "table-2",
    "utterances": [
        {"index": 1, "speaker": "ASSISTANT", "text": "For when?", "segments": []},
        {"index": 0, "speaker": "USER", "text": "A table, please."},
    ],
}
SGD: dict[str, Any] = {
    "dialogue_id": "1_00000",
    "services": ["Restaurants_2"],
    "turns": [
        {"speaker": "USER", "utterance": "A table, please.", "frames": [], "turn_id": "0"},
        {"speaker": "SYSTEM", "utterance": "For when?", "frames": [], "turn_id": "1"},
        {"speaker": "SYSTEM", "utterance": "", "frames": []},
    ],
}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("abcd", "no conversation; expected an object with convo_id and original turns"),
        ("taskmaster", "no utterances; expected a list of objects with speaker and text"),
        ("sgd", "no turns; expected a list of objects with speaker and utterance"),
    ],
)
def test_other_objects_are_told(name: str, message: str) -> None:
    assert failed('[{"a": 1}]', "d.json", format=name) == ("d.json#/0", "malformed", message)


def test_abcd_reads_the_original_and_leaves_the_screen_out() -> None:
    found = reading(json.dumps([ABCD]), "d.json")
    assert list(found) == [
        Transcript(
            id="3592",
            turns=(
                Turn("customer", "It broke.", source=("#/0/original/0",)),
                Turn("agent", "Oh no!", source=("#/0/original/1",)),
            ),
            source="d.json#/0",
            format="abcd",
            channel="chat",
            meta={"flow": "product_defect", "subflow": "return_size"},
        )
    ]
    assert found.counts.left_out == {"events": 1}


def test_abcd_in_parts_and_without_the_original() -> None:
    parts = {"train": [ABCD], "dev": [{**ABCD, "convo_id": 7, "original": None}], "test": [{"convo_id": 8}]}
    first, second, third = outcomes(json.dumps(parts), "d.json")
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert (first.source, first.turns[0].source) == ("d.json#/train/0", ("#/train/0/original/0",))
    assert (second.id, second.turns[1]) == ("7", Turn("agent", "oh no!", source=("#/dev/0/delexed/1",)))
    assert third.source == "d.json#/test/0"


def test_taskmaster_by_index_and_with_small_speakers() -> None:
    small = {**TASKMASTER, "conversation_id": "dlg-2", "vertical": "Movies", "instruction_id": None}
    small["utterances"] = [{**u, "speaker": u["speaker"].lower()} for u in TASKMASTER["utterances"]]
    first, second = outcomes(lines([TASKMASTER, small]), "d.jsonl")
    assert first == Transcript(
        id="dlg-1",
        turns=(
            Turn("customer", "A table, please.", source=("#/utterances/1",)),
            Turn("agent", "For when?", source=("#/utterances/0",)),
        ),
        source="d.jsonl:1",
        format="taskmaster",
        meta={"instruction_id": "table-2"},
    )
    assert isinstance(second, Transcript)
    assert short(second) == short(first)
    assert (second.id, second.meta) == ("dlg-2", {"vertical": "Movies"})


def test_sgd_system_is_the_agent() -> None:
    found = reading(json.dumps([SGD]), "d.json")
    assert list(found) == [
        Transcript(
            id="1_00000",
            turns=(
                Turn("customer", "A table, please.", source=("#/0/turns/0",)),
                Turn("agent", "For when?", source=("#/0/turns/1",)),
            ),
            source="d.json#/0",
            format="sgd",
            meta={"services": ["Restaurants_2"]},
        )
    ]
    assert found.counts.left_out == {"empty turns": 1}


def test_a_speaker_that_is_not_known_stays_unknown() -> None:
    several = [*SGD["turns"], {"speaker": "WIZARD", "utterance": "Hm."}]
    assert said(json.dumps({**SGD, "turns": several}), "d.json")[-1] == ("unknown", "WIZARD", "Hm.")
    more = [*TASKMASTER["utterances"], {"index": 2, "speaker": "WIZARD", "text": "Hm."}]
    content = json.dumps({**TASKMASTER, "utterances": more})
    assert said(content, "d.json", format="taskmaster")[-1] == ("unknown", "WIZARD", "Hm.")
    assert said(json.dumps({**ABCD, "original": [*ABCD["original"], ["wizard", "Hm."]]}), "d.json")[-1] == (
        "unknown",
        "wizard",
        "Hm.",
    )
