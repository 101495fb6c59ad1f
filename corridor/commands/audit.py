"""``./run audit WHAT``: walk the chain of the audit log, hold it against a kept checkpoint, sign how far it is."""

import argparse
import json
from pathlib import Path
from typing import Any

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit import checkpoints
from corridor.foundations.audit.sealing import check_chain, seal_entries
from corridor.journeys.recognise import at_the_machine
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

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
        "With a checkpoint that was kept elsewhere, say too whether it was cut or rewritten since.",
    )
    walk.add_argument("--checkpoint", metavar="FILE", type=Path, help="a checkpoint to hold the chain against")
    walk.add_argument("--json", action="store_true", help="answer as JSON")
    walk.set_defaults(run=run)
    key = inner.add_parser(
        "key",
        help="make the key that signs checkpoints",
        description="Make the alliance's key for checkpoints; one made before signs nothing more, and what it signed stays good.",
    )
    key.set_defaults(run=run_key)
    sign = inner.add_parser(
        "checkpoint",
        help="sign how far the chain is today",
        description="Seal what is open, sign where the chain ends and print the file to keep. The worker makes one a day.",
    )
    sign.set_defaults(run=run_checkpoint)


def run(arguments: argparse.Namespace) -> int:
    kept = _kept(arguments.checkpoint) if arguments.checkpoint else None
    while seal_entries(at_most=AT_ONCE) == AT_ONCE:
        continue
    report = check_chain()
    against = checkpoints.check_against(kept, by=at_the_machine()) if kept is not None else None
    holds = report.first_broken is None and (against is None or against.holds)
    if arguments.json:
        said: dict[str, Any] = {
            "holds": holds, "first_broken": report.first_broken, "sealed": report.sealed, "unsealed": report.unsealed,
            "last_seal": report.last_seal,
        }  # fmt: skip
        if against is not None:
            said["checkpoint"] = {
                "day": against.day, "place": against.place, "is_signed": against.is_signed, "is_there": against.is_there,
                "is_whole": against.is_whole,
            }  # fmt: skip
        print(json.dumps(said))
        return 0 if holds else 1
    if report.first_broken is None:
        print(
            f"The chain holds: {report.sealed} entries sealed, {report.unsealed} not yet. Last seal: {report.last_seal}"
        )
    else:
        print(f"The chain is broken at entry {report.first_broken} of {report.sealed}.")
    if against is not None:
        print(_about(against))
    return 0 if holds else 1


def run_key(_arguments: argparse.Namespace) -> int:
    key = checkpoints.make_key(at=clock.real_now(), by=NIGHTLY)
    print(f"Checkpoints are signed with {key.public_hex} from now on. Tell the members this public key.")
    return 0


def run_checkpoint(_arguments: argparse.Namespace) -> int:
    made = checkpoints.make_checkpoint(on=clock.today(), at=clock.real_now(), by=NIGHTLY)
    print(json.dumps(checkpoints.checkpoint_file(day=made.day, by=NIGHTLY), indent=1))
    return 0


def _kept(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        kept = None
    if not isinstance(kept, dict):
        raise BadInput([Problem(N_("This is no checkpoint of the audit log."), file=path.name)])
    return kept


def _about(against: checkpoints.CheckpointReport) -> str:
    if not against.is_signed:
        return f"The checkpoint of {against.day} is not signed by a key of this alliance; it shows nothing."
    if not against.is_there:
        return (
            f"The chain was cut or rewritten since {against.day}: entry {against.place} is not the one that was signed."
        )
    if not against.is_whole:
        return f"Entries are missing that stood in the chain on {against.day}."
    return f"The checkpoint of {against.day} agrees: entry {against.place} is the one that was signed."
