"""Learning: too little is refused with numbers, the same input gives the same bytes, and what was learned is right."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from empathy_audit.cli import main
from empathy_audit.errors import InputError
from empathy_audit.language.segmented import SegmentedTurn, segmented
from empathy_audit.signals.corpus import LabelledConversation, parse
from empathy_audit.signals.document import to_bytes
from empathy_audit.signals.learning import Settings
from empathy_audit.signals.model import SignalModel
from empathy_audit.signals.training import TARGETS, enough, samples_of, train, words_of

from tests.rubrics import DESK

THINGS = ("parcel", "refund", "invoice", "card", "router", "ticket", "order", "bill")
TEXT = "".join(
    f"""\
@ t-{n} | retail | chat | en-GB | made for tests
C{1 + n % 2} {("frustration", "anger")[n % 2]} | my {thing} never came {{1}} | {("so annoying", "I am furious")[n % 2]} {{2}}
A ask | What happened to the {thing}? {{OQ}} | Is it number {n}? {{CQ}}
C0 none | number {n}
A - | Thank you for writing to us.
"""
    for n, thing in enumerate(THINGS * 2)
)
TINY = tuple(parse(TEXT, "tiny.txt"))
SIZES = {"agent": 3, "customer": 2}
"""How many segments each side has in the first of them."""
SETTINGS = Settings(epochs=60, batch_tokens=120, rate=0.01, word_dropout=0.1, dropout=0.1)


def trained() -> bytes:
    return to_bytes(train(TINY, DESK, SETTINGS, {"made": "for tests"}))


# --- what is refused -------------------------------------------------------------------------------------------------


def test_too_little_is_refused_with_the_numbers_it_needs() -> None:
    with pytest.raises(InputError) as caught:
        enough(TINY)
    assert str(caught.value) == (
        "too little to learn from: closed-question has 16 labelled segments and needs 40; "
        "open-question has 16 labelled segments and needs 40"
    )
    enough(TINY, least=16)


@pytest.mark.parametrize("talks", [(), (LabelledConversation("a", "x", "chat", "en", ()),)])
def test_nothing_is_too_little(talks: tuple[LabelledConversation, ...]) -> None:
    with pytest.raises(InputError, match=r"^too little to learn from: no labelled segment at all$"):
        enough(talks)


# --- what is learned -------------------------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_bytes() -> None:
    first = trained()
    assert trained() == first
    program = "import hashlib; from tests.signals.test_training import trained; print(hashlib.sha256(trained()).hexdigest()[:12])"
    for seed in ("0", "77"):
        ended = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, env={"PYTHONHASHSEED": seed}
        )
        assert (ended.returncode, ended.stdout) == (0, f"{SignalModel(first, 'x').id}\n"), ended.stderr


def test_labels_that_nobody_has_are_left_out() -> None:
    model = SignalModel(trained(), "x")
    assert model.labels("agent") == ("open-question", "closed-question", "question", "exploring")
    assert model.labels("customer") == ("trouble", "feeling", "anger", "frustration")
    assert model.document.about == {"made": "for tests", "conversations": 16}


def test_what_was_learned_is_right_on_words_that_were_not_there() -> None:
    model = SignalModel(trained(), "x")
    turns: list[SegmentedTurn | None] = [
        segmented("customer", "my zebra never came"),
        segmented("agent", "What happened to the zebra? Is it number 99? Thank you for writing to us."),
    ]
    customer, agent, later = model.probabilities(
        [*turns, segmented("customer", "number 99")], [[[]], [[], [], []], [[]]]
    )
    assert [row[0] > 0.5 for row in (*customer, *later)] == [True, False]
    assert [row[0] > 0.5 for row in agent] == [True, False, False]
    assert [row[1] > 0.5 for row in agent] == [False, True, False]


def test_rules_of_the_rubric_are_inputs() -> None:
    ((sample, rows),) = samples_of(TINY[1:2], words_of(TINY, 2), DESK)
    model = SignalModel(trained(), "x")
    assert "asks-openly" in model.document.rules
    assert any(r.words == "rule furious" for r in reasons_of_the_furious(model))
    assert [sorted(row.codes) for row in rows if row.turn in (1, 3)] == [["OQ"], ["CQ"], []]
    assert sample.wanted["agent"].shape == (3, len(TARGETS["agent"]))
    assert sample.rules.shape == (len(rows), len(model.document.rules))


def reasons_of_the_furious(model: SignalModel) -> list:  # type: ignore[type-arg]
    turns: list[SegmentedTurn | None] = [segmented("customer", "I am furious")]
    return model.reasons(turns, [[["furious"]]], 0, 0, "anger")


def test_a_conversation_that_weighs_more_changes_what_is_learned() -> None:
    from dataclasses import replace

    heavy = (replace(TINY[0], weight=30.0), *TINY[1:])
    assert to_bytes(train(heavy, DESK, SETTINGS, {"made": "for tests"})) != trained()


def test_what_is_taught_stands_beside_what_people_said() -> None:
    from dataclasses import replace

    import numpy as np

    taught = {side: np.full((n, len(TARGETS[side])), 0.5, np.float32) for side, n in SIZES.items()}
    words = words_of(TINY, 2)
    ((people, _),) = samples_of(TINY[:1], words, DESK)
    ((both, _),) = samples_of([replace(TINY[0], taught=taught)], words, DESK)
    ((alone, _),) = samples_of([replace(TINY[0], taught=taught, read=False)], words, DESK)
    for side in TARGETS:
        known = people.wanted[side] >= 0
        assert (both.wanted[side][known] == (people.wanted[side][known] + 0.5) / 2).all()
        assert (both.wanted[side][~known] == -1).all()
        assert (alone.wanted[side] == 0.5).all()
    with pytest.raises(InputError, match="3 segments and 2 that were taught"):
        samples_of([replace(TINY[0], taught={"agent": taught["agent"][:2]})], words, DESK)


def test_every_label_of_the_shipped_weights_has_a_target() -> None:
    from empathy_audit.signals import shipped

    model = shipped.load()
    assert {role: set(model.labels(role)) for role in TARGETS} == {role: set(TARGETS[role]) for role in TARGETS}


# --- the command -----------------------------------------------------------------------------------------------------


def command(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["train-signals", *arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A table with just enough: 40 turns of two tags, and 40 without."""
    rows = [
        f"{n},agent,{text.format(thing)},{tag}"
        for n, thing in enumerate(THINGS * 5)
        for text, tag in (("What happened to the {}?", "OQ"), ("Is the {} here?", "CQ"), ("The {} is here.", ""))
    ]
    path = tmp_path / "own.csv"
    path.write_text("\n".join(("conversation,role,text,tags", *rows)) + "\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "nothing to learn from; give --corpus DIR or --labels CSV"),
        (
            ("--labels", "{here}/few.csv"),
            "error: too little to learn from: open-question has 1 labelled segments and ne",
        ),
        (("--labels", "{here}/own.csv", "--extra", "{here}"), "--extra needs --extra-labels DIR, or a --corpus"),
        (("--corpus", "{here}"), "holds no corpus file; expected .txt files as training/README.md shows them"),
        (("--labels", "{here}/none.csv"), "none.csv' does not exist"),
    ],
)
def test_a_command_that_cannot_be_is_told(
    own: Path, capfd: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    here = own.parent
    (here / "few.csv").write_text("conversation,role,text,tags\n1,agent,What happened?,OQ\n", "utf-8")
    out = here / "out.signals"
    assert command(*(a.format(here=here) for a in arguments), "-o", str(out)) == 2
    assert told in capfd.readouterr().err
    assert not out.exists()


def test_a_team_trains_its_own_and_reads_by_them(own: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from empathy_audit.signals import shipped

    out = own.parent / "own.signals"
    assert command("--labels", str(own), "-o", str(out), "--epochs", "12") == 0
    assert "own.signals: 0.0 MB from 40 conversations, 120 turns; " in capfd.readouterr().err
    model = shipped.load(out)
    assert model.labels("agent") == ("open-question", "closed-question", "question")
    card = json.loads(out.with_suffix(".json").read_text("utf-8"))
    assert (card["conversations"], card["epochs"], list(card["sources"])) == (40, 12, ["own.csv"])
    first = out.read_bytes()
    assert command("--labels", str(own), "-o", str(out), "--epochs", "12") == 0
    assert out.read_bytes() == first
