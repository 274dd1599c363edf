"""The weights file: what is refused, that it comes back as it was written, and how it turns words into probabilities."""

from __future__ import annotations

import hashlib
import json
import math
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from empathy_audit.errors import InputError
from empathy_audit.language.segmented import SegmentedTurn, segmented
from empathy_audit.signals import shipped
from empathy_audit.signals.document import MAGIC, from_bytes, to_bytes
from empathy_audit.signals.model import Reason, SignalModel
from hypothesis import given
from hypothesis import strategies as st

from tests.signals.build import document, weights

MADE = document(
    agent={"open-question": {"what": 3.0, "is": -0.5}, "ownership": {"call": 2.0}}, customer={"trouble": {"lost": 2.5}}
)
GOOD = to_bytes(MADE)
BODY = zlib.decompress(GOOD[len(MAGIC) :])


def packed(body: bytes) -> bytes:
    return MAGIC + zlib.compress(body)


def with_head(change: Callable[[dict[str, object]], object]) -> bytes:
    line, _, rest = BODY.partition(b"\n")
    head = json.loads(line)
    change(head)
    return packed(json.dumps(head).encode() + b"\n" + rest)


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"\x80\x04pickle", MAGIC[:-1], MAGIC.replace(b"2", b"1") + GOOD[len(MAGIC) :]])
def test_what_is_no_signals_file_says_so(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        from_bytes(data, "a.signals")
    assert str(caught.value) == (
        "a.signals: this is no signals file of this version; expected one that `empathy-audit train-signals` wrote"
    )


BROKEN = {
    "nothing behind the magic": MAGIC,
    "not compressed": MAGIC + BODY,
    "truncated zlib": GOOD[:-20],
    "truncated by one byte": GOOD[:-1],
    "a bit turned": GOOD[:60] + bytes([GOOD[60] ^ 4]) + GOOD[61:],
    "no head": packed(b"[]\n"),
    "a head without lines behind it": packed(BODY.partition(b"\n")[0]),
    "head is no JSON": packed(b"{" + BODY),
    "head lacks heads": with_head(lambda head: head.pop("heads")),
    "head lacks rules": with_head(lambda head: head.pop("rules")),
    "head lacks about": with_head(lambda head: head.pop("about")),
    "more words than there are": with_head(lambda head: head.update(words=10_000_000)),
    "fewer than no words": with_head(lambda head: head.update(words=-5)),
    "words is a text": with_head(lambda head: head.update(words="many")),
    "more numbers than bytes": with_head(lambda head: head["arrays"].update({"echo": [9999]})),  # type: ignore[attr-defined]
    "fewer than no numbers": with_head(lambda head: head["arrays"].update({"echo": [-1]})),  # type: ignore[attr-defined]
    "an array is missing": with_head(lambda head: head["arrays"].pop("agent table")),  # type: ignore[attr-defined]
    "another shape": with_head(lambda head: head["arrays"].update({"words": [3, 4]})),  # type: ignore[attr-defined]
    "a class is missing": to_bytes(
        replace(MADE, network=replace(MADE.network, classes=MADE.network.classes[:-1])),
    ),
    "bytes left over": packed(BODY + b"\0\0"),
    "labels without weights": with_head(lambda head: head["heads"]["customer"]["labels"].append("joy")),  # type: ignore[index]
    "a scale too few": with_head(lambda head: head["heads"]["agent"]["scales"].pop()),  # type: ignore[index]
    "a scale that is no number": with_head(lambda head: head["heads"]["agent"].update(scales=[float("inf"), 1.0])),  # type: ignore[index]
    "heads is a list": with_head(lambda head: head.update(heads=["agent"])),
    "words are no UTF-8": packed(BODY.replace(b"what", b"wh\xff\xff")),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_a_damaged_file_is_told_as_one(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^a\.signals: the signals file is damaged \(.+\); fetch or train it again$"):
        SignalModel(data, "a.signals")


@given(st.binary(max_size=200))
def test_no_bytes_give_anything_but_a_model_or_an_input_error(data: bytes) -> None:
    with pytest.raises(InputError):
        from_bytes(data, "x")
    with pytest.raises(InputError):
        from_bytes(MAGIC + data, "x")
    with pytest.raises(InputError):
        from_bytes(packed(data), "x")


def test_what_unpacks_without_end_is_refused() -> None:
    bomb = packed(b'{"words": 0, "rules": [], "about": {}, "roles": {}}\n' + bytes(70 << 20))
    assert len(bomb) < 100_000
    with pytest.raises(InputError, match="damaged"):
        from_bytes(bomb, "x")


# --- there and back --------------------------------------------------------------------------------------------------


def test_a_document_comes_back_as_it_was() -> None:
    written = document(agent={"open-question": {"what": 3.0}}, customer={"trouble": {"lost": 2.5, "né": -1}})
    read = from_bytes(to_bytes(written), "x")
    assert (read.words, read.rules, read.about) == (written.words, written.rules, written.about)
    for name in ("words", "classes", "echo"):
        assert getattr(read.network, name).tolist() == getattr(written.network, name).tolist()
    for name in ("first", "second"):
        there, back = getattr(written.network, name), getattr(read.network, name)
        for part in ("weights", "bias", "scale"):
            assert getattr(back, part).tolist() == getattr(there, part).tolist()
    assert list(read.network.heads) == list(written.network.heads)
    for side, there in written.network.heads.items():
        back = read.network.heads[side]
        assert (back.labels, back.scales) == (there.labels, there.scales)
        assert (back.table.tolist(), back.biases.tolist()) == (there.table.tolist(), there.biases.tolist())


def test_the_same_document_gives_the_same_bytes() -> None:
    assert to_bytes(from_bytes(GOOD, "x")) == GOOD
    data = shipped.WEIGHTS.read_bytes()
    assert to_bytes(from_bytes(data, "x")) == data


# --- probabilities ---------------------------------------------------------------------------------------------------

TURNS: list[SegmentedTurn | None] = [
    segmented("customer", "it is lost. lost and lost"),
    None,
    segmented("agent", "What is it? I call you. Fine."),
    segmented("agent", ""),
]
NONE = [[[] for _ in (turn.segments if turn else ())] for turn in TURNS]


def chance(odds: float) -> float:
    return round(1 / (1 + math.exp(-odds)), 3)


def test_every_segment_has_a_probability_for_each_label() -> None:
    model = SignalModel(GOOD, "x")
    assert model.id == hashlib.sha256(GOOD).hexdigest()[:12]
    assert (model.labels("agent"), model.labels("customer"), model.labels("bot")) == (
        ("open-question", "ownership"),
        ("trouble",),
        (),
    )
    assert model.probabilities(TURNS, NONE) == [
        [[chance(1.5)], [chance(1.5)]],
        [],
        [[chance(1.5), chance(-1)], [chance(-1), chance(1)], [chance(-1), chance(-1)]],
        [],
    ]


def with_rule() -> bytes:
    rules = ("commits", "~commits")
    return weights(agent={"ownership": {"commits": 2.0, "~commits": 0.64, "one": 1.0}}, rules=rules)


def test_rules_are_inputs_and_unknown_ones_are_passed_over() -> None:
    model = SignalModel(with_rule(), "x")
    turns: list[SegmentedTurn | None] = [segmented("agent", "One. Two. Three.")]
    fired = [[["commits", "commits", "unheard-of"], ["~commits"], []]]
    assert model.probabilities(turns, fired) == [[[chance(2)], [chance(-0.36)], [chance(-1)]]]
    assert model.reasons(turns, fired, 0, 0, "ownership") == [Reason("rule commits", 2.0), Reason('"one"', 1.0)]
    assert model.reasons(turns, fired, 0, 1, "ownership") == [Reason("rule ~commits", 0.64)]
    assert model.reasons(turns, fired, 0, 2, "ownership") == []


def test_a_conversation_is_read_alike_whoever_was_read_before() -> None:
    model = shipped.load()
    alone = model.probabilities(TURNS, NONE)
    for text in ("Completely different words", "İı ﬁ \x00", "lost? lost! what"):
        model.probabilities([segmented("agent", text), segmented("customer", text)], [[[]] * 9, [[]] * 9])
    assert model.probabilities(TURNS, NONE) == alone


# --- reasons ---------------------------------------------------------------------------------------------------------


def test_reasons_go_from_for_to_against() -> None:
    assert SignalModel(GOOD, "x").reasons(TURNS, NONE, 2, 0, "open-question") == [
        Reason('"what"', 3.0),
        Reason('"is"', -0.5),
    ]


def test_a_words_share_is_what_goes_without_it() -> None:
    # "lost" stands there twice, and the other one still says it.
    assert SignalModel(GOOD, "x").reasons(TURNS, NONE, 0, 1, "trouble") == []
    assert SignalModel(GOOD, "x").reasons(TURNS, NONE, 0, 0, "trouble") == [Reason('"lost"', 2.5)]


def test_nobody_speaks_no_reasons() -> None:
    assert SignalModel(GOOD, "x").reasons(TURNS, NONE, 1, 0, "trouble") == []


@pytest.mark.parametrize("label", ["reflective-response", "emotional-acknowledgement", "closed-question"])
def test_what_the_shipped_weights_go_by_is_told(label: str) -> None:
    model = shipped.load()
    turns: list[SegmentedTurn | None] = [
        segmented("customer", "My parcel was lost and I am so upset!"),
        segmented("agent", "Sorry. So your parcel never came, and you are upset. Is that right?"),
    ]
    fired = [[[]], [["apology-formula"], ["names-the-feeling"], []]]
    told = model.reasons(turns, fired, 1, 1, label)
    words = [reason.words for reason in told]
    assert "rule names-the-feeling" in words
    assert {'"parcel"', '"upset"', "[what was said before]", "[the rest of the turn]", "[you, telling]"} <= {*words}
    assert [r.log_odds for r in told] == sorted((r.log_odds for r in told), reverse=True)


# --- the shipped ones ------------------------------------------------------------------------------------------------


def test_the_shipped_weights_are_those_of_their_hash_and_small() -> None:
    card = json.loads(shipped.WEIGHTS.with_suffix(".json").read_text("utf-8"))
    data = shipped.WEIGHTS.read_bytes()
    assert card["sha256"] == hashlib.sha256(data).hexdigest()
    assert len(data) < 4_000_000
    assert shipped.load().id == card["sha256"][:12]
    assert {key: card[key] for key in card if key != "sha256"} == dict(shipped.load().document.about)


def test_weights_that_their_hash_does_not_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "ours.signals"
    path.write_bytes(GOOD)
    assert shipped.load(path).labels("customer") == ("trouble",)
    path.with_suffix(".json").write_text(json.dumps({"sha256": "0" * 64}), "utf-8")
    with pytest.raises(InputError) as caught:
        shipped.load(path)
    assert str(caught.value) == (
        "ours.signals: the signals are not the ones that ours.json names by sha256; install the package or train them again"
    )


@pytest.mark.parametrize("card", ["", "[]", "{}", "{", "\xff", '{"sha256": 1}'])
def test_a_hash_that_cannot_be_read_is_no_reason_to_believe_the_weights(tmp_path: Path, card: str) -> None:
    path = tmp_path / "ours.signals"
    path.write_bytes(GOOD)
    path.with_suffix(".json").write_bytes(card.encode("latin-1"))
    with pytest.raises(InputError, match=r"^ours\.signals: "):
        shipped.load(path)


@pytest.mark.parametrize("name", ["none.signals", "."])
def test_weights_that_cannot_be_read_are_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot read the signals"):
        shipped.load(tmp_path / name)


def test_the_model_card_is_that_of_the_shipped_weights() -> None:
    card = (Path(__file__).parent.parent.parent / "training" / "model-card.md").read_text("utf-8")
    told = json.loads(shipped.WEIGHTS.with_suffix(".json").read_text("utf-8"))
    missing = [sha256 for sha256 in (told["sha256"], *told["sources"].values()) if f"`{sha256}`" not in card]
    assert missing == [], "run `python training/card.py` after the last training"
