"""Variants of labelled turns: the same for the same input, of the turns of both sides, and never more than words of near meaning."""

from __future__ import annotations

import numpy as np
import pytest
from empathy_audit.signals.corpus import LabelledConversation, LabelledTurn
from empathy_audit.signals.recipe import REAL, UNREAD, TrainingSet
from empathy_audit.signals.variants import MARK, NEAREST, OF_AGENTS, OF_CUSTOMERS, Neighbours, variants_of
from empathy_audit.signals.vectors import Vectors

WORDS = ("broken", "cracked", "happy", "parcel")
VECTORS = Vectors(WORDS, np.array([[100, 1], [98, 5], [-60, 80], [3, -120]], np.int8), "made by hand")
TALK = LabelledConversation(
    "a-1",
    "retail",
    "chat",
    "en-GB",
    (
        LabelledTurn("agent", "Hello there."),
        LabelledTurn("bot", "You are in the queue."),
        LabelledTurn("customer", "My parcel is broken. The vase inside is broken too, and it was for Friday!"),
    ),
)


def made(*talks: LabelledConversation, seed: int = 0) -> TrainingSet:
    return variants_of(TrainingSet(talks, {"corpus": "x"}), VECTORS, seed)


def test_neighbours_are_near_and_never_the_word_itself() -> None:
    near = Neighbours(VECTORS)
    assert near.of("broken") == ("cracked",)
    assert near.of("parcel") == ()
    assert near.of("unheard") == ()


def test_a_word_has_no_more_neighbours_than_asked_for() -> None:
    many = Vectors(tuple(f"w{n}" for n in range(40)), np.full((40, 2), 50, np.int8), "all alike")
    assert len(Neighbours(many).of("w3")) in (NEAREST, NEAREST + 1)


def test_every_spoken_turn_has_variants_with_what_was_said_before_it() -> None:
    found = made(TALK)
    assert list(found.sources) == ["corpus variants"]
    ends = [talk.turns[-1].role for talk in found.conversations]
    assert ends.count("agent") == OF_AGENTS
    assert ends.count("customer") == OF_CUSTOMERS
    for talk in found.conversations:
        assert (talk.read, talk.weight, talk.channel) == (False, UNREAD, "chat")
        assert talk.id.partition(MARK)[0] == "a-1"
        if talk.turns[-1].role == "customer":
            assert [turn.text for turn in talk.turns[:-1]] == ["Hello there."]
    assert len({talk.id for talk in found.conversations}) == len(found.conversations)


def test_a_real_turn_has_twice_as_many() -> None:
    real = LabelledConversation("r", "x", "social", "unknown", TALK.turns, REAL)
    assert len(made(real).conversations) == 2 * len(made(TALK).conversations)


def test_the_same_seed_gives_the_same_texts_and_another_gives_others() -> None:
    talks = [LabelledConversation(f"t{n}", "x", "chat", "en", TALK.turns) for n in range(30)]
    assert made(*talks) == made(*talks)
    assert made(*talks).sources != made(*talks, seed=1).sources


def test_words_change_places_with_their_neighbours_alone() -> None:
    talks = [LabelledConversation(f"t{n}", "x", "chat", "en", TALK.turns) for n in range(60)]
    said = {w.strip(".,!").lower() for t in made(*talks).conversations for w in t.turns[-1].text.split()}
    own = {w.strip(".,!").lower() for t in TALK.turns for w in t.text.split()}
    assert "cracked" in said
    assert said - own - {""} == {"cracked"}


@pytest.mark.parametrize("text", ["", "   ", "?!"])
def test_a_turn_without_words_is_no_trouble(text: str) -> None:
    made(LabelledConversation("e", "x", "chat", "en", (LabelledTurn("customer", text), LabelledTurn("agent", "Hi."))))
