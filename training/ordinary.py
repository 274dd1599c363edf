"""Writes the words that a redaction takes for ordinary: those that our own conversations hold in lower case three times or more.

`python training/ordinary.py`, after the corpus or the list of given names has changed.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
REDACTION = HERE.parent / "empathy_audit" / "redaction"
TIMES = 3
_WORD = re.compile(r"[^\W\d_]{2,40}")
_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{1,39}")
"""A word that is capitalised in the middle of a sentence: a name of something, if it mostly is."""
_SAID_NAMES = re.compile(r"name(?:'s| is) ([a-z]{2,40} [a-z]{2,40})")
_WIDTH = 140


def main() -> None:
    """Count, and write `ordinary.txt`."""
    found: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for folder in ("corpus", "unread"):
        for path in sorted((HERE / folder).glob("*.txt")):
            text = path.read_text(encoding="utf-8")
            found.update(word for word in _WORD.findall(text) if word.islower())
            named.update(word.lower() for word in _INSIDE.findall(text))
            found.subtract(word for words in _SAID_NAMES.findall(text) for word in words.split())
    names = (REDACTION / "given_names.txt").read_text(encoding="utf-8").split("\n--\n")
    sure = {word for line in names[0].splitlines() if not line.startswith("#") for word in line.split()}
    kept = sorted(word for word, times in found.items() if times >= TIMES and times > named[word] and word not in sure)
    lines = [
        "# Words that training/ordinary.py found in lower case in the project's own conversations: hardly anybody's name."
    ]
    line = ""
    for word in kept:
        if len(line) + len(word) >= _WIDTH:
            lines.append(line.strip())
            line = ""
        line += f" {word}"
    (REDACTION / "ordinary.txt").write_text("\n".join([*lines, line.strip()]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
