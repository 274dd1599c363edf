"""The wheel: built from the checkout, installed into a fresh environment, judging from another folder.

Its dependencies are lent by the environment that runs the tests, through a path file, so that nothing is downloaded.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from empathy_audit.version import __version__

ROOT = Path(__file__).parent.parent
SOURCES = ("empathy_audit", "rubrics", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that the checkout stays clean."""
    source = tmp_path_factory.mktemp("source")
    for name in SOURCES:
        origin = ROOT / name
        if origin.is_dir():
            shutil.copytree(origin, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(origin, source / name)
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_the_package_its_rubrics_and_nothing_else(wheel: Path) -> None:
    assert wheel.name == f"empathy_audit-{__version__}-py3-none-any.whl"
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"empathy_audit", f"empathy_audit-{__version__}.dist-info"}
    assert {n for n in names if n.startswith("empathy_audit/rubrics/")} == {
        f"empathy_audit/rubrics/{path.name}" for path in (ROOT / "rubrics").glob("*.yaml")
    }
    assert "empathy_audit/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "empathy_audit").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    inside = {n for n in names if n.startswith("empathy_audit/") and not n.startswith("empathy_audit/rubrics/")}
    assert inside == ours


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment with the wheel in it, and with the packages of this one lent."""
    home = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(home, with_pip=False)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], capture_output=True, text=True, check=True
    ).stdout.strip()  # fmt: skip
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", "--no-index"]
    subprocess.run([*install, "--disable-pip-version-check", str(wheel)], check=True)
    # An editable install of the checkout is itself a path file here; path files of lent folders are not read.
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (Path(site) / "lent.pth").write_text("".join(f"{path}\n" for path in sorted(lent)), encoding="utf-8")
    return python.parent


def run(scripts: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}
    return subprocess.run(arguments, cwd=folder, capture_output=True, text=True, env=environment)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    (tmp_path / "chat.txt").write_text(
        "Customer: I am so angry, this is the third time I have called!\n"
        "Agent: I can see why you are angry after calling three times. I will call you back today.\n",
        encoding="utf-8",
    )
    return tmp_path


def test_the_installed_package_is_the_wheels(scripts: Path, elsewhere: Path) -> None:
    ended = run(
        scripts, elsewhere, str(scripts / "python"), "-c", "import empathy_audit; print(empathy_audit.__file__)"
    )
    assert Path(ended.stdout.strip()).is_relative_to(scripts.parent)


def test_it_scores_from_another_folder(scripts: Path, elsewhere: Path) -> None:
    ended = run(scripts, elsewhere, str(scripts / "empathy-audit"), "score", "chat.txt", "-f", "json")
    assert (ended.returncode, ended.stderr) == (0, "")
    result = json.loads(ended.stdout)
    (judged,) = result["transcripts"]
    assert (judged["transcript"]["source"], judged["tool"]["version"]) == ("chat.txt", __version__)
    assert judged["scores"]["opportunities"]["met"] == 1


def test_its_rubrics_are_those_of_the_checkout(scripts: Path, elsewhere: Path) -> None:
    from empathy_audit.rubric import load, shipped

    program = (
        "from empathy_audit.rubric import load, shipped; from empathy_audit.shipped import folder\n"
        "print(folder()); print({name: load(name).hash for name in shipped()})"
    )
    ended = run(scripts, elsewhere, str(scripts / "python"), "-c", program)
    folder, hashes = ended.stdout.splitlines()
    assert Path(folder).is_relative_to(scripts.parent)
    assert hashes == str({name: load(name).hash for name in shipped()})


def test_python_m_works_too(scripts: Path, elsewhere: Path) -> None:
    ended = run(scripts, elsewhere, str(scripts / "python"), "-m", "empathy_audit", "--version")
    assert (ended.returncode, ended.stdout) == (0, f"empathy-audit, version {__version__}\n")
