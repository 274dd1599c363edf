"""Whatever stands in a rubric file, the answer is a rubric or a RubricError with places."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

from empathy_audit.errors import RubricError
from empathy_audit.rubric import load
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rubric.helpers import WHOLE

TEXT = WHOLE.read_text(encoding="utf-8")
LINES = TEXT.splitlines()
KEYS = sorted(set(re.findall(r"[a-z_]+(?=:)", TEXT)) | {"off", "extends", "known_gaps", "LOWER", "OP", "<<"})

scalars: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(
        [*KEYS, "anger", "explicit", "error", "off", "<feeling>", "(?=x)", "{emotion}", "names-the-feeling"]
    ),
)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), inner),
    max_leaves=25,
)
fragments = st.lists(
    st.sampled_from(
        [*LINES, "", "- ", "  ", "\t", "? ", "&a ", "*a ", "!!str ", "--- ", "{", "}", "[", "]", "'", '"', "|", "#"]
    )
    | st.text(max_size=10),
    max_size=30,
).map("\n".join)


def answer(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "r.yaml"
        path.write_bytes(data)
        for problem in complaints(path):
            assert "\n" not in problem
            assert problem.startswith((str(path), str(WHOLE), "rubrics/"))


def complaints(path: Path) -> tuple[str, ...]:
    """Nothing when it loads; anything but a RubricError passes through and fails the test."""
    try:
        load(str(path))
    except RubricError as error:
        return error.problems or ("a RubricError without a problem",)
    return ()


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_bytes(data: bytes) -> None:
    answer(data)


@given(fragments)
@settings(max_examples=200, deadline=None)
def test_pieces_of_yaml(text: str) -> None:
    answer(text.encode("utf-8", "surrogatepass"))


@given(trees, st.booleans())
@settings(max_examples=300, deadline=None)
def test_trees_of_anything(tree: object, extends: bool) -> None:
    import yaml

    top = {"rubric": "r", "version": "1.0.0", "language": "en", "title": "T"}
    if extends:
        top["extends"] = str(WHOLE)
    answer(yaml.safe_dump({**(tree if isinstance(tree, dict) else {"markers": tree}), **top}).encode())


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_one_value_of_a_right_rubric_replaced(data: st.DataObject) -> None:
    import yaml

    tree = yaml.safe_load(TEXT)
    here: Any = tree
    while True:
        key = data.draw(st.sampled_from(sorted(here)) if isinstance(here, dict) else st.integers(0, len(here) - 1))
        if not isinstance(here[key], (dict, list)) or not here[key] or data.draw(st.booleans()):
            break
        here = here[key]
    here[key] = data.draw(trees)
    answer(yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "surrogatepass"))
