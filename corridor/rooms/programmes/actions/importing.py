"""How an import of programmes is taken back."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.audit.queries import entries_about
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..lifecycle import ProgrammeStatus
from ..models import (
    IntakePlan,
    Programme,
    ProgrammeAgreement,
    ProgrammeAnnouncement,
    ProgrammeDemand,
    ProgrammeLanguage,
    ProgrammeMember,
    ProgrammeSite,
    ProgrammeTitle,
)

_WRITTEN_WITH_IT = (
    IntakePlan, ProgrammeAgreement, ProgrammeAnnouncement, ProgrammeDemand, ProgrammeLanguage, ProgrammeMember, ProgrammeSite,
    ProgrammeTitle,
)  # fmt: skip
_LATER = ("programmes.changed", "programmes.members_added", "programmes.sites_added")


@transaction.atomic
def remove_programmes(*, keys: Sequence[UUID], by: Actor) -> int:
    """
    Take away programmes that an import proposed by mistake.

    :raises BuiltOn: if one was changed or moved on since, or something stands on it.
    """
    by.require(Permission.PROGRAMME_PROPOSE)
    held = list(Programme.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    if len(held) < len(set(keys)):
        raise NotFound(N_("There is no such programme."))
    for programme in held:
        entries = entries_about(subjects=[log.name_of(programme)], by=by)
        # An import plans each year once.
        planned_anew = entries.filter(event="programmes.intake_planned").count() > programme.intakes.count()
        if planned_anew or entries.filter(event__in=_LATER).exists() or programme.status != ProgrammeStatus.PROPOSED:
            raise BuiltOn(
                N_("%(programme)s was moved on since; the import cannot be taken back."), programme=programme.reference
            )
    try:
        with transaction.atomic():
            for table in _WRITTEN_WITH_IT:
                table._default_manager.filter(programme__in=held).delete()
            Programme.objects.filter(pk__in=[programme.pk for programme in held]).delete()
    except ProtectedError as stands:
        raise BuiltOn(
            N_("Something was built on these programmes since (%(which)s); the import cannot be taken back."),
            which=str(next(iter(stands.protected_objects))),
        ) from None
    log.record_each("programmes.import_undone", by=by, subjects=held)
    return len(held)


@transaction.atomic
def take_intakes_back(*, keys: Sequence[UUID], by: Actor) -> int:
    """Take away the plans of years that an import planned by mistake."""
    by.require(Permission.PROGRAMME_PROPOSE)
    found = IntakePlan.objects.filter(pk__in=keys).select_related("programme").order_by("pk")
    programmes = {plan.programme_id: plan.programme for plan in found}
    count = len(found)
    IntakePlan.objects.filter(pk__in=keys).delete()
    log.record_each("programmes.import_undone", by=by, subjects=list(programmes.values()))
    return count
