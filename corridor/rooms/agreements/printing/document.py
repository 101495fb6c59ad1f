"""From the records to the pages. The words around the text are in the language of whoever prints it; the texts are in their own."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import get_language, gettext, pgettext

from corridor.foundations.typesetting import qr_picture, set_pages
from corridor.foundations.vocabularies.languages import bcp47, is_right_to_left, language_name
from corridor.foundations.vocabularies.sentences import day_text, isolated
from corridor.kernel.wording import N_

from ..lifecycle import AgreementStatus
from ..models import Agreement, AgreementParty, Signature, Signer
from ..refusals import CannotPrint

_TEMPLATE = Path(__file__).with_name("agreement.typ")


def print_agreement(
    agreement: Agreement,
    *,
    signers: Mapping[Any, Sequence[Signer]],
    signatures: Mapping[Any, Sequence[Signature]],
    on: date,
) -> bytes:
    """
    The PDF (A4, PDF/A-2b and PDF/UA-1). ``signers`` in office and ``signatures`` that count are by the key of their party;

    :raises CannotPrint: if a character is in none of the fonts.
    """
    shown = printed(agreement, signers=signers, signatures=signatures, on=on)
    try:
        return set_pages(_TEMPLATE, {"agreement": json.dumps(shown, ensure_ascii=False)}, standards=["a-2b", "ua-1"])
    except typst.TypstError as error:
        raise CannotPrint(
            N_("%(agreement)s cannot be printed: a character in it is in none of the fonts."),
            agreement=agreement.reference,
        ) from error


def printed(
    agreement: Agreement,
    *,
    signers: Mapping[Any, Sequence[Signer]],
    signatures: Mapping[Any, Sequence[Signature]],
    on: date,
) -> dict[str, Any]:
    """Everything that the pages say."""
    reader = bcp47(get_language() or settings.LANGUAGE_CODE)
    address = f"{settings.PUBLIC_URL}/agreements/{agreement.reference}/"
    texts = sorted(agreement.texts.all(), key=lambda text: (text.standing != "prevailing", text.language))
    titles = {text.language: text.title for text in texts}
    last = agreement.ends_before - timedelta(days=1) if agreement.ends_before else None
    return {
        "reference": agreement.reference,
        "title": titles.get(reader) or titles.get("en") or next(iter(titles.values()), agreement.reference),
        "language": reader.split("-")[0],
        "is_rtl": is_right_to_left(reader),
        "date": [on.year, on.month, on.day],
        "draft": gettext("Draft") if agreement.status == AgreementStatus.DRAFT else "",
        "facts": [
            [gettext("Reference"), agreement.reference],
            [gettext("State"), str(AgreementStatus(agreement.status).label)],
            [gettext("First day"), day_text(agreement.starts_on)],
            [gettext("Last day"), day_text(last) if last else gettext("No end")],
            *([[gettext("Amended"), gettext("The signatures are over the text that was signed")]] if agreement.amended_hash else []),
            *([[gettext("Answers"), agreement.announcement.reference]] if agreement.announcement else []),
        ],
        "parties": {
            "heading": gettext("Parties"),
            "rows": [{"names": _names(party, reader), "role": party.role} for party in agreement.parties.all()],
        },
        "texts": [
            {
                "language": text.language.split("-")[0], "is_rtl": is_right_to_left(text.language),
                "about": [language_name(text.language, reader), text.get_standing_display()],
                "title": text.title, "articles": [_lines(part) for part in text.body.split("\n\n") if part.strip()],
                "lines": [
                    [str(line.number), _lines(line.text)]
                    for line in sorted(agreement.lines.all(), key=lambda line: line.number)
                    if line.language == text.language
                ],
            }
            for text in texts
        ],
        "schedule": gettext("Schedule"),
        "signing": {
            "heading": gettext("Signatures"),
            "about": gettext("Each signature is over one text, told by the fingerprint at the foot of every page.")
            if agreement.canonical_hash else gettext("A draft is signed by nobody: it has no fingerprint yet."),
            "heads": [gettext("Office"), gettext("How it was signed"), gettext("Day")],
            "blanks": [gettext("Signature and seal"), gettext("Name"), gettext("Day")],
            "sides": [
                _side(party, agreement, signers.get(party.pk, ()), signatures.get(party.pk, ()), reader)
                for party in agreement.parties.all()
            ],
        },
        "fingerprint": " ".join(agreement.canonical_hash[place : place + 4] for place in range(0, 64, 4)).strip(),
        "fingerprint_label": gettext("Fingerprint"),
        "scan": gettext("Scan to see its parties, its state and who has signed."),
        "address": address.partition("://")[2],
        "qr": qr_picture(address),
        "page": pgettext("paper", "Page %(page)s of %(pages)s"),
    }  # fmt: skip


def _side(
    party: AgreementParty, agreement: Agreement, signers: Sequence[Signer], signatures: Sequence[Signature], reader: str
) -> dict[str, Any]:
    """A party's signatures, and a line for each that is still wanted."""
    done = {each.signer_id for each in signatures}
    blank = []
    if party.signed_on is None and agreement.status in {AgreementStatus.DRAFT, AgreementStatus.PROPOSED}:
        blank = [signer.office for signer in signers if signer.pk not in done]
        if not signers:
            blank = [""] * max(agreement.quorum - len(signatures), 0)
    return {
        "names": _names(party, reader),
        "rows": [
            [_signed_as(each), f"{each.get_way_display()} · {each.get_proof_display()}", day_text(each.signed_on)]
            for each in signatures
        ],
        "blank": blank,
    }


def _signed_as(signature: Signature) -> str:
    office = signature.signed_as or gettext("coordinator")
    return f"{isolated(office)}, {isolated(signature.signed_name)}" if signature.signed_name else isolated(office)


def _names(party: AgreementParty, reader: str) -> list[str]:
    """What the reader calls it, then its official names in other languages."""
    first = party.organisation.display_name(reader)
    rest = [
        name.name
        for name in sorted(party.organisation.names.all(), key=lambda name: name.language)
        if name.kind == "official" and name.name != first and name.is_used(on=None)
    ]
    # Names of one script stand among words of another that runs the other way.
    return [isolated(name) for name in dict.fromkeys([first, *rest])]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]
