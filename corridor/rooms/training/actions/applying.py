"""Applying for a place: the person alone, or the member that sends her."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.kernel.errors import AccessDenied, BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.merging import same_person_ids
from corridor.rooms.people.models import Person

from ..capacity import next_number
from ..lifecycle import CohortStatus, EnrolmentStatus
from ..models import Cohort, Enrolment, EnrolmentChange, ExitReason, ParticipantKind, StudyMode
from ..refusals import NothingOffered, NotRecruiting
from .enrolling import EnrolmentStep, take_enrolment_steps


@dataclass(frozen=True, kw_only=True)
class Application:
    """Who applies to which cohort, as what, and who sends the person (nobody, or a member)."""

    cohort: Cohort
    person: Person
    participant_kind: ParticipantKind
    study_mode: StudyMode
    sending_organisation: Organisation | None = None


@transaction.atomic
def apply_to_cohort(*, application: Application, on: date, by: Actor) -> Enrolment:
    """
    A new place that is applied for, with the next seat. The person may apply herself; a member for whom it has sent before.

    :raises NotRecruiting: if the cohort takes no applications. :raises BadInput: if the person has a place there.
    """
    _require_may(application, by)
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=application.cohort.pk)
    if cohort.status != CohortStatus.RECRUITING:
        raise NotRecruiting(
            N_("%(cohort)s is “%(now)s”; it takes no applications now."),
            cohort=cohort.reference, now=cohort.get_status_display(),
        )  # fmt: skip
    _require_new(application)
    place = Enrolment(
        cohort=cohort, person=application.person, number=next_number(cohort), status=EnrolmentStatus.APPLIED,
        participant_kind=application.participant_kind, study_mode=application.study_mode,
        sending_organisation=application.sending_organisation,
    )  # fmt: skip
    with contested(lambda: _require_new(application)):
        place.save()
    EnrolmentChange.objects.create(
        enrolment=place, from_status="", to_status=EnrolmentStatus.APPLIED, effective_on=on, by_label=by.label
    )
    log.record("training.applied", by=by, subject=place)
    return place


@transaction.atomic
def withdraw_application(*, enrolment: Enrolment, on: date, by: Actor) -> Enrolment:
    """The applicant does not want a place any more. :raises NothingOffered: if she is no applicant."""
    if not by.may(Permission.LEARNER_APPLY, on=enrolment.person):
        raise AccessDenied(N_("An application is taken back by the person who applied."))
    held = Enrolment.objects.select_related("cohort").get(pk=enrolment.pk)
    if held.status != EnrolmentStatus.APPLIED:
        raise NothingOffered(
            N_("Seat %(number)s of %(cohort)s is “%(now)s”; there is no application to take back."),
            number=held.number, cohort=held.cohort.reference, now=held.get_status_display(),
        )  # fmt: skip
    step = EnrolmentStep(enrolment=held, to=EnrolmentStatus.WITHDREW, on=on, exit_reason=ExitReason.DECLINED)
    take_enrolment_steps(steps=[step], at=None, by=by)
    return held


def _require_may(application: Application, by: Actor) -> None:
    person, sender = application.person, application.sending_organisation
    if by.may(Permission.LEARNER_APPLY, on=person) or by.may(Permission.LEARNER_ENROL, on=application.cohort):
        return
    if sender is None or not by.may(Permission.LEARNER_APPLY, on=sender):
        raise AccessDenied(N_("A person applies herself, or the member that sends her does."))
    known = Enrolment.objects.filter(person__in=same_person_ids([person.pk])[person.pk], sending_organisation=sender)
    if not known.exists():
        # Else a member could read anybody's name by applying for a reference that it guessed.
        raise AccessDenied(
            N_(
                "Your member has not sent this person before. Let the person apply and name your member, or ask the site."
            )
        )


def _require_new(application: Application) -> None:
    same = same_person_ids([application.person.pk])[application.person.pk]
    if Enrolment.objects.filter(cohort=application.cohort, person__in=same).exists():
        places: dict[str, object] = {"person": application.person.reference, "cohort": application.cohort.reference}
        raise BadInput([Problem(N_("%(person)s already has a place in %(cohort)s."), places, column="person")])
