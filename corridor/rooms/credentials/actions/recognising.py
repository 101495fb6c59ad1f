"""What credentials count as, country by country."""

from collections.abc import Sequence

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..drafts import RecognitionDraft
from ..models import RecognitionKind, RecognitionStatement
from ..refusals import NotDecidedByDocument

_OF_THE_HOUSE = {RecognitionKind.ATTENDANCE, RecognitionKind.INSTITUTION}


@transaction.atomic
def state_recognitions(*, statements: Sequence[RecognitionDraft], by: Actor) -> list[RecognitionStatement]:
    """
    State what credentials count as, all or none. A statement stands as it is written on every credential issued while it holds.

    :raises NotDecidedByDocument: if it says more than its issuer can, without an authority and the authority's document.
    """
    by.require(Permission.RECOGNITION_STATE)
    problems = [
        Problem(N_("A statement ends after it starts."), column="ends_on")
        for draft in statements
        if draft.ends_before is not None and draft.ends_before <= draft.starts_on
    ]
    if problems:
        raise BadInput(problems)
    for draft in statements:
        if draft.recognition not in _OF_THE_HOUSE and (draft.document is None or not draft.authority):
            raise NotDecidedByDocument(
                N_(
                    "That %(programme)s counts as more than its issuer's word in %(country)s needs the authority and its document."
                ),
                programme=draft.programme.reference,
                country=draft.country,
            )
    made = RecognitionStatement.objects.bulk_create(
        [
            RecognitionStatement(
                programme=draft.programme, credential_kind=draft.credential_kind, country=draft.country,
                recognition=draft.recognition, level=draft.level, authority=draft.authority, document=draft.document,
                starts_on=draft.starts_on, ends_before=draft.ends_before,
            )
            for draft in statements
        ],
        batch_size=500,
    )  # fmt: skip
    log.record_each("credentials.recognition_stated", by=by, subjects=made)
    return made
