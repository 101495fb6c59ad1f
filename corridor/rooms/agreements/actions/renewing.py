"""Follow an agreement up by another: the frame, one of its schedules, or some of its lines."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_

from ..canonical import content_of
from ..holding import hold
from ..lifecycle import AgreementStatus
from ..making import make_drafts, require_reason
from ..models import Agreement
from ..motions import GIVEN_UP
from ..refusals import AlreadyRenewed
from ..sides import side_of
from ..writing import draft_of

_A = AgreementStatus
RENEWABLE = frozenset({_A.IN_FORCE.value, _A.ACTIVATED.value, _A.SUSPENDED.value})


@transaction.atomic
def renew_agreement(
    *,
    agreement: Agreement,
    starts_on: date,
    ends_before: date | None,
    reason: str,
    by: Actor,
    member: str = "",
    lines: Collection[int] | None = None,
) -> Agreement:
    """
    Draft what follows it: its texts and parties with another period, as another agreement that is proposed and signed like any other.

    :param lines: the numbers of the lines that go on; all of them without it.
    :raises WrongMoment: if it was never in force or was ended early. :raises AlreadyRenewed: if it has a follow-up that was not given up.
    """
    (agreement,) = hold([agreement.pk])
    side_of(agreement, by=by, member=member)
    require_reason(reason)
    if agreement.amends_id is not None or agreement.status not in RENEWABLE:
        raise WrongMoment(
            N_("%(agreement)s is “%(now)s”; only what is or was in force to its last day is renewed."),
            agreement=agreement.reference, now=agreement.get_status_display(),
        )  # fmt: skip
    standing = agreement.renewals.exclude(status__in=GIVEN_UP).first()
    if standing is not None:
        raise AlreadyRenewed(
            N_("%(agreement)s is followed by %(successor)s already."),
            agreement=agreement.reference,
            successor=standing.reference,
        )
    draft = draft_of(agreement, content_of(agreement))
    if unknown := sorted(set(lines or ()) - {line.number for line in draft.lines}):
        places = [{"agreement": agreement.reference, "number": number} for number in unknown]
        raise BadInput([Problem(N_("%(agreement)s has no line %(number)s."), each, column="lines") for each in places])
    kept = [line for line in draft.lines if lines is None or line.number in lines]
    (made,) = make_drafts(
        [
            replace(
                draft, starts_on=starts_on, ends_before=ends_before, lines=kept, kind=agreement.kind, parent=agreement.parent,
                source_mark=agreement.source_mark, renews=agreement, why=reason,
            )
        ],
        by=by,
    )  # fmt: skip
    log.record("agreements.renewal_drafted", by=by, subject=made)
    return made
