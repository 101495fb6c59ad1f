"""Who bears a programme, from a day on: shares of commitments that add to exactly the whole."""

from collections.abc import Sequence

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.shares import require_whole
from corridor.kernel.wording import N_
from corridor.rooms.funding.lifecycle import CommitmentStatus

from ..drafts import SplitDraft
from ..models import FundingSplit, ProgrammeFunding
from ..refusals import CommitmentGone, SplitStands


@transaction.atomic
def split_funding(*, splits: Sequence[SplitDraft], by: Actor) -> list[FundingSplit]:
    """
    Say who bears programmes.

    :raises SplitIncomplete: where the shares of one are not exactly the whole; it says what is missing. :raises SplitStands: for a second
        split of a day. :raises CommitmentGone: for a commitment that is withdrawn by that day. :raises BadInput: for one named twice.
    """
    by.require(Permission.FUNDING_COMMIT)
    for draft in splits:
        _require_sound(draft)
    _refuse_standing(splits)
    made = [
        FundingSplit(
            programme=draft.programme, starts_on=draft.starts_on, reason=draft.reason.strip(), by_label=by.label
        )
        for draft in splits
    ]
    with contested(lambda: _refuse_standing(splits)):
        FundingSplit.objects.bulk_create(made, batch_size=500)
    ProgrammeFunding.objects.bulk_create(
        [
            ProgrammeFunding(
                split=split, commitment=commitment, numerator=share.numerator, denominator=share.denominator
            )
            for split, draft in zip(made, splits, strict=True)
            for commitment, share in draft.shares
        ],
        batch_size=500,
    )
    log.record_each("programmes.funding_split", by=by, subjects=[draft.programme for draft in splits])
    return made


def _require_sound(draft: SplitDraft) -> None:
    named = [commitment.reference for commitment, _share in draft.shares]
    for place, reference in enumerate(named):
        if reference in named[:place]:
            problem = Problem(
                N_("%(commitment)s is named twice; name it once with its whole share."),
                {"commitment": reference},
                column="shares",
            )
            raise BadInput([problem])
    require_whole(share for _commitment, share in draft.shares)
    for commitment, _share in draft.shares:
        if commitment.status_on(draft.starts_on) == CommitmentStatus.WITHDRAWN:
            raise CommitmentGone(
                N_("%(commitment)s is withdrawn on %(day)s; it bears nothing from then on."),
                commitment=commitment.reference, day=draft.starts_on,
            )  # fmt: skip


def _refuse_standing(splits: Sequence[SplitDraft]) -> None:
    standing = set(
        FundingSplit.objects.filter(programme__in=[draft.programme for draft in splits]).values_list(
            "programme", "starts_on"
        )
    )
    for draft in splits:
        if (draft.programme.pk, draft.starts_on) in standing:
            raise SplitStands(
                N_("Who bears %(programme)s from %(day)s on is said already; say it anew from another day."),
                programme=draft.programme.reference, day=draft.starts_on,
            )  # fmt: skip
        standing.add((draft.programme.pk, draft.starts_on))
