"""Which files changed since a revision: asked of git, the one that the repository is kept with."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from empathy_audit.batch.discover import Input
from empathy_audit.errors import InputError
from empathy_audit.model.audit import Failure

_SECONDS = 60


def changed_since(revision: str, folder: Path) -> frozenset[str]:
    """Real paths of all files below the repository of `folder` that differ from the revision, new ones included.

    Raises:
        InputError: there is no git, no repository, or no such revision.
    """
    if revision.startswith("-"):
        raise InputError(f"{revision} is no revision; expected one such as origin/main", "--changed-since")
    root = _git(("rev-parse", "--show-toplevel"), folder).rstrip("\n")
    # Since the point where this line of work left the other: what others did there meanwhile is not ours.
    base = _git(("merge-base", revision, "HEAD"), folder, otherwise=revision).strip()
    differ = _git(("diff", "--name-only", "-z", "--diff-filter=d", base, "--"), folder)
    new = _git(("ls-files", "--others", "--exclude-standard", "-z", "--full-name", ":/"), folder)
    names = [name for name in (*differ.split("\0"), *new.split("\0")) if name]
    return frozenset(os.path.realpath(Path(root) / name) for name in names)


def only_changed(inputs: Sequence[Input | Failure], changed: frozenset[str]) -> tuple[Input | Failure, ...]:
    """The inputs without the files that did not change; failures stay."""
    return tuple(
        item
        for item in inputs
        if isinstance(item, Failure) or item.path is None or os.path.realpath(item.path) in changed
    )


def _git(arguments: Sequence[str], folder: Path, otherwise: str | None = None) -> str:
    try:
        ended = subprocess.run(  # noqa: S603 - no shell, and the revision cannot be an option
            ["git", *arguments],  # noqa: S607 - the user's own git
            cwd=folder,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
        )
    except FileNotFoundError:
        raise InputError("git is not installed; install it, or leave the option out", "--changed-since") from None
    except subprocess.TimeoutExpired:
        raise InputError(f"git gave no answer within {_SECONDS} seconds", "--changed-since") from None
    if ended.returncode != 0:
        if otherwise is not None:
            return otherwise
        told = ended.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputError(
            f"git says: {told[0] if told else 'nothing'}; expected a revision of this repository; CI fetches the last one "
            "alone unless it is told to fetch more (fetch-depth: 0 on GitHub, GIT_DEPTH: 0 on GitLab)",
            "--changed-since",
        )
    return os.fsdecode(ended.stdout)
