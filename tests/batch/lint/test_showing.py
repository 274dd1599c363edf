"""Differences as `patch` takes them: it makes the one file out of the other, byte for byte."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from empathy_audit.batch.lint.showing import diff
from hypothesis import assume, given, settings
from hypothesis import strategies as st

texts = st.text(
    st.sampled_from("ab \n\r\t\x0b\x0c\x1c\u2028\u2029\x85é")
    | st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    max_size=40,
)
needs_patch = pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")


def applied(folder: Path, name: str, before: bytes, shown: str, *command: str) -> bytes:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(before)
    subprocess.run(command, cwd=folder, input=shown.encode(), check=True, capture_output=True)
    return path.read_bytes()


def test_a_difference() -> None:
    assert diff("a.yaml", b"one\ntwo\n", b"one\nTWO") == (
        "--- a/a.yaml\n+++ b/a.yaml\n@@ -1,2 +1,2 @@\n one\n-two\n+TWO\n\\ No newline at end of file\n"
    )
    assert diff("a.yaml", b"one", b"one") == ""


@needs_patch
@settings(max_examples=60)
@given(texts, texts)
def test_patch_makes_one_of_the_other(tmp_path_factory: pytest.TempPathFactory, before: str, after: str) -> None:
    assume(before and after and before != after)
    folder = tmp_path_factory.mktemp("patch")
    old, new = before.encode(), after.encode()
    assert applied(folder, "a.txt", old, diff("a.txt", old, new), "patch", "-p1", "--binary") == new


@pytest.mark.parametrize(
    "name", ["with space.txt", "ünï.txt", "line\nbreak.txt", 'quo"te.txt', "tab\t.txt", "back\\slash.txt", "sub/x.txt"]
)
def test_git_finds_the_file_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    old, new = b"one\r\ntwo", b"one\r\n2\n"
    assert applied(tmp_path, name, old, diff(name, old, new), "git", "apply", "-p1", "-") == new
