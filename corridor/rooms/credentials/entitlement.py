"""Was that member entitled, for that programme, at that site, on that day? A scope ends with the membership behind it."""

from collections.abc import Sequence
from datetime import date

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.training.models import Cohort

from .issuers import is_active
from .models import Entitlement
from .refusals import NotEntitled


def entitlement_for(*, cohort: Cohort, issuer: Organisation, on: date) -> Entitlement:
    """:raises NotEntitled: if the member may not issue for the cohort's programme at its site on that day."""
    if not is_active(issuer.pk, on=on):
        raise NotEntitled(
            N_("%(issuer)s is no active member of the alliance on %(day)s, so it may issue nothing from that day on."),
            issuer=issuer.reference,
            day=on,
        )
    rows = Entitlement.objects.filter(issuer=issuer, site=cohort.site_id, programme=cohort.programme_id)
    found = next((row for row in rows if row.covers(on)), None)
    if found is None:
        raise NotEntitled(
            N_(
                "%(issuer)s is not entitled to issue for %(programme)s at %(site)s on %(day)s. Grant that first, or choose another issuer."
            ),
            issuer=issuer.reference,
            programme=cohort.programme.reference,
            site=cohort.site.reference,
            day=on,
        )
    return found


def entitled_signers(
    *, cohort: Cohort, issuer: Organisation, signers: Sequence[Organisation], on: date
) -> list[tuple[Organisation, Entitlement]]:
    """
    Who signs beside the issuer, each with the entitlement that covers the day.

    :raises BadInput: for the issuer itself, or one that is named twice. :raises NotEntitled: for the first that may not.
    """
    if len({issuer.pk, *(each.pk for each in signers)}) < 1 + len(signers):
        problem = Problem(N_("Each member signs once; the issuer signs anyway."), column="signers")
        raise BadInput([problem])
    return [(each, entitlement_for(cohort=cohort, issuer=each, on=on)) for each in signers]
