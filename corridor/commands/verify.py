"""
``./run verify FILE_OR_DIR``: is it genuine, and does it stand?

A file (JSON, a signed token or a certificate's PDF) is checked against our own records, an exported folder against what it carries;
nothing is fetched.
"""

import argparse
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from corridor.foundations import clock
from corridor.foundations.access import VISITOR
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.credentials.certificates.attachments import PDF, attached_credential
from corridor.rooms.credentials.compact.verifying import PaperVerdict
from corridor.rooms.credentials.proofs.bundles import open_bundle
from corridor.rooms.credentials.proofs.json_reading import read_object
from corridor.rooms.credentials.proofs.resolving import FolderResolver, Resolver
from corridor.rooms.credentials.proofs.trees import check_inclusion
from corridor.rooms.credentials.proofs.verdicts import Verdict, Word
from corridor.rooms.credentials.queries import report_of, report_pdf, verdict_of, verify_many
from corridor.rooms.credentials.refusals import NotAReport
from corridor.rooms.credentials.reports.statements import Report

from .files import bytes_of
from .saying import sentence

MOST_BYTES = 20_000_000
KINDS = {".json", ".jwt", ".pdf", ".txt", ".png", ".jpg", ".jpeg"}


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "verify",
        help="check a certificate, or a folder of them",
        description="Check a signed credential (JSON or JWT), a certificate (PDF), the codes of a paper (text or photo) or a folder of them, "
        "and say which checks passed and what a paper must show. A folder that "
        "was exported is checked against the keys and lists in it, anything else against our records. Nothing is fetched. "
        "Ends with 0 only if every file is valid.",
    )
    parser.add_argument("path", type=Path, metavar="FILE_OR_DIR", help="a file, or an exported folder")
    parser.add_argument(
        "--offline", action="store_true", help="do not look into our records either: use the exported folder alone"
    )
    parser.add_argument(
        "--checkpoint",
        type=Path,
        metavar="FILE",
        help="a checkpoint that somebody kept: say that the certificate existed on its day",
    )
    parser.add_argument(
        "--proof", type=Path, metavar="FILE", help="the certificate's proof of its day, for --checkpoint"
    )
    parser.add_argument(
        "--alliance",
        type=Path,
        metavar="FILE",
        help="the alliance's DID document, to check the signature on the checkpoint or the bundle",
    )
    parser.add_argument(
        "--bundle",
        type=Path,
        metavar="FILE",
        help="check with what the alliance published in one signed file (/verify/bundle.json) and nothing else; needs --alliance",
    )
    parser.add_argument(
        "--report",
        type=Path,
        metavar="FILE.pdf",
        help="write down what was found, for a personnel file, signed by the alliance; that file can be verified too",
    )
    parser.add_argument("--json", action="store_true", help="answer as JSON: an object for a file, a list for a folder")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    path: Path = arguments.path
    if arguments.checkpoint or arguments.proof:
        return _run_existed(arguments)
    files = _files(path)
    report = _report_of(path) if path.is_file() and not arguments.bundle else None
    if report is not None:
        return _run_report(report, as_json=arguments.json)
    if arguments.report and (path.is_dir() or arguments.offline or arguments.bundle):
        raise BadInput([Problem(N_("A report is written about one file, verified against our records."))])
    resolver = _bundle(arguments) if arguments.bundle else None
    verdicts = _verdicts(path, files, offline=arguments.offline, given=resolver)
    if arguments.report:
        pdf = report_pdf(
            verdict=verdicts[path.name], raw=_bytes(path), at=clock.now(), signed_at=clock.real_now(), by=VISITOR
        )
        arguments.report.write_bytes(pdf)
    if arguments.json:
        said = [{"file": name, **verdict.as_json()} for name, verdict in verdicts.items()]
        print(json.dumps(said if path.is_dir() else said[0], ensure_ascii=False, indent=1))
    else:
        for name, verdict in verdicts.items():
            print(f"{name}: {verdict.word.value}")
            if verdict.word != Word.VALID or len(verdicts) == 1:
                print("\n".join([*_lines(verdict), *_words(verdict)]))
        if path.is_dir():
            valid = sum(verdict.word == Word.VALID for verdict in verdicts.values())
            print(f"{valid} of {len(verdicts)} valid.")
    return 0 if all(verdict.word == Word.VALID for verdict in verdicts.values()) else 1


def _report_of(path: Path) -> Report | None:
    """What a report says that the alliance signed; None where the file is something to be verified. :raises ReportRefused:"""
    try:
        return report_of(raw=_bytes(path), by=VISITOR)
    except NotAReport:
        return None


def _run_report(report: Report, *, as_json: bool) -> int:
    days = {"register": report.register_as_of, "status_list": report.status_as_of}
    told = {name: day.isoformat() for name, day in days.items() if day}
    if as_json:
        checks = [check.as_json() for check in report.checks]
        said = {"report": True, "verdict": report.word.value, "at": report.at.isoformat(), "sha256": report.sha256}
        print(json.dumps({**said, "as_of": told, "checks": checks}, ensure_ascii=False, indent=1))
        return 0
    print(f"A report of this alliance, unchanged: on {report.at:%Y-%m-%d %H:%M} UTC it was {report.word.value}.")
    print(f"  of what has the SHA-256 {report.sha256}")
    for check in report.checks:
        print(f"  {gettext(check.name.value):10} {gettext(check.result.value.replace('_', ' ')):14} {check}")
    return 0


def _run_existed(arguments: argparse.Namespace) -> int:
    """From the files alone: neither our records nor a network are asked."""
    if not (arguments.checkpoint and arguments.proof and arguments.path.is_file()):
        raise BadInput([Problem(N_("Name a certificate, its --proof and a --checkpoint."))])
    alliance = _object(arguments.alliance) if arguments.alliance else None
    raw = _bytes(arguments.path)
    text = attached_credential(raw) if raw.startswith(PDF) else raw
    found = check_inclusion(text, _object(arguments.proof), checkpoint=_object(arguments.checkpoint), alliance=alliance)
    if arguments.json:
        said = {"existed": True, "status": found.status, "since": found.since.isoformat(), "day": found.day.isoformat()}
        print(json.dumps(said | {"checkpoint": found.number, "signature_checked": found.is_signed}))
        return 0
    print(f"It existed on {found.day}: {found.status} since {found.since}, by checkpoint {found.number}.")
    if not found.is_signed:
        print("Whose checkpoint it is was not looked at: name the alliance's DID document with --alliance.")
    return 0


def _object(path: Path) -> dict[str, Any]:
    return read_object(_bytes(path), max_bytes=MOST_BYTES)


def _files(path: Path) -> dict[str, Path]:
    """The files to check, by the name that is told."""
    if path.is_file():
        return {path.name: path}
    folders = [path / name for name in ("credentials", "attestations") if (path / name).is_dir()] or [path]
    files = [each for folder in folders for each in sorted(folder.glob("*"))]
    found = {each.name: each for each in files if each.is_file() and each.suffix.lower() in KINDS}
    if not found:
        raise BadInput([Problem(N_("There is no credential at %(path)s."), {"path": str(path)})])
    return found


def _bundle(arguments: argparse.Namespace) -> Resolver:
    """What a bundle answers, once it is known to be the alliance's own."""
    if not arguments.alliance:
        raise BadInput(
            [Problem(N_("Name the alliance's DID document with --alliance: a bundle cannot vouch for itself."))]
        )
    try:
        return open_bundle(json.loads(_bytes(arguments.bundle)), alliance=_object(arguments.alliance))
    except (ValueError, RecursionError, AttributeError):
        raise BadInput([Problem(N_("The file %(path)s is not a bundle."), {"path": str(arguments.bundle)})]) from None


def _verdicts(
    path: Path, files: dict[str, Path], *, offline: bool, given: Resolver | None = None
) -> dict[str, Verdict]:
    raws = {name: _bytes(file) for name, file in files.items()}
    folder = path if path.is_dir() else path.resolve().parent.parent
    if given is not None or offline or (path.is_dir() and (path / "dids").is_dir()):
        resolver, at = given or FolderResolver(folder), clock.now()
        return {name: verdict_of(raw=raw, resolver=resolver, at=at, by=VISITOR) for name, raw in raws.items()}
    return verify_many(raws=raws, at=clock.now(), by=VISITOR)


def _bytes(file: Path) -> bytes:
    return bytes_of(file, most=MOST_BYTES)


def _lines(verdict: Verdict) -> Iterable[str]:
    for check in verdict.checks:
        reason = sentence(Problem(check.reason, check.places))
        yield f"  {gettext(check.name.value):10} {gettext(check.result.value.replace('_', ' ')):14} {reason}"
    if verdict.replaced_by:
        yield f"  replaced by {verdict.replaced_by}"


def _words(verdict: Verdict) -> Iterable[str]:
    """What a paper must show, to be compared."""
    paper = verdict.paper if isinstance(verdict, PaperVerdict) else None
    if paper is None:
        return
    yield "  the paper must show:"
    yield f"    {' · '.join(paper.names)}"
    yield f"    {_in_all(paper.title)}"
    yield f"    {_in_all(paper.issuer)} · {_in_all(paper.site)}"
    for unit in paper.units:
        yield f"    {unit.code} {_in_all(unit.titles)} · {unit.decided_on} · {unit.hours}"
    for each in paper.recognised:
        details = [each.country, each.recognition, each.level, each.authority, each.document]
        yield f"    {' · '.join(part for part in details if part)}"
    for one in paper.signatories:
        yield f"    {one.name} · {_in_all(one.office)}"
    yield f"    {paper.reference} · {paper.issued_on} · {paper.last_day or ''} · {paper.address} · {paper.sha256[:16]}"


def _in_all(texts: Mapping[str, str]) -> str:
    return " / ".join(texts.values())
