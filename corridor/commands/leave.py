"""``./run leave MEMBER --out DIR | leave import KIT | leave open FILE | leave sign KIT``: what a member takes along, and how it goes on."""

import argparse
import json
import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.journeys.leave_alliance import leave_alliance
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.credentials import actions
from corridor.rooms.credentials.actions import SignedElsewhere
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.kit_pages import Verifier, marked_sentences
from corridor.rooms.credentials.proofs.companions import State
from corridor.rooms.credentials.proofs.renewed_kits import Step, renew_kit
from corridor.rooms.credentials.proofs.sealed_boxes import open_box
from corridor.rooms.credentials.refusals import FolderIsNotEmpty
from corridor.rooms.members.queries import get_organisation
from corridor.rooms.people.rights_words import Occasion

from .files import bytes_of
from .leaving import add_words, leaving_of

MOST_FILES, MOST_BYTES = 2_000_000, 50_000_000


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "leave",
        help="make the kit of a member that leaves, or take one over",
        description="leave MEMBER --out DIR: write everything that it takes to verify what the member issued without us: data, certificates, keys, "
        "lists, register, checkpoints, and a site for any web server. With --keys-to its private keys too, sealed to a public key of its own; they "
        "are forgotten here. leave import DIR: take over a kit from another house. leave bring DIR: take back the lists that a member of this house "
        "has signed anew since it left. leave open FILE --with KEY: open handed over keys. leave sign KIT "
        "--with KEYS: as the member, sign the status lists of the kit anew; no database is needed.",
    )
    parser.add_argument(
        "what", metavar="MEMBER|import|bring|open|sign", help="the member's reference; or import, bring, open or sign"
    )
    parser.add_argument(
        "path", nargs="?", type=Path, metavar="KIT",
        help="for import, bring and sign a kit's folder, for open its keys.sealed.json",
    )  # fmt: skip
    parser.add_argument(
        "--out", type=Path, metavar="PATH", help="a folder that is empty or not there yet; for open a file"
    )
    parser.add_argument(
        "--keys-to",
        type=Path,
        metavar="PEM",
        help="the member's public key (X25519 or P-256): hand its signing keys over",
    )
    parser.add_argument(
        "--with", dest="private", type=Path, metavar="FILE",
        help="for open: the private key that belongs to it (PEM); for sign: what open has written",
    )  # fmt: skip
    for word, what in (("--revoke", "revoke"), ("--suspend", "suspend"), ("--restore", "lift the suspension of")):
        parser.add_argument(
            word,
            action="append",
            default=[],
            metavar="REFERENCE",
            help=f"for sign: {what} that certificate or attestation",
        )
    parser.add_argument("--why", choices=Why.values, default="", help="for sign: the reason")
    parser.add_argument(
        "--days", type=int, default=0, metavar="N", help="for sign: so many days the lists hold (default: without end)"
    )
    add_words(parser)
    parser.add_argument("--dry-run", action="store_true", help="say what would be done and do nothing")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    if arguments.what == "import":
        return _import(arguments)
    if arguments.what == "bring":
        return _bring(arguments)
    if arguments.what == "open":
        return _open(arguments)
    if arguments.what == "sign":
        return _sign(arguments)
    folder: Path = _named(arguments.out, "--out")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderIsNotEmpty(
            N_("%(folder)s is not an empty folder; an export never writes over anything."), folder=str(folder)
        )
    member = get_organisation(reference=arguments.what, by=NIGHTLY)
    made = leave_alliance(
        member=member, keep=lambda files: _keep(folder, files),
        recipient=_bytes(arguments.keys_to) if arguments.keys_to else None, verifier=_verifier(),
        leaving=leaving_of(arguments, occasion=Occasion.EXPORT, about=f"Leaving kit of {member.reference}"),
        on=clock.today(), at=clock.now(), by=NIGHTLY, dry_run=arguments.dry_run,
    )  # fmt: skip
    if arguments.json:
        said = {"member": member.reference, "folder": str(folder), "files": made.files, "credentials": made.credentials}
        said["attestations"] = made.attestations
        print(json.dumps(said | {"keys_handed_over": made.are_keys_handed_over, "dry_run": arguments.dry_run}))
        return 0
    done = "would be written" if arguments.dry_run else "are written"
    print(
        f"{made.files} files with {made.credentials} certificates and {made.attestations} attestations {done} to {folder}."
    )
    if made.are_keys_handed_over:
        print(f"{member.reference} signs elsewhere from now on; nothing can be signed or revoked for it here any more.")
    return 0


def _import(arguments: argparse.Namespace) -> int:
    files = _files(_named(arguments.path, "KIT"))
    taken = actions.keep_kit(
        files=files, are_keys_given=arguments.private is not None, at=clock.now(), by=NIGHTLY, dry_run=arguments.dry_run
    )
    if arguments.json:
        print(
            json.dumps(
                {"did": taken.did, "name": taken.name, "documents": taken.documents, "dry_run": arguments.dry_run}
            )
        )
    else:
        done = "would be taken over" if arguments.dry_run else "are taken over"
        print(
            f"{taken.documents} signed documents of {taken.name} ({taken.did}) {done}; what it issued can be verified here."
        )
    return 0


def _bring(arguments: argparse.Namespace) -> int:
    """The lists of a kit with the reasons of the same name. The rest of the folder is not looked at."""
    folder = _named(arguments.path, "KIT")
    files = _files(folder)
    names = sorted(name.removeprefix("status/") for name in files if name.startswith("status/"))
    lists = [
        SignedElsewhere(_text(files, f"status/{name}"), _text(files, f"companions/{name}"))
        for name in names if f"companions/{name}" in files
    ]  # fmt: skip
    member = get_organisation(reference=_member_in(files, folder), by=NIGHTLY)
    done = actions.take_lists_back(
        organisation=member, lists=lists, on=clock.today(), at=clock.real_now(), by=NIGHTLY, dry_run=arguments.dry_run
    )
    if arguments.json:
        said = [
            {"list": each.address, "number": each.number, "changed": each.changed, "strays": each.strays}
            for each in done
        ]
        print(json.dumps({"lists": said, "dry_run": arguments.dry_run}))
        return 0
    for each in done:
        print(f"{each.address}: number {each.number}; changed here: {', '.join(each.changed) or 'nothing'}")
    print(f"{len(done)} of {len(lists)} lists {'would be' if arguments.dry_run else 'are'} served anew.")
    return 0


def _member_in(files: Mapping[str, bytes], folder: Path) -> str:
    try:
        return str(json.loads(files["kit.json"])["member"])
    except (KeyError, ValueError, TypeError):
        raise BadInput([Problem(N_("There is no leaving kit at %(path)s."), {"path": str(folder)})]) from None


def _text(files: Mapping[str, bytes], name: str) -> str:
    try:
        return files[name].decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput(
            [Problem(N_("%(file)s is missing in the kit, or was altered on the way."), {"file": name})]
        ) from None


def _sign(arguments: argparse.Namespace) -> int:
    """As the member: the world's own clock, because readers judge by it how old a list is."""
    folder, at = _named(arguments.path, "KIT"), clock.real_now()
    words = ((arguments.revoke, State.REVOKED), (arguments.suspend, State.SUSPENDED), (arguments.restore, None))
    steps = [
        Step(reference, state, at.date(), arguments.why) for references, state in words for reference in references
    ]
    renewed = renew_kit(
        _files(folder), keys=_bytes(_named(arguments.private, "--with")), steps=steps, created=at,
        valid_until=at + timedelta(days=arguments.days) if arguments.days > 0 else None,
    )  # fmt: skip
    if not arguments.dry_run:
        _keep(folder, renewed.files)
    if arguments.json:
        print(json.dumps({"lists": renewed.lists, "files": sorted(renewed.files), "dry_run": arguments.dry_run}))
    else:
        print(f"{renewed.lists} lists {'would be' if arguments.dry_run else 'are'} signed anew.")
    return 0


def _open(arguments: argparse.Namespace) -> int:
    opened = open_box(_bytes(_named(arguments.path, "KIT")), private=_bytes(_named(arguments.private, "--with")))
    out = _named(arguments.out, "--out")
    count = len(json.loads(opened)["keys"])
    if not arguments.dry_run:
        # For nobody else on this machine, and never over anything.
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(opened)
    print(json.dumps({"keys": count}) if arguments.json else f"{count} keys; whoever has them signs as the member.")
    return 0


def _verifier() -> Verifier | None:
    """The verifier of the browser, as ./start makes it, and what it says; none where it was not made."""
    found = finders.find("built/verifying.js")
    if not found:
        return None
    script = Path(found)
    sources = sorted((script.parents[2] / "verifier").glob("*.js"))
    return Verifier(script.read_text("utf-8"), marked_sentences(each.read_text("utf-8") for each in sources))


def _keep(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    # Before keys are forgotten here, they are on the disk there.
    os.sync()


def _files(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        raise BadInput([Problem(N_("There is no folder at %(path)s."), {"path": str(folder)})])
    paths = [each for each in sorted(folder.rglob("*")) if each.is_file() and not each.is_symlink()]
    return {each.relative_to(folder).as_posix(): _bytes(each) for each in paths[:MOST_FILES]}


def _named(path: Path | None, word: str) -> Path:
    if path is None:
        raise BadInput([Problem(N_("Name %(word)s too."), {"word": word})])
    return path


def _bytes(path: Path) -> bytes:
    return bytes_of(path, most=MOST_BYTES)
