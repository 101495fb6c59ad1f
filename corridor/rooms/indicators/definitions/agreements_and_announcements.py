"""What was promised on a stage, what was silent after it, and what is in force."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.evidence import UNKNOWN, EvidenceRow
from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Rule
from corridor.rooms.agreements.models import Agreement, AgreementParty
from corridor.rooms.agreements.standing import in_force_on
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.conferences.silence import with_silence_on
from corridor.rooms.members.merging import references_that_stand
from corridor.rooms.members.models import OrganisationKind

from ..scopes import Scope
from .definition import Definition, Form, Gathered, Time, When

NO_CONFERENCE = "none"


def _in_force(scope: Scope, when: When) -> Gathered:
    standing = {
        key: (state, mark, conference or NO_CONFERENCE)
        for key, state, mark, conference in in_force_on(Agreement.objects.without_amendments(), when.day).values_list(
            "pk", "standing_then", "source_mark", "announcement__conference__reference"
        )
    }
    in_force = in_force_on(Agreement.objects.without_amendments(), when.day).values("pk")
    parties = scope.narrow(
        AgreementParty.objects.filter(agreement__in=in_force),
        {"kind": "organisation__kind", "country": "organisation__country"},
    )
    rows = []
    for key, agreement, kind, country in parties.order_by("pk").values_list(
        "pk", "agreement_id", "organisation__kind", "organisation__country"
    ):
        state, mark, conference = standing[agreement]
        codes = {"kind": kind, "country": country, "state": state, "source": mark, "conference": conference}
        rows.append(EvidenceRow("agreement_party", str(key), str(agreement), codes=codes))
    return Gathered(rows)


def _on_the_ledger(scope: Scope) -> QuerySet[Announcement]:
    confirmed = Announcement.objects.exclude(confirmed_by="")
    return scope.narrow(confirmed, {"conference": "conference__reference", "country": "country"}).order_by("pk")


def _made(scope: Scope, when: When) -> Gathered:
    found: QuerySet[Any] = _on_the_ledger(scope).filter(announced_on__gte=when.period.first_day)
    return Gathered(_announcement_rows(with_status_on(found.filter(announced_on__lte=when.day), when.day)))


def _silent(scope: Scope, when: When) -> Gathered:
    known = _on_the_ledger(scope).filter(announced_on__lte=when.day)
    return Gathered(_announcement_rows(with_silence_on(known, when.day).filter(silent_then=True)))


def _announcement_rows(found: QuerySet[Any]) -> list[EvidenceRow]:
    stands = references_that_stand()
    return [
        EvidenceRow(
            "announcement",
            str(key),
            str(key),
            codes={
                "conference": conference,
                "owner": stands.get(owner, owner),
                "country": country or UNKNOWN,
                "state": state,
                "source": mark,
            },
        )
        for key, conference, owner, country, state, mark in found.values_list(
            "pk", "conference__reference", "owner__reference", "country", "status_then", "source_mark"
        )
    ]


DEFINITIONS = (
    Definition(
        code="announcements.made",
        version=1,
        title=_("Announcements"),
        counted=_(
            "Announcements of the period with a permanent number, confirmed by a second person. Withdrawn ones stay counted; "
            "the state is that of the last day."
        ),
        unit=Unit.ANNOUNCEMENTS,
        additivity=Additivity.ADDS,
        time=Time.PERIOD,
        form=Form.THINGS,
        rule=Rule.COUNT_SUBJECTS,
        collect=_made,
        dimensions=("conference", "state", "owner", "country", "source"),
        keys=("conference", "country"),
        wrong_way=_("“A slew” is not a number."),
        follows=_("Our own choice."),
    ),
    Definition(
        code="announcements.silent",
        version=1,
        title=_("Silent announcements"),
        counted=_(
            "Announcements whose next report day had passed without a report on the day, neither done nor withdrawn."
        ),
        unit=Unit.ANNOUNCEMENTS,
        additivity=Additivity.ON_A_DAY,
        time=Time.ON_DAY,
        form=Form.THINGS,
        rule=Rule.COUNT_SUBJECTS,
        collect=_silent,
        dimensions=("conference", "state", "owner", "country", "source"),
        keys=("conference", "country"),
        wrong_way=_("Dropping them at the next conference."),
        follows=_("Our own choice."),
    ),
    Definition(
        code="agreements.in_force",
        version=1,
        title=_("Agreements in force"),
        counted=_(
            "Agreements in force or activated on the day and inside their days; expiring ones are. An agreement of five parties "
            "is one. Each row is one party's signature; what is counted is its agreement."
        ),
        unit=Unit.AGREEMENTS,
        additivity=Additivity.ON_A_DAY,
        time=Time.ON_DAY,
        form=Form.THINGS,
        rule=Rule.COUNT_SUBJECTS,
        collect=_in_force,
        dimensions=("state", "country", "kind", "conference", "source"),
        keys=("kind", "country", "conference"),
        kinds=OrganisationKind,
        wrong_way=_("One for each party, or every line of a list with the lapsed ones."),
        follows=_("Our own choice."),
    ),
)
