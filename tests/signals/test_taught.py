"""What a larger model says of training sets: refused where it was made for others, beside each set its variants."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from empathy_audit.errors import InputError
from empathy_audit.signals.corpus import LabelledConversation, LabelledTurn
from empathy_audit.signals.recipe import TrainingSet
from empathy_audit.signals.taught import all_taught, with_taught
from empathy_audit.signals.variants import variants_of
from empathy_audit.signals.vectors import Vectors

VECTORS = Vectors(("broken",), np.array([[100, 1]], np.int8), "made by hand")
TURNS = (LabelledTurn("customer", "It is broken. I am cross."), LabelledTurn("agent", "Oh no."))
SET = TrainingSet((LabelledConversation("a", "x", "chat", "en", TURNS),), {"corpus": "abc"})


def told(path: Path, **arrays: object) -> Path:
    file = path / "taught.npz"
    np.savez(file, **{name.replace("_", " "): np.asarray(value) for name, value in arrays.items()})
    return file


ROWS = {"corpus_agent": np.full((1, 3), 255, np.uint8), "corpus_customer": np.array([[0, 51], [255, 0]], np.uint8)}


@pytest.mark.parametrize(
    ("arrays", "why"),
    [
        ({"corpus_sha256": "other", **ROWS}, "was made for another copy of corpus; make it again"),
        (
            {"corpus_sha256": "abc", **ROWS, "corpus_agent": np.zeros((2, 3), np.uint8)},
            "other segments than corpus has",
        ),
    ],
)
def test_what_was_made_for_others_is_refused(tmp_path: Path, arrays: dict[str, object], why: str) -> None:
    with pytest.raises(InputError, match=why):
        with_taught(SET, told(tmp_path, **arrays))


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taught.npz").write_bytes(b"PK nothing")
    with pytest.raises(InputError, match="holds nothing that was taught"):
        with_taught(SET, tmp_path / "taught.npz")


def test_each_conversation_gets_its_own_rows(tmp_path: Path) -> None:
    (talk,) = with_taught(SET, told(tmp_path, corpus_sha256="abc", **ROWS)).conversations
    assert talk.taught is not None
    np.testing.assert_allclose(talk.taught["customer"], [[0, 0.2], [1, 0]])
    np.testing.assert_allclose(talk.taught["agent"], [[1, 1, 1]])


def test_a_source_of_which_nothing_is_said_stays_as_it_is(tmp_path: Path) -> None:
    file = told(tmp_path, other_sha256="abc")
    assert all_taught([SET], file, VECTORS) == [SET]


def test_variants_come_where_the_file_speaks_of_them(tmp_path: Path) -> None:
    varied = variants_of(SET, VECTORS)
    sizes = {"agent": 0, "customer": 0}
    for talk in varied.conversations:
        for turn, many in zip(talk.turns, map(len, _segments(talk)), strict=True):
            sizes[turn.role] += many
    rows = {f"corpus_variants_{side}": np.full((n, 2), 255, np.uint8) for side, n in sizes.items()}
    file = told(tmp_path, corpus_variants_sha256=varied.sources["corpus variants"], **rows)
    plain, other = all_taught([SET], file, VECTORS)
    assert plain == SET
    assert [t.id for t in other.conversations] == [t.id for t in varied.conversations]
    assert all(t.taught is not None for t in other.conversations)
    assert all_taught([SET], file, None) == [SET]


def _segments(talk: LabelledConversation) -> list[tuple[tuple[int, int], ...]]:
    from empathy_audit.signals.corpus import segmented

    return [seen.segments if seen is not None else () for seen in segmented(talk)]
