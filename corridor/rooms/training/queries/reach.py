"""Who learns and teaches where: which persons a grant for a site reaches, and who sent whom."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission, Scope
from corridor.rooms.people.models import Person

from ..models import Cohort, CohortTrainer, Enrolment


def persons_reached(*, by: Actor, permission: Permission = Permission.PERSON_VIEW) -> QuerySet[Any, Any]:
    """The keys of the persons who learn or teach, or did, at the sites for which this actor sees persons (or holds that verb); for a subquery."""
    sites = by.ids_with(permission, "site")
    learning = Enrolment.objects.filter(cohort__site__in=sites).values_list("person_id", flat=True)
    teaching = CohortTrainer.objects.filter(cohort__site__in=sites).values_list("person_id", flat=True)
    # Both records of a merge: who learns here under the record that went is reached as the one that stays.
    merged = Person.objects.filter(pk__in=learning.union(teaching, all=True), merged_into__isnull=False)
    return learning.union(teaching, merged.values_list("merged_into_id", flat=True), all=True)


def sites_of(*, persons: Iterable[Person], by: Actor) -> dict[UUID, frozenset[Scope]]:
    """For each person the sites, among those for which the actor holds anything, at which they learn or teach; two statements."""
    wanted = {person.pk: person for person in persons}
    sites = by.keys_reached("site")
    found: dict[UUID, set[Scope]] = {key: set() for key in wanted}
    if not sites:
        return {key: frozenset() for key in wanted}
    stays = dict(Person.objects.filter(merged_into__in=wanted).values_list("pk", "merged_into_id"))
    keys = [*wanted, *stays]
    for model in (Enrolment, CohortTrainer):
        rows: QuerySet[Any, Any] = model.objects.filter(person__in=keys, cohort__site__in=sites)  # type: ignore[attr-defined]
        for person, site in rows.values_list("person_id", "cohort__site_id").distinct():
            found[stays.get(person, person)].add(("site", site))
    return {key: frozenset(reached) for key, reached in found.items()}


def sites_of_all(*, persons: Collection[UUID], by: Actor) -> frozenset[UUID]:  # noqa: ARG001 (for who tells the sites, not for a reader)
    """The sites at which these persons (all records of one human being) learn or teach, or did."""
    found: set[UUID] = set()
    for model in (Enrolment, CohortTrainer):
        rows: QuerySet[Any, Any] = model.objects.filter(person__in=persons)  # type: ignore[attr-defined]
        found.update(rows.values_list("cohort__site_id", flat=True).distinct())
    return frozenset(found)


def who_sent(*, by: Actor) -> dict[UUID, set[UUID]]:
    """The members that sent each person to learn. :raises AccessDenied: for who does not see all learners."""
    by.require(Permission.LEARNER_VIEW)
    found: dict[UUID, set[UUID]] = {}
    rows = Enrolment.objects.filter(sending_organisation__isnull=False)
    for person, member in rows.values_list("person_id", "sending_organisation_id").distinct():
        found.setdefault(person, set()).add(member)
    return found


def offices_of(*, person: Person, by: Actor) -> list[Cohort]:
    """The cohorts that the person teaches or taught, as far as the reader may see cohorts."""
    taught = CohortTrainer.objects.filter(person=person).values("cohort")
    return list(Cohort.objects.visible_to(by).filter(pk__in=taught).select_related("site").order_by("starts_on", "pk"))


def cohorts_to_move_to(*, enrolment: Enrolment, by: Actor) -> list[Cohort]:
    """The cohorts that still take learners and in which this actor gives places, but for the learner's own; of the same programme first."""
    open_states = ["planned", "recruiting", "running"]
    rows = Cohort.objects.visible_to(by).filter(status__in=open_states).exclude(pk=enrolment.cohort_id)
    cohorts = list(rows.select_related("site", "programme").order_by("reference")[:500])
    may = [each for each in cohorts if by.may(Permission.LEARNER_ENROL, on=each)]
    return sorted(may, key=lambda each: (each.programme_id != enrolment.cohort.programme_id, each.reference))
