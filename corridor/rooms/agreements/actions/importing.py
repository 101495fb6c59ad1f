"""How drafts of agreements that an import wrote down are taken back."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.wording import N_

from ..holding import hold
from ..lifecycle import AgreementStatus
from ..models import Agreement, AgreementParty, AgreementText


@transaction.atomic
def remove_drafts(*, keys: Sequence[UUID], by: Actor) -> int:
    """:raises BuiltOn: if one was revised or proposed since, or something stands on it."""
    by.require(Permission.AGREEMENT_DRAFT)
    held = hold(keys)
    for agreement in held:
        if agreement.status != AgreementStatus.DRAFT or agreement.version > 1:
            raise BuiltOn(
                N_("%(agreement)s was revised or proposed since; the import cannot be taken back."),
                agreement=agreement.reference,
            )
    try:
        with transaction.atomic():
            AgreementText.objects.filter(agreement__in=held).delete()
            AgreementParty.objects.filter(agreement__in=held).delete()
            Agreement.objects.filter(pk__in=[agreement.pk for agreement in held]).delete()
    except ProtectedError as stands:
        raise BuiltOn(
            N_("Something was built on these agreements since (%(which)s); the import cannot be taken back."),
            which=str(next(iter(stands.protected_objects))),
        ) from None
    log.record_each("agreements.import_undone", by=by, subjects=held)
    return len(held)
