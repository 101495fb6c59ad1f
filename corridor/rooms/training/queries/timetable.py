"""Sessions by the week: of oneself, a cohort or a site, with holidays and clashes; and whose calendar a secret address is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.accounts.models import User
from corridor.foundations.secret_links import digest_of
from corridor.foundations.vocabularies.national_days import national_days
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.people.merging import same_person_ids
from corridor.rooms.sites.lifecycle import EquipmentStatus
from corridor.rooms.sites.models import Equipment, SiteRoom

from ..clash_words import Told, tell_clashes
from ..clashes import LEARNING, find_clashes, slots_of
from ..lifecycle import SessionStatus
from ..models import Cohort, CohortTrainer, Enrolment, Session, TimetableAddress

MOST_SESSIONS = 1_000


@dataclass(frozen=True)
class Timetable:
    """
    The sessions of some days in the order in which they begin, cancelled ones too; the holidays of their sites' countries by day; and the
    clashes among them, for who plans sessions.
    """

    first: date
    last: date
    sessions: list[Session]
    holidays: dict[date, dict[str, str]]
    clashes: list[Told]

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    def on(self, day: date) -> list[Session]:
        return [each for each in self.sessions if each.held_on == day]


@dataclass(frozen=True)
class TimetableOwner:
    user: User
    language: str


def timetable(
    *, first: date, last: date, by: Actor, language: str, cohort: str = "", site: str = "", own: bool = False
) -> Timetable:
    """From one day to another, both inside, each session on the day of its site. ``own``: what the reader teaches or learns."""
    rows = own_sessions(by=by) if own else Session.objects.filter(cohort__in=Cohort.objects.visible_to(by))
    if cohort:
        rows = rows.filter(cohort__reference=cohort)
    if site:
        rows = rows.filter(cohort__site__reference=site)
    found = list(
        rows.filter(held_on__gte=first, held_on__lte=last)
        .select_related("cohort__site", "cohort__programme", "unit", "room", "makes_up_for", "joint_with__cohort")
        .prefetch_related("trainers__person", "bookings__equipment", "moves", "unit__titles")
        .order_by("begins_at", "cohort__reference", "number")[:MOST_SESSIONS]
    )
    countries = {each.cohort.site.country for each in found}
    holidays: dict[date, dict[str, str]] = {}
    for country in sorted(countries):
        for day, name in national_days(country, first=first, last=last, language=language).items():
            holidays.setdefault(day, {})[country] = name
    planned = [each for each in found if each.status != SessionStatus.CANCELLED]
    plans = [each for each in planned if by.may(Permission.SESSION_PLAN, on=each)]
    return Timetable(first, last, found, holidays, tell_clashes(find_clashes(slots_of(plans)), by=by))


def own_sessions(*, by: Actor) -> QuerySet[Session]:
    """What the reader teaches (named, or with the cohort on that day) and learns, now and before; nothing for an account of no person."""
    if by.person_id is None:
        return Session.objects.none()
    same = same_person_ids([by.person_id])[by.person_id]
    places = CohortTrainer.objects.filter(person__in=same).values_list("cohort_id", "held_from", "held_before")
    teaching = Q(pk__in=[])
    for cohort, since, before in places:
        days = Q(cohort=cohort)
        days &= Q(held_on__gte=since) if since else Q()
        teaching |= days & (Q(held_on__lt=before) if before else Q())
    learning = Enrolment.objects.filter(person__in=same, status__in=LEARNING).values("cohort")
    rows = Session.objects.filter(teaching | Q(cohort__in=learning) | Q(trainers__person__in=same))
    return rows.distinct()


def next_sessions(*, by: Actor, at: datetime, count: int = 3) -> list[Session]:
    """The reader's next sessions, the soonest first."""
    rows = own_sessions(by=by).filter(begins_at__gte=at).exclude(status=SessionStatus.CANCELLED)
    rows = rows.select_related("cohort__site", "room", "unit").prefetch_related("unit__titles")
    return list(rows.order_by("begins_at")[:count])


def get_planned(*, cohort: str, number: int, by: Actor) -> Session:
    """
    One session with what it needs and how it was moved, for who plans it.

    :raises NotFound: if there is no such session, or none that the reader may see. :raises AccessDenied: for who does not plan.
    """
    rows = Session.objects.filter(cohort__in=Cohort.objects.visible_to(by))
    found = (
        rows.select_related("cohort__site", "cohort__curriculum_version", "unit", "room")
        .prefetch_related("trainers__person", "bookings__equipment", "moves", "joined_by__cohort")
        .filter(cohort__reference=cohort, number=number)
        .first()
    )
    if found is None:
        raise NotFound(
            N_("There is no session %(number)s of %(cohort)s that you may see."), cohort=cohort, number=number
        )
    by.require(Permission.SESSION_PLAN, on=found)
    return found


def to_make_up(*, cohort: Cohort, by: Actor) -> list[Session]:
    """The sessions that were called off and that no other makes up for, for who plans."""
    by.require(Permission.SESSION_PLAN, on=cohort)
    rows = Session.objects.filter(cohort=cohort, status=SessionStatus.CANCELLED, made_up_by__isnull=True)
    return list(rows.select_related("cohort__site").order_by("number"))


def cohorts_to_join(*, cohort: Cohort, by: Actor) -> list[Cohort]:
    """The other cohorts that are not over and for which this actor plans sessions too, by reference."""
    open_states = ["planned", "recruiting", "running"]
    rows = Cohort.objects.visible_to(by).filter(status__in=open_states).exclude(pk=cohort.pk)
    found = rows.select_related("site").order_by("reference")[:300]
    return [each for each in found if by.may(Permission.SESSION_PLAN, on=each)]


def rooms_of(*, cohort: Cohort, by: Actor) -> list[SiteRoom]:
    """The rooms of the cohort's site, for who plans its sessions."""
    by.require(Permission.SESSION_PLAN, on=cohort)
    return list(SiteRoom.objects.filter(site=cohort.site_id).order_by("name"))


def machines_of(*, cohort: Cohort, by: Actor) -> list[Equipment]:
    """What the cohort's site teaches with and has not retired, for who plans its sessions."""
    by.require(Permission.SESSION_PLAN, on=cohort)
    rows = Equipment.objects.filter(site=cohort.site_id).exclude(status=EquipmentStatus.RETIRED)
    return list(rows.order_by("kind", "inventory_number"))


def timetable_owner(*, secret: str, by: Actor) -> TimetableOwner:  # noqa: ARG001 (whoever holds the address)
    """
    The account that an address belongs to.

    :raises NotFound: if there is none, it was replaced or taken away, or the account is closed: we do not say which.
    """
    rows = TimetableAddress.objects.select_related("user").filter(digest=digest_of(secret), ended_at__isnull=True)
    found = rows.first()
    if found is None or not found.user.is_active:
        raise NotFound(N_("There is no such calendar."))
    return TimetableOwner(found.user, found.language)


def own_timetable_address(*, by: Actor) -> TimetableAddress | None:
    """The address of the asking account that opens something now; None without one."""
    return TimetableAddress.objects.filter(user=by.user_id, ended_at__isnull=True).first() if by.user_id else None


def trainers_to_name(*, cohort: Cohort, keys: Collection[UUID] = (), by: Actor) -> list[CohortTrainer]:
    """Who teaches the cohort and has not stopped, for who plans; with those whose keys are given."""
    by.require(Permission.SESSION_PLAN, on=cohort)
    rows = CohortTrainer.objects.filter(Q(held_before__isnull=True) | Q(person__in=keys), cohort=cohort)
    return list(rows.select_related("person").prefetch_related("person__names").order_by("person__reference"))
