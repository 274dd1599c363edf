"""`lint` as its users call it: what is told, where it goes, and the exit code."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from empathy_audit.cli import exits

from tests.batch.lint.test_changed import git
from tests.cli.conftest import SMALL, Run

WALL = "macros:\n  - id: wall\n    text: As per our policy, kindly wait.\n"
CALM = "Please calm down."
WALLED = "wall.yaml:3:11: policy-wall puts a policy first: “As per our policy”\n"
STIFF = "wall.yaml:3:30: stiff-words says it stiffly: “kindly”\n"
CALMED = "calm.txt:1:8: calm-down tells the customer how to feel\n"
SKIPPED = "2 files skipped: no macros (lint.yaml, small.yaml)\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in ("NO_COLOR", "FORCE_COLOR", "EMPATHY_AUDIT_DEBUG", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(variable, raising=False)
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copy(SMALL, folder)
    shutil.copy(SMALL.with_name("lint.yaml"), folder)
    (folder / "empathy-audit.yaml").write_text("rubric: lint.yaml\n")
    (folder / "wall.yaml").write_text(WALL)
    (folder / "calm.txt").write_text(CALM)
    monkeypatch.chdir(folder)
    return folder


def put(name: str, text: str | bytes) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def concise(run: Run, *arguments: str) -> tuple[int, str]:
    code, out, _ = run("lint", *arguments, "-f", "concise", "-q")
    return code, out


# --- what cannot be done ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Missing argument 'PATH...'; give files, folders, globs, or - for standard input."),
        (("wall.yaml", "-f", "html"), "no output format html; choose from full, concise, json, github, gitlab, sarif, junit"),
        (("wall.yaml", "-f", "sarfi"), "no output format sarfi; did you mean sarif?"),
        (("wall.yaml", "-o", "out"), "-o out: this name tells no format; put -f FORMAT before it, or end it in one of"),
        (("wall.yaml", "-f", "json", "-o", "wall.yaml"), "wall.yaml is an input too; give --output-file another name."),
        (("wall.yaml", "-f", "json", "-f", "sarif"), "two reports would go to standard output"),
        (("wall.yaml", "--fix", "--diff"), "--fix and --diff exclude each other; keep one of them"),
        (("-", "--fix"), "--fix is for files; standard input (-) cannot be mended"),
        (("-", "--diff"), "--diff is for files; standard input (-) cannot be mended"),
        (("wall.yaml", "--diff", "-f", "json"), "--diff writes no report; leave out -f, or run it by itself"),
        (("wall.yaml", "--statistics", "-o", "a.json"), "--statistics writes no report; leave out -o, or run it by itself"),
        (("wall.yaml", "--watch", "--fix"), "--watch is for files that you edit; leave out --fix"),
        (("-", "--watch"), "--watch is for files that you edit; leave out -"),
        (("wall.yaml", "--max-warnings", "-1"), "-1 is not in the range x>=0"),
        (("wall.yaml", "--as-of", "soon"), "'soon' does not match the format '%Y-%m-%d'"),
        (("wall.yaml", "--config", "none.yaml"), "File 'none.yaml' does not exist"),
        (("wall.yaml", "--isolated", "--config", "empathy-audit.yaml"), "--config and --isolated exclude each other"),
        (("wall.yaml", "--rubric", "none"), "unknown rubric 'none'; expected a file or a shipped rubric: "),
        (("wall.yaml", "--rubric", "empathy@99"), "'empathy@99' is not shipped; expected version "),
        (("wall.yaml", "--input-format", "zendeks"), "zendeks"),
        (("wall.yaml", "--baseline", "none.json"), "none.json: cannot be read: No such file or directory; make one with"),
        (("wall.yaml", "--waivers", "none.yaml"), "none.yaml: cannot be read: No such file or directory; expected"),
        (("wall.yaml", "--changed-since", "--output=x"), "--changed-since: '--output=x' is no revision; expected one such as"),
        (("wall.yaml", "--select", "policy-wal"), "--select policy-wal: no finding is called so; did you mean policy-wall?"),
        (("none.yaml",), "none.yaml: no such file or folder; check the path"),
        (("*.none",), "*.none: this glob matches nothing; check the pattern"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_and_nothing_else_happens(run: Run, arguments: tuple[str, ...], told: str) -> None:
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    code, _, err = run("lint", *arguments)
    assert code == exits.TROUBLE
    assert told in " ".join(err.split())
    assert "Traceback" not in err
    after = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file() and "cache" not in str(path)}
    assert after == before


@pytest.mark.parametrize("folder", ["empty", "others"])
def test_nothing_to_check_is_no_success(run: Run, folder: str) -> None:
    Path(folder).mkdir()
    if folder == "others":
        put("others/a.bin", b"\0\1")
    code, _, err = run("lint", folder, "-f", "concise")
    assert (code, "error: " in err) == (2, True)
    assert run("lint", folder, "--exit-zero").code == 2


def test_one_broken_file_never_sinks_the_others(run: Run) -> None:
    put("broken.yaml", "macros:\n  - id: a\n    text: ''\n")
    put("b.bin", b"\0")
    code, out, err = run("lint", "broken.yaml", "none.txt", "b.bin", "wall.yaml", "calm.txt", "-f", "concise")
    assert code == 2
    assert out.startswith(WALLED + STIFF + CALMED)
    failures = out.splitlines()[3:]
    assert [line.split(" ")[:2] for line in failures] == [
        ["none.txt:", "not-found"], ["b.bin:", "unrecognised"], ["broken.yaml:2:5:", "malformed"],
    ]  # fmt: skip
    assert [line.split(":")[1].strip() for line in err.splitlines()] == ["none.txt", "b.bin", "broken.yaml"]
    assert run("lint", "broken.yaml", "--exit-zero").code == 2


# --- bars ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1),
        (("--exit-zero",), 0),
        (("--fail-on", "never"), 0),
        (("--fail-on", "error"), 0),
        (("--fail-on", "suggestion"), 1),
        (("--max-warnings", "0"), 1),
        (("--max-warnings", "1"), 0),
        (("--max-warnings", "0", "--exit-zero"), 0),
        (("--max-warnings", "0", "--fail-on", "never"), 1),
        (("--max-warnings", "1", "--fail-on", "suggestion"), 1),
        (("--ignore", "policy-wall"), 0),
        (("--ignore", "policy-wall", "--fail-on", "suggestion"), 1),
        (("--select", "stiff-words"), 0),
    ],
)
def test_exit_codes(run: Run, arguments: tuple[str, ...], code: int) -> None:
    assert run("lint", "wall.yaml", *arguments).code == code
    assert run("lint", "wall.yaml", *arguments, "--statistics").code == code
    assert run("lint", "wall.yaml", *arguments, "-o", "out.json").code == code


def test_a_needless_ignore_is_told_and_does_no_harm(run: Run) -> None:
    code, out, err = run("lint", "calm.txt", "--ignore", "calm-dwon", "-f", "concise")
    assert (code, out, err) == (1, CALMED, "--ignore calm-dwon: no finding is called so; did you mean calm-down?\n")
    assert run("lint", "calm.txt", "--ignore", "unused-waiver", "-q").err == ""


# --- settings -------------------------------------------------------------------------------------------------------------


def test_a_folder_has_settings_of_its_own(run: Run) -> None:
    put("de/empathy-audit.yaml", "rubric: other.yaml\nignore: [stiff-words]\n")
    put(
        "de/other.yaml",
        "rubric: other\nversion: 1.0.0\nextends: ../lint.yaml\nmacros:\n  checks:\n    - {id: policy-wall, message: is a wall}\n",
    )
    put("de/deep/a.yaml", WALL)
    put("de/plain/empathy-audit.yaml", "rubric: ../../small.yaml\n")
    put("de/plain/b.yaml", WALL.replace("kindly", "calm down,"))
    walled = "de/deep/a.yaml:3:11: policy-wall is a wall\n"
    calmed = "de/plain/b.yaml:3:30: calm-down tells the customer how to feel\n"
    for _ in range(2):  # and again from the cache
        assert concise(run, "de", "wall.yaml") == (1, walled + calmed + WALLED + STIFF)
    # An option beats each of them; --config and --isolated leave none.
    assert concise(run, "de/deep", "--ignore", "policy-wall") == (
        0,
        "de/deep/a.yaml:3:30: stiff-words says it stiffly: “kindly”\n",
    )
    both = WALLED.replace("wall.yaml", "de/deep/a.yaml", 1) + STIFF.replace("wall.yaml", "de/deep/a.yaml", 1)
    assert concise(run, "de/deep", "--config", "empathy-audit.yaml") == (1, both)
    assert concise(run, "de/deep", "--isolated", "--rubric", "lint.yaml") == (1, both)
    os.chdir("de/deep")
    assert concise(run, ".") == (1, "a.yaml:3:11: policy-wall is a wall\n")


def test_a_broken_settings_file_of_a_folder_is_told_with_its_line(run: Run) -> None:
    put("de/empathy-audit.yaml", "ignore: [a]\nrubrics: x\n")
    put("de/a.yaml", WALL)
    code, out, err = run("lint", "de")
    assert (code, out) == (2, "")
    assert err.endswith("de/empathy-audit.yaml:2: unknown key rubrics; did you mean rubric?\n")


def test_an_input_format_of_a_folder_holds_for_mending_too(run: Run) -> None:
    put("de/empathy-audit.yaml", "input-format: text\nrubric: ../lint.yaml\n")
    put("de/a.yaml", "Kindly wait.\n")
    assert run("lint", "de", "--fix", "-q").code == 0
    assert Path("de/a.yaml").read_text() == "Please wait.\n"


def test_show_settings_tells_where_each_came_from(run: Run) -> None:
    code, out, err = run("lint", "--show-settings", "--ignore", "a", "--max-warnings", "3")
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert 'rubric: "lint.yaml"  # empathy-audit.yaml:1' in out or "lint.yaml" in lines[0]
    assert 'ignore: ["a"]  # option' in lines
    assert "max-warnings: 3  # option" in lines
    assert 'fail-on: "warning"  # default' in lines
    assert 'fail-on: "never"  # option' in run("lint", "--show-settings", "--fail-on", "never").out


def test_bars_and_files_may_stand_in_the_settings(run: Run) -> None:
    put("known.json", '{"baseline_version": 1, "findings": []}')
    put("team/waivers.yaml", "waivers:\n  - {code: calm-down, file: calm.txt, reason: x}\n")
    put("empathy-audit.yaml", "rubric: lint.yaml\nmax-warnings: 1\nbaseline: known.json\nwaivers: team/waivers.yaml\n")
    assert concise(run, "wall.yaml", "calm.txt") == (0, WALLED + STIFF)
    assert concise(run, ".") == (0, WALLED + STIFF)


def test_a_rubric_may_be_pinned(run: Run) -> None:
    put("kind.yaml", "macros:\n  - id: a\n    text: Kindly wait. I will call you back on Monday at noon.\n")
    for rubric in ("empathy@1", "empathy"):
        put("empathy-audit.yaml", f"rubric: {rubric}\n")
        assert run("lint", "kind.yaml", "-f", "json").code == 0
        assert json.loads(run("lint", "kind.yaml", "-f", "json").out)["rubrics"][0]["id"] == "empathy"
    version = json.loads(run("lint", "kind.yaml", "-f", "json").out)["rubrics"][0]["version"]
    assert run("lint", "kind.yaml", "--rubric", f"empathy@{version}").code == 0
    told = (
        f"'empathy@99' is not shipped; expected version {version}, the one that is; write empathy@{version}, or install"
    )
    put("empathy-audit.yaml", "rubric: empathy@99\n")
    for arguments in ((), ("--rubric", "empathy@99", "--isolated")):
        code, out, err = run("lint", "kind.yaml", *arguments)
        assert (code, out) == (2, "")
        assert told in err


# --- waivers ------------------------------------------------------------------------------------------------------------


def test_a_comment_waives_with_a_reason_and_is_told_without(run: Run) -> None:
    put("wall.yaml", WALL.replace("  - id", "  # empathy-audit: allow policy-wall because legal\n  - id"))
    code, out, _ = run("lint", "wall.yaml", "-q")
    assert code == 0
    assert out.splitlines()[-1] == "1 waived"
    put("wall.yaml", WALL.replace("  - id", "  # empathy-audit: allow policy-wall\n  - id"))
    told = "wall.yaml:2:1: waiver-without-reason the waiver of policy-wall gives no reason, so it does not count\n"
    assert concise(run, "wall.yaml", "--ignore", "stiff-words") == (1, WALLED.replace(":3:", ":4:") + told)


def test_a_side_car_file_waives_for_files_without_comments(run: Run) -> None:
    put(
        "exports/a.json",
        json.dumps({"macros": [{"id": "wall", "text": "As per our policy."}, {"id": "b", "text": "Calm down."}]}),
    )
    entries = [
        "  - {code: policy-wall, macro: wall, reason: legal, until: 2027-03-31}",
        "  - {code: calm-down, file: 'exports/*.json', reason: soon gone}",
        "  - {code: calm-down, macro: none, reason: typo}",
    ]
    put("waivers.yaml", "waivers:\n" + "\n".join(entries[:2]) + "\n")
    assert concise(run, "exports", "--as-of", "2027-03-31") == (0, "")
    code, out = concise(run, "exports", "--as-of", "2027-04-01")
    assert code == 1
    assert out.splitlines()[0].startswith("exports/a.json:1:")
    assert out.splitlines()[1] == (
        "waivers.yaml:2:1: expired-waiver the waiver of policy-wall expired on 2027-03-31; the findings count again"
    )
    put("waivers.yaml", "waivers:\n" + "\n".join(entries) + "\n")
    unused = "waivers.yaml:4:1: unused-waiver the waiver of calm-down waives nothing\n"
    assert concise(run, "exports", "--as-of", "2027-01-01") == (1, unused)
    assert concise(run, ".", "--as-of", "2027-01-01", "--ignore", "policy-wall")[1].endswith(unused)
    shutil.move("waivers.yaml", "other.yaml")
    assert concise(run, "exports", "--waivers", "other.yaml", "--as-of", "2027-01-01") == (
        1,
        unused.replace("waivers.y", "other.y"),
    )


# --- standard input, files, formats ---------------------------------------------------------------------------------------


class Piped:
    def __init__(self, data: bytes) -> None:
        import io

        self.buffer = io.BytesIO(data)


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Piped(WALL.encode()))
    assert concise(run, "-", "--stdin-filename", "wall.yaml") == (1, WALLED + STIFF)
    monkeypatch.setattr(sys, "stdin", Piped(b""))
    code, out, _ = run("lint", "-", "-f", "concise")
    assert (code, out.split(" ")[:2]) == (2, ["<stdin>:", "unrecognised"])


def test_every_format_goes_where_it_is_sent(run: Run) -> None:
    formats = ("json", "sarif", "junit", "github", "gitlab", "concise", "full")
    sent = [part for name in formats for part in ("-f", name, "-o", f"out-{name}")]
    code, out, err = run("lint", "wall.yaml", *sent, "-q")
    assert (code, out, err) == (1, "", "")
    for name in formats:
        assert Path(f"out-{name}").read_text() == run("lint", "wall.yaml", "-f", name, "-q").out
    assert ElementTree.parse("out-junit").getroot().tag == "testsuites"
    assert [entry["check_name"] for entry in json.loads(Path("out-gitlab").read_text())] == [
        "policy-wall",
        "stiff-words",
    ]
    run("lint", "wall.yaml", "-o", "x.sarif", "-o", "x.xml", "-o", "x.json", "-o", "x.txt")
    for suffix, name in (("sarif", "sarif"), ("xml", "junit"), ("json", "json"), ("txt", "full")):
        assert Path(f"x.{suffix}").read_text() == Path(f"out-{name}").read_text()


def test_a_setting_for_score_that_lint_does_not_have_is_no_trouble(run: Run) -> None:
    put("empathy-audit.yaml", "rubric: lint.yaml\noutput-format: html\n")
    assert run("lint", "wall.yaml").out.endswith(
        "1 macro in 1 file: 0 errors, 1 warning, 1 suggestion; 1 can be mended by --fix\n"
    )
    put("empathy-audit.yaml", "rubric: lint.yaml\noutput-format: concise\n")
    assert run("lint", "wall.yaml").out == WALLED + STIFF


def test_colour_is_asked_for_and_never_is_plain(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" in run("lint", "wall.yaml", "--color", "always").out
    assert "\x1b[" not in run("lint", "wall.yaml").out
    plain = run("lint", "wall.yaml", "--color", "never").out
    assert "\x1b[" not in plain
    assert not set("●◐○→") & set(plain)
    assert "instead: Say what can be done." in plain


def test_statistics(run: Run) -> None:
    put("b.yaml", WALL.replace("wall", "b", 1))
    assert run("lint", ".", "--statistics", "-q").out == (
        "2  suggestion  stiff-words\n2  warning     policy-wall\n1  error       calm-down\n"
    ).replace(
        "2  suggestion  stiff-words\n2  warning     policy-wall\n",
        "2  warning     policy-wall\n2  suggestion  stiff-words\n",
    )
    assert run("lint", "wall.yaml", "--select", "calm-down", "--statistics") == (0, "", "")


def test_names_are_those_that_editors_look_for(run: Run) -> None:
    put("a/same.txt", CALM)
    put("b/same.txt", CALM)
    put("../outside/x.txt", CALM)
    told = CALMED.removeprefix("calm.txt")
    assert concise(run, "a", "b/same.txt", "./a/../a/same.txt", str(Path.cwd() / "calm.txt")) == (
        1, f"a/same.txt{told}b/same.txt{told}calm.txt{told}",
    )  # fmt: skip
    os.chdir("a")
    assert concise(run, "../b", "--isolated", "--rubric", "../lint.yaml") == (1, f"../b/same.txt{told}")


# --- the cache ------------------------------------------------------------------------------------------------------------


def test_the_cache_changes_nothing_that_is_told(run: Run) -> None:
    without = run("lint", ".", "-f", "json", "--no-cache")
    assert not Path(".empathy-audit-cache").exists()
    assert run("lint", ".", "-f", "json") == without == run("lint", ".", "-f", "json")
    assert Path(".empathy-audit-cache/CACHEDIR.TAG").is_file()
    assert run("lint", ".", "-f", "json", "--cache-dir", "cache") == without
    assert Path("cache/.gitignore").read_text() == "*\n"


def test_a_second_run_imports_nothing_heavy(here: Path) -> None:
    program = (
        "import sys\nfrom empathy_audit.cli import main\n"
        "try: main(['lint', 'wall.yaml', 'calm.txt', '-f', 'json'])\n"
        "finally: print(sorted({'spacy', 'numpy', 're2', 'rich', 'pydantic'} & set(sys.modules)), file=sys.stderr)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    runs = [
        subprocess.run([sys.executable, "-c", program], cwd=here, capture_output=True, text=True, env=environment)
        for _ in range(2)
    ]
    assert runs[0].stdout == runs[1].stdout != ""
    assert [one.returncode for one in runs] == [1, 1]
    assert "re2" in runs[0].stderr
    assert runs[1].stderr == "[]\n"


# --- rewrites -------------------------------------------------------------------------------------------------------------


def test_a_difference_is_shown_changes_nothing_and_is_what_fix_does(run: Run) -> None:
    put("sub/with space.yaml", WALL.replace("\n", "\r\n"))
    before = {path: path.read_bytes() for path in Path().rglob("*.yaml")}
    code, out, err = run("lint", ".", "--diff", "-q")
    assert (code, err) == (1, "")
    assert {path: path.read_bytes() for path in Path().rglob("*.yaml")} == before
    shutil.copytree(".", "../copy")
    subprocess.run(["git", "apply", "-p1", "-"], cwd="../copy", input=out.encode(), check=True)
    code, out, err = run("lint", ".", "--fix", "-f", "concise")
    assert (code, out) == (1, CALMED + WALLED.replace("wall", "sub/with space", 1) + WALLED)
    assert err == "sub/with space.yaml: 1 mended\nwall.yaml: 1 mended\n" + SKIPPED
    for path in Path().rglob("*.yaml"):
        assert path.read_bytes() == (Path("../copy") / path).read_bytes()
    assert b"please wait.\r\n" in Path("sub/with space.yaml").read_bytes()


def test_fix_twice_is_fix_once(run: Run) -> None:
    run("lint", ".", "--fix")
    once = Path("wall.yaml").read_bytes()
    code, _, err = run("lint", ".", "--fix")
    assert (code, err, Path("wall.yaml").read_bytes()) == (1, SKIPPED, once)
    assert run("lint", ".", "--diff") == (1, "", SKIPPED)


def test_what_is_waived_or_known_is_not_mended(run: Run) -> None:
    put("wall.yaml", WALL.replace("  - id", "  # empathy-audit: allow stiff-words because brand voice\n  - id"))
    before = Path("wall.yaml").read_bytes()
    assert run("lint", "wall.yaml", "--fix", "-q").code == 1
    assert Path("wall.yaml").read_bytes() == before


def test_a_file_that_cannot_be_written_is_told_and_the_others_are_mended(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from empathy_audit.batch.lint import fixing

    put("a.yaml", WALL)
    really = fixing.write

    def write(path: Path, data: bytes) -> None:
        if path.name == "a.yaml":
            raise OSError(28, "No space left on device")
        really(path, data)

    monkeypatch.setattr(fixing, "write", write)
    code, _, err = run("lint", "a.yaml", "wall.yaml", "--fix", "-f", "concise")
    assert (code, "please" in Path("wall.yaml").read_text()) == (2, True)
    assert (
        err == "error: a.yaml: cannot be mended: No space left on device; check its permissions\nwall.yaml: 1 mended\n"
    )


def test_a_rewrite_that_cannot_go_in_is_told(run: Run) -> None:
    put("latin.txt", "Kindly wait at the café.".encode("latin-1"))
    code, _, err = run("lint", "latin.txt", "--fix")
    assert (code, err) == (
        0,
        "latin.txt: 1 rewrite left out: more than its words would change, or the file is no UTF-8; mend it by hand\n",
    )
    assert Path("latin.txt").read_bytes() == "Kindly wait at the café.".encode("latin-1")


# --- changes since a revision -----------------------------------------------------------------------------------------------


def test_only_what_changed_is_looked_at(run: Run) -> None:
    git(Path(), "init", "-q", "-b", "main")
    git(Path(), "add", "-A")
    git(Path(), "commit", "-qm", "one")
    assert run("lint", ".", "--changed-since", "HEAD") == (
        0,
        "0 macros in 0 files: nothing found\n",
        "no file changed since HEAD\n",
    )
    put("waivers.yaml", "waivers:\n  - {code: policy-wall, macro: none, reason: of another file}\n")
    put("new.txt", CALM)
    assert concise(run, ".", "--changed-since", "main") == (1, CALMED.replace("calm.txt", "new.txt"))
    Path("sub").mkdir()
    os.chdir("sub")
    assert concise(run, "..", "--changed-since", "main", "--isolated", "--rubric", "../lint.yaml") == (
        1, CALMED.replace("calm.txt", "../new.txt"),
    )  # fmt: skip
    code, out, err = run("lint", "..", "--changed-since", "none", "--isolated")
    assert (code, out) == (2, "")
    assert err.startswith("error: --changed-since: git says: ")


# --- watching -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def watching(here: Path) -> Any:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "empathy_audit", "lint", ".", "-f", "concise", "--watch"]
    with (here / "out.log").open("wb") as out, (here / "err.log").open("wb") as err:
        process = subprocess.Popen(command, cwd=here, stdout=out, stderr=err, env=environment)
    yield process
    if process.poll() is None:
        process.kill()
        process.wait()


def waited(process: Any, rounds: int) -> tuple[str, str]:
    """What was told when that many rounds are over."""
    for _ in range(600):
        err = Path("err.log").read_text()
        if err.count("watching; Ctrl-C ends it") >= rounds:
            return Path("out.log").read_text(), err
        assert process.poll() is None, err
        time.sleep(0.1)
    raise AssertionError(Path("err.log").read_text())


def swap(name: str, text: str) -> None:
    """Write a file at once, so that nobody sees half of it."""
    put(f"../{name}.new", text).replace(name)


def ended(process: Any) -> int:
    process.send_signal(signal.SIGINT)
    return int(process.wait(30))


def test_a_change_is_told_and_ctrl_c_ends_with_the_last_code(watching: Any) -> None:
    out, _ = waited(watching, 1)
    assert out == CALMED + WALLED + STIFF
    swap("calm.txt", "I can see why.")
    swap("wall.yaml", WALL.replace("As per our policy, ", ""))
    for rounds in (2, 3):
        out, _ = waited(watching, rounds)
        if out.endswith(STIFF.replace(":30:", ":11:")) and not out.endswith(CALMED + STIFF.replace(":30:", ":11:")):
            break
    assert out.endswith(STIFF.replace(":30:", ":11:"))
    assert ended(watching) == 0
    assert "Traceback" not in Path("err.log").read_text()


def test_settings_and_rubrics_are_read_anew_and_what_is_wrong_with_them_is_waited_out(watching: Any) -> None:
    waited(watching, 1)
    swap("empathy-audit.yaml", "rubric: lint.yaml\nignored: x\n")
    _, err = waited(watching, 2)
    assert "error: " in err
    assert "unknown key ignored; did you mean ignore?" in err
    swap("empathy-audit.yaml", "rubric: lint.yaml\nignore: [policy-wall, stiff-words]\n")
    out, _ = waited(watching, 3)
    assert out == CALMED + WALLED + STIFF + CALMED
    swap("small.yaml", Path("small.yaml").read_text().replace("tells the customer how to feel", "says how to feel"))
    out, _ = waited(watching, 4)
    assert out.endswith("calm-down says how to feel\n")
    assert ended(watching) == 1


def test_the_example_library_is_mended_once_and_for_all(run: Run) -> None:
    examples = Path(__file__).parents[2] / "sample_macros"
    shutil.copytree(examples, "shown")
    shutil.copytree(examples, "examples")
    put("empathy-audit.yaml", "rubric: empathy@1\n")
    code, out, _ = run("lint", "shown", "--diff", "-q")
    assert (code, out.startswith("--- a/shown/airline.yaml\n+++ b/shown/airline.yaml\n@@ ")) == (1, True)
    patch = ["patch", "-p1", "-s"] if shutil.which("patch") else ["git", "apply", "-"]
    subprocess.run(patch, input=out.encode(), check=True)
    assert run("lint", "examples", "--fix", "-q").code == 1
    for path in Path("examples").iterdir():
        assert path.read_bytes() == (Path("shown") / path.name).read_bytes()
    once = {path: path.read_bytes() for path in Path("examples").iterdir()}
    code, out, err = run("lint", "examples", "--fix")
    assert {path: path.read_bytes() for path in Path("examples").iterdir()} == once
    assert "--fix" not in out
    assert "mended" not in err


@pytest.mark.parametrize(
    ("typed", "offered"), [("lint -f sa", "plain,sarif\n"), ("lint --input-format ra", "plain,rasa\n")]
)
def test_a_shell_offers_formats_and_readers(
    run: Run, monkeypatch: pytest.MonkeyPatch, typed: str, offered: str
) -> None:
    monkeypatch.setenv("_EMPATHY_AUDIT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", f"empathy-audit {typed}")
    monkeypatch.setenv("COMP_CWORD", "3")
    assert run() == (0, offered, "")


def test_what_is_found_does_not_hang_on_what_else_is_looked_at(run: Run) -> None:
    put("b.yaml", WALL.replace("id: wall", "id: b"))
    alone = [json.loads(run("lint", name, "-f", "json").out)["files"] for name in ("b.yaml", "calm.txt", "wall.yaml")]
    together = json.loads(run("lint", "wall.yaml", "b.yaml", "calm.txt", "-f", "json", "--no-cache").out)["files"]
    assert sorted((file for files in alone for file in files), key=lambda file: file["name"]) == sorted(
        together, key=lambda file: file["name"]
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    seen = {
        subprocess.run(
            [sys.executable, "-m", "empathy_audit", "lint", ".", "-f", name, "--no-cache"],
            env={**environment, "PYTHONHASHSEED": seed, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
        for name in ("full",)
    }
    assert seen == {run("lint", ".", "--no-cache").out.encode()}
