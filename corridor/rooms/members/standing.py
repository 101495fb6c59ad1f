"""What the other rooms ask of the alliance and its members on a day."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings

from corridor.foundations.lifecycles.timelines import Timelines
from corridor.kernel.errors import WrongMoment
from corridor.kernel.periods import local_day
from corridor.kernel.wording import N_

from .lifecycle import MembershipStatus
from .models import Alliance, Membership, Organisation
from .refusals import DayToCome


def home_zone() -> str:
    """The zone of the alliance's home, in which deadlines end."""
    return Alliance.objects.values_list("home_zone", flat=True).first() or settings.HOME_ZONE


def local_day_at_home(at: datetime) -> date:
    """The day of that instant in the alliance's home place."""
    return local_day(at, home_zone())


def require_come(days: Iterable[date], *, at: datetime) -> None:
    """Refuse a day that the alliance's home place has not come to at that instant. :raises DayToCome: names the latest."""
    latest = max(days, default=None)
    if latest is not None and latest > local_day_at_home(at):
        raise DayToCome(N_("%(day)s is still to come; nothing is recorded for it yet."), day=latest)


def require_active(places: Iterable[tuple[Organisation, date]], *, refusal: type[WrongMoment]) -> None:
    """Refuse, in the asking room's own name, the first organisation that was no active member on its day."""
    wanted = list(places)
    memberships: dict[object, list[Membership]] = {}
    for each in Membership.objects.filter(organisation__in={organisation.pk for organisation, _ in wanted}):
        memberships.setdefault(each.organisation_id, []).append(each)
    timelines = Timelines.of(Membership, [each.pk for held in memberships.values() for each in held])
    for organisation, day in wanted:
        held = memberships.get(organisation.pk, [])
        if all(timelines.state(each.pk, day) != MembershipStatus.ACTIVE for each in held):
            raise refusal(N_("%(member)s was not an active member on %(day)s."), member=organisation.reference, day=day)
