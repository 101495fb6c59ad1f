"""From facts to PDF: texts in the languages of the paper, pictures of the issuer's, and the codes with the signed words."""

import json
from base64 import b64encode
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from PIL import Image

from corridor.foundations.typesetting import qr_of_words, qr_picture, set_alike
from corridor.foundations.vocabularies.countries import country_name
from corridor.foundations.vocabularies.languages import choose, is_right_to_left
from corridor.kernel.wording import N_
from corridor.rooms.credentials.models import RecognitionKind

from ..paper_words import PaperWords, paper_languages, words_in
from ..refusals import CannotPrint
from .facts import CertificateFacts, RecognisedAs
from .languages import ENGLISH, kept_in

SVG = "image/svg+xml"
_TEMPLATE = Path(__file__).with_name("certificate.typ")


# Millimetres of one module of a code: less is not read by cheap telephones from a paper that was carried about.
_MODULE = 0.33
_SMALLEST_CODE = 27.0


@dataclass(frozen=True)
class Picture:
    """A picture on the paper, and what it shows in words, for who does not see it."""

    content: bytes
    media_type: str
    alt: str


@dataclass(frozen=True)
class Pictures:
    """What a layout puts beside the words."""

    logo: Picture | None = None
    seal: Picture | None = None


def print_certificate(facts: CertificateFacts, *, document: str, pictures: Pictures | None = None) -> bytes:
    """
    The PDF (A4, PDF/A-3a and PDF/UA-1) with ``document`` attached as ``credential.json``, byte for byte.

    :raises CannotPrint: if a name holds a character that none of the fonts has.
    """
    inputs = inputs_of(facts, document=document, pictures=pictures)
    try:
        return set_alike(_TEMPLATE, inputs, standards=["a-3a", "ua-1"])
    except typst.TypstError as error:
        raise CannotPrint(
            N_("The certificate %(reference)s cannot be printed: a character on it is in none of the fonts."),
            reference=facts.reference,
        ) from error


def inputs_of(facts: CertificateFacts, *, document: str, pictures: Pictures | None = None) -> dict[str, str]:
    """What the template is given: all words and codes of the page, and the file to attach."""
    shown = pictures or Pictures()
    page = words_on(facts) | {"logo": _picture(shown.logo), "seal": _picture(shown.seal)} | _codes(facts)
    return {"certificate": json.dumps(page, ensure_ascii=False), "credential": document}


def printed(facts: CertificateFacts) -> dict[str, Any]:
    """
    Every text of the page in the languages of the paper, each a list of ``lang`` and ``text`` in their order; a language in which the records
    have no text is left out. The code is that of the address, for a screen.
    """
    return words_on(facts) | {"qr": qr_picture(facts.address)}


def words_on(facts: CertificateFacts) -> dict[str, Any]:
    """The same without any code."""
    kind, written = facts.kind, _written(facts)
    filled = {
        tag: {"title": _in(facts.title, tag), "site": _in(facts.site, tag), "hours": facts.hours} for tag in written
    }
    return {
        "languages": [_tag(tag) for tag in written],
        "specimen": _said(written, lambda words: words.specimen) if facts.is_specimen else [],
        "issuer": _named(facts.issuer, written),
        "host": _named(facts.host, written) if facts.host != facts.issuer else [],
        "bars": list(facts.bars),
        "heading": _said(written, lambda words: words.title[kind]),
        "names": list(facts.learner_names),
        "body": [_tag(tag) | {"text": words.body[kind].format(**filled[tag])} for tag, words in written.items()],
        "columns": [
            _said(written, lambda words: words.unit), _said(written, lambda words: words.date),
            _said(written, lambda words: words.result),
        ],
        "units": [
            {"code": unit.code, "titles": _named(unit.titles, written), "day": unit.decided_on.isoformat()}
            for unit in facts.units
        ],
        "competent": _said(written, lambda words: words.competent),
        "counts": [
            _tag(tag) | {"label": words.counts_as + words.colon, "text": _recognised(facts.recognised, tag, words)}
            for tag, words in written.items()
        ],
        "signed": {
            "label": _said(written, lambda words: words.signed),
            "by": f"{facts.issuer_reference} · {facts.key}",
            "held": _said(written, lambda words: words.held_at),
            "site": _named(facts.site, written),
            "beside": {
                "label": _said(written, lambda words: words.beside),
                "members": [_named(each, written) for each in facts.beside],
            },
        },
        "signatories": [{"name": each.name, "office": _named(each.office, written)} for each in facts.signatories],
        "reference": facts.reference,
        "day": facts.issued_on.isoformat(),
        "date": [facts.issued_on.year, facts.issued_on.month, facts.issued_on.day],
        "ends": _said(written, lambda words: _ends(words, facts.last_day)),
        "address": facts.address.partition("://")[2],
        "fingerprint": facts.sha256[:16],
        "scan": _said(written, lambda words: words.scan),
        "page": _said(written, lambda words: words.page),
    }  # fmt: skip


def _picture(picture: Picture | None) -> dict[str, str] | None:
    return None if picture is None else {"svg": as_svg(picture), "alt": picture.alt}


def as_svg(picture: Picture) -> str:
    """The picture as SVG, which is text and can be handed to the compiler; pixels stand in it as they are."""
    if picture.media_type == SVG:
        return picture.content.decode()
    with Image.open(BytesIO(picture.content)) as opened:
        width, height = opened.size
    data = f"data:{picture.media_type};base64,{b64encode(picture.content).decode()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="{data}"/></svg>'
    )


def _codes(facts: CertificateFacts) -> dict[str, Any]:
    """The code on the page, in millimetres, and the sheet of codes where one does not hold all."""
    holds_all = len(facts.codes) == 1
    first = qr_of_words(facts.codes[0]) if holds_all else None
    sheet = [qr_of_words(each).svg for each in facts.codes] if len(facts.codes) > 1 else []
    written = _written(facts)
    return {
        "qr": first.svg if first else qr_picture(facts.address),
        "qr_width": max(_SMALLEST_CODE, round(first.modules * _MODULE, 1)) if first else _SMALLEST_CODE,
        "scan": _said(written, lambda words: words.scan + (words.space + words.holds_all if holds_all else "")),
        "sheet": {
            "codes": sheet,
            "label": _said(written, lambda words: words.in_codes.format(count=len(sheet))),
            "scan": _said(written, lambda words: words.scan_all),
        },
    }


def _written(facts: CertificateFacts) -> dict[str, PaperWords]:
    """The words of each language of the paper; English, where it came from a house that has more languages than this one."""
    known = [language for language in facts.languages if language in paper_languages()]
    return {language: words_in(language) for language in known or [ENGLISH]}


def _said(written: Mapping[str, PaperWords], said: Callable[[PaperWords], str]) -> list[dict[str, str]]:
    return [_tag(language) | {"text": said(words)} for language, words in written.items()]


@cache
def _tag(language: str) -> dict[str, str]:
    return {"lang": language, "dir": "rtl" if is_right_to_left(language) else "ltr"}


def _named(texts: Mapping[str, str], written: Collection[str]) -> list[dict[str, str]]:
    return [_tag(language) | {"text": text} for language, text in kept_in(texts, written).items()]


def _in(texts: Mapping[str, str], language: str) -> str:
    return choose(texts, language)[0]


def _ends(words: PaperWords, last_day: date | None) -> str:
    return words.no_end if last_day is None else words.ends.format(day=last_day.isoformat())


def _recognised(rows: Sequence[RecognisedAs], language: str, words: PaperWords) -> str:
    """One sentence for each kind of recognition, with its countries; who decided and by which document stand in the country's brackets."""
    if not rows:
        return words.nowhere_stated
    by_kind: dict[RecognitionKind, list[str]] = {}
    for row in rows:
        details = "; ".join(part for part in (row.level, row.authority, row.document) if part)
        country = country_name(row.country, language)
        by_kind.setdefault(row.recognition, []).append(f"{country} ({details})" if details else country)
    return words.space.join(
        words.recognised[kind].format(countries=words.also.join(places)) for kind, places in by_kind.items()
    )
