"""Review: several accounts judge an application, each on a sheet of its own."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.accounts.models import User
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.lifecycles.moving import move
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_

from ..applicants import the_house
from ..application_drafts import Points
from ..application_refusals import NotYours, SheetClosed
from ..lifecycle import ApplicationStatus, MembershipStatus
from ..models import Application, FormPart, PartSort, Reviewer, Score
from ..models.reviews import MOST_POINTS
from .memberships import move_membership


@transaction.atomic
def begin_review(*, application: Application, on: date, by: Actor) -> Application:
    """From that day the application is judged, and its organisation is under review. :raises WrongMoment: unless it is submitted."""
    by.require(Permission.APPLICATION_MANAGE)
    application = Application.objects.select_for_update().get(pk=application.pk)
    move(application, to=ApplicationStatus.IN_REVIEW, on=on, by=by)
    move_membership(organisation=application.applicant(), to=MembershipStatus.UNDER_REVIEW, on=on, by=the_house(by))
    log.record("members.review_begun", by=by, subject=application)
    return application


@transaction.atomic
def invite_reviewers(*, application: Application, users: Sequence[User], at: datetime, by: Actor) -> list[Reviewer]:
    """
    Ask accounts to judge, each on its own sheet; they are told.

    :raises WrongMoment: unless the application is in review and its review open. :raises BadInput: for an account that was asked before.
    """
    by.require(Permission.APPLICATION_MANAGE)
    application = _in_review(application)
    _refuse_asked_twice(application, users)
    made = [Reviewer(application=application, user=user, invited_at=at) for user in users]
    with contested(lambda: _refuse_asked_twice(application, users)):
        Reviewer.objects.bulk_create(made)
    log.record("members.reviewers_invited", by=by, subject=application, count=len(made))
    tell(
        Event.REVIEW_ASKED, to=[user.pk for user in users], about=application.reference,
        link=f"/applications/{application.reference}/sheet/", at=at, by=by,
    )  # fmt: skip
    return made


def _refuse_asked_twice(application: Application, users: Sequence[User]) -> None:
    asked = Reviewer.objects.filter(application=application, user__in=users).select_related("user")
    problems = [
        Problem(N_("%(account)s was asked already."), {"account": each.user.username}, column="username")
        for each in asked
    ]
    if problems:
        raise BadInput(problems)


@transaction.atomic
def save_sheet(
    *, application: Application, points: Sequence[Points], at: datetime, by: Actor, hand_in: bool = False
) -> Reviewer:
    """
    Keep what the asking account gives on its own sheet. ``hand_in`` closes the sheet; every criterion has points then.

    :raises NotYours: if this account was not asked. :raises SheetClosed: once it is handed in or its reviewer stepped aside.
    :raises BadInput: for points that are none, or missing when it is handed in.
    """
    reviewer = _own_sheet(application, by)
    criteria = {
        part.pk: part for part in FormPart.objects.filter(version=application.version_id, sort=PartSort.CRITERION)
    }
    problems = [
        Problem(N_("Give from 0 to 5 points."), column=each.criterion.code)
        for each in points
        if each.criterion.pk not in criteria or (each.points is not None and not 0 <= each.points <= MOST_POINTS)
    ]
    given = {each.criterion.pk for each in points if each.points is not None}
    if hand_in:
        problems += [
            Problem(N_("Give points for every criterion before you hand in."), column=part.code)
            for key, part in criteria.items()
            if key not in given
        ]
    if problems:
        raise BadInput(problems)
    Score.objects.bulk_create(
        [
            Score(reviewer=reviewer, criterion=each.criterion, points=each.points, comment=each.comment.strip()[:2000])
            for each in points
        ],
        update_conflicts=True, unique_fields=["reviewer", "criterion"], update_fields=["points", "comment"],
    )  # fmt: skip
    if hand_in:
        reviewer.handed_in_at = at
        reviewer.save(update_fields=["handed_in_at"])
        log.record("members.sheet_handed_in", by=by, subject=reviewer)
    else:
        log.record("members.sheet_saved", by=by, subject=reviewer)
    return reviewer


@transaction.atomic
def step_aside(*, application: Application, interest: str, at: datetime, by: Actor) -> Reviewer:
    """
    Declare an interest and judge no more; what the sheet held does not count.

    :raises NotYours, SheetClosed: as save_sheet. :raises BadInput: without the interest.
    """
    reviewer = _own_sheet(application, by)
    if not interest.strip() or len(interest) > 300:
        raise BadInput([Problem(N_("Say which interest, in at most 300 characters."), column="interest")])
    reviewer.stepped_aside_at, reviewer.interest = at, interest.strip()
    reviewer.save(update_fields=["stepped_aside_at", "interest"])
    log.record("members.reviewer_stepped_aside", by=by, subject=reviewer)
    return reviewer


@transaction.atomic
def close_review(*, application: Application, at: datetime, by: Actor) -> Application:
    """No more sheets are taken, and those that are in are opened. :raises WrongMoment: unless its review is open."""
    by.require(Permission.APPLICATION_MANAGE)
    application = _in_review(application)
    application.review_closed_at = at
    application.save(update_fields=["review_closed_at"])
    log.record("members.review_closed", by=by, subject=application)
    return application


def _in_review(application: Application) -> Application:
    held = Application.objects.select_for_update().get(pk=application.pk)
    if held.status != ApplicationStatus.IN_REVIEW or held.review_closed_at is not None:
        raise WrongMoment(N_("The review of %(application)s is not open."), application=held.reference)
    return held


def _own_sheet(application: Application, by: Actor) -> Reviewer:
    found = Reviewer.objects.select_for_update().filter(application=application, user_id=by.user_id).first()
    if found is None or by.user_id is None:
        raise NotYours(N_("You were not asked to judge this application."))
    _in_review(application)
    if found.handed_in_at is not None or found.stepped_aside_at is not None:
        raise SheetClosed(N_("Your sheet is closed; it does not change any more."))
    return found
