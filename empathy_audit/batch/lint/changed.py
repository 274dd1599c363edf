"""Which files changed since a revision: asked of git, the one that the repository is kept with."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from empathy_audit.batch.discover import Input
from empathy_audit.errors import InputError
from empathy_audit.model.audit import Failure

_SECONDS = 60
_OPTION = "--changed-since"


@dataclass(frozen=True, slots=True)
class Changed:
    """Real paths of the files below the repository's folder `root` that differ from the revision, new ones included."""

    root: str
    files: frozenset[str]

    def __contains__(self, path: Path) -> bool:
        """Whether a file changed. Of one outside the repository nobody can tell, so it counts as changed."""
        real = os.path.realpath(path)
        return real in self.files or os.path.commonpath((real, self.root)) != self.root


def changed_since(revision: str, folder: Path) -> Changed:
    """What changed in the repository of `folder`: committed since, staged, in the working tree, or untracked and not ignored.

    Raises:
        InputError: there is no git, no repository, or no such revision.
    """
    if not revision.strip() or revision.startswith("-"):
        raise InputError(f"{revision!r} is no revision; expected one such as origin/main", _OPTION)
    root = Path(_git(("rev-parse", "--show-toplevel"), folder, "a folder inside a git repository")[:-1])
    # Since the point where this line of work left the other: what others did there meanwhile is not ours.
    expected = (
        "a revision of this repository; CI fetches the last one alone unless it is told to fetch more "
        "(fetch-depth: 0 on GitHub, GIT_DEPTH: 0 on GitLab)"
    )
    _git(("rev-parse", "--verify", "--quiet", f"{revision}^{{tree}}"), root, expected)
    base = _git(("merge-base", revision, "HEAD"), root, None).strip() or revision
    # Asked in the root: names are relative to where git is asked if the user's settings say so (diff.relative).
    differ = _git(("diff", "--name-only", "--no-ext-diff", "-z", "--diff-filter=d", base, "--"), root, expected)
    new = _git(("ls-files", "--others", "--exclude-standard", "-z"), root, expected)
    names = [name for name in (*differ.split("\0"), *new.split("\0")) if name]
    return Changed(os.path.realpath(root), frozenset(os.path.realpath(root / name) for name in names))


def only_changed(inputs: Sequence[Input | Failure], changed: Changed) -> tuple[Input | Failure, ...]:
    """The inputs without the files that did not change; failures and standard input stay."""
    return tuple(item for item in inputs if isinstance(item, Failure) or item.path is None or item.path in changed)


def _git(arguments: Sequence[str], folder: Path, expected: str | None) -> str:
    """What git answers. `expected` None: nothing, where it refuses."""
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
        raise InputError("git is not installed; install it, or leave the option out", _OPTION) from None
    except subprocess.TimeoutExpired:
        raise InputError(f"git gave no answer within {_SECONDS} seconds", _OPTION) from None
    if ended.returncode == 0:
        return os.fsdecode(ended.stdout)
    if expected is None:
        return ""
    told = ended.stderr.decode("utf-8", "replace").strip().splitlines()
    raise InputError(f"git says: {told[0] if told else 'there is none'}; expected {expected}", _OPTION)
