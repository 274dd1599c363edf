"""How fast `lint` is, beside `import spacy`, proselint and alex on the same texts: `python benchmarks/lint_speed.py`.

Prints the table of docs/macros.md. Run it with the Python that has the project installed; proselint (PyPI) and alex (npm) are
installed into the folder --work, the first time, or left out with --alone. Each figure is CPU time (user and system, on one core)
of a whole process, the least of some rounds, in which the commands take turns.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from macros import write

Command = Sequence[str | Path]
ONE_CORE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def commands(work: Path, macros: Path, *, alone: bool) -> dict[str, Command]:
    """What is measured, by the name that the table shows. The cold run comes before the warm one and fills its cache."""
    ours = [sys.executable, "-m", "empathy_audit", "lint", macros.name, "--exit-zero", "-q"]
    found: dict[str, Command] = {
        "`python -c 'import spacy'`": [sys.executable, "-c", "import spacy"],
        "`empathy-audit lint --no-cache`": [*ours, "--no-cache"],
        "`empathy-audit lint`, nothing changed": ours,
    }
    if not alone:
        texts = sorted(path.relative_to(work) for path in macros.iterdir())
        python, alex = work / "proselint" / "bin" / "python", work / "alex"
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", work / "proselint"], check=True)
            subprocess.run([python, "-m", "pip", "install", "-q", "proselint"], check=True)
        if not (alex / "node_modules").exists():
            subprocess.run(
                ["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", alex, "alex"], check=True
            )
        version = subprocess.run([python, "-m", "pip", "show", "proselint"], check=True, capture_output=True, text=True)
        found[f"proselint {version.stdout.split('Version: ')[1].split()[0]}"] = [
            python.parent / "proselint",
            "check",
            *texts,
        ]
        found[f"alex {_version(alex)}"] = [alex / "node_modules" / ".bin" / "alex", "--quiet", *texts]
    return found


def _version(alex: Path) -> str:
    import json

    return str(json.loads((alex / "node_modules" / "alex" / "package.json").read_text("utf-8"))["version"])


def seconds(command: Command, folder: Path, environment: Mapping[str, str]) -> float:
    """CPU seconds of one run. A linter that finds something ends with 1; anything above is no run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    if ended.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended with {ended.returncode}: {ended.stderr.decode(errors='replace')[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--work", type=Path, help="where the others are installed and macros are written; by itself, for once"
    )
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--alone", action="store_true", help="without proselint and alex")
    given = parser.parse_args()
    work = (given.work or Path(tempfile.mkdtemp())).resolve()
    macros = work / "macros"
    shutil.rmtree(macros, ignore_errors=True)
    write(macros, given.count)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    measured = commands(work, macros, alone=given.alone)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | ONE_CORE
    least = dict.fromkeys(measured, float("inf"))
    for command in measured.values():
        seconds(command, work, environment)  # compiled modules and caches are there from here on
    for _ in range(given.rounds):
        for name, command in measured.items():
            least[name] = min(least[name], seconds(command, work, environment))
    base = next(iter(least.values()))
    print("| command | CPU seconds | × `import spacy` |\n|---|---|---|")
    for name, figure in least.items():
        print(f"| {name} | {figure:.2f} | {figure / base:.1f} |")


if __name__ == "__main__":
    main()
