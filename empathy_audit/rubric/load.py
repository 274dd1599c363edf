"""From a name or a path to a `Rubric`, or to every mistake in it."""

from __future__ import annotations

from pathlib import Path

from empathy_audit.model.rubric import Rubric
from empathy_audit.rubric.build import build
from empathy_audit.rubric.chain import read_chain
from empathy_audit.rubric.checks import semantic_problems
from empathy_audit.rubric.complaints import shape_problems
from empathy_audit.rubric.merge import merge
from empathy_audit.rubric.problems import rubric_error


def load(name_or_path: str, *, base: Path | None = None) -> Rubric:
    """Load a shipped rubric (`empathy`, `empathy@1`, `empathy@1.2.0`) or a file, with everything it extends.

    A relative path starts at `base`, else at the working directory. Raises RubricError with all mistakes of the file
    and of those it extends, sorted by place.
    """
    chain = read_chain(name_or_path, base)
    merged = merge(chain.documents)
    problems = list(chain.problems)
    if merged is not None and chain.whole:
        problems += [*merged.problems, *shape_problems(merged.root), *semantic_problems(merged)]
    elif merged is not None:  # half a rubric: what refers to the missing half cannot be judged
        problems += shape_problems(merged.root, partial=True)
    if problems or merged is None:
        raise rubric_error(problems)
    return build(merged.root)
