"""Real runs of the command line that are interrupted in earnest, with marks in the journal many times a second."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

PROGRAM = """
import sys
from empathy_audit.batch import ledger
from empathy_audit.cli import main
if __name__ == "__main__":
    ledger.INTERVAL = 0.02
    main(sys.argv[1:])
"""

CUSTOMER = ("I am furious about my parcel.", "Where is it?", "Thank you.", "I am upset, é ü 😀 \ud800.")
AGENT = ("That must be upsetting.", "Please calm down.", "Let me look into it for you.", "What is your number?")


def batch(path: Path, count: int) -> None:
    """So many conversations, some lines of which are broken."""
    drawn = random.Random(count)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            texts = [drawn.choice((CUSTOMER, AGENT)[n % 2]) + f" {number}" for n in range(2 * drawn.randrange(1, 5))]
            turns = [{"role": ("customer", "agent")[n % 2], "text": text} for n, text in enumerate(texts)]
            line = json.dumps({"id": f"c{number}", "turns": turns})
            file.write(line[: len(line) // 2 if number % 97 == 13 else None] + "\n")


def started(*arguments: str, new_group: bool = False) -> subprocess.Popen[bytes]:
    """`score`, running; in a group of processes of its own, as a terminal would run it."""
    program = Path("program.py")
    program.write_text(PROGRAM, encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(program), "score", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=new_group,
    )


def ran(*arguments: str) -> tuple[int, str]:
    """`score` to its end: its exit code, and what it said on stderr."""
    process = started(*arguments)
    _, err = process.communicate()
    return process.returncode, err.decode()


def marks(target: Path) -> int:
    """How many marks the journal of a run has so far."""
    journal = target.with_name(f".{target.name}.journal")
    try:
        return journal.read_bytes().count(b'{"done"')
    except OSError:
        return 0


def under_way(process: subprocess.Popen[bytes], target: Path, wanted: int = 3) -> None:
    """Wait until so many marks were made."""
    limit = time.monotonic() + 120
    while marks(target) < wanted:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < limit
        time.sleep(0.005)
