"""Amend an agreement on a copy: the copy is an agreement of its own, proposed, answered and signed like any other."""

from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.audit import log
from corridor.kernel.wording import N_

from ..amendments import require_amendable, require_same_parties
from ..canonical import read_content
from ..drafts import AgreementDraft
from ..holding import hold
from ..making import make_drafts, require_reason
from ..models import Agreement
from ..refusals import AmendsNothingInForce
from ..sides import side_of
from ..versions import last_version
from ..writing import draft_of

# What a reference holds: "AGR-2023-0031-A1". A longer one has no room for it, and the amendment gets a number of its own.
LONGEST = 20


@transaction.atomic
def amend_agreement(
    *, agreement: Agreement, on: date, reason: str, by: Actor, member: str = "", draft: AgreementDraft | None = None
) -> Agreement:
    """
    Draft an amendment: a copy of what the agreement says now, or ``draft`` in its place. By a party or the secretariat.

    :raises AmendsNothingInForce: if it was never in force, has ended, or is an amendment. :raises BadInput: without a reason.
    """
    (agreement,) = hold([agreement.pk])
    side_of(agreement, by=by, member=member)
    require_reason(reason)
    require_amendable(agreement, on=on)
    base = last_version(agreement)
    if base is None:
        raise AmendsNothingInForce(
            N_("No version of %(agreement)s is kept; it cannot be amended on a copy."), agreement=agreement.reference
        )
    given = draft or draft_of(agreement, read_content(base.canonical))
    require_same_parties(agreement, given)
    number = agreement.amendments.count() + 1
    reference = f"{agreement.reference}-A{number}"
    (made,) = make_drafts(
        [
            AgreementDraft(
                reference=reference if len(reference) <= LONGEST else "", starts_on=given.starts_on,
                ends_before=given.ends_before, announcement=agreement.announcement, texts=given.texts, lines=given.lines,
                parties=given.parties, source_mark=agreement.source_mark, kind=agreement.kind, amends=agreement,
                copied_from=base, why=reason,
            )
        ],
        by=by,
    )  # fmt: skip
    log.record("agreements.amendment_drafted", by=by, subject=made)
    return made
