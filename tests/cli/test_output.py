from __future__ import annotations

import json
import sys
from pathlib import Path

import click
import pytest
from empathy_audit.cli.files import Output
from empathy_audit.cli.output import pair
from empathy_audit.reports import REPORTS
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import Run


def paired(*given: str, default: str = "full") -> list[tuple[str, str | None]]:
    """Format and file of each report, from `-f`, `json`, `-o`, `a.json`."""
    options = list(zip(given[::2], given[1::2], strict=True))
    return [(target.report.name, str(target.file) if target.file else None) for target in pair(options, default)]


@pytest.mark.parametrize(
    ("given", "targets"),
    [
        ("", [("full", None)]),
        ("-f json", [("json", None)]),
        ("-f json -o a", [("json", "a")]),
        ("-o a.jsonl", [("jsonl", "a.jsonl")]),
        ("-o a.JSON", [("json", "a.JSON")]),
        ("-o a.json -f full", [("json", "a.json"), ("full", None)]),
        ("-f full -f json -o a", [("json", "a"), ("full", None)]),
        ("-f json -f jsonl -o a -o b", [("jsonl", "a"), ("json", "b")]),
        ("-f json -o a -o b.txt -f concise", [("json", "a"), ("full", "b.txt"), ("concise", None)]),
        ("-f json -o -", [("json", None)]),
    ],
)
def test_each_file_takes_the_nearest_format_before_it(given: str, targets: list[tuple[str, str | None]]) -> None:
    assert paired(*given.split()) == targets


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("-f json -f full", "two reports would go to standard output"),
        ("-f json -o a -f full -o a", "two reports would go to a"),
        ("-f jsno", "no output format jsno; did you mean json?"),
        ("-f zzz", "no output format zzz; choose from full, summary, concise, markdown"),
        ("-o a.xyz", "-o a.xyz: this name tells no format; put -f FORMAT before it"),
        ("-o -", "-o -: this name tells no format"),
    ],
)
def test_what_cannot_be_paired_is_a_usage_error(given: str, told: str) -> None:
    with pytest.raises(click.UsageError) as caught:
        paired(*given.split())
    assert told in caught.value.message


def test_the_default_may_be_a_setting_and_is_checked_too() -> None:
    assert paired(default="concise") == [("concise", None)]
    with pytest.raises(click.UsageError):
        paired(default="consice")


@given(st.lists(st.sampled_from(["-f", "-o"]), min_size=1))
def test_every_option_has_its_place(options: list[str]) -> None:
    names = [report.name for report in REPORTS]
    values = [(o, names[n % len(names)] if o == "-f" else f"{n}.json") for n, o in enumerate(options)]
    try:
        targets = pair(values, "full")
    except click.UsageError:
        assert options.count("-f") >= 2
        return
    assert [str(t.file) for t in targets if t.file] == [value for o, value in values if o == "-o"]
    assert len(targets) >= max(options.count("-f"), options.count("-o"))


# --- files ------------------------------------------------------------------------------------------------------------


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeError), Output(file) as output:  # noqa: PT012 - the order of these is the point
        output.write("new")
        assert file.read_text(encoding="utf-8") == "old"
        raise UnicodeError
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"a.txt": "old"}
    with Output(file) as output:
        output.write("new")
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"a.txt": "new"}


def test_a_file_gets_the_rights_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    with Output(tmp_path / "a.txt"):
        pass
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_link_keeps_being_one(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("a.txt")
    (tmp_path / "a.txt").touch()
    with Output(tmp_path / "link") as output:
        output.write("x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a.txt").read_bytes() == b"x"


def test_a_device_is_written_to() -> None:
    with Output(Path("/dev/null")) as output:
        output.write("x")
    assert not Path("/dev/null").is_file()


@given(st.text(st.characters(exclude_categories=())))
def test_text_is_utf_8_with_its_line_breaks_and_json_survives(tmp_path_factory: object, text: str) -> None:
    file = tmp_path_factory.mktemp("out") / "a.json"  # type: ignore[attr-defined]
    with Output(file) as output:
        output.write(json.dumps(text, ensure_ascii=False) + "\n")
    data = file.read_bytes()
    assert data.endswith(b'"\n')
    assert b"\r" not in data
    assert json.loads(data.decode("utf-8")) == text


@pytest.mark.parametrize(
    ("name", "module", "extra", "package"),
    [("xlsx", "openpyxl", "excel", "openpyxl"), ("parquet", "pyarrow.parquet", "parquet", "pyarrow")],
)
def test_a_format_whose_package_is_missing_says_so_before_anything_is_judged(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: str, extra: str, package: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    code, out, err = run("score", "two.jsonl", "-o", f"r.{name}", "-f", "concise")
    assert (code, out) == (2, "")
    assert f"needs the package {package}; install it with: pip install 'empathy-audit[{extra}]'" in err
    assert not (here / f"r.{name}").exists()
