"""``./run agreements pdf REF --out FILE``: an agreement as a file to print, to sign on paper and to keep."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.agreements.queries import agreement_pdf


def add(verbs: Any) -> None:
    parser = verbs.add_parser("agreements", help="print an agreement", description="Agreements as files.")
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
