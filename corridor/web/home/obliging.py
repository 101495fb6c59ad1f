"""What the members of a reader owe under agreements."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.foundations.access import Actor, Permission
from corridor.foundations.vocabularies.sentences import isolated
from corridor.rooms.agreements import queries as agreements
from corridor.web.home.owed import Owed
from corridor.web.ui.names import member_called


def obligations_owed(*, on: date, by: Actor) -> Iterator[Owed]:
    """For who speaks for a member; the secretariat has the list of all."""
    if not by.ids_with(Permission.OBLIGATION_FULFIL, "member"):
        return
    for each in agreements.obligations_owed_by(by=by, on=on):
        text = _("%(member)s owes it under %(agreement)s.") % {
            "member": isolated(member_called(each.organisation).text), "agreement": isolated(each.agreement.reference),
        }  # fmt: skip
        yield Owed(
            each.due_on, each.what, text, each.reference, reverse("obligation", args=[each.reference]), _("Look")
        )
