"""A made-up library of scripted replies of any size, the same on every machine: `python benchmarks/macros.py FOLDER --count 1000`.

Each macro is two to five sentences of the library in sample_macros/, in an order of its own and with another figure in it, so that
no two texts are alike and what is known of one helps with no other.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import yaml

SAMPLES = Path(__file__).parent.parent / "sample_macros"
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def texts(count: int) -> Iterator[tuple[str, str]]:
    """So many pairs of a title and a text, each text once."""
    samples = [
        macro for path in sorted(SAMPLES.glob("*.yaml")) for macro in yaml.safe_load(path.read_text("utf-8"))["macros"]
    ]
    sentences = [s for macro in samples for s in _SENTENCE.split(macro["text"].strip()) if len(s.split()) > 3]
    chance = Random(7)
    for number in range(count):
        title = str(samples[number % len(samples)].get("title") or "Reply")
        chosen = chance.sample(sentences, chance.randint(2, 5))
        yield (
            f"{title} {number}",
            f"Hi {{{{customer.first_name}}}},\n\n{' '.join(chosen)}\n\nYour reference is {number}.\n",
        )


def write(folder: Path, count: int) -> None:
    """Write the macros into the folder, one a file, with their titles as front matter: what every linter of texts can read."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (title, text) in enumerate(texts(count)):
        (folder / f"macro-{number:04}.md").write_text(f"---\ntitle: {title!r}\n---\n{text}", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    given = parser.parse_args()
    write(given.folder, given.count)
