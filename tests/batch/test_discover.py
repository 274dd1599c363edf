from __future__ import annotations

import os
from pathlib import Path

import pytest
from empathy_audit.batch.discover import Input, discover
from empathy_audit.model.audit import Failure


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(name, encoding="utf-8")


def listed(*arguments: str, exclude: tuple[str, ...] = ()) -> list[tuple[str, str, bool]]:
    """Name, path and whether it was named, of each input; kind, source and False for a failure."""
    return [
        (item.name, str(item.path), item.named) if isinstance(item, Input) else (item.kind, item.source, False)
        for item in discover(arguments, exclude=exclude)
    ]


def test_what_is_not_there_is_a_failure_and_the_rest_goes_on(here: Path) -> None:
    make("a.txt")
    assert discover(["none.txt", "*.vtt", "a.txt"]) == (
        Failure("none.txt", "not-found", "no such file or folder; check the path"),
        Failure("*.vtt", "not-found", "this glob matches nothing; check the pattern"),
        Input("a.txt", Path("a.txt")),
    )


def test_a_folder_without_files_is_a_failure(here: Path) -> None:
    make("d/.hidden", "e/x.tmp")
    assert listed("d", "e", exclude=("*.tmp",)) == [("not-found", "d", False), ("not-found", "e", False)]


def test_a_folder_is_walked_in_the_order_of_names(here: Path) -> None:
    make("d/b.txt", "d/a/z.txt", "d/a/B.txt", "d/é.txt", "d/c.json", "d/.git/x.txt", "d/.DS_Store")
    assert [name for name, _, named in listed("d/") if not named] == ["a/B.txt", "a/z.txt", "b.txt", "c.json", "é.txt"]


def test_hidden_ones_can_be_named(here: Path) -> None:
    make(".d/a.txt", ".b.txt")
    assert listed(".d", ".b.txt") == [("a.txt", ".d/a.txt", False), (".b.txt", ".b.txt", True)]


def test_arguments_keep_their_order_and_a_file_is_taken_once(here: Path) -> None:
    make("b.txt", "d/a.txt")
    Path("link.txt").symlink_to("d/a.txt")
    assert listed("b.txt", "d", "b.txt", "./d/../b.txt", "link.txt", "d/*.txt") == [
        ("b.txt", "b.txt", True),
        ("a.txt", "d/a.txt", False),
    ]


def test_a_glob_names_its_files_as_a_shell_would(here: Path) -> None:
    make("d/b.txt", "d/a.txt", "d/e/c.txt", "d/x.json")
    assert listed("d/**/*.txt") == [
        ("a.txt", "d/a.txt", True),
        ("b.txt", "d/b.txt", True),
        ("c.txt", "d/e/c.txt", True),
    ]


def test_a_file_with_magic_in_its_name_is_a_file(here: Path) -> None:
    make("call[1].txt")
    assert listed("call[1].txt") == [("call[1].txt", "call[1].txt", True)]


def test_exclude_holds_for_names_and_paths_inside_folders_alone(here: Path) -> None:
    make("d/a.txt", "d/old/b.txt", "d/sub/old/c.txt", "d/sub/e.txt", "d/notes.md")
    assert [name for name, *_ in listed("d", exclude=("old/", "*.md"))] == ["a.txt", "sub/e.txt"]
    assert [name for name, *_ in listed("d", exclude=("sub/*", "old"))] == ["a.txt", "notes.md"]
    assert [name for name, *_ in listed("d/notes.md", exclude=("*.md",))] == ["notes.md"]


def test_files_of_one_name_are_told_apart_by_their_argument(here: Path) -> None:
    make("mon/1.txt", "tue/1.txt", "tue/2.txt", "wed/1.txt")
    assert [name for name, *_ in listed("mon", "tue", "wed/1.txt")] == ["mon/1.txt", "tue/1.txt", "2.txt", "wed/1.txt"]


def test_a_link_back_is_a_failure_and_the_rest_goes_on(here: Path) -> None:
    make("d/a.txt", "d/e/b.txt")
    Path("d/e/back").symlink_to("..")
    Path("d/self").symlink_to(".")
    Path("d/up").symlink_to(here)
    assert listed("d") == [
        ("a.txt", "d/a.txt", False),
        ("e/b.txt", "d/e/b.txt", False),
        ("loop", "d/e/back", False),
        ("loop", "d/self", False),
        ("loop", "d/up", False),
    ]


def test_many_links_to_one_folder_cost_nothing(here: Path) -> None:
    make("d/l30/a.txt")
    for n in range(30):
        Path(f"d/l{n}").mkdir()
    for n in range(30):
        for name in ("x", "y"):
            Path(f"d/l{n}/{name}").symlink_to(f"../l{n + 1}")
    assert len(listed("d")) == 1


def test_a_link_to_nowhere_is_left_to_the_reading(here: Path) -> None:
    make("d/a.txt")
    Path("d/b.txt").symlink_to("nowhere")
    assert listed("d") == [("a.txt", "d/a.txt", False), ("b.txt", "d/b.txt", False)]


def test_a_folder_that_cannot_be_listed_is_a_failure(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def scandir(folder: Path) -> object:
        if folder.name == "locked":
            raise PermissionError(13, "Permission denied")
        return real(folder)

    real = os.scandir
    make("d/a.txt", "d/locked/b.txt")
    monkeypatch.setattr(os, "scandir", scandir)
    message = "this folder cannot be listed: Permission denied; check its permissions"
    assert discover(["d"]) == (
        Input("a.txt", Path("d/a.txt"), named=False),
        Failure("d/locked", "unreadable", message),
    )


def test_standard_input_has_the_name_that_it_is_given(here: Path) -> None:
    assert discover(["-", "-"], stdin_name="chat.txt") == (Input("chat.txt", None),)
