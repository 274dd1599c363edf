"""The functions of the public API. Each loads what it needs when it is called."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from empathy_audit.model.audit import Audit, Failure
    from empathy_audit.model.rubric import Rubric
    from empathy_audit.model.transcript import Transcript


def load(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002 - the word of the command line
    mapping: str | os.PathLike[str] | None = None,
    agents: Sequence[str] = (),
    customers: Sequence[str] = (),
    on_failure: Callable[[Failure], None] | None = None,
) -> tuple[Transcript, ...]:
    """The transcripts in a file.

    Args:
        path: the file, in any format that a reader recognises.
        format: a reader's name instead of detection; see `empathy-audit formats`.
        mapping: a file that says where the turns are, for a format that no reader knows.
        agents: names or labels of people who are agents.
        customers: names or labels of people who are customers.
        on_failure: takes each conversation that cannot be read. Without it, the first one is raised.

    Raises:
        TranscriptError: the file, or without `on_failure` a conversation in it, cannot be read.
        SettingsError: there is no format of that name.
        MappingError: with all that is wrong with the mapping.
        OSError: the file cannot be opened.
    """
    from empathy_audit.errors import TranscriptError
    from empathy_audit.model.audit import Failure
    from empathy_audit.readers import Source, Speakers, read

    plan = None
    if mapping is not None:
        from empathy_audit import mapping as mappings

        plan = mappings.load(Path(mapping))
    file = Path(path)
    transcripts = []
    speakers = Speakers(tuple(agents), tuple(customers))
    for item in read(Source(file.name, path=file), format=format, mapping=plan, speakers=speakers):
        if not isinstance(item, Failure):
            transcripts.append(item)
        elif on_failure is not None:
            on_failure(item)
        else:
            raise TranscriptError(item.message, item.source)
    return tuple(transcripts)


def load_rubric(name: str | os.PathLike[str] = "empathy") -> Rubric:
    """A rubric by name (`empathy`, `empathy@1`) or file.

    Raises:
        RubricError: with all that is wrong with it.
    """
    from empathy_audit import rubric

    return rubric.load(os.fspath(name))


def audit(transcript: Transcript, rubric: Rubric | str = "empathy") -> Audit:
    """The whole result for one transcript. For many, make one `Auditor` and call its `audit`: it is built once.

    Args:
        transcript: what to judge.
        rubric: what to judge by: a Rubric, or a name or file as for `load_rubric`.

    Raises:
        RubricError: the rubric cannot be used.
        MissingPackageError: it needs a language model that is not installed.
    """
    from empathy_audit.audit import Auditor

    return Auditor(load_rubric(rubric) if isinstance(rubric, str) else rubric).audit(transcript)
