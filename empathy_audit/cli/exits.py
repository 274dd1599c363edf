"""Exit codes, and the one place where exceptions become them."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable

import click

from empathy_audit.errors import EmpathyAuditError

OK = 0
WANTING = 1
TROUBLE = 2
INTERRUPTED = 130
PIPE_CLOSED = 141

DEBUG_VARIABLE = "EMPATHY_AUDIT_DEBUG"


def debugging() -> bool:
    """Whether the user asked for tracebacks."""
    return os.environ.get(DEBUG_VARIABLE, "") not in ("", "0")


class PipeClosed(Exception):  # noqa: N818 - it is no error
    """The reader of our output has gone. Raised for BrokenPipeError, which click would make exit code 1."""


def code(*, wanting: bool, trouble: bool, exit_zero: bool = False) -> int:
    """The exit code of a batch: trouble outweighs wanting, and `exit_zero` forgives wanting alone."""
    if trouble:
        return TROUBLE
    return WANTING if wanting and not exit_zero else OK


def guarded(command: Callable[[], object]) -> int:
    """Run a command line to its exit code; what goes wrong is told in a line on stderr, never as a traceback."""
    try:
        result = command()
        sys.stdout.flush()
        return result if isinstance(result, int) else OK
    except click.ClickException as error:
        error.show()
        return TROUBLE
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except (PipeClosed, BrokenPipeError):
        # Python would complain once more when it flushes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except EmpathyAuditError as error:
        for line in str(error).splitlines():
            complain(line)
        return TROUBLE
    except OSError as error:
        _trace()
        complain(f"{error.filename or 'output'}: {error.strerror or error}")
        return TROUBLE
    except Exception as error:
        _trace()
        what = " ".join(f"{type(error).__name__}: {error}".split())
        complain(f"internal error: {what}; run again with {DEBUG_VARIABLE}=1 for the traceback, and please report it")
        return TROUBLE


def _trace() -> None:
    if debugging():
        traceback.print_exc()


def complain(message: str) -> None:
    """One line of trouble on stderr, with whatever a transcript put in it made harmless."""
    from empathy_audit.reports.visible import visible

    click.echo(f"error: {visible(message)}", err=True)


def remark(message: str) -> None:
    """One line on stderr that is no trouble."""
    from empathy_audit.reports.visible import visible

    click.echo(visible(message), err=True)
