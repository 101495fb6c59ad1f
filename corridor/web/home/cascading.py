"""What a member owes its trained teachers: a place to teach."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.foundations.access import Actor
from corridor.rooms.training.queries.cascade import has_not_taught
from corridor.web.ui.days import day_text, number_text

from .owed import Owed


def trainers_owed(*, on: date, by: Actor) -> Iterator[Owed]:
    """One row for all whom the own member sent, who were trained 90 days ago and have not taught since."""
    idle = has_not_taught(on=on, by=by)
    if not idle:
        return
    first = idle[0]
    title = ngettext(
        "One trained teacher has not taught 90 days after",
        "%(count)s trained teachers have not taught 90 days after",
        len(idle),
    )
    text = _("The longest since %(day)s. Give them a cohort to teach.") % {"day": day_text(first.node.trained_on or on)}
    address = f"{reverse('cascade')}?teaching=has_not_taught"
    yield Owed(None, title % {"count": number_text(len(idle))}, text, first.cohort, address, _("See who"))
