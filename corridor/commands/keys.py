"""``./run keys WHAT``: the signing keys of members and of the alliance."""

import argparse
import json
from datetime import UTC, datetime
from typing import Any

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.journeys.guard_keys import distrust_key, reseal_all_keys
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.drafts import Compromise
from corridor.rooms.members.queries import get_organisation


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "keys",
        help="rotate, distrust and reseal signing keys",
        description="Look after the keys with which members sign certificates. Their private halves are never shown.",
    )
    inner = parser.add_subparsers(metavar="WHAT", required=True)
    listed = inner.add_parser("list", help="all keys with their days", description="All keys with their days.")
    listed.set_defaults(run=run_list)
    rotate = inner.add_parser(
        "rotate",
        help="make the next key of a member",
        description="Let the key that a member signs with end now, make the next one, and sign the member's lists with it.",
    )
    rotate.add_argument("member", metavar="MEMBER", help="the member's reference")
    rotate.add_argument("key", metavar="KEY", help="the name of the key that ends: key-2024")
    rotate.set_defaults(run=run_rotate)
    wrong = inner.add_parser(
        "compromised",
        help="trust nothing that a key signed since an instant",
        description="Somebody else may have had a key: from an instant on nothing is trusted that it signed. Lists what is to be issued anew.",
    )
    wrong.add_argument("member", metavar="MEMBER", help="the member's reference")
    wrong.add_argument("key", metavar="KEY", help="the name of the key: key-2024")
    wrong.add_argument(
        "--since", required=True, metavar="WHEN", help="a day (its first instant in UTC), or an instant with its zone"
    )
    wrong.add_argument("--reissue", action="store_true", help="issue anew at once what is in force")
    wrong.add_argument("--dry-run", action="store_true", help="say what would be done and do nothing")
    wrong.set_defaults(run=run_compromised)
    reseal = inner.add_parser(
        "reseal",
        help="seal all private halves anew under the guard of today",
        description="After KEY_ENCRYPTION_KEY was changed (the old one stands in KEY_ENCRYPTION_KEYS_BEFORE), or KEY_GUARD: seal every private "
        "half anew. Afterwards the old one is needed no more.",
    )
    reseal.set_defaults(run=run_reseal)
    behind = inner.add_parser(
        "catch-up",
        help="take over what was published after an older copy of the records was put back",
        description="After an older copy of the database was put back: bring every status list to what was published last, so that nothing "
        "that was revoked comes to life again.",
    )
    behind.add_argument("--dry-run", action="store_true", help="say what would be done and do nothing")
    behind.set_defaults(run=run_catch_up)
    for each in (listed, rotate, wrong, reseal, behind):
        each.add_argument("--json", action="store_true", help="answer as JSON")


def run_list(arguments: argparse.Namespace) -> int:
    said = [
        {
            "member": key.organisation.reference, "key": key.fragment, "public": key.public_multibase,
            "valid_from": key.valid_from.isoformat(), "valid_before": _text(key.valid_before),
            "compromised_from": _text(key.compromised_from), "handed_over_at": _text(key.handed_over_at),
        }
        for key in queries.keys_kept_by(by=NIGHTLY)
    ]  # fmt: skip
    if arguments.json:
        print(json.dumps(said))
        return 0
    for each in said:
        state = "compromised" if each["compromised_from"] else "handed over" if each["handed_over_at"] else ""
        print(
            f"{each['member']:30} {each['key']:20} {each['valid_from']}  {each['valid_before'] or 'in use':26} {state}"
        )
    return 0


def run_rotate(arguments: argparse.Namespace) -> int:
    made = actions.rotate_key(key=_key(arguments), at=clock.now(), by=NIGHTLY)
    if arguments.json:
        print(
            json.dumps(
                {
                    "member": arguments.member,
                    "ended": arguments.key,
                    "key": made.fragment,
                    "public": made.public_multibase,
                }
            )
        )
    else:
        print(
            f"{arguments.member} signs with {made.fragment} from now on; {arguments.key} has ended and stays published."
        )
    return 0


def run_compromised(arguments: argparse.Namespace) -> int:
    compromise = Compromise(key=_key(arguments), since=_instant(arguments.since))
    found = distrust_key(
        compromise=compromise, on=clock.today(), at=clock.now(), by=NIGHTLY, reissue=arguments.reissue,
        dry_run=arguments.dry_run,
    )  # fmt: skip
    if arguments.json:
        said = {
            "member": arguments.member, "key": arguments.key, "since": compromise.since.isoformat(), "dry_run": arguments.dry_run,
            "affected": [each.reference for each in found.affected],
            "attestations": [each.reference for each in found.attestations],
            "given_again": [each.reference for each in found.given_again],
            "reissued": {each.replaces.reference: each.reference for each in found.reissued if each.replaces},
        }  # fmt: skip
        print(json.dumps(said))
        return 0
    would = "would be trusted" if arguments.dry_run else "is trusted"
    print(f"Nothing {would} that {arguments.key} of {arguments.member} signed from {compromise.since.isoformat()}.")
    for each in found.affected:
        print(f"{each.reference}  {each.status}  {each.cohort.reference}")
    for attested in found.attestations:
        print(f"{attested.reference}  {attested.status}  {attested.kind}")
    print(
        f"{len(found.affected) + len(found.attestations)} to be issued anew; {len(found.reissued) + len(found.given_again)} of them are."
    )
    return 0


def run_reseal(arguments: argparse.Namespace) -> int:
    count = reseal_all_keys(by=NIGHTLY)
    print(
        json.dumps({"resealed": count}) if arguments.json else f"{count} keys are sealed anew; the others were already."
    )
    return 0


def run_catch_up(arguments: argparse.Namespace) -> int:
    done = actions.catch_up(on=clock.today(), at=clock.now(), by=NIGHTLY, dry_run=arguments.dry_run)
    if arguments.json:
        print(
            json.dumps(
                [{"list": each.address, "credentials": each.credentials, "strays": each.strays} for each in done]
            )
        )
        return 0
    for each in done:
        print(
            f"{each.address}: {', '.join(each.credentials) or 'no credential here'}; {each.strays} entries that nothing here explains"
        )
    print(f"{len(done)} lists {'would be' if arguments.dry_run else 'are'} brought to what was published.")
    return 0


def _key(arguments: argparse.Namespace) -> Any:
    member = get_organisation(reference=arguments.member, by=NIGHTLY)
    return queries.get_key(organisation=member, fragment=arguments.key, by=NIGHTLY)


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(
            [Problem(N_("Write a day as 2024-01-18, or an instant as 2024-01-18T08:00:00+08:00."))]
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _text(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
