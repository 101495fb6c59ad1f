"""What is said of a cohort beside its ground: how many places, in which languages, how much of a unit must be attended."""

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log

from ..capacity import taken_in
from ..descriptions import Description, refuse_description, write_languages
from ..models import Cohort, CohortLanguage


@transaction.atomic
def describe_cohort(*, cohort: Cohort, description: Description, by: Actor) -> Cohort:
    """:raises BadInput: for fewer places than are taken, a share that is none, a language that is none."""
    by.require(Permission.COHORT_OPEN, on=cohort)
    held = Cohort.objects.select_for_update(of=("self",)).select_related("site").get(pk=cohort.pk)
    refuse_description(description, taken=taken_in([held.pk])[held.pk])
    held.capacity, held.required_share = description.capacity, description.required_share
    held.save(update_fields=["capacity", "required_share"])
    if [each.language for each in held.languages.all()] != list(description.languages):
        CohortLanguage.objects.filter(cohort=held).delete()
        write_languages([(held, description.languages)])
    log.record("training.cohort_described", by=by, subject=held)
    return held
