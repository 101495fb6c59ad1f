"""Reports of verifications: written, and verified themselves. Neither leaves a trace here."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language

from corridor.foundations.access import Actor
from corridor.foundations.vocabularies.sentences import sentence
from corridor.kernel.errors import NotFound, Problem
from corridor.kernel.wording import N_, Phrase
from corridor.rooms.members.queries import get_alliance

from ..addresses import alliance_did
from ..alliance import alliance_document, alliance_signer
from ..certificates.attachments import PDF, attached_token
from ..drafts import Why
from ..jwt.tokens import read_token
from ..jwt.verifying import as_token
from ..proofs.refusals import CannotRead
from ..proofs.verdicts import Check, Verdict
from ..refusals import NotAReport
from ..reports.printing import print_report
from ..reports.statements import TYP, Report, read_report, sign_report


def report_pdf(*, verdict: Verdict, raw: bytes | str, at: datetime, signed_at: datetime, by: Actor) -> bytes:
    """
    What was found about that file or text as a PDF in the reader's language, signed by the alliance. ``signed_at`` is the world's own instant.

    :raises NoAllianceKey: where the alliance has no key. :raises CannotPrint: if a name cannot be set.
    """
    content = raw if isinstance(raw, bytes) else raw.encode("utf-8", "replace")
    _key, signer = alliance_signer()
    token = sign_report(verdict, raw=content, key=signer, at=at, signed_at=signed_at)
    reasons = [_reason(each) for each in verdict.checks]
    return print_report(verdict, token=token, raw=content, reasons=reasons, alliance=_alliance(by), at=at)


def report_of(*, raw: bytes | str, by: Actor) -> Report:  # noqa: ARG001
    """
    What a report says that the alliance signed: the PDF, or the token in it.

    :raises NotAReport: for anything else, which is to be verified instead. :raises ReportRefused: for one that does not hold.
    """
    text = _token_of(raw)
    if text is None:
        raise NotAReport(N_("This is not the report of a verification."))
    return read_report(text, alliance=alliance_document())


def _token_of(raw: bytes | str) -> str | None:
    is_pdf = isinstance(raw, bytes) and raw[:1024].lstrip().startswith(PDF)
    found = attached_token(raw) if isinstance(raw, bytes) and is_pdf else as_token(raw)
    if found is None or "~" in found:
        return None
    try:
        return found if read_token(found).header.get("typ") == TYP else None
    except CannotRead:
        return None


def _reason(check: Check) -> str:
    places = dict(check.places)
    if places.get("why") in Why.values:
        places["why"] = Phrase(str(Why(str(places["why"])).label))
    return sentence(Problem(check.reason, places))


def _alliance(by: Actor) -> str:
    try:
        return get_alliance(by=by, places=False).name(get_language() or settings.LANGUAGE_CODE)
    except NotFound:
        return alliance_did()
