from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import MET, MISSED, Run, native


def scores(jsonl: str) -> dict[str, float | None]:
    lines = [json.loads(line) for line in jsonl.splitlines()]
    return {line["transcript"]["id"]: line["scores"]["overall"] for line in lines if "transcript" in line}


# --- what goes wrong --------------------------------------------------------------------------------------------------


def test_without_paths_it_says_what_to_give(run: Run) -> None:
    code, out, err = run("score")
    assert (code, out) == (2, "")
    assert "Missing argument 'PATH...'; give files, folders, globs, or - for standard input." in err


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (("--fail-under", "101"), "'--fail-under': 101.0 is not in the range 0<=x<=100"),
        (("--fail-on", "often"), "'--fail-on': 'often' is not one of"),
        (("--jobs", "0"), "'--jobs': '0' is neither a whole number, 1 or more, nor auto"),
        (("--jobs", "many"), "'--jobs': 'many' is neither a whole number, 1 or more, nor auto"),
        (("--sample", "0"), "'--sample': 0 is not in the range x>=1"),
        (("--output-format", "jsno"), "no output format jsno; did you mean json?"),
        (("--input-format", "natve"), "natve"),
        (("--rubric", "none.yaml"), "none.yaml"),
        (("--config", "none.yaml"), "'--config': File 'none.yaml' does not exist."),
        (("--config", "small.yaml"), "small.yaml:3: unknown key version"),
        (("-o", "none/a.json"), "error: none/a.json: there is no folder none to write to; make it first\n"),
    ],
)
def test_an_option_that_cannot_be_is_told(run: Run, option: tuple[str, ...], told: str) -> None:
    code, out, err = run("score", "two.jsonl", *option)
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


def test_what_cannot_be_read_is_told_and_the_rest_judged(run: Run, here: Path) -> None:
    (here / "broken.json").write_text('{"id": "b", "turns": [', encoding="utf-8")
    code, out, err = run("score", "none.txt", "broken.json", "two.jsonl", "*.vtt", "-f", "jsonl")
    assert code == 2
    assert scores(out) == {"met": 100.0, "missed": 0.0}
    failures = [json.loads(line)["failure"]["source"] for line in out.splitlines() if "failure" in json.loads(line)]
    assert [failures[0], failures[2]] == ["none.txt", "*.vtt"]
    assert failures[1].startswith("broken.json")
    assert [line.split(": ")[1] for line in err.splitlines()] == failures


def test_a_folder_without_transcripts_is_nothing_to_judge(run: Run, here: Path) -> None:
    (here / "d").mkdir()
    (here / "d" / "x.bin").write_bytes(bytes(range(256)))
    code, out, err = run("score", "d", "-f", "jsonl")
    assert (code, out) == (2, "")
    assert err == (
        "1 file skipped: no reader recognises it (x.bin)\n"
        "error: nothing to judge: no transcript was found; see `empathy-audit formats` for what can be read\n"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Agent: Hello, how are you doing today?\nAgent: Are you still there, or not?\n", "no-customer"),
        ("Customer: I am furious about this.\nCustomer: Is anybody there at all?\n", "no-agent"),
        ("Ann: I am furious about this.\nKim: I see that.\n" * 2, "unknown-roles"),
    ],
)
def test_without_evidence_there_is_no_score_and_no_trouble(run: Run, here: Path, text: str, reason: str) -> None:
    (here / "one.txt").write_text(text, encoding="utf-8")
    code, out, err = run("score", "one.txt", "-f", "jsonl", "--fail-under", "100", "--fail-under-mean", "100")
    assert (code, err) == (0, "")
    found = json.loads(out)["scores"]
    assert (found["overall"], found["reason"]) == (None, reason)


# --- bars -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        ("", 0, []),
        ("--fail-under 50", 1, ["two.jsonl:2 (missed): score 0 is under 50 (fail-under)"]),
        ("--fail-under 0", 0, []),
        ("--fail-under-mean 50", 0, []),
        ("--fail-under-mean 50.1", 1, ["all conversations: mean score 50 is under 50.1 (fail-under-mean)"]),
        ("--fail-on error", 1, ["two.jsonl:2 (missed): 2 findings of severity error (fail-on)"]),
        ("--fail-on never", 0, []),
        ("--max-missed 0", 1, ["two.jsonl:2 (missed): 1 missed opportunities, 0 allowed (max-missed)"]),
        ("--max-missed 1", 0, []),
        ("--max-missed 0 --exit-zero", 0, ["two.jsonl:2 (missed): 1 missed opportunities, 0 allowed (max-missed)"]),
        ("--max-missed 0 -q", 1, []),
        ("--max-missed 0 -o out.json", 1, ["two.jsonl:2 (missed): 1 missed opportunities, 0 allowed (max-missed)"]),
    ],
)
def test_a_missed_bar_is_told_and_exits_1(run: Run, options: str, code: int, told: list[str]) -> None:
    ran = run("score", "two.jsonl", "-f", "concise", *options.split())
    assert (ran.code, ran.err.splitlines()) == (code, told)


@pytest.mark.parametrize("more", [[], ["--exit-zero"]])
def test_a_failure_outweighs_a_missed_bar(run: Run, more: list[str]) -> None:
    assert run("score", "two.jsonl", "none.txt", "--fail-under", "50", *more).code == 2


def test_a_bar_may_stand_in_the_settings_and_an_option_beats_it(run: Run, here: Path) -> None:
    (here / "empathy-audit.yaml").write_text("rubric: small.yaml\nfail-under: 50\n", encoding="utf-8")
    assert run("score", "two.jsonl").code == 1
    assert run("score", "two.jsonl", "--fail-under", "0").code == 0
    assert run("score", "two.jsonl", "--isolated", "--rubric", "small.yaml").code == 0


# --- where results go -------------------------------------------------------------------------------------------------


def test_reports_go_where_they_are_sent_in_the_order_typed(run: Run, here: Path) -> None:
    code, out, err = run("score", "two.jsonl", "-f", "json", "-o", "a.txt", "-o", "b.jsonl", "-f", "concise")
    assert (code, err) == (0, "")
    assert [line.split()[1] for line in out.splitlines()] == ["distress-missed", "calm-down"]
    assert list(json.loads((here / "a.txt").read_text(encoding="utf-8"))["summary"].items())[:3] == [
        ("conversations", 2),
        ("scored", 2),
        ("failures", 0),
    ]
    assert scores((here / "b.jsonl").read_text(encoding="utf-8")) == {"met": 100.0, "missed": 0.0}


def test_with_a_file_alone_stdout_is_empty(run: Run, here: Path) -> None:
    assert run("score", "two.jsonl", "-o", "a.json") == (0, "", "")
    assert run("score", "two.jsonl", "-f", "json") == (0, (here / "a.json").read_text(encoding="utf-8"), "")


def test_the_same_bytes_whatever_the_number_of_jobs(run: Run, here: Path) -> None:
    lines = [native(f"n{n}", *(MET, MISSED)[n % 2] * (n % 4 + 1)) for n in range(300)]
    lines[17] = "{broken\n"
    (here / "many.jsonl").write_text("".join(lines), encoding="utf-8")
    for report in ("jsonl", "json", "full"):
        alone = run("score", "many.jsonl", "two.jsonl", "-f", report, "--fail-under", "50")
        assert alone.code == 2
        assert run("score", "many.jsonl", "two.jsonl", "-f", report, "--fail-under", "50", "--jobs", "2") == alone


def test_a_sample_is_drawn_by_its_seed(run: Run, here: Path) -> None:
    (here / "many.jsonl").write_text("".join(native(f"n{n}", *MET) for n in range(50)), encoding="utf-8")
    drawn = [run("score", "many.jsonl", "-f", "jsonl", "--sample", "5", *more) for more in ([], ["--seed", "1"], [])]
    assert drawn[0] == drawn[2] != drawn[1]
    assert [len(scores(ran.out)) for ran in drawn] == [5, 5, 5]


# --- what is judged ---------------------------------------------------------------------------------------------------


def test_folders_globs_and_files_meet_once(run: Run, here: Path) -> None:
    (here / "d" / "e").mkdir(parents=True)
    (here / "d" / "a.txt").write_text("Customer: I am furious.\nAgent: That must be upsetting.\n", encoding="utf-8")
    (here / "d" / "e" / "b.jsonl").write_text(native("met", *MET), encoding="utf-8")
    (here / "d" / "e" / "c.bin").write_bytes(bytes(range(256)))
    code, out, err = run("score", "d", "d/a.txt", "d/**/*.jsonl", "two.jsonl", "-f", "jsonl")
    assert (code, err) == (0, "1 file skipped: no reader recognises it (e/c.bin)\n")
    found = [json.loads(line)["transcript"] for line in out.splitlines()]
    assert [(t["id"], t["source"]) for t in found] == [
        ("a.txt:1", "a.txt"),
        ("met", "e/b.jsonl:1"),
        ("met", "two.jsonl:1"),
        ("missed", "two.jsonl:2"),
    ]


def test_standard_input_has_a_name(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def sources(*more: str) -> list[str]:
        with Path("two.jsonl").open(encoding="utf-8") as stdin:
            monkeypatch.setattr(sys, "stdin", stdin)
            out = run("score", "-", "-f", "jsonl", *more).out
        return [json.loads(line)["transcript"]["source"] for line in out.splitlines()]

    assert sources() == ["<stdin>:1", "<stdin>:2"]
    assert sources("--stdin-filename", "chat.jsonl") == ["chat.jsonl:1", "chat.jsonl:2"]


def test_agents_and_customers_may_be_named(run: Run, here: Path) -> None:
    (here / "x.txt").write_text("Ann: I am furious.\nKim: That must be upsetting.\n" * 2, encoding="utf-8")
    (here / "empathy-audit.yaml").write_text("rubric: small.yaml\ncustomers: [Ann]\n", encoding="utf-8")

    def roles(*more: str) -> list[str]:
        return [t["role"] for t in json.loads(run("score", "x.txt", "-f", "jsonl", *more).out)["turns"]]

    assert roles("--agent", "kim") == ["customer", "agent"] * 2
    assert roles("--agent", "Ann", "--customer", "Kim") == ["agent", "customer"] * 2


# --- what is told beside --------------------------------------------------------------------------------------------


def test_verbose_tells_how_each_file_was_read(run: Run, here: Path) -> None:
    (here / "d").mkdir()
    (here / "d" / "x.bin").write_bytes(bytes(range(256)))
    _, _, err = run("score", "two.jsonl", "d", "-v", "-f", "concise")
    lines = err.splitlines()
    assert lines[0].startswith("two.jsonl: native: ")
    assert lines[1:] == [
        "  2 conversations; turns: 2 customer, 2 agent",
        "  roles by label 4",
        "x.bin: skipped: no reader recognises it",
        "1 file skipped: no reader recognises it (x.bin)",
    ]


def test_verbose_tells_what_was_kept_back_and_what_was_left_out(run: Run, here: Path) -> None:
    rows = [
        "tweet_id,author_id,inbound,internal,created_at,text,in_response_to_tweet_id",
        "3,acme,False,,2026-03-02T10:02:00Z,That must be upsetting.,2",
        "2,7,True,,2026-03-02T10:01:00Z,I am furious.,1",
        "1,acme,False,yes,soon,call him,",
        "2,7,True,,2026-03-02T10:01:00Z,I am furious.,1",
        "4,7,True,,2026-03-02T10:03:00Z,,3",
        "5,7,True,,2026-03-02T10:03:00Z",
    ]
    (here / "t.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    told = [
        "t.csv: table: a table with the columns tweet_id, author_id, inbound, internal, created_at, text, "
        "in_response_to_tweet_id",
        "  1 conversation, 1 failure; turns: 1 customer, 2 agent",
        "  kept, shown and never judged: 1 internal note",
        "  roles by label 3",
        "  left out: duplicate messages 1, empty turns 1",
        '  t.csv: conversations are threads by "in_response_to_tweet_id"',
        '  t.csv:4: the time "soon" is not understood; its conversation stays in file order',
    ]
    for command in (("score", "-f", "concise"), ("convert",)):
        _, _, err = run(*command, "t.csv", "-v")
        assert [line for line in err.splitlines() if not line.startswith("error: ")] == told


def test_verbose_tells_whose_role_is_a_guess_and_whose_is_not_known(run: Run, here: Path) -> None:
    opening = "Thank you for calling, how can I help?"
    (here / "a.txt").write_text(f"Ann: {opening}\nKim: My parcel is late.\n" * 2, encoding="utf-8")
    (here / "b.txt").write_text("Ann: Hello.\nKim: Hi.\n" * 2, encoding="utf-8")
    _, out, err = run("score", "a.txt", "b.txt", "-v", "-f", "jsonl")
    guess = {"Ann": {"role": "agent", "confidence": 0.99}, "Kim": {"role": "customer", "confidence": 0.99}}
    assert [json.loads(line)["transcript"]["meta"] for line in out.splitlines()] == [{"guessed_roles": guess}, {}]
    assert [line for line in err.splitlines() if line.startswith("  ")] == [
        "  1 conversation; turns: 2 customer, 2 agent",
        "  roles by cues 4",
        '  a.txt: "Ann" is taken for the agent by wording (confidence 0.99); say --agent "Ann" to make sure',
        '  a.txt: "Kim" is taken for the customer by wording (confidence 0.99); say --customer "Kim" to make sure',
        "  1 conversation; turns: 4 unknown",
        "  roles by unknown 4",
        '  b.txt: role unknown for "Ann", "Kim"; say --agent NAME or --customer NAME',
    ]


def test_quiet_tells_failures_alone(run: Run, here: Path) -> None:
    (here / "x.bin").write_bytes(bytes(range(256)))
    _, _, err = run("score", ".", "none.txt", "-q", "-v", "--fail-under", "50", "-f", "jsonl")
    assert err == "error: none.txt: no such file or folder; check the path\n"


def test_settings_are_shown_with_their_origins(run: Run) -> None:
    code, out, err = run("score", "--show-settings", "--fail-under", "60", "--agent", "Dana")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].endswith('small.yaml"  # empathy-audit.yaml:1')
    assert lines[4] == 'agents: ["Dana"]  # option'
    assert lines[8] == "fail-under: 60.0  # option"


def test_what_a_transcript_says_cannot_drive_the_terminal(run: Run, here: Path) -> None:
    name = "\x1b[31mred.json"
    (here / name).write_text("{", encoding="utf-8")
    code, out, err = run("score", name, "-f", "full")
    assert code == 2
    assert "\x1b" not in out + err
    assert "\\x1b[31mred.json" in err


@pytest.mark.parametrize(
    ("option", "environment", "colored"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_color_is_the_options_then_the_environments(
    run: Run, monkeypatch: pytest.MonkeyPatch, option: list[str], environment: dict[str, str], colored: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run("score", "two.jsonl", *option).out) is colored


# --- real processes -------------------------------------------------------------------------------------------------


def test_progress_shows_in_a_terminal_alone_and_goes_away(here: Path) -> None:
    (here / "many.jsonl").write_text("".join(native(f"n{n}", *MET) for n in range(30)), encoding="utf-8")
    program = (
        "from empathy_audit.cli import main, progress\n"
        "progress.PATIENCE = 0\n"
        "main(['score', 'many.jsonl', '-o', 'out.jsonl'])\n"
    )
    parent, child = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=child, env=environment, cwd=here
    )
    os.close(child)
    shown = b""
    try:
        while data := os.read(parent, 4096):
            shown += data
    except OSError:  # the terminal's other end was closed
        pass
    finally:
        os.close(parent)
    out, _ = process.communicate()
    assert (process.returncode, out) == (0, b"")
    assert b"conversations judged" in shown
    assert shown.rstrip().endswith(b"\x1b[2K")  # the line is erased


def test_a_reader_that_goes_away_is_no_error(here: Path) -> None:
    (here / "many.jsonl").write_text("".join(native(f"n{n}", *MET) for n in range(500)), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "empathy_audit", "score", "many.jsonl", "-f", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=here,
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141
