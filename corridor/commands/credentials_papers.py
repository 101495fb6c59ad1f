"""``./run credentials sign-papers``: sign the words of papers for certificates that were issued without."""

import argparse
import json
from typing import Any

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.rooms.credentials import actions, queries


def add_to(inner: Any) -> None:
    papers = inner.add_parser(
        "sign-papers",
        help="sign the words of papers that have none",
        description="Sign what their papers show for all certificates in force that were issued without, so that the code on the paper holds "
        "every word. A certificate whose issuer signs no more keeps the code of its address. Print the papers anew afterwards.",
    )
    papers.add_argument("--dry-run", action="store_true", help="say how many there are and do nothing")
    papers.add_argument("--json", action="store_true", help="answer as JSON")
    papers.set_defaults(run=run_papers)


def run_papers(arguments: argparse.Namespace) -> int:
    waiting, signed, after = queries.count_without_words(by=NIGHTLY), 0, ""
    while not arguments.dry_run:
        count, after = actions.sign_papers(at=clock.now(), by=NIGHTLY, after=after)
        signed += count
        if not after:
            break
    said = {"waiting": waiting, "signed": signed, "without_key": 0 if arguments.dry_run else waiting - signed}
    if arguments.json:
        print(json.dumps(said | {"dry_run": arguments.dry_run}))
    elif arguments.dry_run:
        print(f"{waiting} certificates in force have no signed words for their paper.")
    else:
        print(f"{signed} signed; of {said['without_key']} the issuer has no key that may sign.")
    return 0
