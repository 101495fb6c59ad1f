"""
The command line: one verb, its words, and one of three ends.

0 done, 1 refused or found wrong, 2 wrong usage. These are promised to outsiders. A verb is a module with ``add(verbs)``, which adds its
parser and sets ``run``, a function of the parsed words that answers the exit code. Refusals are told here and nowhere else.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from corridor.kernel.errors import BadInput, Refusal

from . import (
    agreements,
    announcements,
    audit,
    cascade,
    check,
    credentials,
    doubles,
    equipment,
    example,
    figures,
    imports,
    jose,
    journal,
    keys,
    leave,
    migrate,
    obligations,
    occupations,
    remind,
    report,
    retention,
    ror,
    search,
    sectors,
    serve,
    sites,
    verify,
    worker,
)
from .saying import sentence, where

VERBS = (
    serve,
    worker,
    migrate,
    check,
    example,
    figures,
    obligations,
    cascade,
    journal,
    sites,
    equipment,
    remind,
    report,
    retention,
    credentials,
    keys,
    leave,
    agreements,
    verify,
    jose,
    search,
    doubles,
    ror,
    sectors,
    occupations,
    imports,
    announcements,
    audit,
)

# Who sees forty problems mends the column, not the cells.
MOST_LINES = 40
DONE, REFUSED, WRONG_USAGE = 0, 1, 2
ABOUT = "Run a vocational education alliance, and check what it says."
AFTER = """\
./run VERB --help tells what a verb takes. Exit codes: 0 done, 1 refused or found wrong, 2 wrong usage.
Settings come from the environment, then from .env; .env.example explains them."""


def main(words: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    arguments = parser().parse_args(words)
    try:
        code: int = arguments.run(arguments)
    except Refusal as refused:
        tell(refused, as_json=getattr(arguments, "json", False))
        return REFUSED
    except KeyboardInterrupt:
        return REFUSED
    except BrokenPipeError:
        # Whoever read us (head, less) has seen enough.
        sys.stderr.close()
        return DONE
    return code


def parser() -> argparse.ArgumentParser:
    """Every verb and its words."""
    line = argparse.ArgumentParser(
        prog="./run", description=ABOUT, epilog=AFTER, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = line.add_subparsers(title="verbs", metavar="VERB", required=True)
    for verb in VERBS:
        verb.add(verbs)
    return line


def tell(refused: Refusal, *, as_json: bool) -> None:
    """Say why not: as JSON on the way out for machines, else in sentences beside it."""
    problems = refused.problems if isinstance(refused, BadInput) else ()
    if as_json:
        said: dict[str, Any] = {"refused": refused.code, "message": sentence(refused)}
        if problems:
            said["problems"] = [
                {"file": each.file, "row": each.row, "column": each.column, "message": sentence(each)}
                for each in problems
            ]
        print(json.dumps(said, ensure_ascii=False))
        return
    print(sentence(refused), file=sys.stderr)
    for problem in problems[:MOST_LINES]:
        print(f"  {where(problem)}{sentence(problem)}", file=sys.stderr)
    if len(problems) > MOST_LINES:
        print(f"  and {len(problems) - MOST_LINES} more like these.", file=sys.stderr)
