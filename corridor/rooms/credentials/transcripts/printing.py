"""The supplement on paper, in the reader's language: what each certificate stands for, unit by unit, and where it is verified."""

import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import get_language, gettext

from corridor.foundations.typesetting import qr_picture, set_pages
from corridor.foundations.vocabularies.countries import country_name
from corridor.foundations.vocabularies.languages import bcp47, choose, is_right_to_left
from corridor.foundations.vocabularies.sentences import day_text, number_text
from corridor.kernel.wording import N_

from ..certificates.facts import RecognisedAs, Texts
from ..certificates.printing import as_svg
from ..models import RecognitionKind
from ..proofs.said import read_said
from ..proofs.texts import DESCRIPTION
from ..refusals import CannotPrint
from .facts import Awarded, Transcript

_TEMPLATE = Path(__file__).with_name("supplement.typ")


def print_supplement(transcript: Transcript) -> bytes:
    """
    The PDF (A4, PDF/A-3a and PDF/UA-1), each signed credential attached byte for byte. The same facts always give the same bytes.

    :raises CannotPrint: if a name holds a character that none of the fonts has.
    """
    language = bcp47(get_language() or settings.LANGUAGE_CODE)
    try:
        return set_pages(
            _TEMPLATE,
            {
                "supplement": json.dumps(_said(transcript, language), ensure_ascii=False),
                "credentials": json.dumps(
                    {f"{each.facts.reference}.json": each.text for each in transcript.awarded}, ensure_ascii=False
                ),
            },
            standards=["a-3a", "ua-1"],
        )
    except typst.TypstError as error:
        raise CannotPrint(
            N_("The supplement of %(person)s cannot be printed: a character on it is in none of the fonts."),
            person=transcript.holder.reference,
        ) from error


def _said(transcript: Transcript, language: str) -> dict[str, Any]:
    holder, made = transcript.holder, transcript.made_at
    rows = [[gettext("Name"), " · ".join(holder.names)]]
    if holder.born_on is not None:
        rows.append([gettext("Date of birth"), day_text(holder.born_on)])
    return {
        "language": language.split("-")[0],
        "direction": "rtl" if is_right_to_left(language) else "ltr",
        "date": [made.year, made.month, made.day],
        "title": gettext("Certificate supplement"),
        "about": gettext("What the certificates in force of one person stand for. It is no certificate: verify each at its address."),
        "specimen": gettext("Specimen") if any(each.facts.is_specimen for each in transcript.awarded) else "",
        "made": [gettext("Written on"), day_text(made.date())],
        "holder": rows,
        "columns": [gettext("Unit"), gettext("Hours"), gettext("Decided on")],
        "attached": gettext("The signed credential, as Open Badges 3.0"),
        "alt": gettext("QR code that leads to the certificate"),
        "certificates": [_certificate(each, language) for each in transcript.awarded],
    }  # fmt: skip


def _certificate(awarded: Awarded, language: str) -> dict[str, Any]:
    facts, logo, said = awarded.facts, awarded.pictures.logo, read_said(awarded.document)
    last_day = gettext("No last day") if facts.last_day is None else day_text(facts.last_day)
    host = [[gettext("Held by"), _in(facts.host, language)]] if facts.host and facts.host != facts.issuer else []
    return {
        "title": _in(facts.title, language) or facts.reference,
        "reference": facts.reference,
        "logo": {"svg": as_svg(logo), "alt": logo.alt} if logo else None,
        "rows": [
            [gettext("Kind"), str(facts.kind.label)],
            [gettext("What it stands for"), said.called(DESCRIPTION, said.description, language)[0]],
            *[[gettext("Level"), said.called(address, name, language)[0]] for name, _code, address in said.alignments],
            [gettext("Issuer"), _in(facts.issuer, language)],
            [gettext("Site"), _in(facts.site, language)],
            *host,
            [gettext("Issued on"), day_text(facts.issued_on)],
            [gettext("Last day"), last_day],
            [gettext("Hours"), number_text(facts.hours)],
            *[[_country(each, language), _recognised(each)] for each in facts.recognised],
            *[[gettext("Signed for the issuer"), f"{each.name} · {_in(each.office, language)}"] for each in facts.signatories],
            *[[gettext("Signed together with"), _in(each, language)] for each in facts.beside],
        ],
        "units": [
            {
                "code": unit.code, "title": _in(unit.titles, language), "hours": number_text(unit.hours),
                "day": day_text(unit.decided_on, "medium"),
            }
            for unit in facts.units
        ],
        "address": facts.address.partition("://")[2],
        "qr": qr_picture(facts.address),
    }  # fmt: skip


def _in(texts: Texts, language: str) -> str:
    return choose(texts, language)[0] if texts else ""


def _country(row: RecognisedAs, language: str) -> str:
    return gettext("What it counts as in %(country)s") % {"country": country_name(row.country, language)}


def _recognised(row: RecognisedAs) -> str:
    details = "; ".join(part for part in (row.level, row.authority, row.document) if part)
    kind = str(RecognitionKind(row.recognition).label)
    return f"{kind} ({details})" if details else kind
