"""``./run migrate``: bring the database up to date."""

import argparse
from typing import Any

from django.core.management import call_command

from corridor.foundations.tables import is_empty, make_all_tables


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "migrate",
        help="bring the database up to date",
        description="Make or change tables until they are what this version needs.",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    if not arguments.dry_run and is_empty():
        make_all_tables()
        return 0
    call_command("migrate", plan=arguments.dry_run, verbosity=1 if arguments.dry_run else 0, interactive=False)
    return 0
