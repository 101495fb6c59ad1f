"""Whom a reader may know in the register of trainers and in the cascade; all others are only counted."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import AccessDenied, NotFound
from corridor.kernel.wording import N_
from corridor.rooms.people.merging import same_person_ids
from corridor.rooms.people.models import Person

from ..cascade import Cascade, Node
from ..models import CohortTrainer, Stay, Trainer
from ..names import Name, names_of
from .learners import visible_enrolments

NOBODY = Name()


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in the cascade, as far as the reader may know them: without a reference they are only counted."""

    node: Node
    reference: str = ""
    name: Name = NOBODY
    # Whether they have a page in the register of trainers.
    is_registered: bool = False


def require_register(*, by: Actor) -> None:
    """:raises AccessDenied: for who sees no trainer, not even themself."""
    if not by.holds_somewhere(Permission.TRAINER_VIEW) and not Trainer.objects.visible_to(by).exists():
        raise AccessDenied(N_("The register of trainers is for those who employ, receive or oversee them."))


def require_stays(*, by: Actor) -> None:
    """:raises AccessDenied: for who sees no posting and no trip, not even their own."""
    if not by.holds_somewhere(Permission.TRAINER_VIEW) and not Stay.objects.visible_to(by).exists():
        raise AccessDenied(N_("Postings and trips are for those who send, receive or oversee teachers."))


def named(*, cascade: Cascade, nodes: Collection[Node], by: Actor) -> dict[UUID, Named]:
    """The nodes with references and names, as far as this reader may know who they are."""
    seen = known_in(cascade=cascade, by=by)
    keys = [node.person for node in nodes if seen is None or node.person in seen]
    names = names_of(keys)
    references = dict(Person.objects.filter(pk__in=keys).values_list("pk", "reference"))
    pages = {cascade.heirs.get(key, key) for key in Trainer.objects.visible_to(by).values_list("person_id", flat=True)}
    return {
        node.person: Named(node, references[node.person], names[node.person], node.person in pages)
        if node.person in references
        else Named(node)
        for node in nodes
    }


def known_in(*, cascade: Cascade, by: Actor) -> set[UUID] | None:
    """The persons of the cascade whom this reader may know: None for everybody."""
    if by.holds_everywhere(Permission.TRAINER_VIEW) and by.holds_everywhere(Permission.LEARNER_VIEW):
        return None
    places = [each.enrolment for node in cascade.trained() for each in node.trainings]
    learned = set(visible_enrolments(by=by).values_list("pk", flat=True).filter(pk__in=places)) if places else set()
    seen = {node.person for node in cascade.trained() if any(each.enrolment in learned for each in node.trainings)}
    for person in Trainer.objects.visible_to(by).values_list("person_id", flat=True):
        seen.add(cascade.heirs.get(person, person))
    return seen


def person_to_register(*, reference: str, by: Actor) -> Person:
    """
    A person to write into the register, or to send away: anybody for who sees all persons; else who learns for one's member, teaches at its sites,
    or stands in the register for it. Of a merged record the one that stays.

    :raises NotFound: for everybody else.
    """
    found = Person.objects.filter(reference=reference, erased_at__isnull=True).first()
    if found is not None:
        keys = same_person_ids([found.pk])[found.pk]
        stays = Person.objects.get(pk__in=keys, merged_into__isnull=True)
        if nameable(persons=keys, by=by):
            return stays
    raise NotFound(N_("There is no person %(reference)s whom you may name here."), reference=reference)


def person_who_watched(*, reference: str, by: Actor) -> Person:
    """
    Who watched a session, for whoever writes about one; of a merged record the one that stays.

    :raises AccessDenied: for everybody else. :raises NotFound: if there is no such person.
    """
    if not by.holds_somewhere(Permission.SESSION_OBSERVE):
        by.require(Permission.SESSION_OBSERVE)
    found = Person.objects.filter(reference=reference, erased_at__isnull=True).select_related("merged_into").first()
    if found is None:
        raise NotFound(N_("There is no person %(reference)s."), reference=reference)
    return found.merged_into or found


def nameable(*, persons: Collection[UUID], by: Actor) -> set[UUID]:
    """Those of the persons whom this actor may write into the register or send away; three statements for who does not see all persons."""
    if by.holds_everywhere(Permission.PERSON_VIEW):
        return set(persons)
    members = by.ids_with(Permission.TRAINER_KEEP, "member")
    sent = visible_enrolments(by=by).filter(person__in=persons, sending_organisation__in=members)
    teaches = CohortTrainer.objects.filter(person__in=persons, cohort__site__host__in=members)
    kept = Trainer.objects.filter(person__in=persons, employer__in=members)
    return {
        *sent.values_list("person_id", flat=True),
        *teaches.values_list("person_id", flat=True),
        *kept.values_list("person_id", flat=True),
    }
