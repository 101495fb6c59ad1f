"""Teachers away from home: postings and trips written down, corrected, and taken back."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.kernel.errors import BadInput
from corridor.kernel.identifiers import new_id
from corridor.kernel.money import Money
from corridor.kernel.wording import N_

from ..models import Stay
from ..trainer_drafts import StayDraft
from ..trainer_refusals import WrittenBefore
from ..trainer_rules import faults_of_stay

FIELDS = [
    "kind",
    "sent_by",
    "site",
    "country",
    "city",
    "starts_on",
    "ends_before",
    "purpose",
    "paid_by",
    "cost_units",
    "currency",
]


@transaction.atomic
def write_stays(*, stays: Sequence[StayDraft], by: Actor) -> list[Stay]:
    """
    Write down postings and trips. Two of one person may overlap: their days are counted once, and the page names it.

    :raises WrittenBefore: if one of the same kind begins that day. :raises BadInput: without a place, an end where one is needed, or a purpose.
    """
    for draft in stays:
        by.require(Permission.TRAINER_KEEP, on=Stay(person=draft.person, sent_by=draft.sent_by, site=draft.site))
    _refuse(stays)
    made = [_filled(Stay(pk=draft.key or new_id()), draft) for draft in stays]
    _require_unwritten(stays)
    with contested(lambda: _require_unwritten(stays)):
        Stay.objects.bulk_create(made, batch_size=500)
    log.record_each("training.stay_written", by=by, subjects=made)
    return made


@transaction.atomic
def correct_stays(*, changes: Sequence[tuple[Stay, StayDraft]], by: Actor) -> int:
    """Write them anew; whose they are stays. Return how many. Refuses as ``write_stays``."""
    keys = [stay.pk for stay, _draft in changes]
    held = {each.pk: each for each in Stay.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")}
    for stay, draft in changes:
        by.require(Permission.TRAINER_KEEP, on=held[stay.pk])
        by.require(Permission.TRAINER_KEEP, on=Stay(person=stay.person, sent_by=draft.sent_by, site=draft.site))
    _refuse([draft for _stay, draft in changes])
    for stay, draft in changes:
        _filled(held[stay.pk], draft)

    def look() -> None:
        for stay, draft in changes:
            _require_unwritten([draft], but=[stay.pk])

    look()
    with contested(look):
        Stay.objects.bulk_update(held.values(), FIELDS, batch_size=500)
    log.record_each("training.stay_corrected", by=by, subjects=list(held.values()))
    return len(held)


@transaction.atomic
def remove_stays(*, keys: Iterable[UUID], by: Actor) -> int:
    """Take away what was written by mistake, or by an import that is taken back. Return how many."""
    held = list(Stay.objects.select_for_update(of=("self",)).filter(pk__in=list(keys)).order_by("pk"))
    for stay in held:
        by.require(Permission.TRAINER_KEEP, on=stay)
    log.record_each("training.stay_removed", by=by, subjects=held)
    Stay.objects.filter(pk__in=[each.pk for each in held]).delete()
    return len(held)


def _filled(stay: Stay, draft: StayDraft) -> Stay:
    stay.person = draft.person
    stay.kind, stay.sent_by, stay.site, stay.paid_by = draft.kind, draft.sent_by, draft.site, draft.paid_by
    stay.country = draft.site.country if draft.site is not None else draft.country
    stay.city = draft.site.city if draft.site is not None else draft.city.strip()
    stay.starts_on, stay.ends_before, stay.purpose = draft.starts_on, draft.ends_before, draft.purpose.strip()
    stay.cost_units = None if draft.cost is None else Money(draft.cost, draft.currency).units
    stay.currency = draft.currency
    return stay


def _refuse(drafts: Sequence[StayDraft]) -> None:
    if problems := [problem for draft in drafts for problem in faults_of_stay(draft)]:
        raise BadInput(problems)


def _require_unwritten(drafts: Sequence[StayDraft], *, but: Sequence[UUID] = ()) -> None:
    rows = Stay.objects.filter(person__in=[draft.person.pk for draft in drafts]).exclude(pk__in=but)
    there = set(rows.values_list("person_id", "kind", "starts_on"))
    for draft in drafts:
        said = (draft.person.pk, str(draft.kind), draft.starts_on)
        if said in there:
            raise WrittenBefore(
                N_("A stay of %(person)s that begins on %(day)s is written down already."),
                person=draft.person.reference, day=draft.starts_on,
            )  # fmt: skip
        there.add(said)
