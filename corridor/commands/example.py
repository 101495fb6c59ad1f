"""``./run example load``: the example alliance, from its files."""

import argparse
import os
import secrets
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from corridor.foundations.access import NIGHTLY
from corridor.foundations.clock import now, real_now, today
from corridor.journeys.first_walk import first_walk
from corridor.journeys.keep_index import rebuild_index
from corridor.journeys.load_alliance import has_alliance, load_alliance
from corridor.journeys.sign_for_alliance import begin_signing
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

WALK = (
    ("/", "see who they are, and open a number"),
    ("/figures/members.active/", "walk from the figure down to a member's record"),
    ("/announcements/", "see what was promised on stage, and what is silent"),
    ("/figures/claims/", "hold what was published against the records"),
    ("/desk/", "sign in as trainer, coordinator, assessor or secretariat, and do what is owed today"),
    ("/reports/", "open the report, and check it with ./run report build and ./run report check"),
    ("/verify/", "check a certificate: any that the learner's desk leads to"),
)
PASSWORD = "EXAMPLE_PASSWORD"  # noqa: S105 (the name of a setting)


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "example",
        help="load the example alliance",
        description="Look after the example alliance in the folder examples/.",
    )
    inner = parser.add_subparsers(metavar="WHAT", required=True)
    load = inner.add_parser(
        "load",
        help="load an alliance from a folder of sheets",
        description="Load an alliance from a folder of CSV and XLSX files into an empty database: everything, or nothing if a file is "
        f"wrong. Its accounts get the password in {PASSWORD}, or a random one that is printed once.",
    )
    load.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="the folder (default: the one in examples/)")
    load.add_argument("--dry-run", action="store_true", help="do everything and keep nothing")
    load.add_argument("--if-empty", action="store_true", help="do nothing if there are records already")
    load.set_defaults(run=run_load)
    walk = inner.add_parser(
        "walk",
        help="say who one can be and where to look first",
        description="Print the address, the example's accounts, an API token that lasts a day, and a walk of five minutes.",
    )
    walk.add_argument("--port", type=int, default=8000, help="the port that is served (default: 8000)")
    walk.set_defaults(run=run_walk)


def run_load(arguments: argparse.Namespace) -> int:
    if arguments.if_empty and has_alliance(by=NIGHTLY):
        print("There are records already; the example is not loaded again.")
        return 0
    folder = arguments.folder or the_example()
    given = os.environ.get(PASSWORD)
    password = given or secrets.token_urlsafe(9)
    loaded = load_alliance(
        folder=folder, by=NIGHTLY, at=now(), password=password, dry_run=arguments.dry_run, progress=_tell_progress
    )
    if loaded.is_kept:
        rebuild_index(by=NIGHTLY)
        begin_signing(on=today(), at=real_now(), by=NIGHTLY)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    kept = "and kept" if loaded.is_kept else "and nothing kept, as asked"
    print(f"{loaded.total:,} rows of {len(loaded.rows)} kinds of sheet were read from {folder} {kept}.")
    if loaded.is_kept and loaded.accounts and not given:
        print(f"The password of the example's accounts is {password} (it is not shown again).")
    return 0


def run_walk(arguments: argparse.Namespace) -> int:
    address = f"http://127.0.0.1:{arguments.port}"
    walk = first_walk(on=today(), at=real_now(), by=NIGHTLY)
    print(f"\nThe alliance is at {address}/")
    if walk.accounts:
        password = os.environ.get(PASSWORD)
        print(
            f"Sign in at {address}/sign-in/ with {f'the password {password}' if password else 'the password shown at loading'} as:"
        )
        for username, roles in walk.accounts:
            print(f"  {username:24} {', '.join(roles)}")
        print(f"API token, for a day: {walk.token}")
    print("Five minutes:")
    for number, (path, what) in enumerate(WALK, start=1):
        print(f"  {number}. {what}: {address}{path}")
    return 0


def the_example() -> Path:
    """
    The one folder in examples/ that describes an alliance.

    :raises BadInput: if there is none, or more than one.
    """
    found = sorted(path.parent for path in (settings.BASE_DIR / "examples").glob("*/alliance.csv"))
    if len(found) != 1:
        raise BadInput([Problem(N_("There is not exactly one example in examples/; name the folder."))])
    return found[0]


def _tell_progress(name: str, rows: int) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{name}: {rows:,}", end="", file=sys.stderr, flush=True)
