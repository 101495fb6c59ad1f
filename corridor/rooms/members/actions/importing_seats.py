"""What an import changes in seats that stand, and how new ones are taken back."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.audit.changes import differences
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.wording import N_

from ..models import Seat


@transaction.atomic
def set_ends(*, ends: Mapping[UUID, date | None], expected: Mapping[UUID, date | None] | None = None, by: Actor) -> int:
    """
    Set the first day on which seats are not held any more; None is an open end. Return how many.

    :raises BuiltOn: if one was handed over or ended at once, or ends otherwise than ``expected`` says.
    """
    by.require(Permission.SEAT_GIVE)
    held = list(Seat.objects.select_for_update(of=("self",)).filter(pk__in=list(ends)).order_by("pk"))
    handed_over = set(Seat.objects.filter(follows__in=held).values_list("follows_id", flat=True))
    for seat in held:
        if seat.pk in handed_over or seat.ended_at is not None:
            raise BuiltOn(
                N_("A seat from %(day)s was handed over or ended at once; its end stays."), day=seat.held_from
            )
        if expected is not None and seat.held_before != expected[seat.pk]:
            raise BuiltOn(
                N_("The end of a seat from %(day)s was changed again since; the import cannot be taken back."),
                day=seat.held_from,
            )
        changes = differences({"held_before": seat.held_before}, {"held_before": ends[seat.pk]})
        seat.held_before = ends[seat.pk]
        log.record("members.seat_ended", by=by, subject=seat, changes=changes)
    Seat.objects.bulk_update(held, ["held_before"], batch_size=500)
    return len(held)


@transaction.atomic
def remove_seats(*, keys: Sequence[UUID], by: Actor) -> int:
    """
    Take away seats that an import gave by mistake; their holders have none of their rights at the very next request.

    :raises BuiltOn: if one was handed over, ended or has a substitute.
    """
    by.require(Permission.SEAT_GIVE)
    held = list(Seat.objects.select_for_update(of=("self",)).filter(pk__in=keys))
    for seat in held:
        if seat.ended_at is not None:
            raise BuiltOn(
                N_("A seat from %(day)s was ended since; the import cannot be taken back."), day=seat.held_from
            )
    log.record_each("members.import_undone", by=by, subjects=held)
    try:
        with transaction.atomic():
            Seat.objects.filter(pk__in=[seat.pk for seat in held]).delete()
    except ProtectedError as stands:
        raise BuiltOn(
            N_("Something was built on these seats since (%(which)s); the import cannot be taken back."),
            which=str(next(iter(stands.protected_objects))._meta.verbose_name),
        ) from None
    return len(held)
