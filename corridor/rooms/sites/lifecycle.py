"""The lives of a site and of what stands in it, as data. Unveiled is not operating, and operating is not accepted."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corridor.foundations.lifecycles.life import Lifecycle


class SiteStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    FEASIBLE = "feasible", _("Found feasible")
    AGREED = "agreed", _("Agreed")
    EQUIPPING = "equipping", _("Being equipped")
    UNVEILED = "unveiled", _("Unveiled")
    OPERATING = "operating", _("Operating")
    ACCEPTED = "accepted", _("Accepted")
    SUSPENDED = "suspended", _("Suspended")
    HANDED_OVER = "handed_over", _("Handed over")
    CLOSED = "closed", _("Closed")


_S = SiteStatus
_EXITS = {_S.SUSPENDED, _S.HANDED_OVER, _S.CLOSED}

SITE = Lifecycle(
    thing="site",
    first=_S.PROPOSED,
    transitions={
        _S.PROPOSED: frozenset({_S.FEASIBLE, _S.CLOSED}),
        _S.FEASIBLE: frozenset({_S.AGREED, _S.CLOSED}),
        _S.AGREED: frozenset({_S.EQUIPPING, _S.CLOSED}),
        _S.EQUIPPING: frozenset({_S.UNVEILED, _S.OPERATING, _S.CLOSED}),
        _S.UNVEILED: frozenset({_S.OPERATING, _S.CLOSED}),
        _S.OPERATING: frozenset({_S.ACCEPTED, *_EXITS}),
        _S.ACCEPTED: frozenset(_EXITS),
        _S.SUSPENDED: frozenset({_S.OPERATING, _S.ACCEPTED, _S.CLOSED}),
        _S.HANDED_OVER: frozenset(),
        _S.CLOSED: frozenset(),
    },
)


class EquipmentStatus(models.TextChoices):
    WORKING = "working", pgettext_lazy("state", "Working")
    FAULTY = "faulty", _("Faulty")
    IN_REPAIR = "in_repair", _("In repair")
    RETIRED = "retired", _("Retired")


_E = EquipmentStatus

EQUIPMENT = Lifecycle(
    thing="equipment",
    first=_E.WORKING,
    transitions={
        _E.WORKING: frozenset({_E.FAULTY, _E.IN_REPAIR, _E.RETIRED}),
        _E.FAULTY: frozenset({_E.WORKING, _E.IN_REPAIR, _E.RETIRED}),
        _E.IN_REPAIR: frozenset({_E.WORKING, _E.FAULTY, _E.RETIRED}),
        _E.RETIRED: frozenset(),
    },
)
