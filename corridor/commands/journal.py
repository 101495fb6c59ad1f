"""``./run journal import FILE --as ACCOUNT`` and ``./run journal export FILE``: what devices kept, carried where no network is."""

import argparse
from pathlib import Path
from typing import Any

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.foundations.accounts.queries import get_account
from corridor.journeys.recognise import recognise
from corridor.journeys.take_journal_file import give_journal_file, take_journal_file
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "journal",
        help="carry what devices kept, as files",
        description="Take in a journal that a phone or another house saved, or save the one of this house. "
        "Each event carries the signature of its device; a file that was changed on the way is not taken.",
    )
    inner = parser.add_subparsers(metavar="WHAT", required=True)
    taking = inner.add_parser(
        "import", help="take a file in", description="Take in a journal; brought twice it is taken once."
    )
    taking.add_argument("file", help="the file that a phone or another house saved")
    taking.add_argument(
        "--as", dest="account", required=True, metavar="ACCOUNT", help="the account of whoever brings it"
    )
    taking.set_defaults(run=run_import)
    giving = inner.add_parser(
        "export", help="save the journal of this house", description="Save everything that devices ever told."
    )
    giving.add_argument("file", help="where to save it")
    giving.set_defaults(run=run_export)


def run_import(arguments: argparse.Namespace) -> int:
    user = get_account(username=arguments.account, by=NIGHTLY)
    try:
        body = Path(arguments.file).read_bytes()
    except OSError as wrong:
        raise BadInput([Problem(N_("The file %(file)s cannot be read."), {"file": arguments.file})]) from wrong
    by = recognise(user, on=clock.today())
    taken = take_journal_file(body=body, on=clock.today(), at=clock.now(), by=by)
    print(f"{taken.held} events in the file, {taken.new} of them new, {taken.other} other than the first time.")
    if taken.files or taken.left:
        print(f"{taken.files} photos and films came with it; {taken.left} could not be taken and stay on their phone.")
    return 0


def run_export(arguments: argparse.Namespace) -> int:
    body = give_journal_file(by=NIGHTLY)
    try:
        Path(arguments.file).write_bytes(body)
    except OSError as wrong:
        raise BadInput([Problem(N_("The file %(file)s cannot be written."), {"file": arguments.file})]) from wrong
    print(f"Saved in {arguments.file}: {len(body)} bytes.")
    return 0
