"""What a cache is known by: it changes with everything that could change what is found, and with nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from empathy_audit.batch.lint import key
from empathy_audit.batch.lint.key import cache_key, rubric_files
from empathy_audit.rubric.chain import read_chain
from empathy_audit.shipped import shipped


def written(folder: Path, name: str, extends: str | None, more: str = "") -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    head = f"extends: {extends}\n" if extends is not None else ""
    path.write_text(f"rubric: r\nversion: 1.0.0\n{head}{more}", encoding="utf-8")
    return str(path)


def test_it_changes_with_the_rubric_and_with_each_that_it_extends(tmp_path: Path) -> None:
    written(tmp_path, "base/c.yaml", "empathy@1")
    written(tmp_path, "base/b.yaml", "c.yaml")
    a = written(tmp_path, "a.yaml", "base/b.yaml  # the team's")
    keys = [cache_key(a, "1")]
    for name in ("a.yaml", "base/b.yaml", "base/c.yaml"):
        path = tmp_path / name
        path.write_text(path.read_text() + "title: other\n")
        keys.append(cache_key(a, "1"))
    keys.append(cache_key(a, "2"))
    assert None not in keys
    assert len(set(keys)) == len(keys)
    assert cache_key(a, "2") == keys[-1]


def test_it_changes_with_what_judges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = cache_key("empathy", "1")
    monkeypatch.setattr(key, "version", lambda package: "0.0.0")
    assert cache_key("empathy", "1") not in (before, None)


def test_a_package_that_is_not_there_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(package: str) -> str:
        raise key.PackageNotFoundError(package)

    monkeypatch.setattr(key, "version", missing)
    assert cache_key("empathy", "1") is not None


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_rubric_has_one(name: str) -> None:
    assert cache_key(name, "1") is not None
    assert cache_key(f"{name}@1", "1") not in (None, cache_key(name, "1"))


@pytest.mark.parametrize(
    "line",
    [
        "extends: base.yaml",
        "extends:   base.yaml   ",
        "extends: 'base.yaml'",
        'extends: "base.yaml"  # why',
        "extends: base.yaml\r",
        "\ufeffextends: base.yaml",
    ],
)
def test_what_it_extends_is_found_as_the_loader_finds_it(tmp_path: Path, line: str) -> None:
    base = tmp_path / "base.yaml"
    base.write_text("rubric: base\n")
    (tmp_path / "a.yaml").write_bytes(f"{line}\nrubric: a\n".encode())
    assert len(read_chain(str(tmp_path / "a.yaml"), None).documents) == 2
    files = rubric_files(str(tmp_path / "a.yaml"))
    assert files is not None
    assert [path for path, _ in files] == [tmp_path / "a.yaml", base]


@pytest.mark.parametrize(
    "text",
    [
        "{extends: base.yaml, rubric: a}",
        "# the team's\n{rubric: a, extends: base.yaml}",
        "--- {extends: base.yaml}",
        "? extends\n: base.yaml",
        "'extends': base.yaml",
        '"extends": base.yaml',
        "extends:\n  base.yaml",
        "extends: !!str base.yaml\nextends: base.yaml",
        "extends: ba#se.yaml\nx: y",
    ],
)
def test_what_only_the_loader_understands_is_not_cached(tmp_path: Path, text: str) -> None:
    (tmp_path / "base.yaml").write_text("rubric: base\n")
    (tmp_path / "a.yaml").write_text(text)
    assert rubric_files(str(tmp_path / "a.yaml")) is None
    assert cache_key(str(tmp_path / "a.yaml"), "1") is None


def test_a_remark_about_extends_is_none(tmp_path: Path) -> None:
    assert cache_key(written(tmp_path, "a.yaml", None, "# extends: base.yaml, one day\n"), "1") is not None


def test_files_that_are_not_there_or_go_round_have_none(tmp_path: Path) -> None:
    assert cache_key(str(tmp_path / "none.yaml"), "1") is None
    assert cache_key(str(tmp_path), "1") is None
    assert cache_key("a\0b", "1") is None
    assert cache_key(written(tmp_path, "lost.yaml", "none.yaml"), "1") is None
    assert cache_key(written(tmp_path, "round.yaml", "round.yaml"), "1") is None
