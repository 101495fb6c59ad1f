"""``./run credentials link REF... | offer REF``: hand certificates to holders who have no account."""

import argparse
import json
from pathlib import Path
from typing import Any

from django.conf import settings

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.queries import LinkWay
from corridor.rooms.credentials.refusals import FolderIsNotEmpty


def add_to(inner: Any) -> None:
    link = inner.add_parser(
        "link",
        help="a link for holders without an account",
        description="Make a link for each holder, all or none: it opens their certificates once, in one browser, for twelve hours. By mail it "
        "goes to the address in the record; on paper it stands on a sheet to hand over. One that was made before ends.",
    )
    link.add_argument("references", nargs="+", metavar="REF", help="the certificates: CRD-2024-0107")
    link.add_argument("--way", choices=LinkWay.values, default=LinkWay.MAIL.value, help="how it comes (default: mail)")
    link.add_argument(
        "--language",
        default=settings.LANGUAGE_CODE,
        metavar="CODE",
        help="what the holders read (default: %(default)s)",
    )
    link.add_argument(
        "--out", type=Path, metavar="FILE", help="the sheets (PDF), a file that is not there yet; for paper"
    )
    link.set_defaults(run=run_link)
    offer = inner.add_parser(
        "offer",
        help="offer a certificate to its holder's wallet",
        description="Offer a certificate in force to the wallet of its holder, for ten minutes: say the address to scan, and send the "
        "transaction code to the e-mail address in the holder's record.",
    )
    offer.add_argument("reference", metavar="REF", help="the certificate: CRD-2024-0107")
    offer.add_argument(
        "--language", default=settings.LANGUAGE_CODE, metavar="CODE", help="of the letter (default: %(default)s)"
    )
    offer.set_defaults(run=run_offer)
    for each in (link, offer):
        each.add_argument("--dry-run", action="store_true", help="say what would be done and do nothing")
        each.add_argument("--json", action="store_true", help="answer as JSON")


def run_link(arguments: argparse.Namespace) -> int:
    out: Path | None = arguments.out
    way = LinkWay(arguments.way)
    if (out is None) == (way == LinkWay.PAPER):
        raise BadInput([Problem(N_("Links on paper are written to a file (--out), and only those."))])
    if out is not None and out.exists():
        raise FolderIsNotEmpty(N_("%(file)s is there already; nothing is written over."), file=str(out))
    found = queries.get_credentials(references=arguments.references, by=NIGHTLY)
    made = actions.make_links(
        credentials=found, way=way, language=arguments.language, at=clock.now(), by=NIGHTLY, dry_run=arguments.dry_run
    )
    if out is not None and not arguments.dry_run:
        out.write_bytes(queries.holder_sheets(made=made, on=clock.today(), by=NIGHTLY))
    if arguments.json:
        rows = [
            {"certificate": each.link.credential.reference, "expires_at": each.link.expires_at.isoformat()}
            for each in made
        ]
        print(
            json.dumps(
                {"way": way.value, "file": str(out) if out else None, "links": rows, "dry_run": arguments.dry_run}
            )
        )
        return 0
    where = f"in {out}" if out else "sent by mail"
    print(f"Links that would be made: {len(made)}." if arguments.dry_run else f"Links made: {len(made)}, {where}.")
    return 0


def run_offer(arguments: argparse.Namespace) -> int:
    found = queries.get_credential(reference=arguments.reference, by=NIGHTLY)
    offered = actions.offer_at_the_desk(
        credential=found, language=arguments.language, at=clock.real_now(), by=NIGHTLY, dry_run=arguments.dry_run
    )
    if arguments.json:
        said = {"certificate": found.reference, "address": offered.address, "ends_at": offered.ends_at.isoformat()}
        print(json.dumps(said | {"dry_run": arguments.dry_run}))
    elif arguments.dry_run:
        print(f"{found.reference} would be offered.")
    else:
        print(
            f"{offered.address}\n{found.reference} is offered until {offered.ends_at:%H:%M} UTC; the transaction code is on its way to its holder."
        )
    return 0
