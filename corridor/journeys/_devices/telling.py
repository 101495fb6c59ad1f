"""Telling those who decide what a device brought and nobody could simply take."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from corridor.foundations.access import Actor
from corridor.foundations.journal.keeping import ConflictDraft
from corridor.foundations.notices.events import Event as Told
from corridor.foundations.notices.telling import tell
from corridor.rooms.people.secretariat import secretariat_ids
from corridor.rooms.sites.reach import holders
from corridor.rooms.training.models import Cohort

REGISTERS = "cohort"
INBOX = "/registers/conflicts/"


def tell_of_conflicts(drafts: Sequence[ConflictDraft], *, on: date, at: datetime, by: Actor) -> None:
    """
    Of a register whoever manages the site of the cohort, and of everything the secretariat; who has not read that something waits is not told
    again.
    """
    scopes = {each.scope_key: each.scope_kind for each in drafts}
    cohorts = Cohort.objects.filter(pk__in=scopes).order_by("reference")
    for key, reference, site in cohorts.values_list("pk", "reference", "site_id"):
        to: list[UUID] = list(secretariat_ids(on=on))
        if scopes[key] == REGISTERS:
            to += [each.user_id for each in holders([site], on=on)]
        tell(Told.CONFLICT_WAITS, to=to, about=reference, link=INBOX, at=at, by=by, one_open=True)
