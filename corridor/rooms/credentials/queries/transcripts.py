"""All certificates in force of one person, in the forms that others read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.members.queries import get_alliance
from corridor.rooms.people.models import BirthPrecision, NameForm, Person, PersonName

from ..addresses import alliance_did, did_of, member_address
from ..alliance import alliance_signer
from ..certificates.preview import pictures_of
from ..lifecycle import AttestationStatus, CredentialStatus
from ..models import Attestation, Credential
from ..proofs.json_reading import read_object
from ..transcripts.clr import write_clr
from ..transcripts.elmo import write_elmo
from ..transcripts.facts import Awarded, Holder, Transcript
from ..transcripts.printing import print_supplement
from .holding import visible_credentials
from .printing import certificate_facts

_MOST = 100


def list_in_force(*, person: str, by: Actor) -> list[Credential]:
    """
    The certificates in force of a person (a reference) that the reader may see, by day; also those of records that were merged into it.

    :raises NotFound: if there is none.
    """
    whose = Q(enrolment__person__reference=person) | Q(enrolment__person__merged_into__reference=person)
    rows = visible_credentials(by=by).filter(whose, status=CredentialStatus.ISSUED).exclude(document="")
    found = list(rows.order_by("issued_on", "reference")[:_MOST])
    if not found:
        raise NotFound(N_("There is no certificate in force of %(person)s that you may see."), person=person)
    return found


def transcript_of(*, person: str, at: datetime, by: Actor) -> Transcript:
    """:raises NotFound: as ``list_in_force``."""
    awarded = []
    for each in list_in_force(person=person, by=by):
        facts = certificate_facts(credential=each, by=by)
        issuer = each.issuer
        awarded.append(
            Awarded(
                facts, read_object(each.document), did_of(issuer.reference), issuer.country, member_address(issuer.reference),
                each.document, pictures_of(each.layout),
            )
        )  # fmt: skip
    holder = Person.objects.get(reference=person)
    marked = PersonName.objects.filter(person=holder, form__in=[NameForm.ROMANISED, NameForm.OWN])
    name = marked.exclude(family_part="").order_by("-form", "pk").first()
    names = dict.fromkeys(name for each in reversed(awarded) for name in each.facts.learner_names)
    return Transcript(
        Holder(
            reference=holder.reference, names=tuple(names), family=name.family_part if name else "",
            given=name.given_part if name else "",
            born_on=holder.born_on if holder.birth_precision == BirthPrecision.DAY else None,
        ),
        tuple(awarded),
        at,
        attested=_attested(person, at=at, by=by),
        endorsements=_endorsements([each.facts.reference for each in awarded], at=at, by=by),
    )  # fmt: skip


def _attested(person: str, *, at: datetime, by: Actor) -> tuple[dict[str, Any], ...]:
    whose = Q(person__reference=person) | Q(person__merged_into__reference=person)
    return _standing(Attestation.objects.visible_to(by).filter(whose), at)


def _endorsements(credentials: Sequence[str], *, at: datetime, by: Actor) -> tuple[dict[str, Any], ...]:
    return _standing(Attestation.objects.visible_to(by).filter(credential__reference__in=credentials), at)


def _standing(rows: QuerySet[Attestation], at: datetime) -> tuple[dict[str, Any], ...]:
    """Those in force on the day, by reference."""
    lasting = Q(expires_before__isnull=True) | Q(expires_before__gt=at.date())
    found = rows.filter(lasting, status=AttestationStatus.ISSUED).exclude(document="").order_by("reference")
    return tuple(read_object(text) for text in found.values_list("document", flat=True)[:_MOST])


def transcript_clr(*, person: str, at: datetime, by: Actor) -> str:
    """
    As CLR 2.0, a token that the alliance signs.

    :raises NotFound: as ``list_in_force``. :raises NoAllianceKey: if the alliance has no key.
    """
    found = transcript_of(person=person, at=at, by=by)
    _, key = alliance_signer()
    return write_clr(found, key=key, alliance=_alliance(by), at=at)


def transcript_elmo(*, person: str, at: datetime, by: Actor) -> bytes:
    """As ELMO 1.7 (XML). :raises NotFound: as ``list_in_force``."""
    return write_elmo(transcript_of(person=person, at=at, by=by))


def transcript_pdf(*, person: str, at: datetime, by: Actor) -> bytes:
    """On paper, in the reader's language. :raises NotFound: as ``list_in_force``. :raises CannotPrint:"""
    return print_supplement(transcript_of(person=person, at=at, by=by))


def _alliance(by: Actor) -> str:
    try:
        return get_alliance(by=by, places=False).name("en")
    except NotFound:
        return alliance_did()
