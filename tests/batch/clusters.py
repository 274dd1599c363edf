"""A real Dask scheduler and its workers, each a process of its own, on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent.parent


class Cluster(NamedTuple):
    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


@contextmanager
def cluster(folder: Path, workers: int = 2, nanny: bool = False, **environment: str) -> Iterator[Cluster]:
    """The scheduler's address, and processes that may be killed."""
    variables = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    with ExitStack() as stack:

        def started(*arguments: str, log: Path) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
            with log.open("wb") as out:
                process = subprocess.Popen(command, cwd=folder, env=variables, stdout=out, stderr=out)
            stack.callback(process.wait)
            stack.callback(process.terminate)
            return process

        file = folder / "scheduler.json"
        scheduler = started(
            "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file),
            log=folder / "scheduler.log",
        )  # fmt: skip
        found = [
            started(
                "dask_worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-dashboard", "--nworkers", "1",
                "--nanny" if nanny else "--no-nanny", "--local-directory", str(folder),
                log=folder / f"worker-{number}.log",
            )
            for number in range(workers)
        ]  # fmt: skip
        address = waited(lambda: json.loads(file.read_text())["address"])
        for number in range(workers):
            waited(lambda log=folder / f"worker-{number}.log": log.read_text().index("Registered to"))
        yield Cluster(address, scheduler, found)


def waited(look: Callable[[], Any]) -> Any:
    """What there is to see, as soon as it is there."""
    end = time.monotonic() + 60
    while True:
        try:
            return look()
        except (OSError, ValueError, LookupError):
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
