"""What an account is here: seats, places stood in, sites and cohorts, each as a role and what it is for."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.foundations import clock
from corridor.foundations.access import Actor, Permission
from corridor.rooms.members import queries as members
from corridor.rooms.sites import queries as sites
from corridor.web.ui.days import day_text, number_text
from corridor.web.ui.names import member_called, role_name, site_called


class Office(NamedTuple):
    """One office, and for what: a member, a site, cohorts, or the whole alliance."""

    role: str
    place: str
    url: str


def offices_of(by: Actor) -> Iterable[Office]:
    for seat in members.own_seats(on=clock.today(), by=by):
        of = seat.organisation
        if of is None:
            yield Office(role_name(seat.role), _("for the whole alliance"), "")
        else:
            yield Office(role_name(seat.role), member_called(of).text, f"/members/{of.reference}/who-speaks/")
    for held in members.stood_in_for(on=clock.today(), by=by):
        of = held.seat.organisation
        place = _("%(member)s, in the place of %(account)s until %(day)s") % {
            "member": member_called(of).text if of else _("for the whole alliance"),
            "account": held.seat.user.username,
            "day": day_text(held.ends_before - timedelta(days=1)),
        }
        yield Office(role_name(held.seat.role), place, f"/members/{of.reference}/who-speaks/" if of else "")
    for site in sites.sites_managed_by(by=by):
        if ("site", site.pk) in {grant.scope for grant in by.grants}:
            yield Office(role_name("site_manager"), site_called(site).text, f"/sites/{site.reference}/")
    for role, permission in (("trainer", Permission.REGISTER_TAKE), ("assessor", Permission.DECISION_RECORD)):
        if count := len(by.ids_with(permission, "cohort")):
            cohorts = ngettext("%(number)s cohort", "%(number)s cohorts", count) % {"number": number_text(count)}
            yield Office(role_name(role), cohorts, "/cohorts/")
