"""Making the record of a person say nothing: names, contacts, papers, days, words and files go; the row and its key stay."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.accounts.closing import close_account
from corridor.foundations.audit import log
from corridor.foundations.documents.forgetting import forget_documents
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..finding import write_name_keys
from ..holding import require_no_hold
from ..models import (
    CertificateName,
    Consent,
    ContactChannel,
    Erasure,
    LikelyDouble,
    NameKey,
    PaperSeen,
    Person,
    PersonName,
    PersonPhoto,
    RightsRequest,
    Sex,
    SourcedId,
    UndoneMerge,
)
from ..rights_refusals import ErasedAlready
from .exports import drop_exports


@transaction.atomic
def erase_record(
    *, records: Sequence[Person], reason: str, at: datetime, by: Actor, request: RightsRequest | None = None
) -> list[Erasure]:
    """
    Erase this room's part of one human being: all records of them, the one that stays first. Other rooms' parts: journeys/erase_person.

    :raises OnHold: names the reason and the day. :raises ErasedAlready: if it is done. :raises BadInput: without a reason.
    """
    by.require(Permission.PERSON_ERASE)
    if not reason.strip():
        raise BadInput([Problem(N_("Say why; it stands in the record of the erasure."), column="reason")])
    keys = [each.pk for each in records]
    rows = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    require_no_hold(keys, on=at.date())
    for key in keys:
        if rows[key].erased_at is not None:
            raise ErasedAlready(N_("%(person)s was erased."), person=rows[key].reference)
    made = []
    for key in keys:
        person = rows[key]
        drop_exports(at=at, by=by, person=person)
        account = person.user_id
        _empty(person, at=at, by=by)
        if account is not None:
            close_account(user_id=account, at=at, by=by)
        made.append(
            Erasure.objects.create(
                person=person, request=request if not made else None, erased_at=at, reason=reason.strip(), by_label=by.label
            )
        )  # fmt: skip
    forget_words(requests=RightsRequest.objects.filter(person__in=keys), by=by)
    log.record_each("people.erased", by=by, subjects=list(rows.values()))
    return made


def forget_words(*, requests: QuerySet[RightsRequest], by: Actor) -> int:
    """Make the words of these requests empty and let go of their files. Return how many there were."""
    by.require(Permission.PERSON_ERASE)
    held = list(requests.select_for_update(of=("self",)).order_by("pk"))
    files = [each.evidence_id for each in held if each.evidence_id]
    for each in held:
        each.should_be = each.words = each.answer = ""
        each.evidence = None
    RightsRequest.objects.bulk_update(held, ["should_be", "words", "answer", "evidence"], batch_size=500)
    forget_documents(files, by=by)
    return len(held)


def _empty(person: Person, *, at: datetime, by: Actor) -> None:
    files = _files_of(person)
    for rows in (
        PersonName.objects.filter(person=person),
        NameKey.objects.filter(person=person),
        CertificateName.objects.filter(person=person),
        ContactChannel.objects.filter(person=person),
        PaperSeen.objects.filter(person=person),
        PersonPhoto.objects.filter(person=person),
        SourcedId.objects.filter(person=person),
    ):
        rows.delete()
    # That somebody agreed and took it back is proof for the house; the paper with the name on it is not needed for that.
    Consent.objects.filter(person=person).update(document=None)
    LikelyDouble.objects.filter(Q(one=person) | Q(other=person)).update(reason="")
    UndoneMerge.objects.filter(Q(person=person) | Q(into=person)).update(merged_because="", undone_because="-")
    forget_documents(files, by=by)
    person.sex, person.sex_because = Sex.UNKNOWN, None
    person.disability, person.disability_because = "", None
    person.born_on, person.birth_written, person.residence_country = None, "", ""
    person.name_order, person.honorific, person.merged_because = "", "", ""
    person.user, person.erased_at = None, at
    person.save()
    # It is still found by its reference.
    write_name_keys([person])


def _files_of(person: Person) -> list[UUID]:
    named = CertificateName.objects.filter(person=person, document__isnull=False)
    agreed = Consent.objects.filter(person=person, document__isnull=False)
    shown = PersonPhoto.objects.filter(person=person)
    return [key for rows in (named, agreed, shown) for key in rows.values_list("document", flat=True)]
