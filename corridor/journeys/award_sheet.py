"""The sheet of awards: which cohort was awarded by whom on which day."""

from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from corridor.foundations.access import Actor
from corridor.foundations.sheets.columns import day, reference
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.periods import ONE_DAY
from corridor.rooms.members.models import Organisation
from corridor.rooms.members.standing import require_come
from corridor.rooms.training.models import Cohort

from .award_credentials import award_cohort

_NOON = time(12)


def _take_awards(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    """Each credential is signed as of noon at the site on the day of the award, with the key that was in use then."""
    findings = Findings()
    cohorts = by_reference(Cohort.objects.select_related("programme", "site"), (row["cohort"] for row in rows))
    members = by_reference(Organisation.objects.all(), (row["issuer"] for row in rows))
    awards = []
    for row in rows:
        cohort = findings.find(row, "cohort", cohorts)
        issuer = findings.find(row, "issuer", members)
        if cohort and issuer:
            awards.append((row, cohort, issuer))
    findings.refuse_if_any()
    for row, cohort, issuer in awards:
        with refusals_in([row]):
            require_come([row["awarded_on"]], at=at)
            award_cohort(
                cohort=cohort,
                issuer=issuer,
                on=row["awarded_on"],
                at=datetime.combine(row["awarded_on"], _NOON, ZoneInfo(cohort.site.zone)),
                by=by,
                expires_before=row["expires_on"] + ONE_DAY if row["expires_on"] else None,
                wait=True,
                is_history=True,
            )
    return len(awards)


AWARDS = SheetKind(
    name="awards",
    pattern="awards.*",
    columns=(
        Column("cohort", reference(40)),
        Column("awarded_on", day),
        Column("issuer", reference(60)),
        Column("expires_on", day, required=False, about="the last day on which it is good; empty: for ever"),
    ),
    take=_take_awards,
    unique=("cohort",),
)
