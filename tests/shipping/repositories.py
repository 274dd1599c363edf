"""Git repositories to try things in: this project as others get it, and a team's that uses it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SHIPPED = (
    "empathy_audit", "rubrics", "action", "action.yml", ".pre-commit-hooks.yaml",
    "pyproject.toml", "README.md", "LICENSE",
)  # fmt: skip

BAD = """\
macros:
  - id: refund-no
    title: Refund declined
    text: |
      Hi {{customer.first_name}}, as per our policy your refund was declined. You should have read the terms.
"""
GOOD = """\
macros:
  - id: refund-no
    title: Refund declined
    text: |
      Hi {{customer.first_name}}, I know you were counting on this refund, and I'm sorry that my answer is no. After 30 days
      we can't sell the jacket as new.

      What I can do is exchange it, or give you store credit for half of the price. Which would you like? Just reply here.
"""


def project(folder: Path) -> Path:
    """A repository with this project's files as they are now, committed."""
    for name in SHIPPED:
        origin = ROOT / name
        if origin.is_dir():
            shutil.copytree(origin, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(origin, folder / name)
    repository(folder)
    return folder


def repository(folder: Path) -> str:
    """Make the folder a repository with everything in it committed; the commit's hash."""
    if not (folder / ".git").exists():
        git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "as it is")
    return git(folder, "rev-parse", "HEAD").strip()


def git(folder: Path, *arguments: str) -> str:
    """What git says, asked in the folder. It knows no user's settings."""
    who = {f"GIT_{role}_{what}": "tester" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    ended = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, env=os.environ | who | alone
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def lending(home: Path) -> dict[str, str]:
    """An environment in which pip downloads nothing: what it would install beside the project is lent by the one that runs the tests."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PIP_", "PYTEST_", "COV_"))}
    return kept | {
        "HOME": str(home),
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads it the wrong way round: this switches isolation off
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "NO_COLOR": "1",
    }
