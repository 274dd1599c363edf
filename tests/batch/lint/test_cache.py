"""The cache: a warm run is a cold run, and whatever is wrong with the cache is no trouble."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from empathy_audit.batch.lint import cache as module
from empathy_audit.batch.lint.cache import Judge, digest, open_cache
from empathy_audit.model.audit import RubricStamp
from hypothesis import given
from hypothesis import strategies as st

from tests.batch.lint.build import finding, linted_file

KEY = "0123456789abcdef" * 4
JUDGE = Judge(RubricStamp("small", "1.0.0", "f" * 64), {"policy-wall": "why"})
FILE = linted_file(finding(message="“é\ud800”"))


def filled(folder: Path, content: str = "c", key: str = KEY) -> Path:
    made = open_cache(folder, key)
    made.judge = JUDGE
    made.put(content, FILE)
    made.save()
    assert made.path is not None
    return made.path


def test_what_was_kept_is_there_again(tmp_path: Path) -> None:
    filled(tmp_path / "cache")
    again = open_cache(tmp_path / "cache", KEY)
    assert (again.get("c"), again.get("d"), again.judge) == (FILE, None, JUDGE)


def test_another_key_knows_nothing(tmp_path: Path) -> None:
    filled(tmp_path / "cache")
    for key in ("f" * 64, KEY[:24] + "f" * 40):  # the second has the same file name
        other = open_cache(tmp_path / "cache", key)
        assert other.get("c") is None


@pytest.mark.parametrize("broken", [b"", b"\0", b"{}", b"[]", b'{"files": 3}', b"[" * 100_000, b"\xff\xfe"])
def test_a_broken_one_is_as_good_as_none(tmp_path: Path, broken: bytes) -> None:
    path = filled(tmp_path / "cache")
    for data in (broken, module._sealed(broken)):
        path.write_bytes(data)
        again = open_cache(tmp_path / "cache", KEY)
        assert (again.get("c"), again.judge) == (None, None)
    filled(tmp_path / "cache")
    assert open_cache(tmp_path / "cache", KEY).get("c") == FILE


@given(st.data())
def test_no_byte_of_it_may_be_another(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("cache")
    path = filled(folder / "cache")
    whole = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(whole)
    assert open_cache(folder / "cache", KEY).get("c") is None


def test_values_of_another_shape_are_not_served(tmp_path: Path) -> None:
    path = filled(tmp_path / "cache")
    document = json.loads(module._unsealed(path.read_bytes()))
    document["files"]["c"] = {"name": "a"}
    path.write_bytes(module._sealed(json.dumps(document).encode()))
    assert open_cache(tmp_path / "cache", KEY).get("c") is None


def test_a_folder_of_its_own_is_kept_out_of_git_and_backups(tmp_path: Path) -> None:
    path = filled(tmp_path / "a" / "cache")
    assert sorted(each.name for each in path.parent.iterdir()) == [".gitignore", "CACHEDIR.TAG", path.name]
    assert (path.parent / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")


def test_a_folder_of_the_user_gets_nothing_but_the_cache(tmp_path: Path) -> None:
    path = filled(tmp_path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    made = open_cache(tmp_path / "file" / "cache", KEY)
    made.judge = JUDGE
    made.put("c", FILE)
    made.save()
    assert (tmp_path / "file").read_text() == "x"


def test_without_a_folder_nothing_is_remembered() -> None:
    made = open_cache(None, KEY)
    made.judge = JUDGE
    made.put("c", FILE)
    made.save()
    assert (made.path, made.get("c")) == (None, None)


def test_what_was_not_used_stays_as_long_as_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 3)
    for content in "abcd":
        filled(tmp_path, content)
    again = open_cache(tmp_path, KEY)
    assert [again.get(content) is not None for content in "abcd"] == [False, True, True, True]


def test_nothing_is_written_where_nothing_is_new(tmp_path: Path) -> None:
    path = filled(tmp_path)
    before = path.stat()
    again = open_cache(tmp_path, KEY)
    again.get("c")
    again.save()
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_digest_tells_name_format_and_bytes_apart() -> None:
    given_ = [
        ("a", None, b"x"),
        ("b", None, b"x"),
        ("a", "csv", b"x"),
        ("a", None, b"y"),
        ("a\0", None, b"x"),
        ("\udcff", None, b""),
    ]
    assert len({digest(*each) for each in given_}) == len(given_)


WRITER = """
import sys
from pathlib import Path
from tests.batch.lint.test_cache import FILE, JUDGE, KEY
from empathy_audit.batch.lint.cache import open_cache
for number in range(60):
    made = open_cache(Path(sys.argv[1]), KEY)
    if made.judge is not None:
        assert any(made.get(f"{who}{n}") for who in "ab" for n in range(60)), "half a cache"
    made.judge = JUDGE
    made.put(f"{sys.argv[2]}{number}", FILE)
    made.save()
"""


def test_two_that_write_at_once_leave_a_whole_one(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    folder = tmp_path / "cache"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(folder), who], cwd=root, stderr=subprocess.PIPE)
        for who in "ab"
    ]
    assert [writer.communicate()[1] for writer in writers] == [b"", b""]
    again = open_cache(folder, KEY)
    assert again.judge == JUDGE
    assert again.get("a59") == FILE or again.get("b59") == FILE
    assert not list(folder.glob("*.part"))
