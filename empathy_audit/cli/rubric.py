"""`empathy-audit rubric`: list, show, validate, test, init, schema."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from empathy_audit.cli import exits, options
from empathy_audit.cli.formats import table

if TYPE_CHECKING:
    from empathy_audit.model.rubric import Rubric

EPILOG = """\b
Example:
  empathy-audit rubric init ours.yaml && empathy-audit rubric test ours.yaml
"""

NAME = click.argument("name", metavar="[NAME[@VERSION]|FILE]", default="empathy")


@click.group("rubric", epilog=EPILOG, short_help="List, show, check, test and start rubrics.")
def command() -> None:
    """List, show, check, test and start rubrics."""


@command.command("list", epilog="\b\nExample:\n  empathy-audit rubric list\n")
def list_() -> int:
    """List the rubrics that are shipped."""
    from empathy_audit import rubric

    rubrics = [rubric.load(name) for name in rubric.shipped()]
    rows = [(r.id, r.version, r.language, r.title) for r in rubrics]
    options.write(table(("name", "version", "language", "what it is"), rows))
    return exits.OK


@command.command(epilog="\b\nExamples:\n  empathy-audit rubric show\n  empathy-audit rubric show open-questions\n")
@click.argument("id_", metavar="[ID]", required=False)
@options.RUBRIC
@options.CONFIGURATION
def show(id_: str | None, rubric: str | None, config: Path | None, isolated: bool) -> int:
    """Show a rubric, or what an id in it is.

    The id is one of a principle, an entry, an opportunity, a tag, a situation or a finding's code; all that go by it are shown.
    """
    from empathy_audit.cli.rubric_text import explained, known_ids, overview

    loaded = options.rubric_of(options.settings_of({"rubric": rubric}, config, isolated))
    if id_ is None:
        options.write(overview(loaded))
        return exits.OK
    text = explained(loaded, id_)
    if not text:
        raise click.UsageError(f"{loaded.id} has no {id_}; {options.nearest(id_, known_ids(loaded))}")
    options.write(text)
    return exits.OK


@command.command(epilog="\b\nExample:\n  empathy-audit rubric validate ours.yaml theirs.yaml\n")
@click.argument("names", nargs=-1, required=True, metavar="NAME[@VERSION]|FILE...")
def validate(names: tuple[str, ...]) -> int:
    """Tell every mistake with its file, line and column."""
    from empathy_audit import rubric
    from empathy_audit.errors import RubricError

    broken = False
    for name in names:
        try:
            loaded = rubric.load(name)
        except RubricError as error:
            broken = True
            for problem in error.problems:
                exits.complain(problem)
        else:
            options.write(f"{name}: {loaded.id} {loaded.version} is a valid rubric of {_size(loaded)}\n")
    return exits.TROUBLE if broken else exits.OK


@command.command(epilog="\b\nExample:\n  empathy-audit rubric test ours.yaml\n")
@NAME
@click.option("--signals", type=Path, metavar="FILE", help="Learned signals of your own; see `train-signals`.")
def test(name: str, signals: Path | None) -> int:
    """Run the examples inside a rubric. A known gap that comes right fails too: move it to hits or misses."""
    from empathy_audit import rubric
    from empathy_audit.examples import check_examples
    from empathy_audit.reports import visible

    loaded = rubric.load(name)
    outcomes = check_examples(loaded, signals)
    failed = [outcome for outcome in outcomes if not outcome.ok]
    entries = (*loaded.entries, *(loaded.macros.entries if loaded.macros is not None else ()))
    bare = [e for e in entries if not (e.examples.hits or e.examples.misses or e.examples.known_gaps)]
    lines = [f"{o.place}: {o.entry}: {o.list}: {o.message}" for o in failed]
    lines += [f"{e.place}: {e.id}: has no examples; give it hits and misses" for e in bare]
    gaps = sum(outcome.list == "known_gaps" and outcome.ok for outcome in outcomes)
    lines.append(
        f"{loaded.id} {loaded.version}: {len(outcomes)} examples, {len(failed)} failed, {gaps} known gaps, "
        f"{len(bare)} of {len(entries)} entries without examples"
    )
    options.write("".join(visible(line) + "\n" for line in lines))
    return exits.code(wanting=bool(failed), trouble=False)


@command.command(epilog="\b\nExample:\n  empathy-audit rubric init ours.yaml\n")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace the file if there is one.")
def init(file: Path, force: bool) -> int:
    """Begin a rubric that extends the shipped one."""
    from empathy_audit import rubric
    from empathy_audit.cli.files import Output

    if file.suffix not in (".yaml", ".yml"):
        raise click.UsageError(f"{file}: a rubric is a YAML file; call it {file.with_suffix('.yaml').name}")
    if file.exists() and not force:
        raise click.UsageError(f"{file} exists; choose another name, or --force")
    id_ = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")
    if not id_ or id_ in rubric.shipped() or not id_[0].isalpha():
        raise click.UsageError(f"{file}: the rubric is named after its file, and cannot be called {id_!r}; rename it")
    with Output(file) as output:
        output.write(rubric.starter(id_))
    options.write(f"{file}: written; next: empathy-audit rubric test {shlex.quote(str(file))}\n")
    return exits.OK


@command.command(epilog="\b\nExample:\n  empathy-audit rubric schema > rubric.schema.json\n")
def schema() -> int:
    """Print the JSON Schema of rubric files, for editors."""
    from empathy_audit import rubric

    options.write(json.dumps(rubric.json_schema(), indent=2, ensure_ascii=False) + "\n")
    return exits.OK


def _size(rubric: Rubric) -> str:
    return f"{len(rubric.principles)} principles and {len(rubric.entries)} entries"
