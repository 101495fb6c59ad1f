"""How many people employers say they need."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from corridor.kernel.evidence import EvidenceRow
from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Rule
from corridor.rooms.demand.lifecycle import DemandStatus
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.members.lifecycle import Standing
from corridor.rooms.members.merging import references_that_stand

from ..scopes import Scope
from .definition import Definition, Form, Gathered, Time, When


def _posts(scope: Scope, when: When) -> Gathered:
    newer = DemandStatement.objects.filter(replaces=OuterRef("pk"), stated_on__lte=when.day)
    stated = DemandStatement.objects.filter(
        ~Exists(newer),
        stated_on__gte=when.period.first_day,
        stated_on__lte=when.day,
        employer__standing=Standing.CONFIRMED,
    ).exclude(status=DemandStatus.DRAFT)
    found = scope.narrow(stated, {"country": "country"}).order_by("pk")
    stands = references_that_stand()
    rows, days = [], {}
    for key, posts, employer, country, occupation, strength, mark, day in found.values_list(
        "pk", "posts", "employer__reference", "country", "occupation_code", "strength", "source_mark", "stated_on"
    ):
        codes = {
            "employer": stands.get(employer, employer),
            "country": country,
            "occupation": occupation,
            "strength": strength,
            "source": mark,
        }
        rows.append(EvidenceRow("demand_statement", str(key), str(key), amount=posts, codes=codes))
        if day is not None:
            days[str(key)] = day
    return Gathered(rows, days=days)


DEFINITIONS = (
    Definition(
        code="demand.posts_stated",
        version=1,
        title=_("Posts wanted"),
        counted=_(
            "Posts of the demand statements dated in the period. A statement that was restated by the last day no longer counts; "
            "the newer one does."
        ),
        unit=Unit.POSTS,
        additivity=Additivity.ADDS,
        time=Time.PERIOD,
        form=Form.THINGS,
        rule=Rule.SUM_AMOUNTS,
        collect=_posts,
        dimensions=("country", "occupation", "strength", "employer", "source"),
        keys=("country",),
        wrong_way=_("Counting restatements twice."),
        follows=_("Our own choice."),
    ),
)
