"""What all tests share: steady hypothesis runs, and goldens that are refreshed only when asked to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# No database and no clock: the same examples on every machine, and no test that fails because the machine was busy.
settings.register_profile("suite", deadline=None, derandomize=True, database=None)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh-goldens", action="store_true", help="write the goldens anew instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden(name, text)`: `text` equals the file `golden/<name>` beside the test, byte for byte."""
    folder = Path(request.path).parent / "golden"
    refresh = request.config.getoption("--refresh-goldens")

    def check(name: str, text: str) -> None:
        path = folder / name
        if refresh:
            folder.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        assert path.exists(), f"no golden {path}; write it with --refresh-goldens and read it"
        assert text == path.read_bytes().decode()

    return check
