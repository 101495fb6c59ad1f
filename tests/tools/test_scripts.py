"""The scripts at the root: plain POSIX, helpful when asked, one clear sentence when something is wrong."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command: str, cwd: Path = ROOT, path: str | None = None) -> subprocess.CompletedProcess[str]:
    env = {"PATH": path} if path is not None else None
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True)


@pytest.mark.parametrize("script", ["start", "test", "run", "tools/setup.sh", "tools/lock.sh"])
def test_the_shell_can_read_it(script: str):
    assert run("sh", "-n", script).stderr == ""


@pytest.mark.parametrize("script", ["start", "test"])
def test_it_says_what_it_can_do(script: str):
    told = run(f"./{script}", "--help")
    assert told.returncode == 0
    assert told.stdout.startswith(f"./{script} [")


@pytest.mark.parametrize("arguments", [["--serve"], ["--port", "http"], ["--port"]])
def test_a_wrong_option_is_one_sentence(arguments: list[str]):
    told = run("./start", *arguments)
    assert told.returncode == 1
    assert len(told.stderr.splitlines()) == 1


def test_a_machine_without_python_is_told_what_to_install(tmp_path: Path):
    for name in ("start", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    setup = tmp_path / "tools" / "setup.sh"
    setup.write_text(setup.read_text("utf-8").replace("/usr/bin/python3", "/no/python3"), encoding="utf-8")
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("sh", "cat", "cksum", "dirname", "date"):
        (programs / name).symlink_to(str(shutil.which(name)))
    told = run("./start", "--prepare", cwd=tmp_path, path=str(programs))
    assert told.returncode == 1
    assert told.stderr.startswith("Corridor needs Python 3.12 or later")
    assert len(told.stderr.splitlines()) == 1


def test_a_command_before_the_set_up_says_what_to_run_first(tmp_path: Path):
    shutil.copy(ROOT / "run", tmp_path)
    told = run("./run", "figures", "list", cwd=tmp_path)
    assert told.returncode == 1
    assert told.stderr == "Corridor is not set up yet: run ./start --prepare first.\n"
