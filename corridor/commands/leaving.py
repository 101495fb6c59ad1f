"""The words by which a command is told that what it writes leaves the country: then the ledger of transfers is written first."""

import argparse

from corridor.journeys.note_transfer import Leaving
from corridor.journeys.take_sheet import Destination
from corridor.rooms.people.rights_words import Occasion, TransferBasis


def add_words(parser: argparse.ArgumentParser, *, otherwise: str = "it stays in the house") -> None:
    parser.add_argument(
        "--to", metavar="COUNTRY", default="",
        help=f"the country it leaves for, two letters: written into the ledger (default: {otherwise})",
    )  # fmt: skip
    parser.add_argument(
        "--basis",
        choices=TransferBasis.values,
        default=TransferBasis.CONTRACT,
        help="the ground in law (default: contract)",
    )
    parser.add_argument("--over-because", metavar="WHY", default="", help="why it leaves over a threshold")


def leaving_of(arguments: argparse.Namespace, *, occasion: Occasion, about: str) -> Leaving | None:
    """What the words say; None where it stays in the house."""
    if not arguments.to or arguments.dry_run:
        return None
    return Leaving(
        to_country=arguments.to.upper(), basis=TransferBasis(arguments.basis), occasion=occasion, about=about,
        over_because=arguments.over_because,
    )  # fmt: skip


def destination_of(arguments: argparse.Namespace) -> Destination:
    """Where a sheet goes, as the words say."""
    return Destination(arguments.to.upper(), TransferBasis(arguments.basis), arguments.over_because)
