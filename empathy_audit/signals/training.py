"""Learns the signals from labelled conversations: what is wanted of each segment, and the conversations as samples of the network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from empathy_audit.errors import InputError
from empathy_audit.language.reader import Reader, fired
from empathy_audit.model.audit import PLEASANT
from empathy_audit.model.rubric import Rubric
from empathy_audit.signals import learning
from empathy_audit.signals.corpus import CODES, LabelledConversation, LabelledTurn, codes_of, segmented
from empathy_audit.signals.document import Document
from empathy_audit.signals.learning import Sample, Settings, Shape
from empathy_audit.signals.lexicon import CLASSES, class_of
from empathy_audit.signals.marks import MARKS, marks_of, unpacked
from empathy_audit.signals.stream import Stream, stream_of
from empathy_audit.signals.tokens import (
    CLASS_MASK,
    CLASS_SHIFT,
    ECHO,
    FLAGS_SHIFT,
    TOKEN,
    WORD_MASK,
    Vocabulary,
    plain_token,
)
from empathy_audit.signals.vectors import Vectors

_EMOTIONS = ("anger", "frustration", "disappointment", "anxiety", "sadness", "confusion", "joy", "gratitude")


@dataclass(frozen=True, slots=True)
class Row:
    """One segment to learn from: where it is, and the codes that people gave it beside what its turn is."""

    conversation: int
    turn: int
    codes: frozenset[str]
    labelled: LabelledTurn


Target = Callable[[Row], bool | None]
"""Whether a label holds for a segment; None where that is not known."""


def _has(code: str) -> Target:
    return lambda row: code in row.codes


def _troubled(row: Row) -> bool:
    return bool(row.codes & {"1", "2"}) and row.labelled.emotion not in PLEASANT


def _delighted(row: Row) -> bool:
    return "2" in row.codes and row.labelled.emotion in PLEASANT


def _emotion(name: str) -> Target:
    return lambda row: bool(row.codes & {"1", "2"}) and row.labelled.emotion == name


def _replies(reply: str) -> Target:
    """What the turn does as a whole, told of each of its segments; of a turn that answers nothing it is not known."""
    return lambda row: None if row.labelled.reply == "-" else row.labelled.reply == reply


def _explores(row: Row) -> bool:
    return bool(row.codes & {"OQ", "CQ"}) and row.labelled.reply == "ask"


def _brushes_off(row: Row) -> bool:
    return row.labelled.reply == "ignore"


TARGETS: Mapping[str, Mapping[str, Target]] = {
    "agent": {
        **{tag: _has(code) for code, tag in CODES.items()},
        "question": lambda row: bool(row.codes & {"OQ", "CQ"}),
        "acknowledging": lambda row: row.labelled.reply == "ack" and bool(row.codes & {"EA", "VA", "RR"}),
        "exploring": _explores,
        "brush-off": _brushes_off,
        **{f"reply-{reply}": _replies(reply) for reply in ("ack", "ask", "solve", "ignore", "dismiss")},
    },
    "customer": {
        "trouble": _troubled,
        "feeling": lambda row: "2" in row.codes and row.labelled.emotion not in PLEASANT,
        "delight": _delighted,
        **{name: _emotion(name) for name in _EMOTIONS},
    },
}
"""What is learned, by role: the label and how a segment earns it."""


def words_of(conversations: Iterable[LabelledConversation], least: int) -> tuple[str, ...]:
    """Words that stand in at least `least` turns, in alphabetical order."""
    counts: Counter[str] = Counter()
    for talk in conversations:
        for turn in segmented(talk):
            if turn is not None:
                counts.update({plain_token(token) for token in TOKEN.findall(turn.folded)})
    return tuple(sorted(w for w, n in counts.items() if n >= least and "\n" not in w))


def rules_of(rubric: Rubric) -> tuple[str, ...]:
    """The names that a rubric's entries have as inputs: each as it is, and with `~` for a hit that a guard dropped."""
    return tuple(name for entry in rubric.entries for name in (entry.id, f"~{entry.id}"))


def shape_of(words: Sequence[str], rubric: Rubric) -> Shape:
    """The sizes of a network for these words and this rubric."""
    labels = {side: tuple(targets) for side, targets in TARGETS.items()}
    return Shape(len(words) + 1, len(CLASSES), len(MARKS), len(rules_of(rubric)), labels)


def samples_of(
    conversations: Sequence[LabelledConversation], words: Sequence[str], rubric: Rubric
) -> list[tuple[Sample, tuple[Row, ...]]]:
    """Each conversation in which anything is spoken as a sample, with its segments as rows in the sample's order."""
    vocabulary = Vocabulary(words)
    reader = Reader(rubric.without_signals())
    numbers = {name: number for number, name in enumerate(rules_of(rubric))}
    found = []
    for number, talk in enumerate(conversations):
        turns = segmented(talk)
        stream = stream_of(turns, vocabulary)
        if not len(stream.turns):
            continue
        names = [fired(part, hits) for part, hits in zip(turns, reader.by_rules(turns), strict=True)]
        rows = []
        for turn in stream.turns.tolist():
            said, seen = talk.turns[turn], turns[turn]
            pieces = seen.segments if seen is not None else ()
            rows += [Row(number, turn, codes, said) for codes in codes_of(said, pieces)]
        hits = np.zeros((len(rows), len(numbers)), np.float32)
        for at, of_segment in enumerate(segment for turn in stream.turns.tolist() for segment in names[turn]):
            hits[at, [numbers[name] for name in of_segment]] = 1
        found.append((_sample(stream, rows, hits, talk), tuple(rows)))
    return found


def _sample(stream: Stream, rows: Sequence[Row], hits: NDArray[np.float32], talk: LabelledConversation) -> Sample:
    codes, agents = stream.codes, stream.agents
    turns = np.diff(np.append(stream.turn_starts, len(codes))).astype(np.int32)
    live = np.ones(len(codes), np.float32)
    live[np.cumsum(turns) - 1] = 0
    sizes = np.diff(np.append(stream.starts, len(codes))).astype(np.int32)
    wanted = {}
    for side in TARGETS:
        people = _wanted(side, [r for r, a in zip(rows, agents.tolist(), strict=True) if a == (side == "agent")])
        wanted[side] = people if talk.taught is None else _together(people, talk.taught.get(side), talk)
    return Sample(
        words=codes & WORD_MASK,
        classes=(codes >> CLASS_SHIFT) & CLASS_MASK,
        echoes=((codes >> FLAGS_SHIFT) & ECHO) > 0,
        live=live,
        sizes=sizes,
        lengths=stream.sizes.astype(np.float32),
        owners=stream.owners,
        answers=stream.answers,
        turns=turns,
        marks=unpacked(marks_of(stream)).astype(np.float32),
        rules=hits,
        agents=agents,
        wanted=wanted,
        weight=np.full(len(rows), talk.weight, np.float32),
    )


def _together(
    people: NDArray[np.float32], taught: NDArray[np.float32] | None, talk: LabelledConversation
) -> NDArray[np.float32]:
    """Halfway between people's labels and what a larger model says; its word alone where nobody read the conversation."""
    if taught is None or not len(people):
        return people
    if taught.shape != people.shape:
        raise InputError(
            f"{talk.id} has {len(people)} segments and {len(taught)} that were taught; make taught.npz again (training/teach.py)"
        )
    if not talk.read:
        return taught
    return np.where(people < 0, people, (people + taught) / 2).astype(np.float32)


def _wanted(side: str, rows: Sequence[Row]) -> NDArray[np.float32]:
    table = [
        [-1.0 if (wanted := target(row)) is None else float(wanted) for target in TARGETS[side].values()]
        for row in rows
    ]
    return np.array(table, np.float32).reshape(len(rows), len(TARGETS[side]))


def train(
    conversations: Sequence[LabelledConversation],
    rubric: Rubric,
    settings: Settings,
    about: Mapping[str, Any],
    vectors: Vectors | None = None,
) -> Document:
    """The weights learned from the conversations, with the rubric's rules among the inputs.

    `vectors` are what the words start from; words that have one are known even where no conversation shows them. A label that people gave no
    segment is left out, and so are conversations that nobody read and no larger model speaks of.
    """
    conversations = [talk for talk in conversations if talk.read or talk.taught is not None]
    words = words_of(conversations, settings.least_words)
    if vectors is not None:
        words = tuple(sorted(vectors.words))
    shape = shape_of(words, rubric)
    samples = [sample for sample, _ in samples_of(conversations, words, rubric)]
    parameters = learning.learned(
        samples, shape, settings, vectors.rows(words, settings) if vectors is not None else None
    )
    numbers = {name: number for number, name in enumerate(CLASSES)}
    network = learning.rounded(parameters, [numbers[class_of(word)] for word in words], shape, samples)
    kept = learning.only(network, {side: _given(side, samples) for side in TARGETS})
    return Document(words, rules_of(rubric), kept, {**about, "conversations": len(conversations)})


def _given(side: str, samples: Sequence[Sample]) -> tuple[str, ...]:
    """The labels of a side that some segment has and some has not."""
    wanted = np.concatenate([s.wanted[side] for s in samples])
    return tuple(
        label
        for label, column in zip(TARGETS[side], wanted.T, strict=True)
        if (column > 0.5).any() and ((column >= 0) & (column < 0.5)).any()
    )


def enough(conversations: Sequence[LabelledConversation], least: int = 40) -> None:
    """Refuses a corpus with too few examples of a label that it has at all.

    Raises:
        InputError: names each such label, how many segments it has and how many it needs.
    """
    counts: Counter[str] = Counter()
    for talk in conversations:
        for turn in talk.turns:
            for _, _, codes in turn.spans:
                counts.update(codes & CODES.keys())
    poor = [
        f"{CODES[code]} has {n} labelled segments and needs {least}" for code, n in sorted(counts.items()) if n < least
    ]
    if not counts or poor:
        raise InputError("too little to learn from: " + ("; ".join(poor) or "no labelled segment at all"))
