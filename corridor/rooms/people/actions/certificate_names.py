"""The name as it shall stand on a certificate, confirmed by the person."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.models import Document
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_

from ..fields import PersonField, is_own, require_field
from ..models import CertificateName, Confirming, Person


@transaction.atomic
def confirm_certificate_name(
    *,
    person: Person,
    language: str,
    full_name: str,
    on: date,
    at: datetime,
    by: Actor,
    attested_by: str = "",
    document: Document | None = None,
) -> CertificateName:
    """
    The person says how the name is written on certificates, in one language; the one before it is closed.

    The person confirms here; for anybody else ``attested_by`` names the office that saw it confirmed on paper. Certificates that were
    signed stay as they are.

    :raises BadInput: for an empty name, no language, or somebody else without an office.
    """
    held = _hold(person, by=by)
    problems = []
    name = " ".join(full_name.split())
    if not name or len(name) > 200:
        problems.append(Problem(N_("Write the whole name, at most 200 letters."), column="full_name"))
    if not is_language(language):
        problems.append(
            Problem(N_("“%(language)s” is no tag of a language."), {"language": language}, column="language")
        )
    own = is_own(person, by=by)
    if not own and not attested_by.strip():
        problems.append(Problem(N_("Say which office saw the person confirm it on paper."), column="attested_by"))
    if problems:
        raise BadInput(problems)
    _in_force(held, language).update(ended_at=at)
    made = CertificateName.objects.create(
        person=held, language=language, full_name=name, confirmed_on=on,
        confirming=Confirming.SELF if own and not attested_by else Confirming.PAPER,
        written_by=by.label, attested_by=attested_by.strip(), document=document,
    )  # fmt: skip
    log.record("people.certificate_name_confirmed", by=by, subject=held)
    return made


@transaction.atomic
def take_back_certificate_name(*, person: Person, language: str, at: datetime, by: Actor) -> None:
    """From now on certificates take the name from the record again. :raises NotFound: if none is confirmed in that language."""
    held = _hold(person, by=by)
    if not _in_force(held, language).update(ended_at=at):
        raise NotFound(N_("%(person)s has confirmed no name in that language."), person=held.reference)
    log.record("people.certificate_name_taken_back", by=by, subject=held)


def _hold(person: Person, *, by: Actor) -> Person:
    by.require(Permission.PERSON_EDIT, on=person)
    require_field(PersonField.CERTIFICATE_NAME, person, by=by)
    return Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


def _in_force(person: Person, language: str) -> QuerySet[CertificateName]:
    return CertificateName.objects.filter(person=person, language=language, ended_at__isnull=True)
