"""What was measured, as a table for people, as JSON for programs, and as the file RESULTS.md."""

import json
import os
import platform
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import django
from django.db import connection

from .measuring import Result, Spread

FILE = Path(__file__).with_name("RESULTS.md")
PACKAGES = ["Django", "pyoxigraph", "cryptography", "typst", "python-calamine", "rustpy-xlsxwriter", "openpyxl"]
NPM_PACKAGES = ["@digitalbazaar/vc", "@digitalbazaar/eddsa-rdfc-2022-cryptosuite"]

HEAD = """# Results

Written by `python -m benchmarks --write`; README.md says what is measured against what. Ours and the other took turns in one run.
Figures are medians with (least to most). A ratio whose spread is wide, or a high load, tells of a busy machine.
"""

Measured = Mapping[str, Sequence[Result]]


def machine() -> dict[str, str]:
    """Where and when: what a reader needs to compare two runs."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        "load": " ".join(f"{each:.1f}" for each in os.getloadavg()) + " over 1, 5 and 15 minutes before the run",
        "store": f"{connection.vendor} {'.'.join(str(part) for part in _store_version())}",
        "versions": ", ".join([f"Python {platform.python_version()}", *map(_package, PACKAGES), *_node()]),
    }


def as_text(measured: Measured) -> str:
    lines = []
    for results in measured.values():
        for each in results:
            lines.append(f"{each.name}, against {each.peer}: {said(each.ratio)} x  {_goal(each)}")
            lines.append(f"    {said(each.ours)} against {said(each.theirs)} {each.unit}. {each.note}")
    return "\n".join(lines)


def as_json(measured: Measured, where: Mapping[str, str]) -> str:
    found: dict[str, Any] = {
        name: [asdict(each) | {"verdict": each.verdict} for each in results] for name, results in measured.items()
    }
    return json.dumps({"where": dict(where), "measured": found}, ensure_ascii=False, indent=1)


def write(measured: Measured, where: Mapping[str, str], took: Mapping[str, float]) -> None:
    """Put the sections of this run into RESULTS.md; those of benchmarks that were not asked for stay, each with its own day and load."""
    sections = _sections(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    for asked, results in measured.items():
        # SQLite needs no word: it is what nearly all of this is measured on.
        name = asked if connection.vendor == "sqlite" else f"{asked} on PostgreSQL"
        if results:
            sections[name] = _section(results, {**where, "it took": f"{took[asked]:.0f} s"})
        else:
            sections.setdefault(name, "Not measured yet: what it is compared with is missing, or the time was up.\n")
    lines = [HEAD, *(f"## {name}\n\n{text.strip()}\n" for name, text in sections.items())]
    FILE.write_text("\n".join(lines), encoding="utf-8")


def _sections(text: str) -> dict[str, str]:
    return {part.partition("\n")[0].strip(): part.partition("\n")[2] for part in text.split("\n## ")[1:]}


def _section(results: Sequence[Result], where: Mapping[str, str]) -> str:
    lines = [*(f"- {name}: {text}" for name, text in where.items()), ""]
    lines += ["| what | against | ratio | goal | ours | the other | |", "|---|---|---|---|---|---|---|"]
    lines += [
        f"| {each.name} | {each.peer} | **{said(each.ratio)}** | {_goal(each)} | {said(each.ours)} {each.unit} "
        f"| {said(each.theirs)} {each.unit} | {each.note} |"
        for each in results
    ]
    return "\n".join(lines)


def said(spread: Spread) -> str:
    return f"{_short(spread.median)} ({_short(spread.least)} to {_short(spread.most)})"


def _short(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}"


def _goal(each: Result) -> str:
    if each.goal is None:
        return ""
    sign = "≥" if each.unit == "per second" else "≤"
    return f"{sign} {_short(each.goal)}: {each.verdict}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return platform.processor()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def _store_version() -> Sequence[int]:
    connection.ensure_connection()
    found: Sequence[int] = connection.get_database_version()
    return found


def _package(name: str) -> str:
    return f"{name} {django.__version__ if name == 'Django' else version(name)}"


def _node() -> list[str]:
    node = shutil.which("node")
    if node is None:
        return []
    said_version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    folder = Path(__file__).parents[1] / "node_modules"
    packages = [(name, folder / name / "package.json") for name in NPM_PACKAGES]
    known = [f"{name} {json.loads(path.read_text('utf-8'))['version']}" for name, path in packages if path.is_file()]
    return [f"Node {said_version}", *known]
