"""Files of hundreds of megabytes in constant memory: each is read by a process of its own, which tells the most that it had.

The limit is what a small file takes, and some room for buffers; each file is several times as large as that room.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

MB = 1 << 20
ROOM = 40 * MB
WORDS = "my parcel is late and nobody tells me anything, I have been waiting for three weeks now "

# The most memory is told in kilobytes on Linux and in bytes on macOS.
SCRIPT = """
import resource, sys
from pathlib import Path
from empathy_audit.readers import Source, read

reading = read(Source(Path(sys.argv[1]).name, Path(sys.argv[1])))
for _ in reading:
    pass
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
counts = reading.counts
print(most, counts.conversations, sum(counts.turns.values()), counts.failures)
"""

Rows = Callable[[int], Iterator[str]]


def together(conversations: int) -> Iterator[str]:
    yield "conversation_id,speaker,created_at,text\n"
    for number in range(conversations):
        for turn in range(8):
            yield f'c{number},{"agent" if turn % 2 else "customer"},2026-03-02T10:15:0{turn}Z,"{WORDS * 14}"\n'


def apart(conversations: int) -> Iterator[str]:
    yield "conversation_id,speaker,created_at,text\n"
    for turn in range(8):
        for number in range(conversations):
            yield f'c{number},{"agent" if turn % 2 else "customer"},2026-03-02T10:15:0{7 - turn}Z,"{WORDS * 7}"\n'


def threads(conversations: int) -> Iterator[str]:
    """Newest first, and the messages of eight threads among each other."""
    yield "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n"
    for block in range(0, conversations, 8):
        for turn in reversed(range(8)):
            for number in range(block, min(block + 8, conversations)):
                ids = [f"{number}{step}" if step in range(8) else "" for step in (turn, turn + 1, turn - 1)]
                who = "acme,False" if turn % 2 else f"u{number},True"
                at = f"Tue Oct 31 22:10:0{turn} +0000 2017"
                yield f'1{ids[0]},{who},{at},"{WORDS * 6}",{ids[1] and "1" + ids[1]},{ids[2] and "1" + ids[2]}\n'


def native(number: int, repeat: int) -> str:
    roles = ("customer", "agent")
    return json.dumps(
        {"id": f"c{number}", "turns": [{"role": roles[turn % 2], "text": WORDS * repeat} for turn in range(8)]}
    )


def json_lines(conversations: int) -> Iterator[str]:
    for number in range(conversations):
        yield native(number, 14) + "\n"


def json_list(conversations: int) -> Iterator[str]:
    yield "["
    for number in range(conversations):
        yield (",\n" if number else "") + native(number, 1)
    yield "]\n"


def written(path: Path, rows: Rows, conversations: int) -> int:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(rows(conversations))
    return path.stat().st_size


def measured(path: Path) -> tuple[int, list[int]]:
    """The most memory in bytes; conversations, turns and failures."""
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(path)], capture_output=True, text=True, check=True)
    most, *counts = map(int, done.stdout.split())
    return most, counts


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the most memory of a process is told by POSIX alone")
@pytest.mark.parametrize(
    ("name", "rows", "conversations", "least"),
    [
        ("together.csv", together, 52_000, 500 * MB),
        ("apart.csv", apart, 51_000, 250 * MB),
        ("threads.csv", threads, 28_000, 125 * MB),
        ("lines.jsonl", json_lines, 52_000, 500 * MB),
        ("list.json", json_list, 100_000, 80 * MB),
    ],
)
def test_memory_does_not_grow_with_the_file(
    name: str, rows: Rows, conversations: int, least: int, tmp_path: Path
) -> None:
    small, large = tmp_path / f"small-{name}", tmp_path / name
    written(small, rows, 50)
    size = written(large, rows, conversations)
    try:
        assert size > least
        before, counts = measured(small)
        assert counts == [50, 400, 0]
        most, counts = measured(large)
    finally:
        large.unlink()
    assert counts == [conversations, conversations * 8, 0]
    assert most < before + ROOM
    assert size > 2 * ROOM
