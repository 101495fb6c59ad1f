"""Applications as the secretariat, the council, a reviewer and the applicant may read them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.kernel.wording import N_

from ..application_record import ApplicationRecord, name_of, record_of
from ..application_refusals import NoSuchApplication
from ..lifecycle import ApplicationStatus
from ..models import (
    Application,
    ApplicationCondition,
    DocumentHandedIn,
    Evidence,
    Letter,
    LetterMail,
    Reviewer,
)
from ..submitting import may_be_withdrawn

OPEN_STATES = (ApplicationStatus.SUBMITTED, ApplicationStatus.IN_REVIEW, ApplicationStatus.WITH_CONDITIONS)


@dataclass(frozen=True)
class ApplicationRow:
    """A line of the queue. ``name`` is what the applicant calls itself; ``due_on`` the earliest day of a condition that waits."""

    application: Application
    name: str
    waits_days: int | None
    due_on: date | None
    is_overdue: bool
    sheets: int
    sheets_in: int


@dataclass(frozen=True)
class ApplicationPage:
    rows: list[ApplicationRow]
    next_after: str = ""


def list_applications(
    *, by: Actor, on: date, status: str = "", kind: str = "", search: str = "", after: str = "", limit: int = 50
) -> ApplicationPage:
    """
    The queue: what waits longest first; without a state, everything that is not over. Drafts are the applicants' own and stand only
    where they are asked for, to the secretariat. A reviewer finds what they were asked to judge.

    :raises NoSuchApplication: for who sees no application at all.
    """
    found = _visible(by)
    if not by.may(Permission.APPLICATION_VIEW) and not found.exists():
        raise NoSuchApplication(N_("There are no applications for you."))
    found = found.filter(status=status) if status else found.filter(status__in=OPEN_STATES)
    if kind:
        found = found.filter(version__kind=kind)
    if search:
        named = Q(organisation__names__name__icontains=search) | Q(organisation__reference__icontains=search)
        found = found.filter(Q(reference__icontains=search) | named).distinct()
    if after:
        found = found.filter(reference__gt=after)
    waiting = Q(conditions__status__in=["open", "refused"])
    found = found.annotate(
        due=Min("conditions__due_on", filter=waiting),
        sheets=Count("reviewers", filter=Q(reviewers__stepped_aside_at__isnull=True), distinct=True),
        sheets_in=Count("reviewers", filter=Q(reviewers__handed_in_at__isnull=False), distinct=True),
    )
    rows = list(
        found.select_related("version", "organisation")
        .prefetch_related("organisation__names", "answers__question")
        .order_by("reference")[: limit + 1]
    )
    shown = [_row(each, on) for each in rows[:limit]]
    return ApplicationPage(shown, rows[limit - 1].reference if len(rows) > limit else "")


def count_applications(*, by: Actor) -> dict[str, int]:
    """How many stand in each state, for those who see all of them."""
    by.require(Permission.APPLICATION_VIEW)
    counted = _visible(by).order_by().values("status").annotate(number=Count("pk"))
    return {row["status"]: row["number"] for row in counted}


def _row(application: Any, on: date) -> ApplicationRow:
    since = application.submitted_at or application.started_at
    return ApplicationRow(
        application=application,
        name=name_of(application),
        waits_days=(on - since.date()).days if application.status in OPEN_STATES else None,
        due_on=application.due,
        is_overdue=application.due is not None and application.due < on,
        sheets=application.sheets,
        sheets_in=application.sheets_in,
    )


def get_application(*, reference: str, by: Actor, on: date, language: str) -> ApplicationRecord:
    """
    One application with its answers, documents, conditions and letters.

    :raises NoSuchApplication: if there is none of that reference, or none for this reader.
    """
    return record_of(_get(_visible(by), reference), on=on, language=language)


def seen_application(*, reference: str, by: Actor) -> Application:
    """The row alone, for who sees it or holds its link. :raises NoSuchApplication: for anybody else."""
    found = (_visible(by) | _held(by)).filter(reference=reference).first()
    if found is None:
        raise NoSuchApplication(N_("There is no application %(reference)s."), reference=reference)
    return found


def own_application(*, by: Actor, on: date, language: str) -> ApplicationRecord:
    """The application whose link its reader holds, with what is missing. :raises NoSuchApplication: without one."""
    keys = by.ids_with(Permission.APPLICATION_FILL, "application")
    found = _whole(Application.objects.filter(pk__in=keys)).first()
    if found is None:
        raise NoSuchApplication(N_("There is no such application."))
    return replace(record_of(found, on=on, language=language), may_be_withdrawn=may_be_withdrawn(found))


def get_condition(*, reference: str, key: int | UUID, by: Actor) -> ApplicationCondition:
    """A condition of an application that this reader sees, or holds the link of. :raises NoSuchApplication: otherwise."""
    mine = Q(application__in=by.ids_with(Permission.APPLICATION_FILL, "application"))
    seen = Q() if by.may(Permission.APPLICATION_VIEW) else mine
    found = ApplicationCondition.objects.select_related("application__version", "part").prefetch_related("part__texts")
    condition = found.filter(seen, application__reference=reference, pk=key).first()
    if condition is None:
        raise NoSuchApplication(N_("There is no such condition."))
    return condition


def get_letter(*, reference: str, key: UUID, by: Actor) -> Letter:
    """A letter as it was written. :raises NoSuchApplication: if it is of no application that this reader sees."""
    mine = Q(application__in=by.ids_with(Permission.APPLICATION_FILL, "application"))
    mine |= Q(application__in=by.ids_with(Permission.APPLICATION_VIEW, "application"))
    seen = Q() if by.may(Permission.APPLICATION_VIEW) else mine
    found = Letter.objects.select_related("application").filter(seen, application__reference=reference, pk=key).first()
    if found is None:
        raise NoSuchApplication(N_("There is no such letter."))
    return found


def letters_not_sent(*, by: Actor) -> list[Letter]:
    """Letters that could not be sent and are not tried again by themselves, the oldest first."""
    if not by.may(Permission.APPLICATION_MANAGE):
        return []
    found = Letter.objects.filter(mail=LetterMail.FAILED)
    return list(found.select_related("application__organisation").order_by("written_at", "pk"))


def get_application_document(*, reference: str, document: str, by: Actor) -> Document:
    """A file of an application: handed in, evidence, or the council's minutes. Access follows the application."""
    application = _get(_visible(by) | _held(by), reference)
    kept = Q(pk__in=DocumentHandedIn.objects.filter(application=application).values("document"))
    kept |= Q(
        pk__in=Evidence.objects.filter(condition__application=application, document__isnull=False).values("document")
    )
    if by.may(Permission.APPLICATION_VIEW, on=application):
        kept |= Q(
            pk__in=Application.objects.filter(pk=application.pk, vote__isnull=False).values("vote__minutes_document")
        )
    found = Document.objects.filter(kept, reference=document).first()
    if found is None:
        raise NoSuchApplication(N_("There is no such document."))
    return found


def _visible(by: Actor) -> QuerySet[Application]:
    """All for the secretariat and the council (drafts only for the secretariat); for others what they judge, or opened with a reason."""
    if by.may(Permission.APPLICATION_MANAGE):
        return Application.objects.all()
    if by.may(Permission.APPLICATION_VIEW):
        return Application.objects.exclude(status=ApplicationStatus.DRAFT)
    if by.user_id is None:
        return Application.objects.none()
    asked = Reviewer.objects.filter(user_id=by.user_id, user__isnull=False, stepped_aside_at__isnull=True)
    opened = by.ids_with(Permission.APPLICATION_VIEW, "application")
    return Application.objects.filter(Q(pk__in=asked.values("application")) | Q(pk__in=opened))


def _held(by: Actor) -> QuerySet[Application]:
    return Application.objects.filter(pk__in=by.ids_with(Permission.APPLICATION_FILL, "application"))


def _get(found: QuerySet[Application], reference: str) -> Application:
    application = _whole(found.filter(reference=reference)).first()
    if application is None:
        raise NoSuchApplication(N_("There is no application %(reference)s."), reference=reference)
    return application


def _whole(found: QuerySet[Application]) -> QuerySet[Application]:
    return found.select_related("version", "organisation").prefetch_related(
        "organisation__names", "changes", "letters", "answers__choices__option__texts", "answers__question",
        "conditions__part__texts", "conditions__evidence__document", "documents__document",
        "version__parts__texts", "version__parts__document__texts",
    )  # fmt: skip
