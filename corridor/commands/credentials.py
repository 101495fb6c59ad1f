"""``./run credentials issue COHORT | revoke REF | change REF... | export --out DIR``: award, withdraw, and carry everything away."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.journeys.award_credentials import award_cohort, preview_awarding
from corridor.journeys.note_transfer import note_credentials
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.actions import ManyStep
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.refusals import FolderIsNotEmpty
from corridor.rooms.members.queries import get_organisation
from corridor.rooms.people.rights_words import Occasion
from corridor.rooms.training.queries import get_cohort

from . import credentials_papers, credentials_to_holders
from .leaving import add_words, leaving_of

TRANSCRIPTS: dict[str, Callable[..., str | bytes]] = {
    "clr": queries.transcript_clr,
    "elmo": queries.transcript_elmo,
    "pdf": queries.transcript_pdf,
}


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "credentials",
        help="award a cohort, revoke a certificate, export them all",
        description="Issue, withdraw and export signed credentials.",
    )
    inner = parser.add_subparsers(metavar="WHAT", required=True)
    issue = inner.add_parser(
        "issue",
        help="award a cohort whose assessments are closed",
        description="Give each learner of an assessed cohort one signed credential: the award where every required unit is finally competent, "
        "otherwise a statement of the competent units.",
    )
    issue.add_argument("cohort", metavar="COHORT", help="the cohort's reference")
    issue.add_argument("--issuer", metavar="REF", help="the member that issues (default: the only one entitled)")
    issue.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="the day of issue (default: today)")
    issue.add_argument(
        "--only-ready", action="store_true", help="award those of whom nothing is in the way; the others follow later"
    )
    issue.set_defaults(run=run_issue)
    revoke = inner.add_parser(
        "revoke",
        help="revoke a certificate for ever",
        description="Revoke a certificate: its bit is set, and the issuer's status list and reasons are signed again.",
    )
    revoke.add_argument("reference", metavar="REF", help="the certificate's reference: CRD-2024-0107")
    revoke.add_argument(
        "--why", required=True, choices=Why.values, metavar="CODE", help=f"one of {', '.join(Why.values)}"
    )
    revoke.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="the day it takes effect (default: today)")
    revoke.set_defaults(run=run_revoke)
    change = inner.add_parser(
        "change",
        help="suspend, lift, replace or revoke many at once",
        description="Take one step for all that are named, or for none; their holders are told. Only a suspension can be undone.",
    )
    change.add_argument("references", nargs="+", metavar="REF", help="the references: CRD-2024-0107")
    change.add_argument("--step", required=True, choices=ManyStep.values, help="what to do")
    change.add_argument("--why", required=True, choices=Why.values, metavar="CODE", help="one of the codes of revoke")
    change.set_defaults(run=run_change)
    token = inner.add_parser(
        "token",
        help="write a certificate as one signed token",
        description="Sign a certificate in force as one token (VC-JWT), and write it to a file or say it.",
    )
    token.add_argument("reference", metavar="REF", help="the certificate's reference: CRD-2024-0107")
    token.add_argument("--out", type=Path, metavar="FILE", help="a file that is not there yet (default: say it)")
    token.set_defaults(run=run_token)
    transcript = inner.add_parser(
        "transcript",
        help="write all certificates of a person in one file",
        description="Write the certificates in force of one person: as CLR 2.0 (a token), ELMO 1.7 (XML) or a supplement on paper (PDF).",
    )
    transcript.add_argument("person", metavar="PERSON", help="the person's reference: P-0022")
    transcript.add_argument("--form", choices=TRANSCRIPTS, default="pdf", help="which form (default: pdf)")
    transcript.add_argument("--out", type=Path, required=True, metavar="FILE", help="a file that is not there yet")
    transcript.set_defaults(run=run_transcript)
    credentials_to_holders.add_to(inner)
    credentials_papers.add_to(inner)
    export = inner.add_parser(
        "export",
        help="write all credentials with what anybody needs to check them",
        description="Write credentials/, dids/, status/, companions/ and expect.json into an empty or new folder, so that anybody's "
        "verifier can check every credential without us.",
    )
    export.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="a folder that is empty or not there yet"
    )
    add_words(export)
    export.set_defaults(run=run_export)
    for each in (issue, revoke, change, token, transcript, export):
        each.add_argument("--dry-run", action="store_true", help="say what would be done and do nothing")
        each.add_argument("--json", action="store_true", help="answer as JSON")


def run_issue(arguments: argparse.Namespace) -> int:
    cohort = get_cohort(reference=arguments.cohort, by=NIGHTLY)
    on, at = arguments.on or clock.today(cohort.site.zone), clock.now()
    if arguments.issuer:
        issuer = get_organisation(reference=arguments.issuer, by=NIGHTLY)
    else:
        entitled = queries.entitled_issuers(cohort=cohort, on=on, by=NIGHTLY)
        if len(entitled) != 1:
            raise BadInput(
                [
                    Problem(
                        N_(
                            "%(count)s members are entitled to issue for this cohort on %(day)s; name one with --issuer."
                        ),
                        {"count": len(entitled), "day": on},
                    )
                ]
            )
        issuer = entitled[0]
    if arguments.dry_run:
        found = preview_awarding(cohort=cohort, issuer=issuer, on=on, at=at, by=NIGHTLY)
    else:
        found = award_cohort(
            cohort=cohort, issuer=issuer, on=on, at=at, by=NIGHTLY, wait=True, only_ready=arguments.only_ready
        )
    said = {
        "cohort": cohort.reference, "issuer": issuer.reference, "on": on.isoformat(), "awards": found.awards,
        "statements": found.statements, "nothing": found.nothing, "waiting": found.waiting, "dry_run": arguments.dry_run,
    }  # fmt: skip
    if arguments.json:
        print(json.dumps(said))
    else:
        would = "would issue" if arguments.dry_run else "issued"
        print(
            f"{issuer.reference} {would} {found.awards} awards and {found.statements} statements of units for {cohort.reference} "
            f"on {on}; {found.nothing} learners have no competent unit, and {found.waiting} wait because something is in the way."
        )
    return 0


def run_revoke(arguments: argparse.Namespace) -> int:
    on = arguments.on or clock.today()
    credential = queries.get_credential(reference=arguments.reference, by=NIGHTLY)
    actions.revoke_credential(
        credential=credential, on=on, at=clock.now(), by=NIGHTLY, why=Why(arguments.why), dry_run=arguments.dry_run
    )
    if arguments.json:
        said = {"reference": credential.reference, "revoked_on": on.isoformat(), "why": arguments.why}
        print(json.dumps(said | {"dry_run": arguments.dry_run}))
    else:
        done = "would be revoked" if arguments.dry_run else "is revoked"
        print(
            f"{credential.reference} {done} from {on} ({arguments.why}); the status list of {credential.issuer.reference} says so."
        )
    return 0


def run_change(arguments: argparse.Namespace) -> int:
    effects = actions.change_many(
        credentials=queries.get_credentials(references=arguments.references, by=NIGHTLY), step=ManyStep(arguments.step),
        why=Why(arguments.why), on=clock.today(), at=clock.now(), by=NIGHTLY, dry_run=arguments.dry_run,
    )  # fmt: skip
    if arguments.json:
        print(json.dumps({"dry_run": arguments.dry_run, "effects": [asdict(each) for each in effects]}))
        return 0
    for each in effects:
        anew = f", replaced by {each.replaced_by}" if each.replaced_by else ""
        print(
            f"{each.reference}: {each.before} -> {each.after}{anew}{'' if each.is_told else '; its holder has no account'}"
        )
    print(f"{len(effects)} {'would change' if arguments.dry_run else 'are changed'}.")
    return 0


def run_token(arguments: argparse.Namespace) -> int:
    credential = queries.get_credential(reference=arguments.reference, by=NIGHTLY)
    token = queries.credential_token(credential=credential, at=clock.now(), by=NIGHTLY)
    out: Path | None = arguments.out
    if out is not None and out.exists():
        raise FolderIsNotEmpty(N_("%(file)s is there already; nothing is written over."), file=str(out))
    if out is not None and not arguments.dry_run:
        out.write_text(token, encoding="ascii")
    if arguments.json:
        print(json.dumps({"reference": credential.reference, "token": token, "dry_run": arguments.dry_run}))
    else:
        print(token if out is None else f"{credential.reference} is written to {out}.")
    return 0


def run_transcript(arguments: argparse.Namespace) -> int:
    out: Path = arguments.out
    if out.exists():
        raise FolderIsNotEmpty(N_("%(file)s is there already; nothing is written over."), file=str(out))
    person, at = arguments.person, clock.now()
    found = queries.list_in_force(person=person, by=NIGHTLY)
    written = TRANSCRIPTS[arguments.form](person=person, at=at, by=NIGHTLY)
    if not arguments.dry_run:
        out.write_bytes(written.encode() if isinstance(written, str) else written)
    if arguments.json:
        said = {"person": person, "file": str(out), "certificates": [each.reference for each in found]}
        print(json.dumps(said | {"dry_run": arguments.dry_run}))
    else:
        done = "would be written" if arguments.dry_run else "are written"
        print(f"{len(found)} certificates of {person} {done} to {out}.")
    return 0


def run_export(arguments: argparse.Namespace) -> int:
    folder: Path = arguments.out
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderIsNotEmpty(
            N_("%(folder)s is not an empty folder; an export never writes over anything."), folder=str(folder)
        )
    bundle = queries.export_bundle(at=clock.real_now(), by=NIGHTLY)
    if leaving := leaving_of(arguments, occasion=Occasion.EXPORT, about="All signed credentials"):
        note_credentials(leaving=leaving, on=clock.today(), at=clock.now(), by=NIGHTLY)
    if not arguments.dry_run:
        for name, text in bundle.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
            _tell_progress(name)
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr)
    if arguments.json:
        said = {"folder": str(folder), "credentials": bundle.credentials, "files": len(bundle.files)}
        print(json.dumps(said | {"dry_run": arguments.dry_run}))
    else:
        done = "would be written" if arguments.dry_run else "are written"
        print(
            f"{bundle.credentials} credentials and what it takes to check them {done} to {folder} ({len(bundle.files)} files)."
        )
    return 0


def _tell_progress(name: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{name}", end="", file=sys.stderr, flush=True)
