"""What letters say: the secretariat's own wording where there is one, else our sentences, filled once and kept as text."""

import logging
from datetime import date, datetime
from functools import partial
from smtplib import SMTPException
from string import Template

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from corridor.foundations.vocabularies.languages import FALLBACK, bcp47
from corridor.foundations.vocabularies.sentences import day_text
from corridor.kernel.wording import N_

from .mailing import send_letter
from .models import Alliance, Application, Letter, LetterKind, LetterMail, LetterTemplate

_log = logging.getLogger(__name__)

# What may stand in a wording, each as $name: the secretariat's pages list them.
PLACES = ("reference", "organisation", "contact", "alliance", "day", "reason", "conditions", "again")

OWN_WORDINGS: dict[str, tuple[str, str]] = {
    LetterKind.RECEIPT: (
        N_("We have received your application $reference"),
        N_(
            "Dear $contact,\n\nThe application $reference of $organisation reached us on $day. Open it with the link that we sent you: its page "
            "shows where it stands and which documents are still wanted. Ask for a new link at $again.\n\n$alliance"
        ),
    ),
    LetterKind.MORE_WANTED: (
        N_("We need more information for your application $reference"),
        N_(
            "Dear $contact,\n\nTo go on with the application $reference of $organisation we need the following:\n\n$reason\n\nAnswer on the page "
            "of your application. Ask for a new link at $again.\n\n$alliance"
        ),
    ),
    LetterKind.APPROVED: (
        N_("Your application $reference is approved"),
        N_("Dear $contact,\n\nOn $day the council approved the application $reference of $organisation. Welcome.\n\n$reason\n\n$alliance"),
    ),
    LetterKind.APPROVED_WITH_CONDITIONS: (
        N_("Your application $reference is approved with conditions"),
        N_(
            "Dear $contact,\n\nOn $day the council approved the application $reference of $organisation. Membership begins when these "
            "conditions are met:\n\n$conditions\n\n$reason\n\nHand in what is wanted on the page of your application. Ask for a new link at "
            "$again.\n\n$alliance"
        ),
    ),
    LetterKind.REJECTED: (
        N_("The decision on your application $reference"),
        N_(
            "Dear $contact,\n\nOn $day the council decided not to approve the application $reference of $organisation, for this "
            "reason:\n\n$reason\n\nYou may apply again.\n\n$alliance"
        ),
    ),
}  # fmt: skip
LINK_SUBJECT = N_("The link to your application $reference")
LINK_BODY = N_(
    "Go on with your application $reference here:\n\n$link\n\nThis address is the key to it: whoever has it can read and change the application. "
    "It works until $day. Ask for a new one at $again; the old one ends then."
)


def own_wording(kind: str, language: str) -> tuple[str, str]:
    """Our subject and text in that language, with places like $reference."""
    subject, body = OWN_WORDINGS[kind]
    with translation.override(_spoken(language)):
        return gettext(subject), gettext(body)


def wording_of(kind: str, language: str) -> tuple[str, str]:
    """The secretariat's wording in that language, else ours."""
    written = LetterTemplate.objects.filter(kind=kind, language=bcp47(language)).first()
    return (written.subject, written.body) if written else own_wording(kind, language)


def write_letter(
    application: Application, kind: LetterKind, *, on: date, at: datetime, reason: str = "", conditions: str = ""
) -> Letter:
    """Fill the wording, keep the text, and send it when the transaction is over. The caller has asked who may, and remembers it."""
    subject, body = wording_of(kind, application.language)
    with translation.override(_spoken(application.language)):
        filled = {**_known(application), "day": day_text(on), "reason": reason, "conditions": conditions}
    letter = Letter.objects.create(
        application=application, kind=kind, language=application.language, written_on=on, written_at=at,
        subject=_fill(subject, filled)[:200], body=_tidy(_fill(body, filled)),
        mail=LetterMail.WAITING if application.contact_email else LetterMail.NOT_WANTED,
    )  # fmt: skip
    transaction.on_commit(partial(send_letter, letter.pk, at=at))
    return letter


def send_link(application: Application, link: str) -> None:
    """Send the key to an application to its contact; the text is kept nowhere."""
    with translation.override(_spoken(application.language)):
        filled = {**_known(application), "link": link, "day": day_text(application.secret_expires_at.date())}
        subject, body = _fill(gettext(LINK_SUBJECT), filled), _fill(gettext(LINK_BODY), filled)
    send_on_commit(application.contact_email, subject, body)


def send_on_commit(address: str, subject: str, body: str) -> None:
    """An address that went with an erasure is written to no more."""
    if address:
        transaction.on_commit(partial(_send, address, subject, body))


def _send(address: str, subject: str, body: str) -> None:
    try:
        EmailMessage(" ".join(subject.split()), body, to=[address]).send()
    except (SMTPException, OSError):
        _log.exception("The link to an application could not be sent; its applicant can ask for another.")


def _known(application: Application) -> dict[str, str]:
    alliance = Alliance.objects.prefetch_related("names").first()
    organisation = application.organisation
    return {
        "reference": application.reference,
        "contact": application.contact_name,
        "organisation": organisation.display_name(bcp47(application.language)) if organisation else "",
        "alliance": alliance.name(bcp47(application.language)) if alliance else "",
        "again": f"{settings.PUBLIC_URL}/apply/again/",
    }


def _fill(text: str, filled: dict[str, str]) -> str:
    return Template(text).safe_substitute(filled)


def _tidy(text: str) -> str:
    """An empty place leaves no hole."""
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text


def _spoken(language: str) -> str:
    return next((code for code, _name in settings.LANGUAGES if bcp47(code) == bcp47(language)), FALLBACK)
