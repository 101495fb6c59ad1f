"""One step for one or many certificates: what it would do, and doing it. Pages, the API and the command line all come here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..drafts import CredentialStep, Why
from ..lifecycle import CredentialStatus
from ..models import Credential
from .changing import change_credentials, replace_credentials

MOST_AT_ONCE = 2_000


class ManyStep(models.TextChoices):
    """Only a suspension can be undone."""

    SUSPEND = "suspend", _("Suspend it: not to be relied on for now")
    LIFT = "lift", _("Lift the suspension: it stands again")
    REPLACE = "replace", _("Replace it: issue it anew from the records as they are now")
    REVOKE = "revoke", _("Revoke it for ever")


_TO = {
    ManyStep.SUSPEND: CredentialStatus.SUSPENDED,
    ManyStep.LIFT: CredentialStatus.ISSUED,
    ManyStep.REPLACE: CredentialStatus.REPLACED,
    ManyStep.REVOKE: CredentialStatus.REVOKED,
}


@dataclass(frozen=True)
class Effect:
    """What became, or would become, of one certificate; ``is_told``: its holder has an account and is told in their own language."""

    reference: str
    before: str
    after: str
    is_told: bool
    replaced_by: str = ""


@transaction.atomic
def change_many(
    *,
    credentials: Sequence[Credential],
    step: ManyStep,
    why: Why,
    on: date,
    at: datetime,
    by: Actor,
    dry_run: bool = False,
) -> list[Effect]:
    """
    Take one step for all of them, or for none. A dry run does all of it and keeps nothing.

    :raises BadInput: for none, or more than 2,000 at once. :raises WrongMoment: names the first from whose state the step does not lead.
    """
    wanted = {each.pk: each for each in credentials}
    if not wanted or len(wanted) > MOST_AT_ONCE:
        problem = Problem(N_("Name at least one certificate, and at most %(most)s at once."), {"most": MOST_AT_ONCE})
        raise BadInput([problem])
    before = {key: each.status for key, each in wanted.items()}
    made: dict[object, str] = {}
    if step == ManyStep.REPLACE:
        found = replace_credentials(credentials=list(wanted.values()), on=on, at=at, by=by, why=why)
        made = {each.replaces_id: each.reference for each in found}
    else:
        steps = [CredentialStep(credential=each, to=_TO[step], on=on, why=why) for each in wanted.values()]
        change_credentials(steps=steps, at=at, by=by)
    if dry_run:
        transaction.set_rollback(True)
        for key, each in wanted.items():
            each.status = before[key]
    return [
        Effect(
            each.reference, before[key], _TO[step].value, each.enrolment.person.user_id is not None,
            "" if dry_run else made.get(key, ""),
        )
        for key, each in sorted(wanted.items(), key=lambda pair: pair[1].reference)
    ]  # fmt: skip
