"""Resolutions on a desk: what a member must carry out, and for the secretariat what is late everywhere."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.foundations.access import Actor
from corridor.foundations.vocabularies.sentences import isolated
from corridor.rooms.conferences import queries
from corridor.web.conferences.said import resolution_row
from corridor.web.ui.names import title_of

from .owed import Owed


def resolutions_owed(*, on: date, by: Actor) -> Iterator[Owed]:
    for each in queries.resolutions_owed_by(by=by, on=on):
        row = resolution_row(each, on=on, by=by)
        title = _("Carry out what “%(conference)s” decided") % {"conference": isolated(title_of(each.conference).text)}
        whose = _("For %(member)s.") % {"member": isolated(row["owner"] or _("Secretariat"))}
        url = reverse("resolution-settle", args=[each.reference])
        yield Owed(each.due_on, title, f"{row['text']} · {whose}", each.reference, url, _("What became of it"))
