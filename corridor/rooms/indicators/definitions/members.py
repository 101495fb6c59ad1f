"""How many belong, from where, and who began it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.evidence import UNKNOWN, EvidenceRow
from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Rule
from corridor.rooms.members.lifecycle import MembershipStatus, Standing
from corridor.rooms.members.merging import merged_organisations
from corridor.rooms.members.models import ListedPlace, Membership, Organisation, OrganisationKind

from ..scopes import Scope
from .definition import Definition, Form, Gathered, Time, When


def _active(scope: Scope, when: When) -> QuerySet[Any]:
    # What somebody else typed is counted when the secretariat has confirmed it.
    confirmed = Membership.objects.filter(organisation__standing=Standing.CONFIRMED)
    active = with_status_on(confirmed, when.day).filter(status_then=MembershipStatus.ACTIVE)
    return scope.narrow(active, {"kind": "organisation__kind", "country": "organisation__country"}).order_by("pk")


def _members(scope: Scope, when: When) -> Gathered:
    found = _active(scope, when).values_list(
        "pk",
        "organisation_id",
        "organisation__kind",
        "organisation__country",
        "organisation__source_mark",
        "status_then",
    )
    # Two records of one organisation are one member.
    stays = merged_organisations()
    return Gathered(
        [
            EvidenceRow(
                "membership",
                str(key),
                str(stays.get(organisation, organisation)),
                codes={"kind": kind, "country": country, "source": mark, "state": state},
            )
            for key, organisation, kind, country, mark, state in found
        ]
    )


def _countries(scope: Scope, when: When) -> Gathered:
    marks = dict(ListedPlace.objects.values_list("country", "source_mark"))
    found = _active(scope, when).values_list("pk", "organisation__country", "organisation__kind")
    return Gathered(
        [
            EvidenceRow(
                "membership",
                str(key),
                country,
                codes={"country": country, "kind": kind, "source": marks.get(country, UNKNOWN)},
            )
            for key, country, kind in found
        ]
    )


def _founding(scope: Scope, when: When) -> Gathered:  # noqa: ARG001 (fixed: the day does not matter)
    stays = merged_organisations()
    founders = scope.narrow(
        Organisation.objects.filter(standing=Standing.CONFIRMED).exclude(founding_mark=""),
        {"kind": "kind", "country": "country"},
    )
    found = founders.order_by("pk").values_list("pk", "kind", "country", "region", "founding_mark")
    return Gathered(
        [
            EvidenceRow(
                "organisation",
                str(key),
                str(stays.get(key, key)),
                codes={"kind": kind, "country": country, "region": region or UNKNOWN, "source": mark},
            )
            for key, kind, country, region, mark in found
        ]
    )


DEFINITIONS = (
    Definition(
        code="members.active",
        version=1,
        title=_("Members"),
        counted=_(
            "Organisations whose membership is active on the day; one at risk still is. Applicants, approved, dormant, "
            "suspended, withdrawn and rejected ones are not. Each organisation counts once, under whatever name."
        ),
        unit=Unit.ORGANISATIONS,
        additivity=Additivity.ON_A_DAY,
        time=Time.ON_DAY,
        form=Form.THINGS,
        rule=Rule.COUNT_SUBJECTS,
        collect=_members,
        dimensions=("kind", "country", "state", "source"),
        keys=("kind", "country"),
        kinds=OrganisationKind,
        wrong_way=_("Counting applicants or aliases, or members of another alliance with nearly the same name."),
        follows=_("As alliances report it; the states are our own choice."),
    ),
    Definition(
        code="members.countries",
        version=1,
        title=_("Countries and regions"),
        counted=_(
            "Countries and regions with at least one active member on the day. The mark says whether a source names the "
            "place or whether we assume it. Each row is one member; what is counted is its country."
        ),
        unit=Unit.PLACES,
        additivity=Additivity.DISTINCT,
        time=Time.ON_DAY,
        form=Form.THINGS,
        rule=Rule.COUNT_SUBJECTS,
        collect=_countries,
        dimensions=("source", "kind"),
        keys=("kind", "country"),
        kinds=OrganisationKind,
        wrong_way=_("Typing in the number that was announced."),
        follows=_("As alliances report it."),
    ),
    Definition(
        code="members.founding",
        version=1,
        title=_("Founding members"),
        counted=_("Organisations that the alliance's own record names among those that founded it."),
        unit=Unit.ORGANISATIONS,
        additivity=Additivity.NEVER,
        time=Time.FIXED,
        form=Form.THINGS,
        rule=Rule.COUNT_SUBJECTS,
        collect=_founding,
        dimensions=("region", "country", "kind", "source"),
        keys=("kind", "country"),
        kinds=OrganisationKind,
        follows=_("Our own choice."),
    ),
)
