"""Saying that two records are one human being, and taking that back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..drafts import Merge
from ..models import Answer, LikelyDouble, Person, UndoneMerge
from ..refusals import HasAccount, MergedAlready, NotMerged

AT_ONCE = 500


def merge_person(*, person: Person, into: Person, at: datetime, reason: str, by: Actor) -> Person:
    """Say that two records are one human being; ``into`` stays. Refuses as merge_persons."""
    return merge_persons(merges=[Merge(person, into, at, reason)], by=by)[0]


@transaction.atomic
def merge_persons(*, merges: Sequence[Merge], by: Actor) -> list[Person]:
    """
    Merge records, in the order given. Enrolments stay where they are: who asks for the human being resolves the merge.

    :raises MergedAlready: if either record was merged into another before: so no ring can arise.
    An account of the record that goes, where it is closed and the other has one, is nobody's from then on.

    :raises HasAccount: if the record that goes has an account; merge the other way round, or close one of two first.
    :raises BadInput: if a record is to be merged into itself, or no reason is given.
    """
    by.require(Permission.PERSON_MERGE)
    keys: set[UUID] = {key for merge in merges for key in (merge.person.pk, merge.into.pk)}
    rows = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    merged = []
    for merge in merges:
        person, into = rows[merge.person.pk], rows[merge.into.pk]
        _require_mergeable(person, into, merge.reason)
        person.merged_into, person.merged_at, person.merged_because = into, merge.at, merge.reason
        person.user = None
        merged.append(person)
    fields = ["merged_into", "merged_at", "merged_because", "user"]
    Person.objects.bulk_update(merged, fields, batch_size=AT_ONCE)
    if LikelyDouble.objects.exists():
        for merge in merges:
            _answer(merge.person, merge.into, Answer.MERGED, at=merge.at, reason=merge.reason, by=by)
    log.record_each("people.merged", by=by, subjects=merged)
    return merged


@transaction.atomic
def unmerge_person(*, person: Person, at: datetime, reason: str, by: Actor) -> Person:
    """
    Take a merge back: from ``at`` on the two are two human beings again. What was known between stays written down, so that figures of
    that time are counted as they were; the pair is remembered as different.

    :raises NotMerged: if the record is merged into none, or was only after that instant. :raises BadInput: without a reason.
    """
    by.require(Permission.PERSON_MERGE)
    if not reason.strip():
        raise BadInput([Problem(N_("Say why the two records are two human beings."), column="reason")])
    held = Person.objects.select_for_update(of=("self",)).select_related("merged_into").get(pk=person.pk)
    into, since = held.merged_into, held.merged_at
    if into is None or since is None or since >= at:
        raise NotMerged(N_("%(person)s is merged into no other record."), person=held.reference)
    UndoneMerge.objects.create(
        person=held, into=into, merged_at=since, merged_because=held.merged_because,
        undone_at=at, undone_because=reason.strip(), undone_by=by.label,
    )  # fmt: skip
    held.merged_into, held.merged_at, held.merged_because = None, None, ""
    held.save(update_fields=["merged_into", "merged_at", "merged_because"])
    _answer(held, into, Answer.DIFFERENT, at=at, reason=reason, by=by)
    log.record("people.unmerged", by=by, subject=held)
    return held


def _answer(person: Person, into: Person, answer: Answer, *, at: datetime, reason: str, by: Actor) -> None:
    one, other = sorted((person, into), key=lambda each: each.reference)
    LikelyDouble.objects.filter(one=one, other=other).update(
        answer=answer, answered_at=at, answered_by=by.label, reason=reason.strip()
    )


def _require_mergeable(person: Person, into: Person, reason: str) -> None:
    if person.pk == into.pk:
        raise BadInput([Problem(N_("%(reference)s cannot be merged into itself."), {"reference": person.reference})])
    if not reason.strip():
        raise BadInput([Problem(N_("Say why the two records are one human being."), column="reason")])
    for each in (person, into):
        if each.merged_into_id is not None:
            raise MergedAlready(N_("%(person)s was merged into another record before."), person=each.reference)
    if person.user is not None and into.user_id is not None:
        if person.user.is_active:
            raise HasAccount(
                N_("%(person)s and %(into)s have an account each; close the one that is not used, and merge its record into the other."),
                person=person.reference, into=into.reference,
            )  # fmt: skip
    elif person.user_id is not None:
        raise HasAccount(
            N_("%(person)s has an account; merge the other record into this one."), person=person.reference
        )
