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
_WIDTH = 140


def main() -> None:
    """Count, and write `ordinary.txt`."""
    found: Counter[str] = Counter()
    for folder in ("corpus", "unread"):
        for path in sorted((HERE / folder).glob("*.txt")):
            words = _WORD.findall(path.read_text(encoding="utf-8"))
            found.update(word for word in words if word.islower())
    names = (REDACTION / "given_names.txt").read_text(encoding="utf-8").split("\n--\n")
    sure = {word for line in names[0].splitlines() if not line.startswith("#") for word in line.split()}
    kept = sorted(word for word, times in found.items() if times >= TIMES and word not in sure)
    lines = ["# Words that training/ordinary.py found in lower case in the project's own conversations: hardly anybody's name."]
    line = ""
    for word in kept:
        if len(line) + len(word) >= _WIDTH:
            lines.append(line.strip())
            line = ""
        line += f" {word}"
    (REDACTION / "ordinary.txt").write_text("\n".join([*lines, line.strip()]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
