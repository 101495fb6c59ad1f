"""Preparing credentials: their rows, references, tokens and places in the status list. Nothing is signed yet."""

import secrets
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.training.models import Cohort

from ..drafts import CredentialDraft
from ..entitlement import entitled_signers, entitlement_for
from ..lifecycle import CREDENTIAL
from ..lists import draw_places
from ..models import Credential, CredentialUnit, JointSigner

_TOKEN_BYTES = 16


@transaction.atomic
def draft_credentials(
    *,
    cohort: Cohort,
    issuer: Organisation,
    drafts: Sequence[CredentialDraft],
    on: date,
    by: Actor,
    expires_before: date | None = None,
    signers: Sequence[Organisation] = (),
) -> list[Credential]:
    """
    Prepare one credential for each learner given, to be issued on that day; ``signers`` are members that sign beside the issuer.

    The database allows one of a kind per learner besides replaced ones; a second one for the same learner is an error here.

    :raises NotEntitled: names member, site, programme and day; for each who signs.
    """
    by.require(Permission.CREDENTIAL_AWARD, on=cohort)
    if expires_before is not None and expires_before <= on:
        raise BadInput([Problem(N_("A credential ends after the day on which it is issued."), column="expires_on")])
    entitlement = entitlement_for(cohort=cohort, issuer=issuer, on=on)
    beside = entitled_signers(cohort=cohort, issuer=issuer, signers=signers, on=on)
    places = draw_places(issuer, count=len(drafts))
    references = give_numbers(model=Credential, prefix="CRD", days=[on] * len(drafts), gate=Organisation)
    made = [
        Credential(
            reference=reference, token=secrets.token_urlsafe(_TOKEN_BYTES), cohort=cohort, enrolment=draft.enrolment,
            issuer=issuer, entitlement=entitlement, kind=draft.kind, issued_on=on, expires_before=expires_before,
            status_list=listed, status_index=index, replaces=draft.replaces, status=CREDENTIAL.first, part=draft.part,
        )
        for draft, reference, (listed, index) in zip(drafts, references, places, strict=True)
    ]  # fmt: skip
    Credential.objects.bulk_create(made, batch_size=200)
    CredentialUnit.objects.bulk_create(
        [
            CredentialUnit(credential=credential, decision=decision)
            for credential, draft in zip(made, drafts, strict=True)
            for decision in draft.decisions
        ],
        batch_size=500,
    )
    JointSigner.objects.bulk_create(
        [
            JointSigner(credential=credential, organisation=each, entitlement=right)
            for credential in made
            for each, right in beside
        ],
        batch_size=500,
    )
    log.record("credentials.drafted", by=by, subject=cohort, count=len(made))
    return made
