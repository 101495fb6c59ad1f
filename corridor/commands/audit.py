"""``./run audit check``: walk the chain of the audit log."""

import argparse
import json
from typing import Any

from corridor.foundations.audit.sealing import check_chain, seal_entries

AT_ONCE = 1000


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "audit", help="walk the chain of the audit log", description="Look after the record of who changed what."
    )
    inner = parser.add_subparsers(metavar="WHAT", required=True)
    walk = inner.add_parser(
        "check",
        help="seal what is open, walk the hash chain, and say whether it holds",
        description="Seal the entries that are not sealed yet, walk the hash chain from its start, and say whether it holds. "
        "Print the last seal somewhere else to notice a chain that was cut.",
    )
    walk.add_argument("--json", action="store_true", help="answer as JSON")
    walk.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    while seal_entries(at_most=AT_ONCE) == AT_ONCE:
        continue
    report = check_chain()
    holds = report.first_broken is None
    if arguments.json:
        said = {
            "holds": holds, "first_broken": report.first_broken, "sealed": report.sealed, "unsealed": report.unsealed,
            "last_seal": report.last_seal,
        }  # fmt: skip
        print(json.dumps(said))
    elif holds:
        print(
            f"The chain holds: {report.sealed} entries sealed, {report.unsealed} not yet. Last seal: {report.last_seal}"
        )
    else:
        print(f"The chain is broken at entry {report.first_broken} of {report.sealed}.")
    return 0 if holds else 1
