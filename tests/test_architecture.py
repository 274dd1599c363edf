"""The floors of the house: who may import whom, which room may use which package, and that registries are whole.

Imports are read with `ast`, so that one inside a function counts as well.
"""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).parent.parent / "empathy_audit"
NAME = "empathy_audit"

# Room → the rooms that it may enter besides itself. `model`, `errors` and `extras` are floor 0, open to all.
FLOOR_0 = frozenset(("errors", "extras", "model"))
ENTERS: dict[str, frozenset[str]] = {
    "errors": frozenset(),
    "extras": frozenset(("errors",)),
    "version": frozenset(),
    "weeks": frozenset(),
    "shipped": frozenset(),
    "model": frozenset(("errors",)),
    "readers": frozenset(),
    "rubric": frozenset(("shipped",)),
    "settings": frozenset(),
    "language": frozenset(),
    "redaction": frozenset(),
    "signals": frozenset(("language",)),
    "statistics": frozenset(("weeks",)),
    "stored": frozenset(("version",)),
    "store": frozenset(("stored", "statistics", "version", "weeks")),
    "judgement": frozenset(),  # language through the protocol of model/reading.py
    "audit": frozenset(("readers", "rubric", "settings", "language", "signals", "judgement")),
    "linting": frozenset(("readers", "rubric", "settings", "language", "signals", "judgement")),
    "macros": frozenset(("readers", "rubric", "settings")),
    "mapping": frozenset(("readers", "rubric")),  # YAML with places is the rubric's to read
    "examples": frozenset(("audit", "linting", "rubric", "language", "judgement", "signals")),
    "batch": frozenset(
        (
            "shipped",
            "readers",
            "rubric",
            "settings",
            "language",
            "signals",
            "judgement",
            "audit",
            "linting",
            "macros",
            "mapping",
            "examples",
            "stored",
            "store",
            "statistics",
            "shipped",
            "version",
        )
    ),
    "reports": frozenset(("version", "weeks")),
    "conclusion": frozenset(("batch", "redaction", "reports")),
    "frames": frozenset(("audit", "batch", "conclusion", "readers", "redaction", "reports", "rubric")),
}
# The top: the command line, what `import empathy_audit` offers, and what spaCy's pipelines load see the whole house.
TOP = frozenset(("cli", "api", "spacy_component", "__main__", "__init__"))

# Package → the rooms or modules that may import it; what is not listed is free to all floors but 0.
ALONE: dict[str, tuple[str, ...]] = {
    "spacy": ("language", "signals", "spacy_component"),
    "click": ("cli",),
    "rich": ("cli", "reports/terminal", "reports/explanation"),
    "pydantic": ("rubric", "stored"),
    "yaml": ("rubric", "settings", "macros"),
    "webvtt": ("readers",),
    "openpyxl": ("readers/excel", "reports/xlsx"),
    "pyarrow": ("readers/parquet", "reports/arrow", "frames/kinds"),
    "pandas": ("frames/kinds",),
    "polars": ("frames/kinds",),
    "distributed": ("batch/dask_engine",),
    "fsspec": ("batch/remote", "cli/remote_output"),
    "jinja2": ("reports/html",),
    "mailparser_reply": ("readers/mail_reply",),
    "presidio_analyzer": ("redaction/presidio",),
    "re2": ("language", "rubric"),
    "duckdb": ("store",),
}
SPACY_OUTSIDE_LANGUAGE = ("signals/", "spacy_component")
"""Training may use spaCy's own configuration; what judges may not. The component is loaded by spaCy, never by the house."""
IMPORTS_SPACY = "spacy_component"
"""The one module that imports spaCy at its top: a factory has to register itself when the entry point imports its module."""


class Import(NamedTuple):
    """One import statement: the file (relative, without suffix) and line it stands in, the module it names."""

    file: str
    line: int
    module: str
    typing_only: bool

    @property
    def room(self) -> str:
        return self.file.split("/")[0]

    @property
    def target(self) -> str | None:
        """The room that it enters; None when it leaves the house."""
        parts = self.module.split(".")
        return None if parts[0] != NAME else parts[1] if len(parts) > 1 else "__init__"


def imports(path: Path) -> Iterator[Import]:
    file = path.relative_to(PACKAGE).with_suffix("").as_posix().removesuffix("/__init__")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(file, node.lineno, alias.name, id(node) in typing_only)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: a relative import; write the whole name"
            module = node.module or ""
            if module == NAME:  # `from empathy_audit import rubric` enters that room
                for alias in node.names:
                    yield Import(file, node.lineno, f"{NAME}.{alias.name}", id(node) in typing_only)
            else:
                yield Import(file, node.lineno, module, id(node) in typing_only)


FILES = sorted(PACKAGE.rglob("*.py"))
IMPORTS = [found for path in FILES for found in imports(path)]


def test_there_is_something_to_look_at() -> None:
    assert len(FILES) > 40
    assert len(IMPORTS) > 200


def test_every_room_has_a_floor() -> None:
    rooms = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in FILES}
    assert rooms <= {*ENTERS, *TOP}


def test_nobody_enters_a_room_above_or_beside() -> None:
    wrong = [
        f"{i.file}:{i.line} imports {i.module}"
        for i in IMPORTS
        if i.room not in TOP
        and i.target is not None
        and i.target != i.room
        and i.target not in (ENTERS[i.room] | (FLOOR_0 if i.room not in ("errors", "version") else frozenset()))
    ]
    assert wrong == []


def test_floor_0_is_the_standard_library_alone() -> None:
    wrong = [
        f"{i.file}:{i.line} imports {i.module}"
        for i in IMPORTS
        if i.room in FLOOR_0 and i.target is None and i.module.split(".")[0] not in sys.stdlib_module_names
    ]
    assert wrong == []


def test_floor_0_does_no_input_or_output() -> None:
    busy = ("os", "io", "pathlib", "subprocess", "socket", "time", "random", "datetime", "logging")
    wrong = [
        f"{i.file}:{i.line} imports {i.module}" for i in IMPORTS if i.room in FLOOR_0 and i.module.split(".")[0] in busy
    ]
    assert wrong == []


@pytest.mark.parametrize("package", ALONE)
def test_a_package_is_imported_only_where_it_belongs(package: str) -> None:
    wrong = [
        f"{i.file}:{i.line}"
        for i in IMPORTS
        if i.module.split(".")[0] == package
        and not any(i.file == home or i.file.startswith(home + "/") for home in ALONE[package])
    ]
    assert wrong == []


def test_spacy_is_known_to_language_alone_when_it_comes_to_judging() -> None:
    users = {i.file for i in IMPORTS if i.module.split(".")[0] == "spacy" and not i.typing_only}
    assert {file for file in users if not file.startswith(("language/", *SPACY_OUTSIDE_LANGUAGE))} == set()


def test_nobody_in_the_house_enters_the_component() -> None:
    assert [f"{i.file}:{i.line}" for i in IMPORTS if i.target == IMPORTS_SPACY] == []


# What is imported under another name than it is installed under.
INSTALLED_AS = {"yaml": "pyyaml", "re2": "google-re2", "webvtt": "webvtt-py", "sklearn": "scikit-learn"}
BEYOND = ("batch/dask_engine", "batch/remote", "cli/remote_output", "frames/kinds")
COMES_WITH = {"pydantic_core": "pydantic"}


def declared(*, extras: bool) -> set[str]:
    """Names of the packages that pyproject.toml asks for, in lower case."""
    text = (PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8")
    project, _, optional = text.partition("[project.optional-dependencies]")
    section = project[project.index("\ndependencies = [") :]
    if extras:
        section += optional[: optional.index("\n[")]
    return {name.lower() for name in re.findall(r"^\s+\"([A-Za-z0-9._-]+)", section, re.MULTILINE)}


def test_only_packages_that_are_declared_are_imported() -> None:
    assert {"click", "google-re2"} <= declared(extras=False) < declared(extras=True)
    undeclared = {}
    for found in IMPORTS:
        name = found.module.split(".")[0]
        if found.target is not None or name in sys.stdlib_module_names or found.typing_only:
            continue
        # Training, a report, an engine may need an extra, which is loaded when it is called; what judges may not.
        known = declared(extras=found.file.startswith(("signals/", "reports/", *BEYOND)))
        if INSTALLED_AS.get(name, COMES_WITH.get(name, name)) not in known:
            undeclared[f"{found.file}:{found.line}"] = name
    assert undeclared == {}


def test_no_clock_and_no_chance_in_what_judges() -> None:
    judging = ("model", "language", "judgement", "audit", "linting", "readers", "rubric", "reports", "statistics")
    wrong = [
        f"{i.file}:{i.line} imports {i.module}"
        for i in IMPORTS
        if i.room in judging and i.module.split(".")[0] in ("random", "time", "secrets", "uuid")
    ]
    assert wrong == []


# --- registries --------------------------------------------------------------------------------------------------


def constants_of(folder: str, type_: str) -> dict[str, object]:
    """`module.NAME` → value for every module constant of that type in a folder, the registry module aside."""
    found = {}
    for path in sorted((PACKAGE / folder).rglob("*.py")):
        module = importlib.import_module(
            ".".join((NAME, *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        )
        if path == PACKAGE / folder / "__init__.py":
            continue
        for name, value in vars(module).items():
            if type(value).__name__ == type_ and name.isupper():
                found[f"{path.relative_to(PACKAGE)}:{name}"] = value
    return found


def test_every_reader_is_registered() -> None:
    from empathy_audit.readers import READERS

    found = constants_of("readers", "Reader")
    assert len(found) >= 7
    assert {name for name, reader in found.items() if reader not in READERS} == set()
    assert len(READERS) == len({reader.name for reader in READERS})


def test_every_report_is_registered() -> None:
    from empathy_audit.reports import REPORTS

    found = constants_of("reports", "Report")
    assert len(found) >= 4
    assert {name for name, report in found.items() if report not in REPORTS} == set()
    assert len(REPORTS) == len({report.name for report in REPORTS})


def test_every_command_is_registered() -> None:
    import click
    from empathy_audit.cli import COMMANDS

    modules = {path.stem for path in (PACKAGE / "cli").glob("*.py")} - {"__init__"}
    commands = {
        name
        for name in modules
        if isinstance(getattr(importlib.import_module(f"{NAME}.cli.{name}"), "command", None), click.Command)
    }
    assert {entry.module for entry in COMMANDS} == commands


def test_every_guard_is_known_to_the_rubric_room() -> None:
    from typing import get_args

    from empathy_audit.language.guards import GUARDS
    from empathy_audit.model.rubric import GUARDS as NAMES
    from empathy_audit.rubric.pattern_schema import Guard

    assert set(GUARDS) == set(NAMES) == set(get_args(Guard))


def test_every_pattern_kind_is_known_to_the_rubric_room() -> None:
    from typing import get_args

    from empathy_audit.model.rubric import Pattern
    from empathy_audit.rubric.names import PATTERN_KINDS

    assert {kind.__name__.lower().removesuffix("use") for kind in get_args(Pattern)} == set(PATTERN_KINDS)


# --- cheap starts ------------------------------------------------------------------------------------------------

HEAVY = ("spacy", "pydantic", "rich", "yaml", "re2", "webvtt", "numpy")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["score", "--help"], ["rubric", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys\n"
        "from empathy_audit.cli import main\n"
        "try: main(sys.argv[1:])\n"
        f"finally: print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    assert ended.stdout
    assert ended.stderr == "[]\n"


def test_no_module_imports_spacy_when_it_is_imported() -> None:
    program = (
        "import sys, importlib\n"
        "for name in sys.argv[1:]:\n"
        "    importlib.import_module(name)\n"
        "    if 'spacy' in sys.modules: sys.exit(name + ' imports spacy')\n"
        "print(len(sys.argv[1:]))\n"
    )
    names = [
        ".".join((NAME, *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        for path in FILES
        if path.stem not in ("__main__", IMPORTS_SPACY)
    ]
    ended = subprocess.run([sys.executable, "-c", program, *names], capture_output=True, text=True)
    assert (ended.stderr, ended.stdout) == ("", f"{len(FILES) - 2}\n")
