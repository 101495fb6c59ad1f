"""How far units are compared with other countries' standards."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.evidence import EvidenceRow, Role, role_of
from corridor.kernel.quantities import Additivity
from corridor.kernel.quantities import Unit as Measured
from corridor.kernel.recompute import Rule
from corridor.rooms.curricula.lifecycle import VersionStatus
from corridor.rooms.curricula.models import CurriculumVersion, MappingClaim, Relation, Unit

from ..scopes import Scope
from .definition import Definition, Form, Gathered, Time, When

NO_FRAMEWORK = "none"


def _mapped(scope: Scope, when: When) -> Gathered:
    day = when.day
    claims = MappingClaim.objects.filter(
        Q(expires_before__isnull=True) | Q(expires_before__gt=day),
        unit=OuterRef("pk"),
        claimed_on__lte=day,
        reviewed_on__lte=day,
        evidence__isnull=False,
    ).exclude(relation=Relation.NONE)
    claims = scope.narrow(claims, {"country": "foreign_unit__country"})
    versions = with_status_on(CurriculumVersion.objects.all(), day).filter(status_then=VersionStatus.PUBLISHED)
    units = scope.narrow(
        Unit.objects.filter(version__in=versions.values("pk")), {"curriculum": "version__curriculum__reference"}
    ).annotate(is_mapped=Exists(claims))
    rows = []
    for key, curriculum, framework, requirement, mark, is_mapped in units.order_by("pk").values_list(
        "pk",
        "version__curriculum__reference",
        "version__level__framework__code",
        "requirement",
        "version__curriculum__source_mark",
        "is_mapped",
    ):
        role = role_of(Role.DENOMINATOR, Role.NUMERATOR) if is_mapped else role_of(Role.DENOMINATOR)
        codes = {
            "curriculum": curriculum,
            "framework": framework or NO_FRAMEWORK,
            "requirement": requirement,
            "source": mark,
        }
        rows.append(EvidenceRow("unit", str(key), str(key), role=role, codes=codes))
    return Gathered(rows)


DEFINITIONS = (
    Definition(
        code="curricula.units_mapped",
        version=1,
        title=_("Units mapped"),
        counted=_(
            "Of the units of the published curriculum versions: those with a mapping claim that holds on the day (not expired, "
            "reviewed, with evidence). A finding of no equivalent is not a mapping. With a country: mapped to that country's units."
        ),
        unit=Measured.PERCENT,
        additivity=Additivity.RATE,
        time=Time.ON_DAY,
        form=Form.RATE,
        rule=Rule.RATE,
        collect=_mapped,
        dimensions=("curriculum", "framework", "requirement", "source"),
        keys=("country", "curriculum", "framework"),
        own_keys=("country",),
        wrong_way=_("Computing a level through two frameworks."),
        follows=_("Our own choice."),
    ),
)
