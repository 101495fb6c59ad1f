"""A report on paper, in the reader's language, with its signed form attached."""

import json
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import get_language, gettext

from corridor.foundations.typesetting import set_pages
from corridor.foundations.vocabularies.languages import bcp47, is_right_to_left
from corridor.foundations.vocabularies.sentences import day_text, number_text
from corridor.kernel.wording import N_

from ..proofs.verdicts import Check, Verdict
from ..refusals import CannotPrint
from .statements import ages
from .wording import NAMES, RESULTS, sentence_of

_TEMPLATE = Path(__file__).with_name("report.typ")


def print_report(verdict: Verdict, *, token: str, raw: bytes, reasons: list[str], alliance: str, at: datetime) -> bytes:
    """
    The PDF (A4, PDF/A-3a and PDF/UA-1) with the signed report attached. ``reasons`` are those of the checks, in the reader's language.

    :raises CannotPrint: if a name holds a character that none of the fonts has.
    """
    language = bcp47(get_language() or settings.LANGUAGE_CODE)
    page = _said(verdict, raw, reasons, alliance, at, language) | {
        "language": language.split("-")[0],
        "direction": "rtl" if is_right_to_left(language) else "ltr",
    }
    inputs = {"report": json.dumps(page, ensure_ascii=False), "token": token}
    try:
        return set_pages(_TEMPLATE, inputs, standards=["a-3a", "ua-1"])
    except typst.TypstError as error:
        raise CannotPrint(N_("The report cannot be printed: a character in it is in none of the fonts.")) from error


def _said(
    verdict: Verdict, raw: bytes, reasons: list[str], alliance: str, at: datetime, language: str
) -> dict[str, Any]:
    register, status = ages(verdict)
    said = verdict.said
    rows = [[gettext("Checked on"), f"{day_text(at.date())}, {at:%H:%M} UTC"]]
    if register is not None:
        rows.append([gettext("Register of"), day_text(register)])
    if status is not None:
        rows.append([gettext("Status list of"), day_text(status)])
    rows.append([gettext("Length"), gettext("%(number)s bytes") % {"number": number_text(len(raw))}])
    certificate = []
    if said is not None:
        certificate = [
            [
                gettext("Holder"),
                " · ".join(said.learner_names) or gettext("not named here; ask the holder for the file"),
            ],
            [gettext("What it is"), said.called(said.achievement_id, said.name, language)[0]],
            [gettext("Issuer"), said.called(said.issuer_did, said.issuer_name, language)[0]],
            [gettext("Issued on"), day_text(said.issued_on)],
        ]
    return {
        "title": gettext("Report of a verification"),
        "alliance": alliance,
        "date": [at.year, at.month, at.day],
        "sentence": str(sentence_of(verdict)),
        "certificate": certificate,
        "heading": gettext("What the certificate says"),
        "checks_heading": gettext("What was checked"),
        "checks": [_check(check, reason) for check, reason in zip(verdict.checks, reasons, strict=True)],
        "rows": rows,
        "hash_label": gettext("SHA-256 of what was checked"),
        "hash": sha256(raw).hexdigest(),
        "about": gettext(
            "Signed by the alliance; the signed report is attached to this file. Verify it, and the certificate anew, at %(address)s: what was true "
            "that day may have changed."
        )
        % {"address": f"{settings.PUBLIC_URL.partition('://')[2]}/verify/"},
    }  # fmt: skip


def _check(check: Check, reason: str) -> dict[str, str]:
    return {
        "name": str(NAMES[check.name]),
        "result": str(RESULTS[check.result]),
        "kind": check.result.value,
        "reason": reason,
    }
