"""From facts to PDF: texts in three languages, and the QR code."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import typst

from corridor.foundations.typesetting import qr_picture, set_pages
from corridor.foundations.vocabularies.countries import country_name
from corridor.kernel.wording import N_
from corridor.rooms.credentials.models import RecognitionKind

from ..refusals import CannotPrint
from . import wording
from .facts import CertificateFacts, RecognisedAs
from .wording import LANGUAGES, Said

_TEMPLATE = Path(__file__).with_name("certificate.typ")


def print_certificate(facts: CertificateFacts, *, document: str) -> bytes:
    """
    The PDF (A4, PDF/A-3a and PDF/UA-1) with ``document`` attached as ``credential.json``, byte for byte.

    :raises CannotPrint: if a name holds a character that none of the fonts has.
    """
    inputs = {"certificate": json.dumps(printed(facts), ensure_ascii=False), "credential": document}
    try:
        return set_pages(_TEMPLATE, inputs, standards=["a-3a", "ua-1"])
    except typst.TypstError as error:
        raise CannotPrint(
            N_("The certificate %(reference)s cannot be printed: a character on it is in none of the fonts."),
            reference=facts.reference,
        ) from error


def printed(facts: CertificateFacts) -> dict[str, Any]:
    """Every text of the page, by ``zh``, ``lo`` and ``en``; a language in which the records have no text is left out."""
    body = wording.BODY[facts.kind]
    return {
        "specimen": wording.SPECIMEN if facts.is_specimen else "",
        "issuer": _named(facts.issuer),
        "host": _named(facts.host) if facts.host != facts.issuer else {},
        "bars": list(facts.bars),
        "heading": wording.TITLE[facts.kind]._asdict(),
        "names": list(facts.learner_names),
        "body": {
            short: getattr(body, short).format(
                title=_in(facts.title, short), site=_in(facts.site, short), hours=facts.hours
            )
            for short in LANGUAGES
        },
        "columns": [wording.UNIT._asdict(), wording.DATE._asdict(), wording.RESULT._asdict()],
        "units": [
            {"code": unit.code, "titles": _named(unit.titles), "day": unit.decided_on.isoformat()}
            for unit in facts.units
        ],
        "competent": wording.COMPETENT._asdict(),
        "counts": {
            "label": wording.COUNTS_AS._asdict(),
            "lines": {short: _recognised(facts.recognised, short) for short in LANGUAGES},
        },
        "signed": {
            "label": wording.SIGNED._asdict(),
            "by": f"{facts.issuer_reference} · {facts.key}",
            "held": wording.HELD_AT._asdict(),
            "site": _named(facts.site),
        },
        "reference": facts.reference,
        "day": facts.issued_on.isoformat(),
        "date": [facts.issued_on.year, facts.issued_on.month, facts.issued_on.day],
        "ends": _ends(facts.last_day)._asdict(),
        "address": facts.address.partition("://")[2],
        "qr": qr_picture(facts.address),
        "fingerprint": facts.sha256[:16],
        "scan": wording.SCAN._asdict(),
        "page": wording.PAGE._asdict(),
    }


def _named(texts: Mapping[str, str]) -> dict[str, str]:
    found = {short: texts[language] for short, language in LANGUAGES.items() if texts.get(language)}
    return found or {"en": next(iter(texts.values()), "")}


def _in(texts: Mapping[str, str], short: str) -> str:
    return texts.get(LANGUAGES[short]) or texts.get("en") or next(iter(texts.values()), "")


def _ends(last_day: date | None) -> Said:
    if last_day is None:
        return wording.NO_END
    return Said(*(text.format(day=last_day.isoformat()) for text in wording.ENDS))


def _recognised(rows: tuple[RecognisedAs, ...], short: str) -> str:
    """One sentence for each kind of recognition, with its countries; who decided and by which document stand in the country's brackets."""
    if not rows:
        return str(getattr(wording.NOWHERE_STATED, short))
    by_kind: dict[RecognitionKind, list[str]] = {}
    for row in rows:
        details = "; ".join(part for part in (row.level, row.authority, row.document) if part)
        country = country_name(row.country, LANGUAGES[short])
        by_kind.setdefault(row.recognition, []).append(f"{country} ({details})" if details else country)
    joined = str(getattr(wording.AND, short))
    sentences = [
        getattr(wording.RECOGNISED[kind], short).format(countries=joined.join(places))
        for kind, places in by_kind.items()
    ]
    return ("" if short == "zh" else " ").join(sentences)
