"""The council's vote and decision, and what follows: letters, conditions, a member, and its coordinator."""

from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission, Role
from corridor.foundations.accounts.invitations import MadeInvitation, invite
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.documents.receiving import receive
from corridor.foundations.lifecycles.moving import move
from corridor.foundations.vocabularies.sentences import day_text
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_

from ..applicants import the_house
from ..application_drafts import DecisionDraft, VoteDraft
from ..application_refusals import ConditionsOpen
from ..drafts import SeatDraft
from ..letters import write_letter
from ..lifecycle import ApplicationStatus, ConditionStatus, MembershipStatus, Standing
from ..models import (
    Application,
    ApplicationCondition,
    CouncilVote,
    Decision,
    DeclaredInterest,
    Letter,
    LetterKind,
    Outcome,
)
from ..models.applications import STANDS_IN_THE_WAY
from ..standing import local_day_at_home, require_come
from ..submitting import date_conditions
from ..votes import faults_of_conditions, faults_of_vote
from .memberships import move_membership
from .moderating import confirm_organisation
from .seats import give_seat

LETTER_OF = {
    Outcome.APPROVED: LetterKind.APPROVED,
    Outcome.APPROVED_WITH_CONDITIONS: LetterKind.APPROVED_WITH_CONDITIONS,
    Outcome.REJECTED: LetterKind.REJECTED,
}


@transaction.atomic
def decide_application(
    *, application: Application, vote: VoteDraft, decision: DecisionDraft, at: datetime, by: Actor
) -> Decision:
    """
    Write down the council's vote with its minutes and the decision it carries, move application and membership, and write the letter.

    What is approved while conditions of its form stand is written to with these conditions, whatever the council called it.

    :raises BadInput: if the votes do not add up, the decision is not what the majority voted, nothing is minuted, or a reason is missing.
    :raises WrongMoment: unless the application is in review, if it was decided before, and for a day to come or before it was submitted.
    """
    by.require(Permission.APPLICATION_DECIDE)
    application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("organisation", "version")
        .get(pk=application.pk)
    )
    if application.status != ApplicationStatus.IN_REVIEW:
        raise WrongMoment(N_("The review of %(application)s is not open."), application=application.reference)
    stand = application.conditions.filter(status__in=STANDS_IN_THE_WAY).exists()
    problems = faults_of_vote(vote, decision) + faults_of_conditions(decision, stand=stand)
    if problems:
        raise BadInput(problems)
    _require_day(vote, decision, application, at)
    document = receive(vote.minutes_file, at=at, by=by) if vote.minutes_file is not None else None
    with contested(lambda: _refuse_decided(application)):
        written = CouncilVote.objects.create(
            application=application, held_on=vote.held_on, present=vote.present, in_favour=vote.in_favour,
            against=vote.against, abstained=vote.abstained, with_interest=len(vote.interests), minutes=vote.minutes.strip(),
            minutes_document=document,
        )  # fmt: skip
        DeclaredInterest.objects.bulk_create(
            [DeclaredInterest(vote=written, who=each.who.strip(), what=each.what.strip()) for each in vote.interests]
        )
        made = Decision.objects.create(
            application=application, vote=written, outcome=decision.outcome, decided_on=decision.decided_on,
            reason=decision.reason.strip(),
        )  # fmt: skip
    if application.review_closed_at is None:
        application.review_closed_at = at
        application.save(update_fields=["review_closed_at"])
    move(application, to=ApplicationStatus(decision.outcome), on=decision.decided_on, by=by)
    rejected = decision.outcome == Outcome.REJECTED
    move_membership(
        organisation=application.applicant(), to=MembershipStatus.REJECTED if rejected else MembershipStatus.APPROVED,
        on=decision.decided_on, by=the_house(by), reason=decision.reason.strip()[:300],
    )  # fmt: skip
    if not rejected:
        date_conditions(application, on=decision.decided_on)
        ApplicationCondition.objects.bulk_create(
            [
                ApplicationCondition(
                    application=application, wanted=each.wanted.strip()[:300], due_on=each.due_on,
                    status=ConditionStatus.OPEN,
                )
                for each in decision.conditions
            ]
        )  # fmt: skip
    log.record("members.application_decided", by=by, subject=application)
    stand = stand or bool(decision.conditions)
    kind = LetterKind.APPROVED_WITH_CONDITIONS if stand and not rejected else LETTER_OF[decision.outcome]
    write_letter(
        application, kind, on=decision.decided_on, at=at, reason=decision.reason.strip(),
        conditions="" if rejected else _conditions_as_text(application),
    )  # fmt: skip
    return made


def _require_day(vote: VoteDraft, decision: DecisionDraft, application: Application, at: datetime) -> None:
    require_come([vote.held_on, decision.decided_on], at=at)
    if application.submitted_at is not None and vote.held_on < local_day_at_home(application.submitted_at):
        raise WrongMoment(N_("%(application)s was submitted after that day."), application=application.reference)


def _refuse_decided(application: Application) -> None:
    if Decision.objects.filter(application=application).exists():
        raise WrongMoment(N_("%(application)s has been decided already."), application=application.reference)


def _conditions_as_text(application: Application) -> str:
    """One line for each condition that is not fulfilled, with its day."""
    waiting = (
        application.conditions.filter(status__in=STANDS_IN_THE_WAY)
        .select_related("part")
        .prefetch_related("part__texts")
    )
    return "\n".join(
        f"- {each.said(application.language)[0]} ({day_text(each.due_on)})"
        if each.due_on
        else f"- {each.said(application.language)[0]}"
        for each in waiting
    )


@transaction.atomic
def ask_for_more(*, application: Application, wanted: str, on: date, at: datetime, by: Actor) -> Letter:
    """Write to the applicant what is missing. :raises WrongMoment: unless it is submitted or in review. :raises BadInput: without words."""
    by.require(Permission.APPLICATION_MANAGE)
    application = (
        Application.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=application.pk)
    )
    if application.status not in {
        ApplicationStatus.SUBMITTED,
        ApplicationStatus.IN_REVIEW,
        ApplicationStatus.WITH_CONDITIONS,
    }:
        raise WrongMoment(
            N_("%(application)s is “%(state)s”; this cannot be done any more."),
            application=application.reference,
            state=application.get_status_display(),
        )
    if not wanted.strip() or len(wanted) > 4000:
        raise BadInput([Problem(N_("Write what you need, in at most 4,000 characters."), column="wanted")])
    log.record("members.more_information_wanted", by=by, subject=application)
    return write_letter(application, LetterKind.MORE_WANTED, on=on, at=at, reason=wanted.strip())


@transaction.atomic
def activate_member(*, application: Application, on: date, by: Actor) -> None:
    """
    The organisation is a member from that day.

    :raises ConditionsOpen: while a condition is neither accepted nor waived. :raises WrongMoment: unless the application is approved.
    """
    by.require(Permission.APPLICATION_MANAGE)
    application = (
        Application.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=application.pk)
    )
    if application.status not in {ApplicationStatus.APPROVED, ApplicationStatus.WITH_CONDITIONS}:
        raise WrongMoment(N_("%(application)s is not approved."), application=application.reference)
    open_ones = application.conditions.filter(status__in=STANDS_IN_THE_WAY).count()
    if open_ones:
        raise ConditionsOpen(
            N_("Conditions of %(application)s that are neither accepted nor waived: %(count)s."),
            application=application.reference, count=open_ones,
        )  # fmt: skip
    organisation = application.applicant()
    if organisation.standing == Standing.UNCONFIRMED:
        # Whoever makes it a member stands for its record.
        confirm_organisation(organisation=organisation, by=the_house(by))
    move_membership(organisation=organisation, to=MembershipStatus.ACTIVE, on=on, by=the_house(by))
    log.record("members.member_activated", by=by, subject=application)


@transaction.atomic
def invite_coordinator(
    *, application: Application, email: str, language: str, on: date, at: datetime, by: Actor
) -> MadeInvitation:
    """
    Invite whoever is to speak for the new member, with the seat of its coordinator from that day.

    :raises WrongMoment: unless the application is approved. :raises HasAccount: if the address has an account; give that one the seat.
    """
    by.require(Permission.SEAT_GIVE)
    if application.status not in {ApplicationStatus.APPROVED, ApplicationStatus.WITH_CONDITIONS}:
        raise WrongMoment(N_("%(application)s is not approved."), application=application.reference)
    made = invite(email=email, language=language, at=at, by=by)
    give_seat(seat=SeatDraft(made.user, Role.COORDINATOR, on, application.applicant()), by=by)
    log.record("members.coordinator_invited", by=by, subject=application)
    return made
