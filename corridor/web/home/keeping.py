"""What waits at the sites of who keeps their equipment: faults, calibrations that are due, parts that run out."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.foundations.access import Actor
from corridor.foundations.vocabularies.sentences import isolated
from corridor.rooms.sites import queries as sites
from corridor.web.home.owed import Owed
from corridor.web.ui.days import day_text, number_text


def upkeep_owed(*, on: date, by: Actor) -> Iterator[Owed]:
    """One row a site and kind of work; it leads to the first of it."""
    for each in sites.upkeep_waiting(on=on, by=by):
        reference = each.site.reference
        if each.faults:
            fault, count = each.faults[0], len(each.faults)
            title = ngettext("Have one machine mended", "Have %(count)s faults mended", count)
            text = _("%(machine)s, reported on %(day)s: %(what)s. Until then it counts as not working.") % {
                "machine": isolated(fault.equipment.kind), "day": day_text(fault.reported_on),
                "what": isolated(fault.words or fault.get_what_display()),
            }  # fmt: skip
            address = reverse("equipment-item", args=[reference, fault.equipment_id])
            yield Owed(None, title % {"count": number_text(count)}, text, reference, address, _("Look"))
        if each.calibrations:
            machine, count = each.calibrations[0], len(each.calibrations)
            title = ngettext("Have one machine calibrated", "Have %(count)s machines calibrated", count)
            text = _("The first is %(machine)s. What it measures does not count until then.") % {
                "machine": isolated(machine.kind)
            }
            address = reverse("equipment-item", args=[reference, machine.pk])
            yield Owed(None, title % {"count": number_text(count)}, text, reference, address, _("Look"))
        if each.parts:
            count = len(each.parts)
            title = ngettext("Order one spare part", "Order %(count)s spare parts", count)
            text = _("%(part)s: %(left)s left.") % {
                "part": isolated(each.parts[0].name), "left": number_text(each.parts[0].stock)
            }  # fmt: skip
            address = reverse("spare-parts", args=[reference]) + "?low=yes"
            yield Owed(None, title % {"count": number_text(count)}, text, reference, address, _("Look"))
