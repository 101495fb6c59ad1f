"""
Erasing a human being from every room: what says who they were goes, what figures were counted from stays and is nobody's.

It cannot be taken back. The rows that frozen figures keep hold keys and codes alone, so their fingerprints stay what they were.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.grants import personal_data as grants
from corridor.foundations.journal import personal_data as journal
from corridor.foundations.lifecycles.moving import move
from corridor.foundations.notices import personal_data as notices
from corridor.foundations.search import indexing as search
from corridor.foundations.sheets import personal_data as sheets
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_
from corridor.rooms.agreements import personal_data as agreements
from corridor.rooms.assessment import personal_data as assessment
from corridor.rooms.conferences import personal_data as conferences
from corridor.rooms.credentials import personal_data as credentials
from corridor.rooms.credentials.personal_data import SignedTexts
from corridor.rooms.indicators.frozen import figures_behind
from corridor.rooms.members import personal_data as members
from corridor.rooms.people.accounts_of import Accounts, accounts_of
from corridor.rooms.people.actions.erasing import erase_record
from corridor.rooms.people.holding import holds_on
from corridor.rooms.people.lifecycle import RequestStatus
from corridor.rooms.people.models import Hold, Person, RequestKind, RightsRequest
from corridor.rooms.people.records import records_of
from corridor.rooms.people.rights_refusals import ErasedAlready, NotConfirmed
from corridor.rooms.training import personal_data as training

from .tell_my_data import tell_for_erasure


@dataclass(frozen=True)
class ErasurePreview:
    """What an erasure would do: the parts that go, are emptied and stay; the frozen figures behind which the person stands; what forbids it."""

    records: tuple[Person, ...]
    parts: tuple[PersonalPart, ...]
    figures: tuple[str, ...]
    holds: tuple[Hold, ...]
    request: RightsRequest | None

    def becoming(self, what: OnErasure) -> list[PersonalPart]:
        return [part for part in self.parts if part.becomes == what and part.rows]


def preview_erasure(*, person: Person, at: datetime, by: Actor) -> ErasurePreview:
    """Changes nothing. :raises AccessDenied: for who may erase nobody. :raises ErasedAlready: if it is done."""
    told = tell_for_erasure(person=person, by=by)
    keys = [each.pk for each in told.records]
    if told.person.erased_at is not None:
        raise ErasedAlready(N_("%(person)s was erased."), person=told.person.reference)
    return ErasurePreview(
        told.records,
        told.parts,
        figures_behind(keys),
        tuple(holds_on(at.date()).filter(person__in=keys)),
        _asked(told.records),
    )


@transaction.atomic
def erase_person(
    *, person: Person, confirmed: str, reason: str, at: datetime, by: Actor, signed_texts: SignedTexts
) -> Person:
    """
    Erase one human being, with all records that were merged. ``confirmed`` is the reference, written once more by whoever does it.

    :raises NotConfirmed: if it is not that person's reference. :raises BadInput: without a reason.
    :raises OnHold: while a reason of law keeps the record. :raises ErasedAlready: if it is done.
    """
    by.require(Permission.PERSON_ERASE)
    if not reason.strip():
        raise BadInput([Problem(N_("Say why; it stands in the record of the erasure."), column="reason")])
    if confirmed.strip() != person.reference:
        raise NotConfirmed(
            N_("Write the reference %(reference)s once more to confirm: an erasure cannot be taken back."),
            reference=person.reference,
        )
    records = records_of(person)
    keys = [each.pk for each in records]
    request = _asked(records)
    # By them the rooms find what stands with an account; closing it makes them nobody's.
    accounts = accounts_of(keys)
    erase_record(records=records, reason=reason, at=at, by=by, request=request)
    _forget_accounts(accounts, records, at=at, by=by)
    training.forget(keys, by=by)
    assessment.forget(keys, by=by)
    credentials.forget(keys, wish=signed_texts, at=at, by=by)
    if request is not None:
        move(request, to=RequestStatus.DONE, on=max(at.date(), request.asked_on), by=by)
        RightsRequest.objects.filter(pk=request.pk).update(answered_on=max(at.date(), request.asked_on))
    # At once, not after the log as other changes are: nobody finds the name any more. The record is found by its reference again.
    search.forget("person", keys)
    person.refresh_from_db()
    return person


def _forget_accounts(accounts: Accounts, records: tuple[Person, ...], *, at: datetime, by: Actor) -> None:
    keys = [each.pk for each in records]
    grants.forget(keys, accounts=accounts.users, by=by)
    notices.forget(accounts.users, by=by)
    journal.forget(accounts.users, by=by)
    members.forget(addresses=accounts.addresses, by=by)
    conferences.forget(addresses=accounts.addresses, at=at, by=by)
    agreements.forget(accounts=accounts.users, addresses=accounts.addresses, by=by)
    about = [*keys, *training.record_keys(keys), *assessment.record_keys(keys)]
    sheets.forget(accounts=accounts.users, subjects=about, references=[each.reference for each in records], by=by)


def _asked(records: tuple[Person, ...]) -> RightsRequest | None:
    waiting = RightsRequest.objects.filter(person__in=records, kind=RequestKind.ERASURE, status=RequestStatus.ASKED)
    return waiting.order_by("asked_on", "pk").first()
