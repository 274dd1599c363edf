"""--changed-since, with real repositories."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from empathy_audit.batch.discover import Input
from empathy_audit.batch.lint.changed import changed_since, only_changed
from empathy_audit.errors import InputError
from empathy_audit.model.audit import Failure

NAMES = ("plain.yaml", "with space.yaml", "line\nbreak.yaml", "ünï\t'\".yaml", "-dash.yaml", "sub/deep/x.yaml")


def git(folder: Path, *arguments: str) -> str:
    settings = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    ended = subprocess.run(["git", *settings, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return ended.stdout


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    for name in NAMES:
        write(folder / name, "one\n" * 20)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "one")
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def changed(repository: Path, revision: str = "HEAD", folder: str = ".") -> set[str]:
    return {
        Path(name).relative_to(repository.resolve()).as_posix()
        for name in changed_since(revision, repository / folder).files
    }


# --- what cannot be told ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "revision", ["none", "HEAD~9", "--output=x", "-h", "", " ", "HEAD:plain.yaml", "HEAD..HEAD", "@{", "x\ny"]
)
def test_what_is_no_revision_is_told_and_runs_nothing(repository: Path, revision: str) -> None:
    with pytest.raises(InputError, match=r"^--changed-since: .*; expected "):
        changed_since(revision, repository)
    assert sorted(path.name for path in repository.iterdir() if path.name != ".git") == sorted(
        {name.split("/")[0] for name in NAMES}
    )


def test_outside_of_a_repository_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(
        InputError, match=r"git says: fatal: not a git repository.*; expected a folder inside a git repo"
    ):
        changed_since("HEAD", tmp_path)


def test_a_machine_without_git_is_told(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(InputError, match="git is not installed; install it, or leave the option out"):
        changed_since("HEAD", repository)


def test_a_git_that_hangs_is_told(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(*arguments: object, timeout: float, **more: object) -> object:
        raise subprocess.TimeoutExpired("git", timeout)

    monkeypatch.setattr(subprocess, "run", hangs)
    with pytest.raises(InputError, match="git gave no answer within 60 seconds"):
        changed_since("HEAD", repository)


# --- what changed -----------------------------------------------------------------------------------------------------


def test_nothing_changed_is_nothing(repository: Path) -> None:
    assert changed(repository) == set()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("staged", [True, False])
def test_a_changed_file_whatever_it_is_called(repository: Path, name: str, staged: bool) -> None:
    write(repository / name, "two\n")
    if staged:
        git(repository, "add", "-A")
    assert changed(repository) == {name}


def test_committed_staged_changed_and_untracked_ones_all_count(repository: Path) -> None:
    first = git(repository, "rev-parse", "HEAD").strip()
    write(repository / "committed.yaml", "x\n")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "two")
    write(repository / "staged.yaml", "x\n")
    git(repository, "add", "-A")
    write(repository / "new folder/untracked.yaml", "x\n")
    write(repository / "plain.yaml", "x\n")
    write(repository / ".gitignore", "ignored.yaml\n")
    write(repository / "ignored.yaml", "x\n")
    here = {"staged.yaml", "new folder/untracked.yaml", "plain.yaml", ".gitignore"}
    assert changed(repository) == here
    assert changed(repository, first) == here | {"committed.yaml"}
    assert changed(repository, "main") == here


def test_a_deleted_file_is_none_and_a_renamed_one_is_new(repository: Path) -> None:
    git(repository, "mv", "plain.yaml", "renamed.yaml")
    (repository / "with space.yaml").unlink()
    git(repository, "rm", "-q", "-f", "sub/deep/x.yaml")
    assert changed(repository) == {"renamed.yaml"}


def test_what_others_did_meanwhile_is_not_ours(repository: Path) -> None:
    git(repository, "checkout", "-qb", "ours")
    write(repository / "ours.yaml", "x\n")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "ours")
    git(repository, "checkout", "-q", "main")
    write(repository / "plain.yaml", "theirs\n")
    git(repository, "commit", "-qam", "theirs")
    git(repository, "checkout", "-q", "ours")
    assert changed(repository, "main") == {"ours.yaml"}


def test_histories_without_a_common_beginning_are_compared_as_they_are(repository: Path) -> None:
    git(repository, "checkout", "-q", "--orphan", "other")
    write(repository / "plain.yaml", "two\n")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "other")
    assert changed(repository, "main") == {"plain.yaml"}


@pytest.mark.parametrize(
    "setting",
    [("diff.relative", "true"), ("diff.noprefix", "true"), ("diff.external", "false"), ("core.quotepath", "true")],
)
def test_a_sub_folder_sees_the_whole_repository_whatever_the_settings_say(
    repository: Path, setting: tuple[str, str]
) -> None:
    git(repository, "config", *setting)
    write(repository / "plain.yaml", "two\n")
    write(repository / "new.yaml", "x\n")
    write(repository / "sub/deep/new.yaml", "x\n")
    assert changed(repository, folder="sub/deep") == {"plain.yaml", "new.yaml", "sub/deep/new.yaml"}


def test_a_repository_without_a_commit_has_no_revision(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    with pytest.raises(InputError, match="expected a revision of this repository"):
        changed_since("HEAD", tmp_path)


# --- the inputs that stay -----------------------------------------------------------------------------------------------


def test_inputs_that_did_not_change_go_and_all_others_stay(repository: Path, tmp_path: Path) -> None:
    write(repository / "plain.yaml", "two\n")
    outside, link = tmp_path / "outside.yaml", tmp_path / "link.yaml"
    write(outside, "x\n")
    link.symlink_to(repository / "plain.yaml")
    inputs = [
        Failure("gone.yaml", "not-found", "no such file"),
        Input("<stdin>", None),
        Input("plain.yaml", repository / "plain.yaml"),
        Input("link.yaml", link),
        Input("-dash.yaml", repository / "-dash.yaml"),
        Input("outside.yaml", outside),
        Input("dots.yaml", repository / "sub" / ".." / "plain.yaml"),
    ]
    kept = only_changed(inputs, changed_since("HEAD", repository))
    assert list(kept) == [item for item in inputs if not isinstance(item, Input) or item.name != "-dash.yaml"]
