"""``./run agreements pdf REF --out FILE``: an agreement as a file to print, to sign on paper and to keep; and which end with nothing after them."""

import argparse
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.journeys.first_delivery import note_deliveries
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.agreements.queries import agreement_pdf, renewals_due


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "agreements",
        help="print an agreement; list those that end; activate what was delivered",
        description="Agreements as files, and those that end soon.",
    )
    inner = parser.add_subparsers(metavar="WHAT", required=True)
    pdf = inner.add_parser(
        "pdf",
        help="write an agreement as PDF",
        description="Write every language version of an agreement, who has signed and where one signs on paper, as a PDF (A4).",
    )
    pdf.add_argument("reference", metavar="REF", help="the agreement's reference: AGR-2024-0006")
    pdf.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="the file to write; one that is there is written over"
    )
    pdf.add_argument(
        "--language", choices=[code for code, _name in settings.LANGUAGES], default="en",
        help="the language of the words around the text (default: en)",
    )  # fmt: skip
    pdf.set_defaults(run=run_pdf)
    renewals = inner.add_parser(
        "renewals",
        help="list agreements that end soon and that nothing follows",
        description="One a line: the last day, the reference, and its parties. Those that have a follow-up are left out.",
    )
    renewals.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="as on that day; else today")
    renewals.add_argument(
        "--within", type=_days, default=180, metavar="DAYS", help="how far ahead to look (default: 180)"
    )
    renewals.set_defaults(run=run_renewals)
    deliveries = inner.add_parser(
        "deliveries",
        help="activate agreements under which something was delivered",
        description="A register that was signed, a site that opened, equipment that another party gave it, an obligation that was kept and shown: "
        "the first of them activates its agreement. The pages do it at once, the worker every night for what came in by sheets.",
    )
    deliveries.add_argument(
        "--on", type=date.fromisoformat, metavar="DAY", help="what was delivered by that day; else today"
    )
    deliveries.set_defaults(run=run_deliveries)


def run_renewals(arguments: argparse.Namespace) -> int:
    due = renewals_due(on=arguments.on or clock.today(), within_days=arguments.within, by=NIGHTLY)
    for agreement in due:
        last = agreement.ends_before - timedelta(days=1) if agreement.ends_before else agreement.starts_on
        parties = ", ".join(party.organisation.reference for party in agreement.parties.all())
        print(f"{last.isoformat()}  {agreement.reference}  {parties}")
    if not due:
        print("nothing ends in that time that nothing follows")
    return 0


def run_deliveries(arguments: argparse.Namespace) -> int:
    made = note_deliveries(until=arguments.on or clock.today(), by=NIGHTLY)
    for agreement in made:
        print(agreement.reference)
    print(f"{len(made)} activated")
    return 0


def _days(given: str) -> int:
    if not given.isdecimal() or not 0 < int(given) <= 3_660:
        raise argparse.ArgumentTypeError("a number of days from 1 to 3660")
    return int(given)


def run_pdf(arguments: argparse.Namespace) -> int:
    with translation.override(arguments.language):
        content = agreement_pdf(reference=arguments.reference, on=clock.today(), by=NIGHTLY)
    try:
        arguments.out.write_bytes(content)
    except OSError as fault:
        problem = Problem(
            N_("%(path)s cannot be written: %(why)s"), {"path": str(arguments.out), "why": fault.strerror or ""}
        )
        raise BadInput([problem]) from fault
    print(f"{arguments.reference}: {len(content)} bytes to {arguments.out}")
    return 0
